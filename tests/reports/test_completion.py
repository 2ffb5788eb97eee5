"""Lists of people: whom a list is narrowed to, what fits a screen, and when somebody was done."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from elearn.core import clock
from elearn.core.tables import Table
from elearn.directives.rules import Stage, Standing
from elearn.reports import asking, completion
from elearn.reports.groups import Who
from elearn.reports.queries import Listed
from elearn.reports.rules import Figures

SITI = Who(UUID(int=1), "198609262015051001", "Siti Rahma", None, "S.Pd.")
BUDI = Who(UUID(int=2), "199001012019031002", "Budi Santoso", "Dr.", None)
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


def listed(who: Who, stands: Standing) -> Listed:
    """Somebody in a list."""
    return Listed((0, who), stands, 0, SimpleNamespace())


PEOPLE = [
    listed(SITI, Standing(Stage.LEARNING, is_late=True)),
    listed(BUDI, Standing(Stage.CERTIFIED, is_late=False)),
]


@pytest.mark.parametrize(
    ("only", "words", "expected"),
    [
        ("", "", [SITI, BUDI]),
        ("terlambat", "", [SITI]),
        ("bersertifikat", "", [BUDI]),
        ("belum-mulai", "", []),
        ("", "rahma SITI", [SITI]),
        ("", "dr. budi", [BUDI]),
        ("", "19900101", [BUDI]),
        ("", "0926", []),
        ("", "siti santoso", []),
        ("terlambat", "budi", []),
    ],
)
def test_a_list_is_narrowed_by_stage_and_by_words(only: str, words: str, expected: list[Who]) -> None:
    """Each word stands in the name, or begins the NIP."""
    assert expected == [each.who for each in completion.narrowed(PEOPLE, only=only, words=words)]


def test_every_stage_can_be_asked_for() -> None:
    """Nobody stands at a point that no word of an address means."""
    words = {words: word for word, words in asking.STAGES.items()}
    for stage, name in asking.STAGE_NAMES.items():
        people = [listed(SITI, Standing(stage, is_late=False))]
        assert people == completion.narrowed(people, only=words[name])


def test_in_short_lateness_is_said_beside_the_stage() -> None:
    """The screen has five columns; the file has all."""
    rows = [{"name": "Siti", "stage": "Belajar", "late": "ya"}, {"name": "Budi", "stage": "Belajar", "late": "tidak"}]
    short = completion.in_short(Table("Daftar", completion.BY_PERSON, rows))
    assert ["Belajar, terlambat", "Belajar"] == [row["stage"] for row in short.rows]
    assert list(completion.IN_SHORT) == [column.key for column in short.columns]


@pytest.mark.parametrize(
    ("instants", "expected"),
    [([None], None), ([NOON, None], None), ([NOON], date(2026, 11, 22)),
     ([NOON, NOON.replace(day=1)], date(2026, 11, 22)), ([NOON.replace(hour=18)], date(2026, 11, 23))],
)  # fmt: skip
def test_somebody_is_done_on_the_day_of_the_last_module(instants: Sequence[Any], expected: date | None) -> None:
    """By the regency's own day; not as long as one is missing."""
    assert expected == completion._last(instants, clock.zone())


def test_the_cells_of_figures_are_their_columns() -> None:
    """A share of nobody is nothing."""
    told = completion.cells(Figures(not_started=1, signed=2, certified=1, late=1))
    assert (4, 1, 2, 1, 1, 0.75) == tuple(
        told[key] for key in ("bound", "not_started", "signed", "certified", "late", "percent")
    )
    assert completion.cells(Figures())["percent"] is None
