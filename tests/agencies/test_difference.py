"""What a new roster changes: proven on any two rosters, and case by case."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from elearn.agencies import complaints, difference
from elearn.agencies.complaints import Complaint
from elearn.agencies.difference import Difference, Standing
from elearn.agencies.rules import EmployeeKind, Person
from elearn.core.db import new_id
from tests.factories.agencies import a_nip

AGENCIES = [new_id() for _ in range(4)]
DAY = dt.date(2026, 11, 1)
BEFORE = dt.date(2025, 3, 1)
NIPS = [a_nip(number) for number in range(30)]

people = st.builds(
    Person,
    nip=st.sampled_from(NIPS),
    name=st.sampled_from(["Siti", "Budi", "Rahmat"]),
    kind=st.sampled_from([EmployeeKind.PNS, EmployeeKind.CPNS]),
    agency_id=st.sampled_from(AGENCIES),
    post=st.sampled_from(["Guru", "Camat"]),
    title_before=st.just("Dr."),
    title_after=st.sampled_from(["S.H.", "S.E."]),
    rank=st.sampled_from(["III/a", "III/b"]),
    email=st.just("a@b.go.id"),
    phone=st.just("+628123456789"),
)
rosters = st.lists(people, max_size=20, unique_by=lambda person: person.nip)


def standing(person: Person, *, since: dt.date = BEFORE, is_active: bool = True) -> Standing:
    """How a person stands in the books."""
    return Standing(person, since, is_active, new_id(), new_id(), new_id())


def between(old: list[Standing], new: list[Person], **facts: object) -> Difference:
    """The difference of books and a roster that covers everything."""
    facts = {"as_of": DAY, "seen": {p.nip for p in new}, "covered": set(AGENCIES), "is_complete": True, **facts}
    roster = {("", line): person for line, person in enumerate(new, start=2)}
    return difference.between({s.person.nip: s for s in old}, roster, **facts)


def applied(old: list[Standing], found: Difference) -> dict[str, Person]:
    """Who serves after the difference has been applied to the books."""
    serving = {s.person.nip: s.person for s in old if s.is_active}
    for gone in found.leaves:
        del serving[gone.person.nip]
    changed = (*found.returns, *found.moves, *found.changes)
    return serving | {p.nip: p for p in found.joins} | {c.after.nip: c.after for c in changed}


@given(rosters, st.sets(st.sampled_from(NIPS)), rosters)
def test_applying_the_difference_gives_the_new_roster(old: list[Person], left: set[str], new: list[Person]) -> None:
    """Whatever was and whatever comes: afterwards the books are the roster."""
    books = [standing(person, is_active=person.nip not in left) for person in old]
    found = between(books, new)
    assert {person.nip: person for person in new} == applied(books, found)
    assert not found.complaints


@given(rosters)
def test_the_same_roster_changes_nothing(people: list[Person]) -> None:
    """Applying what is already true is idle."""
    found = between([standing(person) for person in people], people)
    assert found.is_idle
    assert len(people) == found.unchanged == found.covered


@given(rosters, rosters)
def test_everybody_is_counted_once(old: list[Person], new: list[Person]) -> None:
    """Each line of the roster lands on one pile."""
    counts = between([standing(person) for person in old], new).counts
    assert len(new) == sum(counts[pile] for pile in ("joins", "returns", "moves", "changes", "unchanged"))


SITI = Person(NIPS[0], "Siti", EmployeeKind.PNS, AGENCIES[0], post="Guru", rank="III/a", email="s@a.go.id")


def test_silence_erases_nothing() -> None:
    """An empty cell keeps what is known."""
    silent = replace(SITI, post=None, rank=None, email=None)
    assert between([standing(SITI)], [silent]).is_idle


def test_a_change_tells_what_differs() -> None:
    """Fields with old and new values; a new post needs a new placement, a new rank does not."""
    promoted = between([standing(SITI)], [replace(SITI, rank="III/b")]).changes[0]
    assert ([("rank", "III/a", "III/b")], False) == (promoted.facts, promoted.needs_placement)
    assert between([standing(SITI)], [replace(SITI, post="Kepala Sekolah")]).changes[0].needs_placement


def test_only_people_of_covered_agencies_leave() -> None:
    """A roster of one OPD says nothing about the others."""
    other = replace(SITI, nip=NIPS[1], agency_id=AGENCIES[1])
    found = between([standing(SITI), standing(other)], [], covered={AGENCIES[0]})
    assert ([SITI], 1) == ([gone.person for gone in found.leaves], found.covered)


def test_somebody_on_a_skipped_line_does_not_leave() -> None:
    """Seen is seen, even where the line could not be applied."""
    assert between([standing(SITI)], [], seen={SITI.nip}).is_idle


def test_nobody_leaves_an_unreadable_roster() -> None:
    """As long as one NIP could not be read, nobody may be called absent; the reader is told."""
    found = between([standing(SITI)], [], is_complete=False)
    assert ((), False) == (found.leaves, found.complaints[0].is_skipped)
    assert "NIP yang tidak sah" in found.complaints[0].sentence


def test_an_old_roster_does_not_undo_newer_books() -> None:
    """A placement younger than the data is left alone, with a complaint at its line."""
    found = between([standing(SITI, since=dt.date(2026, 11, 10))], [replace(SITI, agency_id=AGENCIES[1])])
    assert found.is_idle
    assert [2] == [complaint.line for complaint in found.complaints]
    assert "10 November 2026" in found.complaints[0].sentence


def test_somebody_who_came_today_does_not_leave_today() -> None:
    """A stay has at least one day; the reader is told."""
    found = between([standing(SITI, since=DAY)], [])
    assert found.is_idle
    assert "tidak ditandai keluar" in found.complaints[0].sentence


def test_many_leaving_at_once_is_drastic() -> None:
    """More than a fifth is drastic, a fifth is not."""
    books = [standing(replace(SITI, nip=nip)) for nip in NIPS[:10]]
    assert not between(books, [s.person for s in books[2:]]).is_drastic
    assert between(books, [s.person for s in books[3:]]).is_drastic


def test_equal_complaints_are_told_once_with_their_lines() -> None:
    """Lines are shortened to runs."""
    same = [Complaint(line, "Nama kosong.") for line in (2, 3, 4, 9)]
    whole, first = complaints.grouped([Complaint(None, "Umum.", is_skipped=False), *same])
    assert ("", 1, False) == (whole.lines, whole.count, whole.is_skipped)
    assert ("2–4, 9", 4, True) == (first.lines, first.count, first.is_skipped)
