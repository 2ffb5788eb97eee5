"""The number of a civil servant: NIP of a PNS, NI PPPK of a contract servant; pure, stdlib only.

Both have 18 digits and begin with the birth date. A NIP goes on with the year and month of appointment
(8-6-1-3), an NI PPPK with the year of appointment and a contract code from 21 upward (8-4-2-1-3), so the
digits 13 and 14 tell the two apart. Source: BKN regulations 22/2007 and 43/2007.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import IntEnum

from elearn.core.errors import RuleBroken
from elearn.core.speech import say

LENGTH = 18
FIRST_CONTRACT = 21
FIRST_BIRTH_YEAR = 1900
_SEPARATORS = re.compile(r"[\s.\-'’]+")


class UnsoundNip(RuleBroken):
    """The text is not a NIP or NI PPPK; the sentence says which part of it cannot be."""

    sentence = say("NIP harus terdiri atas 18 angka.")


class Sex(IntEnum):
    """The fifteenth digit."""

    MALE = 1
    FEMALE = 2


@dataclass(frozen=True, slots=True)
class Nip:
    """A sound number, taken apart; `code` is the month of appointment, or the contract code of a PPPK."""

    birth_on: dt.date
    year: int
    code: int
    sex: Sex
    serial: int

    @property
    def text(self) -> str:
        """The 18 digits without separators."""
        return f"{self.birth_on:%Y%m%d}{self.year:04}{self.code:02}{self.sex:d}{self.serial:03}"

    @property
    def is_pppk(self) -> bool:
        """Whether it is an NI PPPK."""
        return self.code >= FIRST_CONTRACT

    @property
    def appointed(self) -> tuple[int, int | None]:
        """Year and month of appointment; an NI PPPK does not tell the month."""
        return self.year, None if self.is_pppk else self.code


def digits_of(text: str) -> str:
    """What was typed, without the spaces, dots, hyphens and apostrophes people put between the groups."""
    return _SEPARATORS.sub("", text)


def parse(text: str) -> Nip:
    """The number that the text writes; raises UnsoundNip with the part that cannot be."""
    digits = digits_of(text)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise UnsoundNip(field="nip")
    birth_on = _birth(digits[:8])
    year, code, sex, serial = int(digits[8:12]), int(digits[12:14]), int(digits[14]), int(digits[15:])
    if year <= birth_on.year:
        years = {"year": str(year), "birth": str(birth_on.year)}
        raise _unsound(say("NIP tidak sah: tahun pengangkatan %(year)s mendahului kelahiran %(birth)s.", **years))
    if not (1 <= code <= 12 or code >= FIRST_CONTRACT):
        raise _unsound(say("NIP tidak sah: angka ke-13 dan ke-14 tidak mungkin %(digits)s.", digits=f"{code:02}"))
    if sex not in (Sex.MALE, Sex.FEMALE):
        raise _unsound(say("NIP tidak sah: angka ke-15 harus 1 atau 2, bukan %(digit)s.", digit=str(sex)))
    if serial == 0:
        raise _unsound(say("NIP tidak sah: tiga angka terakhir 000, tanda angkanya pernah dibulatkan oleh Excel."))
    return Nip(birth_on, year, code, Sex(sex), serial)


def _birth(digits: str) -> dt.date:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        day = dt.date.min
    if day.year < FIRST_BIRTH_YEAR:
        raise _unsound(say("NIP tidak sah: %(digits)s bukan tanggal lahir.", digits=digits))
    return day


def _unsound(sentence: str) -> UnsoundNip:
    return UnsoundNip(sentence, field="nip")
