"""What is wrong or doubtful in a roster, line by line, told once for many lines; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from elearn.core.speech import again, kept, say


class Doubt(StrEnum):
    """What may be a mistake although it can be applied; those in BOXES must be confirmed before."""

    SHARED_NIP = "nip-ganda"
    OTHER_NAME = "nama-lain"
    MANY_LEAVE = "banyak-keluar"
    RENAMED = "ganti-nama"
    BIRTH = "tanggal-lahir"
    KIND = "jenis"
    AGE = "umur"
    EMPTIED = "kolom-kosong"
    MANY_AWAY = "banyak-berhenti"
    MOVED = "pindah"
    YOUNG = "pensiun-muda"
    BY_HAND = "aktif-lagi"
    ENDED = "sudah-berakhir"


TITLES = {
    Doubt.SHARED_NIP: say("Satu NIP dipakai dua nama dalam berkas"),
    Doubt.OTHER_NAME: say("NIP yang dikenal, tetapi namanya lain sama sekali"),
    Doubt.MANY_LEAVE: say("Banyak pegawai tidak tercantum"),
    Doubt.RENAMED: say("OPD atau unit tampaknya berganti nama"),
    Doubt.BIRTH: say("Tanggal lahir berbeda dengan NIP"),
    Doubt.KIND: say("Jenis pegawai tidak cocok dengan NIP"),
    Doubt.AGE: say("Umur yang tidak lazim"),
    Doubt.EMPTIED: say("Kolom yang kini kosong"),
    Doubt.MANY_AWAY: say("Banyak pegawai keluar atau tidak bertugas menurut keterangan berkas"),
    Doubt.MOVED: say("Disebut pindah"),
    Doubt.YOUNG: say("Disebut pensiun, padahal masih muda"),
    Doubt.BY_HAND: say("Aktif menurut berkas, tetapi masa tidak bertugasnya dicatat sendiri"),
    Doubt.ENDED: say("Masa tidak bertugas yang sudah berakhir, tetapi masih disebut"),
}
BOXES = {
    Doubt.SHARED_NIP: say("Untuk NIP yang dipakai dua nama, baris yang pertama memang yang benar."),
    Doubt.OTHER_NAME: say("Nama yang lain sama sekali itu memang milik pegawai dengan NIP tersebut."),
    Doubt.MANY_LEAVE: say("Berkas ini lengkap. Pegawai yang tidak tercantum memang sudah keluar."),
    Doubt.BIRTH: say("NIP sudah diperiksa dan benar, walaupun tanggal lahirnya berbeda."),
    Doubt.AGE: say("Pegawai dengan umur yang tidak lazim itu memang masih bertugas."),
    Doubt.MANY_AWAY: say("Keterangan dalam berkas itu benar, walaupun menyangkut banyak pegawai."),
    Doubt.MOVED: say("Yang disebut pindah memang pindah ke instansi lain, bukan ke OPD lain di sini."),
    Doubt.YOUNG: say("Pegawai yang masih muda itu memang sudah pensiun."),
}
"""The sentence to be confirmed where applying a doubtful line would do harm if it were a mistake."""
OPTIONS = {
    Doubt.BY_HAND: say("Akhiri masa tidak bertugas yang dicatat sendiri itu, karena pegawainya sudah bertugas lagi."),
    Doubt.ENDED: say("Catat lagi masa tidak bertugas itu, karena diperpanjang atau diulang."),
}
"""What is left undone unless somebody asks for it: the books are more likely right than the roster."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something wrong in a line of a roster (None: in the whole file); a skipped line is not applied.

    With a `doubt` it is a question to the reader rather than a fault.
    """

    line: int | None
    sentence: str
    is_skipped: bool = True
    sheet: str = ""
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The same complaint on many lines: `lines` reads like `2–14, 20`, empty for one on the whole file."""

    sentence: str
    lines: str
    count: int
    is_skipped: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of doubt with everything that raises it.

    `box` is the sentence to confirm, if one is needed, `option` what may be asked for.
    """

    doubt: Doubt
    title: str
    details: tuple[Group, ...]
    box: str | None
    option: str | None = None


def stored(complaint: Complaint) -> dict[str, Any]:
    """A complaint as it is stored with an import, to be spoken in the language of whoever reads it then."""
    return asdict(complaint) | {"sentence": kept(complaint.sentence)}


def complaint_of(stored: Mapping[str, Any]) -> Complaint:
    """A complaint as it was stored with an import."""
    facts = dict(stored)
    doubt = Doubt(facts["doubt"]) if facts.get("doubt") else None
    return Complaint(**facts | {"doubt": doubt, "sentence": again(facts["sentence"])})


def questions(complaints: Iterable[Complaint]) -> list[Question]:
    """The doubts among complaints, each kind once, in the order of their kinds."""
    found: dict[Doubt, list[Complaint]] = defaultdict(list)
    for each in complaints:
        if each.doubt:
            found[each.doubt].append(each)
    return [
        Question(doubt, TITLES[doubt], tuple(grouped(found[doubt])), BOXES.get(doubt), OPTIONS.get(doubt))
        for doubt in Doubt
        if doubt in found
    ]


def grouped(complaints: Iterable[Complaint]) -> list[Group]:
    """Complaints with the same words as one, in the order of their first lines."""
    groups: dict[tuple[str, bool], list[Complaint]] = defaultdict(list)
    for each in complaints:
        groups[each.sentence, each.is_skipped].append(each)
    return [
        Group(sentence, lines_of(same), sum(each.line is not None for each in same) or 1, is_skipped)
        for (sentence, is_skipped), same in groups.items()
    ]


def lines_of(complaints: Iterable[Complaint]) -> str:
    """Where complaints stand: `2–14, 20`, with the sheet before when a file has several."""
    sheets: dict[str, list[int]] = defaultdict(list)
    for each in complaints:
        sheets[each.sheet].extend([] if each.line is None else [each.line])
    return "; ".join(
        f"{sheet}: {', '.join(_ranges(lines))}" if sheet else ", ".join(_ranges(lines))
        for sheet, lines in sheets.items()
        if lines
    )


def _ranges(lines: list[int]) -> Iterator[str]:
    """Runs of neighbouring line numbers, shortened."""
    for _, run in groupby(enumerate(sorted(lines)), key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        yield str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
