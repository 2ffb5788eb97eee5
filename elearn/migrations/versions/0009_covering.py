"""covering

Revision: 0009
Follows: 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CERTIFICATE = ["module_slug", "issued_at", "account_id"]
PACT = ["module_slug", "signed_at", "account_id"]


def upgrade() -> None:
    """Go up."""
    _anew("certificate", "ix_certificate_module_slug_issued_at", [*CERTIFICATE, "revoked_at", "pact_id"])
    _anew("pact", "ix_pact_module_slug_signed_at", [*PACT, "attempt_id"])
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_counts", ["id", "passed"], unique=False)
    with op.batch_alter_table("pact", schema=None) as batch_op:
        batch_op.create_index("ix_pact_signed", ["id", "signed_at"], unique=False)


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("pact", schema=None) as batch_op:
        batch_op.drop_index("ix_pact_signed")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_counts")
    _anew("pact", "ix_pact_module_slug_signed_at", PACT)
    _anew("certificate", "ix_certificate_module_slug_issued_at", CERTIFICATE)


def _anew(table: str, index: str, columns: list[str]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_index(index)
        batch_op.create_index(index, columns, unique=False)
