"""The number of a civil servant: read, taken apart, written back, refused with its reason."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies import nip
from elearn.agencies.nip import FIRST_CONTRACT, Nip, Sex, UnsoundNip

births = st.dates(dt.date(1950, 1, 1), dt.date(2006, 12, 31))
codes = st.integers(1, 12) | st.integers(FIRST_CONTRACT, 99)
nips = st.builds(
    Nip,
    birth_on=births,
    year=st.integers(2007, 2026),
    code=codes,
    sex=st.sampled_from(Sex),
    serial=st.integers(900, 999),
)


@given(nips)
def test_a_number_written_and_read_is_the_same_number(number: Nip) -> None:
    """Writing a number and reading it again gives the same number."""
    assert number == nip.parse(number.text)
    assert len(number.text) == 18


@given(nips, st.sampled_from([" ", ".", "-", "\u00a0"]))
def test_separators_are_forgiven(number: Nip, sign: str) -> None:
    """Groups may be set apart by spaces, dots or hyphens."""
    digits = number.text
    assert number == nip.parse(sign.join([digits[:8], digits[8:14], digits[14], digits[15:]]))


def test_a_pns_tells_the_month_of_appointment() -> None:
    """Digits 13 and 14 of a PNS are a month."""
    number = nip.parse("19860926 201505 1 901")
    assert (dt.date(1986, 9, 26), (2015, 5), Sex.MALE, 901, False) == (
        number.birth_on,
        number.appointed,
        number.sex,
        number.serial,
        number.is_pppk,
    )


def test_a_pppk_tells_only_the_year() -> None:
    """Digits 13 and 14 of a PPPK are a contract code, from 21 upward."""
    number = nip.parse("199001012023212934")
    assert (number.appointed, number.sex, number.is_pppk) == ((2023, None), Sex.FEMALE, True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "18 angka"),
        ("1986092620150519", "18 angka"),
        ("19860926201505190A", "18 angka"),
        ("１９８６０９２６２０１５０５１９０１", "18 angka"),
        ("198602302015051901", "19860230 bukan tanggal lahir"),
        ("198609261980051901", "tahun pengangkatan 1980"),
        ("198609262015131901", "ke-13 dan ke-14 tidak mungkin 13"),
        ("198609262015001901", "ke-13 dan ke-14 tidak mungkin 00"),
        ("198609262015053901", "harus 1 atau 2, bukan 3"),
        ("198609262015051000", "dibulatkan oleh Excel"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(text: str, reason: str) -> None:
    """An unsound number is refused with a sentence about the part that cannot be."""
    with pytest.raises(UnsoundNip) as refusal:
        nip.parse(text)
    assert reason in refusal.value.sentence
