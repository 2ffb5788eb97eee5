"""`flask ledger verify`: is the record whole?"""

import sys

from flask.cli import AppGroup

from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.ledger import actions

group = AppGroup("ledger", help="The append-only record.")


@group.command("verify")
def verify() -> None:
    """Check every entry of every stream; exit 1 and name the first break if there is one."""
    with transaction():
        check = actions.verify(SYSTEM)
    if check.break_stream is None:
        print(f"Jejak audit utuh: {check.entries} catatan diperiksa.")
        return
    print(
        f"Jejak audit RUSAK pada aliran {check.break_stream}, catatan {check.break_sequence}: {check.break_reason}."
    )
    sys.exit(1)
