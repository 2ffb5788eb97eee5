"""authoring

Revision: 0002
Follows: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "law_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.String(length=80), nullable=False),
        sa.Column("citation_id", sa.String(length=80), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name=op.f("ck_law_change_settlement")),
        sa.ForeignKeyConstraint(["marked_by"], ["account.id"], name=op.f("fk_law_change_marked_by_account")),
        sa.ForeignKeyConstraint(["settled_by"], ["account.id"], name=op.f("fk_law_change_settled_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_change")),
    )
    with op.batch_alter_table("law_change", schema=None) as batch_op:
        batch_op.create_index("ix_law_change_instrument", ["instrument_id", "citation_id"], unique=False)

    op.create_table(
        "pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("archive", sa.LargeBinary(), nullable=False),
        sa.Column("complaints", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("fingerprints", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name=op.f("ck_pack_approval")),
        sa.CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name=op.f("ck_pack_publication")),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> uploaded_by", name=op.f("ck_pack_second_person")),
        sa.CheckConstraint("published_at IS NULL OR discarded_at IS NULL", name=op.f("ck_pack_one_end")),
        sa.CheckConstraint("size > 0", name=op.f("ck_pack_not_empty")),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_pack_approved_by_account")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_pack_published_by_account")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_pack_uploaded_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
    )
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.create_index("ix_pack_uploaded_at", ["uploaded_at"], unique=False)

    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.add_column(sa.Column("local_instruction", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("play", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seed", sa.BigInteger(), server_default="0", nullable=False))

    _publish_kinds("'module', 'pact', 'register'")


def downgrade() -> None:
    """Go back down."""
    op.execute("DELETE FROM publication WHERE kind = 'register'")
    _publish_kinds("'module', 'pact'")

    with op.batch_alter_table("play", schema=None) as batch_op:
        batch_op.drop_column("seed")

    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.drop_column("local_instruction")

    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.drop_index("ix_pack_uploaded_at")

    op.drop_table("pack")
    with op.batch_alter_table("law_change", schema=None) as batch_op:
        batch_op.drop_index("ix_law_change_instrument")

    op.drop_table("law_change")


def _publish_kinds(kinds: str) -> None:
    """Let `publication.kind` be one of these."""
    with op.batch_alter_table("publication") as batch_op:
        batch_op.drop_constraint(op.f("ck_publication_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_publication_kind"), f"kind IN ({kinds})")
