"""What a directive says, how far each person is, and who is late; no storage, no clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple
from uuid import UUID

from elearn.content.law import Citation, LegalForm
from elearn.core.errors import Conflict, NotFound, RuleBroken
from elearn.core.speech import say
from elearn.directives.duties import Target


class AlreadyIssued(RuleBroken):
    """An issued directive is what people were told; it stays as it is."""

    sentence = say("Edaran ini sudah terbit dan tidak dapat diubah. Buat edaran baru bila isinya perlu diganti.")


class NumberTaken(Conflict):
    """Two letters never share a number."""

    sentence = say("Nomor ini sudah dipakai edaran lain.")


class NobodyBound(RuleBroken):
    """A directive that binds nobody is a slip of the pen."""

    sentence = say("Sasaran ini tidak mengikat satu pegawai pun. Periksa perangkat daerah dan jenis pegawai.")


class DeadlineOver(RuleBroken):
    """A deadline lies on the day of issue or after it."""

    sentence = say("Tenggat tidak boleh mendahului tanggal terbit.")


class UnknownTarget(RuleBroken):
    """A directive is addressed to agencies of this regency."""

    sentence = say("Perangkat daerah yang dipilih tidak ada.")


class ContradictoryTarget(RuleBroken):
    """Nobody is both addressed and left out."""

    sentence = say("Yang dipilih sebagai sasaran tidak dapat sekaligus dikecualikan.")


class NestedTarget(RuleBroken):
    """A unit of an addressed OPD is addressed already; to name both says two things."""

    sentence = say("Unit ini sudah termasuk dalam sasaran.")


class UnknownPerson(RuleBroken):
    """A directive names people who serve here."""

    sentence = say("Salah satu pegawai yang disebut tidak ada.")


class OwnDraft(RuleBroken):
    """Four eyes see more than two."""

    sentence = say("Draf ini terakhir Anda ubah sendiri. Mintalah orang lain memeriksanya.")


class AlreadyReviewed(RuleBroken):
    """A review is given once, and holds until the draft is changed."""

    sentence = say("Draf ini sudah diperiksa.")


class NotReviewed(RuleBroken):
    """This installation asks for a review before the issue."""

    sentence = say("Draf ini belum diperiksa orang lain, jadi belum dapat diterbitkan.")


class NotInForce(RuleBroken):
    """Only a directive in force can be closed, revoked or exempted from."""

    sentence = say("Edaran ini tidak sedang berlaku.")


class FormerEnded(NotInForce):
    """What has ended already cannot be revoked."""

    sentence = say("Edaran yang hendak dicabut sudah tidak berlaku. Ubah dahulu bagian pencabutan pada draf ini.")


class NotBound(RuleBroken):
    """Only who is bound can be exempted."""

    sentence = say("Edaran ini tidak mengikat pegawai itu pada tanggal tersebut.")


class AlreadyExempt(Conflict):
    """One exemption at a time."""

    sentence = say("Pegawai ini sudah dikecualikan untuk waktu tersebut.")


class ExemptionOver(RuleBroken):
    """An exemption ends once."""

    sentence = say("Pengecualian ini sudah diakhiri.")


class ImpossibleDay(RuleBroken):
    """The day does not fit the directive or the exemption."""

    sentence = say("Tanggal ini tidak cocok.")


class NoSuchExemption(NotFound):
    """There is none of this directive."""

    sentence = say("Pengecualian ini tidak ada.")


class UnknownModule(RuleBroken):
    """A directive asks for a module that people can open."""

    sentence = say("Modul ini belum diterbitkan.")


class UnknownTopic(RuleBroken):
    """No quiz of the modules that a directive asks for is about that topic."""

    sentence = say("Topik ini tidak diujikan oleh modul yang dipilih.")


class ForeignCitation(RuleBroken):
    """The legal basis comes from the register of law, or from the citations of the chosen modules."""

    sentence = say("Pilih dasar hukum yang termuat di daftar aturan atau di modul yang dipilih.")


class NoSuchDirective(NotFound):
    """There is none, or it does not bind the asker."""

    sentence = say("Edaran ini tidak ada, atau tidak ditujukan kepada Anda.")


LEGAL_FORMS = ("Undang-Undang", "Peraturan", "Keputusan", "Putusan", "Surat Edaran", "Surat Badan")
"""How the full names of laws begin, for citations whose instrument is in no register."""


class Status(StrEnum):
    """A directive is written, reviewed, issued; it ends closed, or revoked by another directive."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    ISSUED = "issued"
    CLOSED = "closed"
    REVOKED = "revoked"

    @property
    def words(self) -> str:
        """The status as people call it."""
        return _STATUS_WORDS[self]


