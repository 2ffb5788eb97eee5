"""Refusals of the authors' workshop, where a pack of content stands, and what a change of the law means to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from elearn.content.law import Citation, Register
from elearn.core.errors import Conflict, NotFound, RuleBroken
from elearn.core.speech import say


class NoSuchLaw(NotFound):
    """The register knows no such instrument or place in it."""

    sentence = say("Dasar hukum ini tidak tercantum dalam register.")


class ChangeSettled(Conflict):
    """A change of the law is settled once."""

    sentence = say("Perubahan ini sudah dinyatakan selesai.")


class ForeignPlace(RuleBroken):
    """A change concerns a place in the instrument it is marked on."""

    sentence = say("Pilih pasal dari peraturan ini.")


class PackClosed(Conflict):
    """What was published or discarded stays so."""

    sentence = say("Pak ini sudah diterbitkan atau dibuang.")


class NothingNew(RuleBroken):
    """A pack that says what is published already changes nothing."""

    sentence = say("Isi pak ini sama dengan yang sudah berlaku; tidak ada yang diterbitkan.")


class StaleReview(Conflict):
    """What was published meanwhile makes the reviewed difference another one."""

    sentence = say(
        "Sejak halaman ini Anda buka, versi lain sudah terbit. Perbedaan di bawah ini sudah diperbarui; "
        "periksa lagi, lalu ulangi."
    )


class ApprovalMissing(RuleBroken):
    """Where the setting asks for it, a second person approves before anybody publishes."""

    sentence = say("Pak ini perlu disetujui dahulu oleh penyusun lain.")


class ApprovalStale(Conflict):
    """An approval is for the difference that was seen then."""

    sentence = say("Versi lain sudah terbit sejak pak ini disetujui. Pak perlu disetujui lagi.")


class OwnApproval(RuleBroken):
    """Who uploaded a pack does not approve it."""

    sentence = say("Pak yang Anda unggah sendiri disetujui oleh orang lain.")


class DraftClosed(Conflict):
    """What was used or discarded stays so."""

    sentence = say("Draf ini sudah dipakai atau dibuang.")


class NothingPlaced(RuleBroken):
    """Only a draft with a topic and law can become part of a module."""

    sentence = say("Belum ada draf yang lengkap: pilih topik dan isi dasar hukumnya dahulu.")


class ForeignTopic(RuleBroken):
    """A question belongs to a topic that a current module has."""

    sentence = say("Pilih topik dari modul yang berlaku.")


class ForeignCitation(RuleBroken):
    """A question rests on law that the register knows."""

    sentence = say("Rujukan ini tidak ada dalam register dasar hukum.")


class PackState(StrEnum):
    """Where a pack stands on its way."""

    FAULTY = "faulty"
    WAITING = "waiting"
    READY = "ready"
    PUBLISHED = "published"
    DISCARDED = "discarded"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return STATE_WORDS[self]


STATE_WORDS = {
    PackState.FAULTY: say("Ada keluhan"),
    PackState.WAITING: say("Menunggu persetujuan"),
    PackState.READY: say("Siap diterbitkan"),
    PackState.PUBLISHED: say("Diterbitkan"),
    PackState.DISCARDED: say("Dibuang"),
}


def pack_state(*, is_published: bool, is_discarded: bool, is_sound: bool, may_go: bool) -> PackState:
    """Where a pack stands; `may_go` says that nobody has to approve it any more."""
    if is_published or is_discarded:
        return PackState.PUBLISHED if is_published else PackState.DISCARDED
    if not is_sound:
        return PackState.FAULTY
    return PackState.READY if may_go else PackState.WAITING


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the law that is not settled yet: which places it touches, since when, and what changed."""

    id: UUID
    instrument_id: str
    cites: frozenset[str]
    changed_on: date
    note: str


def places_of(register: Register, instrument_id: str, citation_id: str = "") -> frozenset[str]:
    """The citations that a change touches: the one named, or all of the instrument; empty when there is none."""
    return frozenset(
        each.id for each in register.citations if each.instrument_id == instrument_id and citation_id in ("", each.id)
    )


def touching(changes: Iterable[Change], citations: Iterable[Citation]) -> list[Change]:
    """The changes that touch one of these citations, in the order given."""
    cites = {each.id for each in citations}
    return [change for change in changes if not change.cites.isdisjoint(cites)]
