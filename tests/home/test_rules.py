"""What comes next for a learner, how urgent it is, and when an installation is fit to serve."""

from datetime import date, timedelta
from itertools import product

import pytest

from elearn.core.permissions import Role
from elearn.home.rules import (
    LEAST_DISK,
    LONGEST_SILENCE,
    Check,
    Step,
    Urgency,
    disk_check,
    heading,
    is_ready,
    jobs_check,
    migrations_check,
    next_step,
    urgency,
)

DAY = date(2026, 11, 22)


def test_the_steps_follow_one_another() -> None:
    """Study, quiz, signature, certificate; a later point reached settles it."""
    facts = ("is_quiz_open", "has_passed", "has_signed", "is_certified")
    for state in product((False, True), repeat=4):
        furthest = max((n + 1 for n, is_so in enumerate(state) if is_so), default=0)
        expected = (Step.STUDY, Step.QUIZ, Step.SIGN, Step.WAIT, Step.DONE)[furthest]
        assert expected is next_step(**dict(zip(facts, state, strict=True)))


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, Urgency.LATE), (0, Urgency.SOON), (7, Urgency.SOON), (8, Urgency.AHEAD)],
)
def test_a_deadline_is_late_soon_or_ahead(days: int, expected: Urgency) -> None:
    """Late from the day after; soon in the last week; never for who has signed."""
    deadline = DAY + timedelta(days=days)
    assert expected is urgency(deadline, DAY, has_signed=False)
    assert Urgency.DONE is urgency(deadline, DAY, has_signed=True)


def test_background_work_may_be_silent_for_a_while() -> None:
    """Long enough for a long job, not longer."""
    assert jobs_check(waiting=9, silent_for=LONGEST_SILENCE).is_ok
    assert not jobs_check(waiting=0, silent_for=LONGEST_SILENCE + 1).is_ok


def test_a_disk_needs_room() -> None:
    """And says how much there is, in MB."""
    assert {"free_mb": 200} == disk_check(LEAST_DISK).facts
    assert not disk_check(LEAST_DISK - 1).is_ok


def test_the_schema_must_be_the_newest() -> None:
    """An older one, and none, are not."""
    assert migrations_check(["0002"], ["0002"]).is_ok
    assert not migrations_check(["0001"], ["0002"]).is_ok
    assert not migrations_check([], ["0002"]).is_ok


def test_one_missing_thing_is_enough_not_to_be_ready() -> None:
    """All checks must hold."""
    assert is_ready([Check("a", True, {}), Check("b", True, {})])
    assert not is_ready([Check("a", True, {}), Check("b", False, {})])


def test_the_first_page_is_named_by_the_desk() -> None:
    """Whoever has a desk finds it first, the highest one; anybody else her own tasks."""
    assert "Meja Sekda" == heading({Role.ASN, Role.SEKDA})
    assert "Meja kerja admin" == heading({Role.ADMIN})
    assert "Tugas saya" == heading({Role.ASN})
    assert "Tugas saya" == heading(set())
