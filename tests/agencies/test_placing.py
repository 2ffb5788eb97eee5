"""Lines brought to their agencies: what is filled in from the books, what is guessed, what leads nowhere."""

import datetime as dt
from dataclasses import replace

from elearn.agencies import placing, roster
from elearn.agencies.difference import Standing
from elearn.agencies.directory import Directory, Place
from elearn.agencies.placing import Placed
from elearn.agencies.roster import RosterLine
from elearn.agencies.rules import AgencyKind, EmployeeKind, Person, PostGroup
from elearn.core.db import new_id
from tests.factories.agencies import a_nip

DINAS, SCHOOL = new_id(), new_id()
PLACES = [
    Place(DINAS, "Dinas Pendidikan", None, AgencyKind.OPD, DINAS),
    Place(SCHOOL, "SDN 1 Manna", None, AgencyKind.UNIT, DINAS),
]
DIRECTORY = Directory(PLACES)
LINE = RosterLine(2, a_nip(1), "Siti", EmployeeKind.PNS, post="Lurah Ibul", opd="Dinas Pendidikan")


def placed(line: RosterLine, known: Person | None = None) -> Placed:
    """One line, with what the books know of the person."""
    stands = {known.nip: Standing(known, dt.date(2020, 1, 2), True, new_id(), new_id(), new_id())} if known else {}
    return placing.place([line], DIRECTORY, stands)


def person(line: RosterLine, known: Person | None = None) -> Person:
    """The person of one line."""
    return placed(line, known).people[line.spot]


def test_a_group_is_guessed_only_where_the_file_is_silent() -> None:
    """The file's word counts; a guess is marked as one."""
    assert (PostGroup.SUPERVISOR, {LINE.nip}) == (person(LINE).post_group, placed(LINE).guessed)
    told = replace(LINE, post_group=PostGroup.GENERAL)
    assert (PostGroup.GENERAL, frozenset()) == (person(told).post_group, placed(told).guessed)


def test_a_known_group_of_the_same_post_is_not_guessed_anew() -> None:
    """What HR once said of this post stands; of another post it says nothing."""
    known = Person(LINE.nip, "Siti", EmployeeKind.PNS, DINAS, post="Lurah Ibul", post_group=PostGroup.GENERAL)
    assert person(LINE, known).post_group is None
    assert PostGroup.SUPERVISOR is person(LINE, replace(known, post="Guru")).post_group


def test_a_silent_kind_keeps_the_known_one() -> None:
    """Who is CPNS does not become PNS because a column was left empty, unless the number forbids it."""
    silent = replace(LINE, is_kind_told=False)
    known = Person(LINE.nip, "Siti", EmployeeKind.CPNS, DINAS)
    assert EmployeeKind.CPNS is person(silent, known).kind
    assert EmployeeKind.PNS is person(LINE, known).kind
    assert EmployeeKind.PNS is person(silent).kind
    assert EmployeeKind.PNS is person(silent, replace(known, kind=EmployeeKind.PPPK)).kind


def test_names_that_lead_nowhere_are_gathered() -> None:
    """Once a name, with its lines; those of a name that is none of ours apart."""
    lines = [replace(LINE, line=number, nip=a_nip(number), unit="SD Baru") for number in (2, 3)]
    last = replace(LINE, line=4)
    found = placing.place([*lines, last], DIRECTORY, {})
    (stray,) = found.strays
    assert ("dinas pendidikan / sd baru", DINAS, 2) == (stray.name.key, stray.name.opd_id, len(stray.lines))
    assert [2, 3] == [complaint.line for complaint in found.complaints]
    assert [last.spot] == list(found.people)
    told = placing.place([*lines, last], Directory(PLACES, {stray.name.key: None}), {})
    assert ((), stray.lines, [2, 3]) == (told.strays, told.foreign[0].lines, [each.line for each in told.complaints])
    assert "bukan bagian kami" in told.foreign[0].sentence


def test_a_stored_line_is_read_back() -> None:
    """What goes into the database comes out of it."""
    line = replace(LINE, post_group=PostGroup.TOP, sheet="PNS", is_kind_told=False)
    assert line == roster.line_of(roster.stored(line))


def test_titles_in_the_same_cell_change_nothing() -> None:
    """However a file parts the name: with the titles in it, or with an honour on the other side."""
    known = replace(person(LINE), name="H. Rusdi", title_before="Drs.", title_after="M.Si.")
    written = replace(LINE, name="Rusdi", title_before="Drs. H.", title_after="M.Si.")
    assert known == replace(person(written, known), post_group=known.post_group)
    assert "Rusdi Hamzah" == person(replace(written, name="Rusdi Hamzah"), known).name


def test_capitals_throughout_change_no_name() -> None:
    """SIASN shouts; a name that is another one, and a new title, are taken as they are written."""
    known = replace(person(LINE), name="Rusdi Al-Hamzah", title_before="Drs.", title_after="M.Si.")
    shouted = replace(LINE, name="RUSDI AL-HAMZAH", title_before="DRS.", title_after="M.SI.")
    assert known == replace(person(shouted, known), post_group=known.post_group)
    bare = person(replace(shouted, title_before=None, title_after=None), known)
    assert ("Rusdi Al-Hamzah", None) == (bare.name, bare.title_after)
    promoted = person(replace(shouted, title_after="M.PD."), known)
    assert ("Rusdi Al-Hamzah", "M.PD.") == (promoted.name, promoted.title_after)
    assert "RUSDI HAMZAH" == person(replace(shouted, name="RUSDI HAMZAH"), known).name
    assert "RUSDI AL-HAMZAH" == person(shouted).name


def test_an_honour_written_with_the_name_is_not_said_twice() -> None:
    """Where the file has no titles of their own, in capitals or not, and leaves the degree out."""
    known = replace(person(LINE), name="Dedi Arpan", title_before="H.", title_after="S.H.")
    for name in ("H. Dedi Arpan", "H. DEDI ARPAN"):
        for degree in (None, "S.H."):
            found = person(replace(LINE, name=name, title_before=None, title_after=degree), known)
            assert ("Dedi Arpan", True) == (found.name, found.title_before in (None, "H."))
