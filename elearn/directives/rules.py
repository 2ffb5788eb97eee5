"""What a directive says, how far each person is, and who is late; no storage, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from elearn.content.rules import Citation
from elearn.core.errors import Conflict, NotFound, RuleBroken
from elearn.directives.duties import Target


class AlreadyIssued(RuleBroken):
    """An issued directive is what people were told; it stays as it is."""

    sentence = "Edaran ini sudah terbit dan tidak dapat diubah. Buat edaran baru bila isinya perlu diganti."


class NumberTaken(Conflict):
    """Two letters never share a number."""

    sentence = "Nomor ini sudah dipakai edaran lain."


class NobodyBound(RuleBroken):
    """A directive that binds nobody is a slip of the pen."""

    sentence = "Sasaran ini tidak mengikat satu pegawai pun. Periksa perangkat daerah dan jenis pegawai."


class DeadlineOver(RuleBroken):
    """A deadline lies on the day of issue or after it."""

    sentence = "Tenggat tidak boleh mendahului tanggal terbit."


class UnknownTarget(RuleBroken):
    """A directive is addressed to agencies of this regency."""

    sentence = "Perangkat daerah yang dipilih tidak ada."


class UnknownModule(RuleBroken):
    """A directive asks for a module that people can open."""

    sentence = "Modul ini belum diterbitkan."


class ForeignCitation(RuleBroken):
    """The legal basis comes from the citations of the chosen module."""

    sentence = "Pilih dasar hukum yang termuat di modul ini."


class NoSuchDirective(NotFound):
    """There is none, or it does not bind the asker."""

    sentence = "Edaran ini tidak ada, atau tidak ditujukan kepada Anda."


LEGAL_FORMS = ("Undang-Undang", "Peraturan", "Keputusan", "Putusan", "Surat Edaran", "Surat Badan")
"""What a legal basis may be; explanations, timetables and data teach, but a letter does not rest on them."""


class Status(StrEnum):
    """A directive is written, reviewed, issued; it ends closed, or revoked by another directive."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    ISSUED = "issued"
    CLOSED = "closed"
    REVOKED = "revoked"


UNISSUED = frozenset({Status.DRAFT, Status.REVIEWED})
"""What nobody was told yet."""


class Stage(IntEnum):
    """How far a bound person is: the furthest point reached, each person at exactly one."""

    NOT_STARTED = 0
    LEARNING = 1
    PASSED = 2
    SIGNED = 3
    CERTIFIED = 4


DONE = Stage.SIGNED
"""From this stage on, the person has done what the directive asks; the certificate is the office's part."""


@dataclass(frozen=True, slots=True)
class Completion:
    """When a person reached each point of a module, as far as is known on the day asked about."""

    started_at: datetime | None = None
    passed_at: datetime | None = None
    signed_at: datetime | None = None
    certified_at: datetime | None = None


NOTHING = Completion()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody is toward a demand; `is_renewing` while an earlier result has only just lapsed."""

    stage: Stage
    is_renewing: bool = False


NOWHERE = Reach(Stage.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs a letter, as it stands under it."""

    name: str
    title: str
    rank: str
    nip: str


@dataclass(frozen=True, slots=True)
class Wording:
    """All that the writer of a directive decides.

    `cites` are ids of the module's citations; `local_instruction` is the regency's own stricter rule (arahan
    daerah) in Markdown, shown inside the module to those bound.
    """

    number: str
    subject: str
    body: str
    module_slug: str
    cites: tuple[str, ...]
    target: Target
    deadline_on: date
    place: str
    signatory: Signatory
    local_instruction: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A bound person's stage, and whether the deadline passed before the pact was signed."""

    stage: Stage
    is_late: bool


def may_be_basis(citations: Iterable[Citation], day: date) -> list[Citation]:
    """Those citations that are law and in force on a day."""
    return [each for each in citations if each.full.startswith(LEGAL_FORMS) and each.is_in_force(day)]


def stage(completion: Completion) -> Stage:
    """The furthest point reached; a later point counts even when an earlier one is not on record."""
    if completion.certified_at:
        return Stage.CERTIFIED
    if completion.signed_at:
        return Stage.SIGNED
    if completion.passed_at:
        return Stage.PASSED
    return Stage.LEARNING if completion.started_at else Stage.NOT_STARTED


def standing(deadline_on: date, reached: Reach, today: date) -> Standing:
    """How a bound person stands on a day: late from the day after the deadline until the pact is signed."""
    return Standing(reached.stage, is_late=reached.stage < DONE and today > deadline_on and not reached.is_renewing)


def together(standings: Iterable[Standing]) -> Standing:
    """Several obligations of one person seen as one: the least advanced counts, and any lateness.

    A person who has begun anything at all is learning, not waiting. ValueError for no obligation.
    """
    each = tuple(standings)
    if len(each) == 1:
        return each[0]
    least, most = min(s.stage for s in each), max(s.stage for s in each)
    reached = Stage.LEARNING if least is Stage.NOT_STARTED < most else least
    return Standing(reached, is_late=any(s.is_late for s in each))
