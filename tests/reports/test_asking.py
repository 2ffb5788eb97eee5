"""What an address asks of a report: the words it may hold, whom they admit, and how the report says so."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from elearn.agencies.rules import EVERYTHING, EmployeeKind, PostGroup
from elearn.core import clock
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM
from elearn.reports import asking, rules
from elearn.reports.asking import Asked

DAY = date(2026, 11, 22)


def what_was_asked(**changes: Any) -> Asked:
    """A report of the whole regency, narrowed in some way."""
    at, since = clock.end_of(DAY), DAY - asking.MONTH
    facts = {"at": at, "day": DAY, "since": since, "directives": [], "in_force": [], "visible": EVERYTHING}
    return Asked(reader=SYSTEM, **{**facts, **changes})


@pytest.mark.parametrize(
    ("asked", "kind", "group", "expected"),
    [
        ({}, EmployeeKind.PNS, None, True),
        ({"kind": "pns"}, EmployeeKind.PNS, None, True),
        ({"kind": "pns"}, EmployeeKind.PPPK, None, False),
        ({"post_group": "belum-dicatat"}, EmployeeKind.PNS, None, True),
        ({"post_group": "belum-dicatat"}, EmployeeKind.PNS, PostGroup.GENERAL, False),
        ({"post_group": PostGroup.GENERAL.value}, EmployeeKind.PNS, PostGroup.GENERAL, True),
        ({"post_group": PostGroup.GENERAL.value}, EmployeeKind.PNS, None, False),
        ({"kind": "pppk", "post_group": PostGroup.GENERAL.value}, EmployeeKind.PNS, PostGroup.GENERAL, False),
    ],
)
def test_people_are_admitted_by_kind_and_post(asked: Any, kind: Any, group: Any, expected: bool) -> None:
    """Who has no post on record is a group of her own, not everybody."""
    assert expected is what_was_asked(**asked).admits(kind, group)


def test_every_kind_and_post_has_a_word_of_its_own() -> None:
    """As it stands in an address: small letters, no underscore."""
    assert set(EmployeeKind) == set(asking.KINDS.values())
    assert {*PostGroup, None} == set(asking.POST_GROUPS.values())
    assert all(word == word.lower() and "_" not in word for word in asking.KINDS)


def test_a_report_says_what_it_shows() -> None:
    """Each filter by its name; those that narrow nothing are not named."""
    known = frozenset({"jenis", "cari"})
    told = what_was_asked(kind="pppk", words="siti", stage="terlambat", known=known).filters
    expected = {
        "Per tanggal": "22 November 2026",
        "Perangkat daerah": "Seluruh perangkat daerah",
        "Jenis pegawai": "PPPK",
        "Tahap": "Terlambat",
        "Nama atau NIP": "siti",
    }
    assert expected == told


@pytest.mark.parametrize(
    "args", [{"jenis": "honorer"}, {"jabatan": "raja"}, {"tahap": "hilang"}, {"arahan": "satu"}, {"opd": "tiada"},
             {"arahan": str(UUID(int=1))}],
)  # fmt: skip
def test_what_is_no_filter_is_not_found(app: Flask, args: dict[str, str]) -> None:
    """Neither a word that means nothing nor an id that names nothing."""
    with pytest.raises(NotFound):
        asking.asked(args, SYSTEM)


def test_a_filter_that_a_report_does_not_know_is_not_read(app: Flask) -> None:
    """The day is known to each."""
    yesterday = clock.today() - timedelta(days=1)
    found = asking.asked({"jenis": "honorer", "per": yesterday.isoformat()}, SYSTEM, known=frozenset())
    assert ("", yesterday) == (found.kind, found.day)


@pytest.mark.parametrize(
    ("day", "refusal"), [("kemarin", rules.UnreadableDay), ("2026-13-01", rules.UnreadableDay),
                         ("0001-01-01", rules.UnreadableDay), ("1999-12-31", rules.UnreadableDay),
                         ("2999-01-01", rules.DayToCome)],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused(app: Flask, day: str, refusal: type[Exception]) -> None:
    """With a sentence, not with a wrong report."""
    with pytest.raises(refusal):
        asking.asked({"per": day}, SYSTEM)


def test_a_course_begins_a_month_before_its_end(app: Flask) -> None:
    """Unless another day is named; whether that makes a course, the course itself must say."""
    known = frozenset({"sejak"})
    today = clock.today()
    assert today - asking.MONTH == asking.asked({}, SYSTEM, known=known).since
    assert today == asking.asked({"sejak": today.isoformat()}, SYSTEM, known=known).since
    assert today == asking.asked({"sejak": today.isoformat(), "per": "2026-01-01"}, SYSTEM, known=known).since
    with pytest.raises(rules.UnreadableDay):
        asking.asked({"sejak": "kemarin"}, SYSTEM, known=known)
