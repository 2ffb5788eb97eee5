"""What may be a mistake in a roster: each doubt by itself, and how it is asked."""

import datetime as dt
from dataclasses import replace

import pytest

from elearn.agencies import complaints, difference, doubts, placing
from elearn.agencies.complaints import BOXES, Complaint, Doubt
from elearn.agencies.difference import Standing
from elearn.agencies.directory import Directory, Place
from elearn.agencies.roster import RosterLine
from elearn.agencies.rules import AgencyKind, EmployeeKind, Person
from elearn.core.db import new_id
from tests.factories.agencies import a_nip

DAY = dt.date(2026, 11, 1)
DINAS, BADAN, SCHOOL = (new_id() for _ in range(3))
PLACES = {
    place.id: place
    for place in (
        Place(DINAS, "Dinas Pendidikan", "Disdik", AgencyKind.OPD, DINAS),
        Place(BADAN, "Badan Keuangan", None, AgencyKind.OPD, BADAN),
        Place(SCHOOL, "SDN 1 Manna", None, AgencyKind.UNIT, DINAS),
    )
}
SITI = Person(a_nip(0), "Siti Aminah", EmployeeKind.PNS, SCHOOL, post="Guru", email="siti@a.go.id")


def people(number: int) -> list[Person]:
    """So many teachers."""
    return [replace(SITI, nip=a_nip(each), name=f"Guru {each}") for each in range(number)]


def standing(person: Person, *, is_active: bool = True) -> Standing:
    """How a person stands in the books."""
    return Standing(person, dt.date(2020, 1, 2), is_active, new_id(), new_id(), new_id())


def raised(before: list[Person], after: list[Person], as_of: dt.date = DAY) -> dict[Doubt, list[str]]:
    """The doubts that a roster raises, as sentences by kind."""
    known = {person.nip: standing(person) for person in before}
    roster = {("", line): person for line, person in enumerate(after, start=2)}
    found = difference.between(
        known, roster, as_of=as_of, seen={p.nip for p in after}, covered=set(PLACES), is_complete=True
    )
    told: dict[Doubt, list[str]] = {}
    for each in doubts.raised_by(found, roster, known, as_of):
        told.setdefault(each.doubt, []).append(each.sentence)
    return told


def test_an_opd_that_nearly_vanishes_is_asked_about() -> None:
    """Half of its people and at least five, though they are few among all; one asks of the OPD, not of its units."""
    many = [replace(SITI, nip=a_nip(100 + each), agency_id=BADAN) for each in range(90)]
    known = {person.nip: standing(person) for person in [*people(10), *many]}

    def told(leaving: int) -> list[str]:
        leaves = tuple(known[person.nip] for person in people(leaving))
        found = difference.Difference((), (), (), (), leaves, (), unchanged=0, covered=100)
        assert not found.is_drastic
        asked = list(doubts.vanished(found, known, PLACES))
        assert {Doubt.MANY_LEAVE} >= {each.doubt for each in asked}
        return [each.sentence for each in asked]

    assert [[], ["5 dari 10 pegawai Dinas Pendidikan tidak tercantum."]] == [told(4), told(5)]


def test_a_roster_like_the_books_raises_nothing() -> None:
    """No question where nothing is strange."""
    assert not raised(people(20), people(20))


@pytest.mark.parametrize(
    ("name", "other", "is_another"),
    [("Siti Aminah", "SITI AMINAH", False), ("Siti Aminah", "Sitti Aminnah", False), ("Siti Aminah", "Siti", False),
     ("Siti Aminah", "Budi Santoso", True), ("Muhammad Ali", "Moh. Ali", False), ("Nur", "Bo", True)],
)  # fmt: skip
def test_two_names_without_anything_in_common(name: str, other: str, is_another: bool) -> None:
    """A spelling mended is no other person."""
    assert is_another is doubts.is_another(name, other)


def test_a_nip_of_somebody_with_another_name_is_asked_about() -> None:
    """The books' name and the file's are both told, and it must be confirmed."""
    (sentence,) = raised([SITI], [replace(SITI, name="Budi Santoso")])[Doubt.OTHER_NAME]
    assert ("Siti Aminah" in sentence, "Budi Santoso" in sentence, Doubt.OTHER_NAME in BOXES) == (True, True, True)


