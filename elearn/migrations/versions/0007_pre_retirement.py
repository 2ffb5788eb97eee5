"""pre_retirement

Somebody may also be absent for the time before a pension (masa persiapan pensiun). On the way down such an absence,
for which there was no word, becomes unpaid leave.

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None
BEFORE = ("cltn", "tugas-belajar", "diperbantukan", "diberhentikan-sementara")
AFTER = ("cltn", "tugas-belajar", "masa-persiapan-pensiun", "diperbantukan", "diberhentikan-sementara")


def upgrade() -> None:
    """Go up."""
    _allow(AFTER)


def downgrade() -> None:
    """Go down."""
    absence = sa.table("absence", sa.column("kind", sa.String()))
    op.execute(sa.update(absence).where(absence.c.kind == "masa-persiapan-pensiun").values(kind="cltn"))
    _allow(BEFORE)


def _allow(kinds: tuple[str, ...]) -> None:
    """Hold the kind of an absence to these words."""
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_absence_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_absence_kind"), sa.column("kind", sa.String()).in_(kinds))
