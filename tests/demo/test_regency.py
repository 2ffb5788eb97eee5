"""The regency is as large, as varied and as orderly as it claims, and the same each time."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from elearn.agencies import nip
from elearn.agencies.rules import PPPK_KINDS, EmployeeKind
from elearn.demo import regency, roles, roster
from elearn.demo.offices import offices
from elearn.demo.people import Person
from elearn.demo.regency import Regency

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def whole() -> Regency:
    """The whole regency."""
    return regency.build(TODAY)


def test_forty_offices_of_the_usual_kinds() -> None:
    """There are 40 perangkat daerah, 11 of them kecamatan, with schools and puskesmas below."""
    levels = Counter(office.level for office in offices())
    assert {"instansi": 1, "opd": 40, "unit": levels["unit"]} == dict(levels)
    assert 11 == sum(office.staffing == "kecamatan" for office in offices())
    places = Counter(office.staffing for office in offices())
    assert places["sd"] > 80
    assert places["smp"] > 20
    assert 14 == places["puskesmas"]


def test_the_tree_is_in_order() -> None:
    """Codes are unique, and every office comes after its parent."""
    seen: set[str | None] = {None}
    for office in offices():
        assert office.parent_code in seen
        assert office.code not in seen
        seen.add(office.code)


def test_exactly_four_thousand_in_the_right_mix(whole: Regency) -> None:
    """4,000 people serve, in exact shares of the four kinds of employment."""
    assert {"PNS": 2320, "PPPK": 1200, "PPPK_PARUH_WAKTU": 360, "CPNS": 120} == Counter(p.kind for p in whole.people)
    assert not any(person.left_on for person in whole.people)
    assert 40 == len({person.opd_code for person in whole.people})


def test_every_nip_is_sound_and_fictional(whole: Regency) -> None:
    """Each NIP parses, is unique, has a serial no real one has, and agrees with the person."""
    for person in whole.everybody:
        sound = nip.parse(person.nip)
        assert (person.birth_on, person.kind in PPPK_KINDS) == (sound.birth_on, sound.is_pppk)
        assert (nip.Sex.MALE if person.sex == "L" else nip.Sex.FEMALE) == sound.sex
        assert 900 <= sound.serial
    assert len(whole.everybody) == len({person.nip for person in whole.everybody})


def test_ages_and_ranks_are_plausible(whole: Regency) -> None:
    """Everybody is an adult and not yet pensioned; PNS have ranks such as III/c, PPPK such as IX."""
    for person in whole.people:
        assert timedelta(days=19 * 365) < TODAY - person.birth_on < timedelta(days=58.5 * 365.25)
        pattern = r"[IVX]+" if person.kind in PPPK_KINDS else r"(I|II|III|IV)/[a-e]"
        assert re.fullmatch(pattern, person.rank)


def test_names_are_of_many_kinds(whole: Regency) -> None:
    """One-word names, five-word names, apostrophes, dots, titles before and after; few namesakes."""
    names = [person.name for person in whole.people]
    assert 100 < sum(" " not in name for name in names)
    assert 20 < sum(len(name.split()) >= 5 for name in names)
    assert 50 < sum("'" in name for name in names)
    assert any(name.startswith("M. ") for name in names)
    assert {"dr.", "Drs.", "Hj.", "Ir.", "apt.", "Dr."} <= {person.title_before for person in whole.people}
    assert {"S.Pd.", "A.Md.Keb.", "S.Kep., Ns.", ""} <= {person.title_after for person in whole.people}
    assert len(names) * 0.9 < len({person.full_name for person in whole.people})


def test_every_opd_has_one_head(whole: Regency) -> None:
    """The first seat of each perangkat daerah is its head's; there is one Sekda and 11 camat."""
    posts = Counter(person.post for person in whole.people)
    assert 1 == posts["Sekretaris Daerah"]
    assert 11 == sum(count for post, count in posts.items() if post.startswith("Camat "))
    assert 1 == posts["Kepala Dinas Kesehatan"] == posts["Kepala BPBD"] + posts["Kepala Pelaksana BPBD"]


def test_a_year_of_comings_and_goings(whole: Regency) -> None:
    """About 150 moved, about 60 came and 40 left in the past year."""
    year_ago = TODAY - timedelta(days=365)
    assert 150 == sum(len(person.stays) > 1 for person in whole.people)
    assert 45 <= sum(person.joined_on > year_ago for person in whole.people) <= 75
    assert 40 == len(whole.leavers)
    assert all(person.left_on and year_ago < person.left_on < TODAY for person in whole.leavers)


def test_stays_follow_each_other(whole: Regency) -> None:
    """A stay begins where the one before ends; the last is open unless the person left; none begins in the future."""
    for person in whole.everybody:
        assert all(earlier.ended_on == later.started_on for earlier, later in pairwise(person.stays))
        assert person.left_on == person.stays[-1].ended_on
        assert person.stays[-1].started_on <= TODAY
        assert person.stays[-1] == person.stay_on(person.stays[-1].started_on)


def test_contacts_are_plainly_fictional(whole: Regency) -> None:
    """Addresses end in .example, phones are 0812-0000-xxxx, each used once; some people gave none."""
    for what, pattern in (("email", r"[a-z.]+\d*@bukitserawaikab\.example"), ("phone", r"\+628120000\d{4}")):
        given = [getattr(person, what) for person in whole.everybody if getattr(person, what)]
        assert all(re.fullmatch(pattern, value) for value in given)
        assert len(given) == len(set(given))
        assert 0.8 < len(given) / len(whole.everybody) < 0.95


def test_the_same_each_time(whole: Regency) -> None:
    """Two generations are equal, and on another day of the month the same people serve."""
    assert whole == regency.build(TODAY)
    assert whole.people == regency.build(TODAY.replace(day=3)).people


@pytest.mark.parametrize("people", [40, 120, 300])
def test_a_smaller_regency_keeps_its_offices(people: int) -> None:
    """Scaled down, every perangkat daerah still has somebody, and every role its holder."""
    small = regency.build(TODAY, people)
    assert people == len(small.people)
    assert 40 == len(roles.holders(small).officers)


def test_roles_go_to_fitting_people(whole: Regency) -> None:
    """The Sekda, BKPSDM and the officers hold the posts such people hold; the learner can be written to."""
    found = roles.holders(whole)
    assert "Sekretaris Daerah" == found.sekda.post
    assert "bkpsdm" == found.hr.opd_code
    assert {person.opd_code: person for person in found.officers.values()} == found.officers
    assert (roles.OFFICER_OPD, False) == (found.learner.opd_code, found.learner.is_leader)
    assert found.learner.email


def test_a_sample_of_the_roster_shows_rarities(whole: Regency) -> None:
    """A dozen people are enough to meet every kind of employment and of name."""
    people: list[Person] = list(roster.sample(whole.people))
    assert set(EmployeeKind) == {person.kind for person in people}
    assert len(people) == len({person.nip for person in people})
    assert len(people) == len(roster.roster(whole, people).rows)
