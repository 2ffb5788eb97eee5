"""The menu: what somebody's roles open, in the order of use, and where she is."""

from uuid import UUID

import pytest
from flask import Flask

from elearn.core.menu import GROUPS, menu, open_to
from elearn.core.permissions import Grant, Role

OPD = UUID(int=1)


def endpoints(*grants: Grant) -> list[str]:
    """What is open to somebody with these roles."""
    return [entry.endpoint for group in open_to(grants) for entry in group]


def test_a_learner_finds_her_own_things() -> None:
    """Nothing of an office, and her tasks by their name."""
    assert ["home.index", "directives.index", "calendar.index", "certificates.index"] == endpoints(Grant(Role.ASN))
    assert "Tugas saya" == open_to((Grant(Role.ASN),))[0][0].words


def test_another_role_adds_to_what_a_learner_finds() -> None:
    """And her tasks become a desk."""
    both = (Grant(Role.ASN), Grant(Role.OPD_OFFICER, OPD))
    assert set(endpoints(Grant(Role.ASN))) < set(endpoints(*both))
    assert "Meja kerja" == open_to(both)[0][0].words


@pytest.mark.parametrize(("agency_id", "is_open"), [(None, True), (OPD, False)])
def test_the_mail_is_open_to_who_answers_for_the_whole_regency(agency_id: UUID | None, is_open: bool) -> None:
    """Letters go to people of every OPD, so a role in one of them does not open it."""
    assert is_open == ("notices.index" in endpoints(Grant(Role.HR, agency_id)))


def test_everybody_of_every_role_finds_every_page(built_app_once: Flask) -> None:
    """No entry waits for a permission that no role holds, and each leads to a page."""
    listed = {entry.endpoint for group in GROUPS for entry in group}
    found = set(endpoints(*(Grant(role) for role in Role)))
    assert (listed, set()) == (found - {"home.index"}, found - set(built_app_once.view_functions))


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/", "/"),
        ("/edaran", "/edaran"),
        ("/edaran/01a2", "/edaran"),
        ("/pegawai/1", "/pegawai"),
        ("/pegawai/impor", "/pegawai/impor"),
        ("/edaran-lain", ""),
        ("/akun", ""),
    ],
)
def test_one_entry_says_where_the_page_is(built_app_once: Flask, path: str, here: str) -> None:
    """The nearest above it; the first page stands above nothing but itself."""
    with built_app_once.test_request_context(path):
        shown = menu((Grant(Role.HR),), path)
    assert [here] * bool(here) == [address for group in shown for address, _, is_here in group if is_here]
