"""Names over time, and codes that go on."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies import lineage
from elearn.agencies.lineage import Named, UnfitCode

A, B, C, D = (UUID(int=number) for number in range(1, 5))
FIRST, SECOND = dt.date(2020, 1, 1), dt.date(2024, 7, 1)


@pytest.mark.parametrize(
    ("day", "name"),
    [(dt.date(2019, 1, 1), "Lama"), (FIRST, "Lama"), (dt.date(2024, 6, 30), "Lama"), (SECOND, "Baru")],
)
def test_the_name_of_a_day(day: dt.date, name: str) -> None:
    """The first name on record holds for the days before it too."""
    history = [Named(A, "Baru", SECOND), Named(A, "Lama", FIRST)]
    assert {A: name} == lineage.names_on(history, day)


@pytest.mark.parametrize("code", ["DINKES", "1.02.01", "PKM-MANNA.2", "a_b"])
def test_a_plain_code_is_fit(code: str) -> None:
    """Letters, digits, points, dashes."""
    lineage.refuse_unfit_code(code)


@pytest.mark.parametrize("code", ["", "DIN KES", "dinas/kes", "-A", "baru", "Baru", "A" * 41])
def test_a_code_that_cannot_stand_in_an_address_is_refused(code: str) -> None:
    """Nor one that an address of ours has already."""
    with pytest.raises(UnfitCode):
        lineage.refuse_unfit_code(code)


@given(st.text("ABC-.", min_size=1, max_size=40), st.integers(1, 5))
def test_the_codes_of_successors_are_free_and_fit(code: str, generations: int) -> None:
    """However often an agency goes on, each code is new and no longer than allowed."""
    taken = {code}
    for _ in range(generations):
        code = lineage.next_code(code, taken)
        assert code not in taken
        assert len(code) <= lineage.LONGEST_CODE
        taken.add(code)


def test_a_generation_counts_on() -> None:
    """The third of its name is the third, not the second of the second."""
    assert "PKM.3" == lineage.next_code("PKM.2", {"PKM", "PKM.2"})
