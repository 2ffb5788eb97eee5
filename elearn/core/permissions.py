"""Who may do such things at all: the closed lists of permissions and roles, and the marks on the doors.

Which agency's people an actor may see is not decided here but by `visible=` of each scoped query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from elearn.core.speech import say


class Permission(StrEnum):
    """`scope:resource:action`, alphabetical; `own` is one's own thing, anything else is bounded by agency."""

    ACCOUNT_OWN_MANAGE = "account:own:manage"
    ACCOUNT_PEOPLE_ACTIVATE = "account:people:activate"
    ACCOUNT_ROLES_GRANT = "account:roles:grant"
    AGENCY_PEOPLE_READ = "agency:people:read"
    AGENCY_PEOPLE_TRANSFER = "agency:people:transfer"
    AGENCY_ROSTER_IMPORT = "agency:roster:import"
    AGENCY_TREE_EDIT = "agency:tree:edit"
    ASSESSMENT_ANY_READ = "assessment:any:read"
    ASSESSMENT_OUTAGE_RECORD = "assessment:outage:record"
    ASSESSMENT_PEOPLE_ALLOW = "assessment:people:allow"
    ASSESSMENT_QUESTION_RULE = "assessment:question:rule"
    ASSESSMENT_RESULT_DECIDE = "assessment:result:decide"
    CALENDAR_ANY_WRITE = "calendar:any:write"
    CERTIFICATE_ANY_READ = "certificate:any:read"
    CERTIFICATE_ANY_REVOKE = "certificate:any:revoke"
    CERTIFICATE_OWN_READ = "certificate:own:read"
    CONTENT_ANY_PUBLISH = "content:any:publish"
    CONTENT_ANY_READ = "content:any:read"
    CONTENT_ANY_WRITE = "content:any:write"
    DIRECTIVE_ANY_EXEMPT = "directive:any:exempt"
    DIRECTIVE_ANY_ISSUE = "directive:any:issue"
    DIRECTIVE_ANY_READ = "directive:any:read"
    DIRECTIVE_ANY_REVIEW = "directive:any:review"
    DIRECTIVE_ANY_WRITE = "directive:any:write"
    DIRECTIVE_OWN_READ = "directive:own:read"
    LEARNING_OWN_STUDY = "learning:own:study"
    LEDGER_ANY_READ = "ledger:any:read"
    NOTICE_ANY_READ = "notice:any:read"
    PACT_OWN_SIGN = "pact:own:sign"
    QUIZ_OWN_ATTEMPT = "quiz:own:attempt"
    REMINDER_PEOPLE_SEND = "reminder:people:send"
    REPORT_ANY_READ = "report:any:read"


class Role(StrEnum):
    """The parts people play; one person may play several, each within an agency."""

    ASN = "asn"
    OPD_OFFICER = "opd_officer"
    HR = "hr"
    SEKDA = "sekda"
    AUDITOR = "auditor"
    AUTHOR = "author"
    ADMIN = "admin"


ROLE_NAMES = {
    Role.ASN: say("Peserta (ASN)"),
    Role.OPD_OFFICER: say("Pengelola kepegawaian OPD"),
    Role.HR: say("BKPSDM"),
    Role.SEKDA: say("Sekretaris Daerah"),
    Role.AUDITOR: say("Pemeriksa (Inspektorat atau Bawaslu)"),
    Role.AUTHOR: say("Penyusun materi"),
    Role.ADMIN: say("Admin (Diskominfo)"),
}

