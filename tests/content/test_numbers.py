"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content import numbers

FORMS = {
    "14": "14",
    " 14 ": "14",
    "2,5": "2.5",
    "2.5": "2.5",
    "2,50": "2.5",
    "+7": "7",
    "-3": "-3",
    "−3": "-3",
    "014": "14",
    "0,125": "0.125",
    "-0": "0",
    "1500": "1500",
    "100": "100",
    "3,1416": "3.1416",
}
NEITHER = [
    "",
    " ",
    "empat belas",
    "14 hari",
    "2,",
    ",5",
    "1e3",
    "NaN",
    "Infinity",
    "--1",
    "1/2",
    "14 15",
    "१४",
    "9" * 13,
]
THOUSANDS = ["1.500", "1,500", "1 500", "12.345.678", "1.500,25", "-2.000", "1'500"]


@pytest.mark.parametrize(("text", "expected"), FORMS.items())
def test_a_number_may_be_written_as_people_do(text: str, expected: str) -> None:
    """Comma or point, spaces around, zeros at the end; the canonical form is one."""
    assert expected == numbers.canonical(text)
    assert numbers.misfit(text) is None
    assert Decimal(expected) == numbers.read(text)


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_no_number_gets_a_sentence_and_stays(text: str) -> None:
    """Words, units, two numbers, none."""
    assert numbers.NOT_A_NUMBER == numbers.misfit(text)
    assert text == numbers.canonical(text)


@pytest.mark.parametrize("text", THOUSANDS)
def test_a_mark_between_thousands_is_refused_because_it_could_be_a_comma(text: str) -> None:
    """1.500 is one and a half to some and fifteen hundred to others."""
    assert numbers.THOUSANDS_SIGN == numbers.misfit(text)


@given(st.decimals(-999_999, 999_999, places=2))
def test_every_number_survives_being_told_and_read(number: Decimal) -> None:
    """Canonical, told with a comma, read again: the same number in the same form."""
    written = numbers.plain(number)
    assert number == numbers.read(written) == numbers.read(numbers.told(written))
    assert written == numbers.canonical(written) == numbers.canonical(numbers.told(written))
