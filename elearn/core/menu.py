"""The menu of every page: what the person signed in may do, in groups in the order of use."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, url_for

from elearn.core.permissions import ROLE_PERMISSIONS, Grant, Permission, Role
from elearn.core.speech import say

P = Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """A page by its endpoint, its words, and the permissions of which one opens it; without any it is open to all."""

    endpoint: str
    words: str
    needs: tuple[Permission, ...] = ()
    is_whole: bool = False
    """Whether the permission must be held in the whole regency."""

    def is_open_to(self, grants: Sequence[Grant]) -> bool:
        """Whether somebody with these roles finds it in the menu."""
        counted = [grant for grant in grants if grant.agency_id is None] if self.is_whole else grants
        return not self.needs or any(ROLE_PERMISSIONS[each.role].intersection(self.needs) for each in counted)


TASKS, DESK = Entry("home.index", say("Tugas saya")), Entry("home.index", say("Meja kerja"))
GROUPS = (
    (
        Entry("directives.index", say("Edaran"), (P.DIRECTIVE_OWN_READ, P.DIRECTIVE_ANY_READ)),
        Entry("reminders.index", say("Pengingat"), (P.REMINDER_PEOPLE_SEND,)),
        Entry("reminders.reprimands", say("Teguran"), (P.DIRECTIVE_ANY_ISSUE,)),
        Entry("calendar.index", say("Kalender")),
    ),
    (
        Entry("reports.index", say("Laporan"), (P.REPORT_ANY_READ,)),
        Entry("assessment.index", say("Penilaian"), (P.ASSESSMENT_ANY_READ,)),
        Entry("certificates.index", say("Sertifikat"), (P.CERTIFICATE_OWN_READ, P.CERTIFICATE_ANY_READ)),
        Entry("content.index", say("Materi"), (P.CONTENT_ANY_READ,)),
    ),
    (
        Entry("agencies.people", say("Pegawai"), (P.AGENCY_PEOPLE_READ,)),
        Entry("agencies.tree", say("OPD"), (P.AGENCY_PEOPLE_READ,)),
        Entry("agencies.upload_roster", say("Impor"), (P.AGENCY_ROSTER_IMPORT,)),
    ),
    (
        Entry("ledger.log", say("Jejak audit"), (P.LEDGER_ANY_READ,)),
        Entry("notices.index", say("Surat keluar"), (P.NOTICE_ANY_READ,), is_whole=True),
        Entry("agencies.users", say("Pengguna"), (P.ACCOUNT_ROLES_GRANT,)),
    ),
)


@lru_cache(maxsize=512)
def open_to(grants: tuple[Grant, ...]) -> tuple[tuple[Entry, ...], ...]:
    """The groups with what is open to somebody with these roles; nothing else decides it, so it is kept."""
    first = TASKS if {grant.role for grant in grants} == {Role.ASN} else DESK
    return ((first,), *(tuple(entry for entry in group if entry.is_open_to(grants)) for group in GROUPS))


def menu(grants: tuple[Grant, ...], path: str) -> list[list[tuple[str, str, bool]]]:
    """The groups as addresses with their words, and which of them the page at this path belongs to."""
    groups = [[(url_for(entry.endpoint), entry.words) for entry in group] for group in open_to(grants)]
    above = [address for group in groups for address, _ in group if _is_above(address, path)]
    here = max(above, key=len, default="")
    return [[(address, words, address == here) for address, words in group] for group in groups]


def _is_above(address: str, path: str) -> bool:
    return path == address or (address != "/" and path.startswith(f"{address.rstrip('/')}/"))


def install(app: Flask) -> None:
    """Let the frame of every page draw the menu."""
    app.jinja_env.globals.update(menu=menu)
