"""Whoever moves or removes a phase is told which directives stay behind; their readers see it afterwards."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from elearn.calendar.models import Election
from elearn.calendar.rules import PhaseKind
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.directives import actions
from elearn.directives.duties import Terms
from tests.factories.agencies import an_employee
from tests.factories.calendar import an_election, morning_of
from tests.factories.directives import a_draft, a_wording, an_issued_directive

TODAY, FIRST, LAST = date(2026, 11, 16), date(2026, 12, 1), date(2026, 12, 20)
EVE = FIRST - timedelta(days=1)
MARK = 'name="diketahui" value="'


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """A fortnight before the campaign."""
    with morning_of(TODAY):
        yield


@pytest.fixture
def election(app: Flask) -> Election:
    """An election whose campaign is known."""
    return an_election(PhaseKind.CAMPAIGN, FIRST, LAST)


def typed(election: Election, first: date | None, last: date | None) -> dict[str, str]:
    """The form of the election with other days of the campaign."""
    days = {"from_campaign": first, "until_campaign": last, "polling_on": election.polling_on}
    return {"name": election.name, **{name: day.isoformat() if day else "" for name, day in days.items()}}


def mark_in(page: str) -> str:
    """What the page sends back to say that it was read."""
    return page.partition(MARK)[2].partition('"')[0]


def campaign() -> tuple[date, date]:
    """The campaign as the calendar has it."""
    db.session.expire_all()
    [phase] = db.session.scalars(select(Election)).one().phases
    return phase.started_on, phase.ended_on


def test_a_phase_is_moved_only_by_who_read_what_stays_behind(election: Election, sign_in: Any) -> None:
    """Nothing is saved before; other days are other consequences; then it is seen on the page and in the list."""
    an_employee()
    issued = an_issued_directive(deadline_on=EVE, terms=Terms(valid_until=LAST), number="800/1")
    draft = a_draft(deadline_on=EVE, number="800/2")
    an_issued_directive(deadline_on=EVE - timedelta(days=1), number="800/3")
    hr, address = sign_in(Role.HR), f"/kalender/pemilihan/{election.id}/ubah"
    later = typed(election, FIRST + timedelta(days=3), LAST)
    told = hr.post(address, data=later)
    assert (200, (FIRST, LAST)) == (told.status_code, campaign())
    assert "Edaran 800/1: Menurut kalender, sehari sebelum kampanye (Pemilihan Serawai)" in told.text
    assert "kini 3 Desember 2026, tetapi tenggat tetap 30 November 2026" in told.text
    assert "Draf 800/2" in told.text
    assert ("800/3" in told.text, "masa berlaku" in told.text) == (False, False)
    assert f'href="/edaran/{issued.id}"' in told.text
    other = {**typed(election, None, None), "from_silence": "2026-12-21", "until_silence": "2026-12-23"}
    again = hr.post(address, data={**other, "diketahui": mark_in(told.text)})
    assert (200, (FIRST, LAST)) == (again.status_code, campaign())
    assert "tetapi masa berlaku hasil tetap 20 Desember 2026" in again.text
    assert 302 == hr.post(address, data={**later, "diketahui": mark_in(told.text)}).status_code
    assert (FIRST + timedelta(days=3), LAST) == campaign()
    page = hr.get(f"/edaran/{issued.id}").text
    assert ("Tahapan pemilihan berubah" in page, "mencabut edaran ini" in page) == (True, True)
    assert 2 == hr.get("/edaran").text.count("Tahapan pemilihan berubah")
    assert "simpan draf ini kembali" in hr.get(f"/edaran/{draft.id}").text


def test_only_those_who_answer_for_directives_see_it_and_a_saved_draft_is_at_peace(
    election: Election, sign_in: Any
) -> None:
    """Who is bound reads the letter as it is; the writer of the draft has looked at the day."""
    person = an_employee()
    issued, draft = an_issued_directive(deadline_on=EVE), a_draft(deadline_on=EVE, number="800/2")
    hr, address = sign_in(Role.HR), f"/kalender/pemilihan/{election.id}/ubah"
    later = typed(election, FIRST + timedelta(days=3), LAST)
    hr.post(address, data={**later, "diketahui": mark_in(hr.post(address, data=later).text)})
    assert "Tahapan pemilihan berubah" not in sign_in(person).get(f"/edaran/{issued.id}").text
    with transaction():
        actions.revise(SYSTEM, directive_id=draft.id, wording=a_wording(number="800/2", deadline_on=EVE))
    assert 1 == hr.get("/edaran").text.count("Tahapan pemilihan berubah")
    with transaction():
        actions.close(SYSTEM, directive_id=issued.id, note="Selesai")
    assert "Tahapan pemilihan berubah" not in hr.get("/edaran").text


def test_an_election_is_removed_only_by_who_read_what_stays_behind(election: Election, sign_in: Any) -> None:
    """An author is told as well, without ways to pages that are closed to him."""
    an_employee()
    issued = an_issued_directive(deadline_on=EVE, number="800/1")
    author, address = sign_in(Role.AUTHOR), f"/kalender/pemilihan/{election.id}/hapus"
    told = author.post(address)
    assert (200, (FIRST, LAST)) == (told.status_code, campaign())
    assert "tidak ada lagi, tetapi tenggat tetap 30 November 2026" in told.text
    assert f"/edaran/{issued.id}" not in told.text
    assert 302 == author.post(address, data={"diketahui": mark_in(told.text)}).status_code
    assert [] == db.session.scalars(select(Election)).all()
    assert "tidak ada lagi" in sign_in(Role.HR).get(f"/edaran/{issued.id}").text


def test_what_changes_nothing_for_anybody_is_saved_at_once(election: Election, sign_in: Any) -> None:
    """A new name, or days that nobody relies on; disorder is told before any consequence."""
    hr, address = sign_in(Role.HR), f"/kalender/pemilihan/{election.id}/ubah"
    assert 302 == hr.post(address, data=typed(election, FIRST, LAST - timedelta(days=1))).status_code
    an_employee()
    an_issued_directive(deadline_on=EVE)
    renamed = typed(election, FIRST, LAST - timedelta(days=1)) | {"name": "Nama baru"}
    assert 302 == hr.post(address, data=renamed).status_code
    assert 422 == hr.post(address, data=typed(election, LAST, FIRST)).status_code
    assert ["Nama baru"] == db.session.scalars(select(Election.name)).all()
