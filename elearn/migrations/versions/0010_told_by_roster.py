"""told_by_roster

An absence knows the day of the roster that told of it. Until now that was read from the words of its reason, which
rosters always wrote in one way; also what undoing the last roster would write back learns it.

Revision: 0010
Follows: 0009
"""

import datetime as dt
import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)
WORDS = re.compile(rf"Menurut daftar pegawai per (\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
ABSENCE = sa.table(
    "absence", sa.column("id", sa.Uuid()), sa.column("reason", sa.String()), sa.column("roster_as_of", sa.Date())
)
IMPORT = sa.table(
    "roster_import",
    sa.column("id", sa.Uuid()),
    sa.column("reversal", sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
)


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("roster_as_of", sa.Date(), nullable=True))
    _tell_absences()
    for id_, reversal in _reversals():
        for row in reversal["absences"]:
            day = _day(row["reason"])
            row["roster_as_of"] = day.isoformat() if day else None
        _keep(id_, reversal)


def downgrade() -> None:
    """Go back down."""
    for id_, reversal in _reversals():
        for row in reversal["absences"]:
            row.pop("roster_as_of", None)
        _keep(id_, reversal)
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_column("roster_as_of")


def _tell_absences() -> None:
    connection = op.get_bind()
    told = sa.select(ABSENCE.c.id, ABSENCE.c.reason).where(ABSENCE.c.reason.like("Menurut daftar pegawai per %"))
    for id_, reason in connection.execute(told).all():
        day = _day(reason)
        connection.execute(sa.update(ABSENCE).where(ABSENCE.c.id == id_).values(roster_as_of=day))


def _day(reason: str) -> dt.date | None:
    """The day of the roster that a reason names; None for what somebody wrote herself."""
    found = WORDS.fullmatch(reason)
    if found is None:
        return None
    day, month, year = found.groups()
    try:
        return dt.date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None


def _reversals() -> list[tuple[object, dict]]:
    """What undoing would write, of each roster that would write absences back."""
    rows = op.get_bind().execute(sa.select(IMPORT).where(IMPORT.c.reversal.is_not(None))).all()
    return [(id_, found) for id_, found in rows if isinstance(found, dict) and found.get("absences")]


def _keep(id_: object, reversal: dict) -> None:
    op.get_bind().execute(sa.update(IMPORT).where(IMPORT.c.id == id_).values(reversal=reversal))
