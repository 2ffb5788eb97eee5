"""Whether somebody serves, as the cells of a roster tell it: on duty, away for a while, or gone; pure."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from elearn.agencies import days
from elearn.agencies.rules import AbsenceKind, LeaveReason
from elearn.core.speech import say


class OnDuty(StrEnum):
    """That somebody serves."""

    ACTIVE = "aktif"

    @property
    def words(self) -> str:
        """The state as it is written in letters."""
        return say("Aktif")


State = OnDuty | AbsenceKind | LeaveReason
STATES: Mapping[str, State] = {each.value: each for kind in (OnDuty, AbsenceKind, LeaveReason) for each in kind}
COLUMNS = ("service", "kind")
"""The columns in which a state is looked for; what is not understood is told of the first alone."""
NOTE = "note"
"""A column of free words, where a state is looked for too; what it says else is passed over."""


class Told(NamedTuple):
    """What one cell tells, and since when if it says so."""

    state: State
    since: dt.date | None = None


_LEADING = re.compile(r"^((pns|cpns|pppk|p3k|asn|pegawai|status|sudah|telah|sedang) )+(?=\w)")
_DAY = re.compile(
    r"(?:\b(?:tmt|per|sejak|mulai|tanggal|tgl)\b\W*)*"
    r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]\d{4})$"
)
_WORDS = (
    (OnDuty.ACTIVE, r"aktif( bekerja| kembali| lagi)?|kembali bertugas|bertugas( kembali| lagi)?"),
    (AbsenceKind.UNPAID_LEAVE, r"(perpanjangan )?(cltn|cuti (di )?luar tanggungan negara)"),
    (AbsenceKind.STUDY, r"tugas belajar|tubel"),
    (AbsenceKind.PRE_RETIREMENT, r"(mpp|masa persiapan pensiun)( mpp)?"),
    (AbsenceKind.SECONDED, r"diperbantukan|dipekerjakan|dpk|dpb"),
    (AbsenceKind.SUSPENDED, r"(diberhentikan|pemberhentian|berhenti) sementara|skorsing"),
    (LeaveReason.DIED, r"meninggal( dunia)?|wafat|almarhum(ah)?|tewas|pensiun janda( duda)?"),
    (LeaveReason.RETIRED, r"pensiun( bup| dini| penuh| aps)?|(mencapai )?(bup|batas usia pensiun)|purna ?tugas"),
    (LeaveReason.MOVED, r"pindah( instansi| keluar| ke instansi lain| antar instansi)?|mutasi keluar"),
    (LeaveReason.RESIGNED, r"mengundurkan diri|(diberhentikan )?atas permintaan sendiri"),
    (LeaveReason.CONTRACT_ENDED, r"(kontrak|perjanjian kerja) (habis|berakhir|selesai)|(habis|putus) kontrak"),
    (LeaveReason.DISMISSED, r"(diberhentikan|pemberhentian|berhenti)( (tidak )?dengan hormat)?|ptdh|dipecat"),
)  # fmt: skip
_PATTERNS = tuple((state, re.compile(pattern)) for state, pattern in _WORDS)


@lru_cache(maxsize=4096)
def told(text: str) -> Told | None:
    """The state that a cell names by itself or behind a kind, perhaps with a day: `PNS pensiun TMT 1-10-2026`."""
    text = text.casefold().replace("_", " ").strip(" .;,()")
    found = _DAY.search(text)
    day = days.read(found[1]) if found else None
    plain = " ".join(re.findall(r"\w+", text[: found.start()] if found else text))
    words = _LEADING.sub("", plain)
    state = next((state for state, pattern in _PATTERNS if pattern.fullmatch(words)), None)
    return Told(state, day) if state else None


def of(texts: Mapping[str, str]) -> tuple[Told | None, list[str]]:
    """What the cells of a line tell together, and remarks; nothing where columns contradict each other.

    A note that says otherwise than the columns is set aside.
    """
    found = [state for name in COLUMNS if (text := texts.get(name)) and (state := told(text))]
    states = {each.state for each in found}
    note = texts.get(NOTE, "")
    noted = told(note) if note else None
    if len(states) > 1:
        words = [each.state.words for each in found]
        return None, [
            say("Berkas menyebut dua keadaan, %(states)s; keadaannya diabaikan, bagian lain dipakai.", states=words)
        ]
    if noted and states and noted.state not in states:
        facts = {"text": note, "state": found[0].state.words}
        sentence = say("Keterangan “%(text)s” diabaikan, karena kolom lain menyebut “%(state)s”.", **facts)
        return _dated(found, texts)[0], [sentence]
    return _dated([*found, *([noted] if noted else [])], texts)


def _dated(found: Sequence[Told], texts: Mapping[str, str]) -> tuple[Told | None, list[str]]:
    """The state that all these tell, with its day from the column of days or else from one of them."""
    if not found:
        return None, []
    text = texts.get("service_on", "")
    since = days.read(text) if text else next((each.since for each in found if each.since), None)
    is_lost = text and since is None and found[0].state is not OnDuty.ACTIVE
    remark = say("Tanggal mulai “%(text)s” tidak dikenali; dipakai tanggal data berkas ini.", text=text)
    return Told(found[0].state, since), [remark] if is_lost else []