@pytest.mark.parametrize(
    ("nip", "age"),
    [("195510312010031900", 71), ("195511012010031900", 71), ("195511022010031900", None),
     ("200911012026031900", None), ("200911022026031900", 16)],
)  # fmt: skip
def test_ages_beyond_what_serves_are_asked_about(nip: str, age: int | None) -> None:
    """Older than 70 or younger than 17 on the day of the roster."""
    told = raised([], [replace(SITI, nip=nip)]).get(Doubt.AGE, [])
    assert ([] if age is None else [f"Siti Aminah berumur {age} tahun menurut NIP."]) == told


def test_a_mass_disappearance_is_asked_about() -> None:
    """More than a fifth."""
    assert raised(people(10), people(7))[Doubt.MANY_LEAVE][0].startswith("3 dari 10 pegawai")


def test_a_column_that_was_emptied_is_told() -> None:
    """Only when many had it, nobody has it now, and there are enough people to tell."""
    silent = [replace(person, email=None) for person in people(12)]
    assert "Alamat email" in raised(people(12), silent)[Doubt.EMPTIED][0]
    assert not raised(people(12), [*silent[1:], people(1)[0]])
    assert not raised(people(5), silent[:5])
    assert Doubt.EMPTIED not in BOXES


def lines(number: int, opd: str, unit: str | None = None) -> list[RosterLine]:
    """Lines of the same teachers under other names of OPD and unit."""
    return [
        RosterLine(line, person.nip, person.name, EmployeeKind.PNS, opd=opd, unit=unit)
        for line, person in enumerate(people(number), start=2)
    ]


def test_an_opd_that_seems_renamed_is_told() -> None:
    """Nearly all of its people reappear under a name that nobody knows."""
    known = {person.nip: standing(person) for person in people(10)}
    strays = placing.place(lines(9, "Dinas Pendidikan dan Olahraga"), Directory(PLACES.values()), known).strays
    (told,) = doubts.renamed(strays, known, PLACES)
    assert "9 dari 10 pegawai Dinas Pendidikan tercantum" in told.sentence
    few = placing.place(lines(5, "Dinas Pendidikan dan Olahraga"), Directory(PLACES.values()), known).strays
    assert not list(doubts.renamed(few, known, PLACES))
    assert [DINAS, DINAS] == [doubts.suggestion(stray, known, PLACES) for stray in (*strays, *few)]


def test_a_unit_that_seems_renamed_is_told() -> None:
    """Within its OPD, by the unit's own people."""
    known = {person.nip: standing(person) for person in people(4)}
    strays = placing.place(lines(4, "Disdik", "SD Negeri 01"), Directory(PLACES.values()), known).strays
    assert "4 dari 4 pegawai SDN 1 Manna" in next(doubts.renamed(strays, known, PLACES)).sentence
    assert [SCHOOL] == [doubts.suggestion(stray, known, PLACES) for stray in strays]


def test_a_name_spelled_much_alike_is_suggested() -> None:
    """Where nobody is known, the spelling tells; a name like no other tells nothing."""
    found = placing.place([*lines(1, "Badan Keuangn"), *lines(1, "Sanggar")], Directory(PLACES.values()), {})
    assert [BADAN, None] == [doubts.suggestion(stray, {}, PLACES) for stray in found.strays]


def test_questions_are_told_once_a_kind_with_their_lines() -> None:
    """In the order of the kinds, each with the sentence to confirm where one is needed."""
    asked = complaints.questions(
        [
            Complaint(4, "A berumur 80 tahun.", is_skipped=False, doubt=Doubt.AGE),
            Complaint(2, "NIP dua nama.", sheet="PNS", doubt=Doubt.SHARED_NIP),
            Complaint(3, "NIP dua nama.", sheet="PNS", doubt=Doubt.SHARED_NIP),
            Complaint(9, "Nama kosong."),
        ]
    )
    assert [Doubt.SHARED_NIP, Doubt.AGE] == [each.doubt for each in asked]
    assert ["PNS: 2–3"] == [detail.lines for detail in asked[0].details]
    assert all(each.box for each in asked)