P = Permission
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ASN: frozenset(
        {
            P.ACCOUNT_OWN_MANAGE,
            P.CERTIFICATE_OWN_READ,
            P.DIRECTIVE_OWN_READ,
            P.LEARNING_OWN_STUDY,
            P.PACT_OWN_SIGN,
            P.QUIZ_OWN_ATTEMPT,
        }
    ),
    Role.OPD_OFFICER: frozenset(
        {
            P.ACCOUNT_OWN_MANAGE,
            P.ACCOUNT_PEOPLE_ACTIVATE,
            P.AGENCY_PEOPLE_READ,
            P.ASSESSMENT_ANY_READ,
            P.ASSESSMENT_PEOPLE_ALLOW,
            P.CERTIFICATE_ANY_READ,
            P.DIRECTIVE_ANY_READ,
            P.REMINDER_PEOPLE_SEND,
            P.REPORT_ANY_READ,
        }
    ),
    Role.HR: frozenset(
        {
            P.ACCOUNT_OWN_MANAGE,
            P.ACCOUNT_PEOPLE_ACTIVATE,
            P.AGENCY_PEOPLE_READ,
            P.AGENCY_PEOPLE_TRANSFER,
            P.AGENCY_ROSTER_IMPORT,
            P.AGENCY_TREE_EDIT,
            P.ASSESSMENT_ANY_READ,
            P.ASSESSMENT_OUTAGE_RECORD,
            P.ASSESSMENT_PEOPLE_ALLOW,
            P.ASSESSMENT_RESULT_DECIDE,
            P.CALENDAR_ANY_WRITE,
            P.CERTIFICATE_ANY_READ,
            P.CERTIFICATE_ANY_REVOKE,
            P.DIRECTIVE_ANY_EXEMPT,
            P.DIRECTIVE_ANY_READ,
            P.DIRECTIVE_ANY_REVIEW,
            P.NOTICE_ANY_READ,
            P.REMINDER_PEOPLE_SEND,
            P.REPORT_ANY_READ,
        }
    ),
    Role.SEKDA: frozenset(
        {
            P.ACCOUNT_OWN_MANAGE,
            P.AGENCY_PEOPLE_READ,
            P.DIRECTIVE_ANY_EXEMPT,
            P.DIRECTIVE_ANY_ISSUE,
            P.DIRECTIVE_ANY_READ,
            P.DIRECTIVE_ANY_REVIEW,
            P.DIRECTIVE_ANY_WRITE,
            P.REPORT_ANY_READ,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            P.ACCOUNT_OWN_MANAGE,
            P.AGENCY_PEOPLE_READ,
            P.ASSESSMENT_ANY_READ,
            P.CERTIFICATE_ANY_READ,
            P.CONTENT_ANY_READ,
            P.DIRECTIVE_ANY_READ,
            P.LEDGER_ANY_READ,
            P.REPORT_ANY_READ,
        }
    ),
    Role.AUTHOR: frozenset(
        {
            P.ACCOUNT_OWN_MANAGE,
            P.ASSESSMENT_ANY_READ,
            P.ASSESSMENT_QUESTION_RULE,
            P.CALENDAR_ANY_WRITE,
            P.CONTENT_ANY_PUBLISH,
            P.CONTENT_ANY_READ,
            P.CONTENT_ANY_WRITE,
        }
    ),
    Role.ADMIN: frozenset({P.ACCOUNT_OWN_MANAGE, P.ACCOUNT_ROLES_GRANT, P.NOTICE_ANY_READ}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held within an agency's subtree; `agency_id` None means the whole regency."""

    role: Role
    agency_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a signed-in person, or the installation itself."""

    account_id: UUID | None
    username: str
    name: str
    grants: tuple[Grant, ...]
    language: str = ""
    """The language chosen for the pages of this account, if any."""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles held, without their agencies."""
        return frozenset(grant.role for grant in self.grants)

    def has(self, permission: Permission) -> bool:
        """Whether any role held opens this kind of door."""
        return any(permission in ROLE_PERMISSIONS[grant.role] for grant in self.grants)

    def scopes(self, permission: Permission) -> tuple[UUID | None, ...]:
        """The agencies within which the permission is held; None among them means the whole regency."""
        return tuple(g.agency_id for g in self.grants if permission in ROLE_PERMISSIONS[g.role])


SYSTEM = Actor(account_id=None, username="sistem", name="Sistem", grants=())
"""The installation itself: jobs and the command line."""

View = TypeVar("View", bound=Callable[..., object])
ACCESS = "__access__"
PUBLIC = "public"


def requires(*any_of: Permission) -> Callable[[View], View]:
    """Mark a view as open only to actors that hold the permission, or one of those named."""

    def mark(view: View) -> View:
        setattr(view, ACCESS, any_of)
        return view

    return mark


def public(view: View) -> View:
    """Mark a view as open to anyone, signed in or not."""
    setattr(view, ACCESS, PUBLIC)
    return view


def access_of(view: Callable[..., object] | None) -> tuple[Permission, ...] | str | None:
    """What a view declared: permissions of which one is enough, `public`, or None if it declared nothing."""
    return getattr(view, ACCESS, None)
