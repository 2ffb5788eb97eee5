"""questions

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("question_import", schema=None) as batch_op:
        batch_op.add_column(sa.Column("size", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("content", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("is_waiting", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("failure", sa.String(length=300), server_default="", nullable=False))

    with op.batch_alter_table("question_draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("picture", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("pact", schema=None) as batch_op:
        batch_op.create_index("ix_pact_account_id", ["account_id", "module_slug", "signed_at"], unique=False)


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("pact", schema=None) as batch_op:
        batch_op.drop_index("ix_pact_account_id")

    with op.batch_alter_table("question_draft", schema=None) as batch_op:
        batch_op.drop_column("picture")

    with op.batch_alter_table("question_import", schema=None) as batch_op:
        batch_op.drop_column("failure")
        batch_op.drop_column("is_waiting")
        batch_op.drop_column("content")
        batch_op.drop_column("size")
