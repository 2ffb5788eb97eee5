"""How names are typed, which passwords are refused, and for whom a code may be issued."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.accounts import rules
from elearn.accounts.rules import RoleNeedsAgency, UnfitUsername, WeakPassword
from elearn.core.db import new_id
from elearn.core.permissions import SYSTEM, Actor, Grant, Role

NIP = "198609262015051901"
NAME = "Siti Nurhaliza Rahmawati"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("19860926 201505 1 901", NIP),
        ("19860926.201505.1.901", NIP),
        (" 19860926-201505-1-901 ", NIP),
        ("Admin.Utama", "admin.utama"),
        ("pengawas-2", "pengawas-2"),
    ],
)
def test_a_username_is_read_as_it_is_meant(typed: str, stored: str) -> None:
    """A NIP may have separators, and case does not matter."""
    assert stored == rules.username_of(typed)


@pytest.mark.parametrize("text", ["", "ab", "nama lengkap", "-mulai", "ó" * 5, "a" * 61])
def test_an_unfit_username_is_refused(text: str) -> None:
    """A username is short, plain and begins with a letter or digit."""
    with pytest.raises(UnfitUsername):
        rules.refuse_unfit(text)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("pendek1", "paling sedikit 8"),
        ("p" * 129, "paling banyak 128"),
        ("aaaaaaaaaa", "mudah ditebak"),
        ("12345678", "mudah ditebak"),
        ("87654321", "mudah ditebak"),
        ("indonesia123", "terlalu umum"),
        ("Password2026", "terlalu umum"),
        ("90210447", "terlalu umum"),
        (NIP, "NIP"),
        ("26091986", "tanggal lahir"),
        ("siti1986", "nama"),
        ("Nurhaliza!", "nama"),
        ("SITI-rahmawati-86", "nama"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, reason: str) -> None:
    """What anybody would try first is refused in words that help."""
    with pytest.raises(WeakPassword) as refusal:
        rules.refuse_weak(password, username=NIP, name=NAME)
    assert reason in refusal.value.sentence


@pytest.mark.parametrize("password", ["langit biru manna", "siti minum kopi pagi", "ombak7kelapa", "x9!kQ2#pL"])
def test_a_password_of_ones_own_is_accepted(password: str) -> None:
    """No rule asks for capitals, digits or signs."""
    rules.refuse_weak(password, username=NIP, name=NAME)


@given(st.text(min_size=8, max_size=128), st.text(max_size=40))
def test_judging_a_password_never_fails(password: str, name: str) -> None:
    """Whatever is typed is accepted or refused."""
    with suppress(WeakPassword):
        rules.refuse_weak(password, username=NIP, name=name)


def test_an_officer_needs_an_agency() -> None:
    """The role of an OPD's officer does not exist without the OPD."""
    rules.refuse_unfit_scope(Role.HR, None)
    with pytest.raises(RoleNeedsAgency):
        rules.refuse_unfit_scope(Role.OPD_OFFICER, None)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUTHOR, Role.SEKDA])
def test_who_acts_for_everybody_is_not_given_an_agency(role: Role) -> None:
    """A limit that nobody keeps is not promised."""
    rules.refuse_unfit_scope(role, None)
    with pytest.raises(rules.RoleKnowsNoAgency):
        rules.refuse_unfit_scope(role, new_id())


def test_power_in_one_agency_is_not_power_everywhere() -> None:
    """HR of the regency who is officer of one OPD issues no code for an auditor of all."""
    agency_id = new_id()
    grants = (Grant(Role.HR), Grant(Role.AUDITOR, agency_id))
    assert not rules.may_issue_code(Actor(new_id(), "a", "A", grants), [Role.AUDITOR])
    assert rules.may_issue_code(Actor(new_id(), "a", "A", (Grant(Role.HR), Grant(Role.AUDITOR))), [Role.AUDITOR])


@pytest.mark.parametrize(
    ("issuer", "roles", "answer"),
    [
        (Grant(Role.OPD_OFFICER, new_id()), [Role.ASN], True),
        (Grant(Role.OPD_OFFICER, new_id()), [Role.ASN, Role.OPD_OFFICER], False),
        (Grant(Role.OPD_OFFICER, new_id()), [Role.ASN, Role.SEKDA], False),
        (Grant(Role.HR), [Role.ASN, Role.OPD_OFFICER], True),
        (Grant(Role.HR, new_id()), [Role.OPD_OFFICER], False),
        (Grant(Role.HR), [Role.ADMIN], False),
        (Grant(Role.ADMIN), [Role.SEKDA], True),
    ],
)
def test_a_code_never_gives_more_power_than_its_issuer_has(issuer: Grant, roles: list[Role], answer: bool) -> None:
    """Whoever issues a code could use it; so it must not open more than the issuer may."""
    actor = Actor(new_id(), "penerbit", "Penerbit", (issuer,))
    assert answer == rules.may_issue_code(actor, roles)


def test_the_installation_may_issue_any_code() -> None:
    """The command line stands above roles."""
    assert rules.may_issue_code(SYSTEM, [Role.ADMIN])