_STATUS_WORDS = {
    Status.DRAFT: say("draf"),
    Status.REVIEWED: say("draf, sudah diperiksa"),
    Status.ISSUED: say("berlaku"),
    Status.CLOSED: say("ditutup"),
    Status.REVOKED: say("dicabut"),
}

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


class Completion(NamedTuple):
    """When a person reached each point of a module, as far as is known on the day asked about."""

    started_at: datetime | None = None
    passed_at: datetime | None = None
    signed_at: datetime | None = None
    certified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody is toward a demand; `is_renewing` while an earlier result has only just lapsed."""

    stage: Stage
    is_renewing: bool = False


NOWHERE = Reach(Stage.NOT_STARTED)


@dataclass(frozen=True, slots=True)
class Standing:
    """A bound person's stage, and whether the deadline passed before the pact was signed."""

    stage: Stage
    is_late: bool


def may_be_basis(
    citations: Iterable[Citation], day: date, forms: Mapping[str, LegalForm] | None = None
) -> list[Citation]:
    """Those citations that are law and in force on a day; `forms` are what the register knows of instruments."""
    return [each for each in citations if _is_law(each, forms or {}) and each.is_in_force(day)]


def _is_law(citation: Citation, forms: Mapping[str, LegalForm]) -> bool:
    """Explanations, timetables and data teach, but a letter does not rest on them."""
    form = forms.get(citation.instrument_id)
    return citation.full.startswith(LEGAL_FORMS) if form is None else form is not LegalForm.STATEMENT


def refuse_contradiction(target: Target) -> None:
    """Raise ContradictoryTarget for an agency or a person both addressed and excepted."""
    if target.agencies & target.excepted_agencies:
        raise ContradictoryTarget(field="excepted_agencies")
    if target.people & target.excepted_people:
        raise ContradictoryTarget(field="excepted_people")


def refuse_nesting(target: Target, chosen: Mapping[UUID, tuple[UUID, ...]], names: Mapping[UUID, str]) -> None:
    """Raise NestedTarget for an agency below another one addressed, ContradictoryTarget for one below an excepted.

    `chosen` are the addressed agencies, each with the agencies from the root down to it.
    """
    for agency_id, (*above, _itself) in chosen.items():
        if around := next((each for each in above if each in target.agencies), None):
            both = {"unit": names[agency_id], "opd": names[around]}
            raise NestedTarget(
                say(
                    "%(unit)s sudah termasuk dalam %(opd)s. Pilih salah satu: seluruh %(opd)s, atau unitnya saja.",
                    **both,
                ),
                field="units",
            )
        if not target.excepted_agencies.isdisjoint(above):
            raise ContradictoryTarget(field="excepted_agencies")


def refuse_exemption(*, issued_on: date, from_on: date, others: Iterable[date | None]) -> None:
    """Raise ImpossibleDay before the issue, AlreadyExempt where another one still holds (None: without end)."""
    if from_on < issued_on:
        raise ImpossibleDay(say("Tidak boleh mendahului tanggal terbit edaran."), field="from_on")
    if any(until_on is None or until_on > from_on for until_on in others):
        raise AlreadyExempt(field="nip")


def refuse_end(*, from_on: date, until_on: date) -> None:
    """Raise ImpossibleDay unless an exemption may end on that day, the first on which the person is bound again."""
    if until_on < from_on:
        raise ImpossibleDay(
            say("Pengecualian dimulai pada %(day)s. Isi tanggal itu untuk membatalkannya seluruhnya.", day=from_on),
            field="until_on",
        )


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
