"""Officers of single units are told before the deadline that these are behind: once, and of nobody else's people."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from elearn.accounts import actions as accounts
from elearn.accounts.models import RoleGrant
from elearn.agencies import reorganisation
from elearn.agencies.lineage import NewAgency
from elearn.agencies.models import Agency
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.notices.models import Notice
from tests.factories.accounts import an_account
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.calendar import morning_of
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact
from tests.reminders.test_escalation import DEADLINE, ISSUED_ON, THREE_BEFORE, escalate_on, mails


@pytest.fixture(autouse=True)
def _early() -> Iterator[None]:
    """Everything begins on the morning the directives are issued."""
    with morning_of(ISSUED_ON, 8):
        yield


@pytest.fixture
def opd(app: Flask) -> Agency:
    """An OPD where nine are done, so that it is not behind by one or two."""
    found = an_opd(name="Dinas Contoh")
    for _ in range(9):
        a_pact(agency=found)
    return found


def officer(*agencies: Agency, email: str) -> Any:
    """Somebody who answers for these."""
    first, *more = agencies
    account = an_account(Role.OPD_OFFICER, agency_id=first.id, email=email)
    with transaction():
        for each in more:
            accounts.grant(SYSTEM, account_id=account.id, role=Role.OPD_OFFICER, agency_id=each.id)
    return account


def issue(*targets: Agency) -> Any:
    """A directive to these, or to everybody."""
    with morning_of(ISSUED_ON):
        return an_issued_directive(*targets, deadline_on=DEADLINE)


def told() -> list[Notice]:
    """What the officers of units were sent."""
    return mails("behind-units:")


def test_the_officer_of_a_unit_is_told_once_of_its_figures_with_all_below(opd: Agency, sign_in: Any) -> None:
    """Though the OPD is not behind; the addresses in the message open for her."""
    unit = a_unit(opd, "Puskesmas Satu")
    a_pact(agency=unit)
    an_employee(a_unit(unit, "Pustu Dua"))
    keeper = officer(unit, email="unit@serawai.test")
    directive = issue()
    for hour in (9, 15):
        escalate_on(THREE_BEFORE, hour)
    (mail,) = told()
    assert "unit@serawai.test" == mail.recipient
    assert "Puskesmas Satu: 1 dari 2 selesai, tenggat 4 Desember 2026" == mail.subject
    assert "1. Puskesmas Satu: 1 dari 2 (50 %)" in mail.body
    assert "3 hari lagi" in mail.body
    assert "Batas yang diharapkan ialah 80 %." in mail.body
    assert [] == mails("behind:")
    browser = sign_in(keeper)
    for path in (f"/laporan/ketuntasan/opd/{unit.code}", "/pengingat"):
        address = f"{path}?arahan={directive.id}"
        assert address in mail.body
        assert 200 == browser.get(address).status_code
    escalate_on(DEADLINE)
    assert 1 == len(told())


def test_a_unit_that_is_not_behind_is_left_in_peace(opd: Agency) -> None:
    """As one is where nobody is bound, one that has no officer, and one that is closed."""
    done, free, closed, other = (a_unit(opd, f"Unit {number}") for number in range(4))
    a_pact(agency=done)
    for unit in (free, closed):
        an_employee(unit)
    for number, unit in enumerate((done, free, closed)):
        officer(unit, email=f"unit{number}@serawai.test")
    issue(done, closed, other)
    an_employee(other)
    with morning_of(date(2026, 11, 10)), transaction():
        reorganisation.merge(SYSTEM, [closed, other], NewAgency("UNIT-BARU", "Unit Baru"), on=date(2026, 11, 10))
    escalate_on(THREE_BEFORE)
    assert [] == told()


def test_several_units_make_one_message_the_lowest_first(opd: Agency) -> None:
    """A unit inside another of hers stands in its figures; of another's unit she reads nothing."""
    north, south, other = (a_unit(opd, f"SD {name}") for name in ("Utara", "Selatan", "Lain"))
    inner = a_unit(north, "Kelas Jauh")
    a_pact(agency=north)
    for unit in (inner, south, other):
        an_employee(unit)
    officer(north, south, inner, email="dua@serawai.test")
    officer(other, email="lain@serawai.test")
    issue()
    escalate_on(THREE_BEFORE)
    two, another = told()
    assert "2 unit Anda belum mencapai 80 %, tenggat 4 Desember 2026" == two.subject
    lines = [line for line in two.body.splitlines() if line[:2] in ("1.", "2.", "3.")]
    assert ["1. SD Selatan: 0 dari 1 (0 %)", "2. SD Utara: 1 dari 2 (50 %)"] == lines
    assert "SD Lain: 0 dari 1" in another.subject
    assert not any(name in another.body for name in ("Utara", "Selatan"))


def test_who_is_told_of_the_opd_is_not_told_of_its_units_too(app: Flask) -> None:
    """But of a unit of another OPD; and of her unit alone while the OPD around it is not behind."""
    opd, other = an_opd(name="Dinas Contoh"), an_opd(name="Badan Contoh")
    for _ in range(9):
        a_pact(agency=other)
    inside, outside = a_unit(opd, "Unit Dalam"), a_unit(other, "Unit Luar")
    for unit in (inside, outside):
        an_employee(unit)
    officer(opd, inside, outside, email="semua@serawai.test")
    officer(other, outside, email="luar@serawai.test")
    issue()
    escalate_on(THREE_BEFORE)
    assert ["Dinas Contoh: 0 dari 1"] == [each.subject.split(" selesai")[0] for each in mails("behind:")]
    assert ["luar@serawai.test", "semua@serawai.test"] == [each.recipient for each in told()]
    assert all("Unit Luar: 0 dari 1" in each.subject and "Unit Dalam" not in each.body for each in told())


def test_whoever_no_longer_answers_for_a_unit_is_not_told(opd: Agency) -> None:
    """Nor who has no address."""
    unit = a_unit(opd, "Puskesmas Satu")
    an_employee(unit)
    former = officer(unit, email="lama@serawai.test")
    an_account(Role.OPD_OFFICER, agency_id=unit.id)
    grant = db.session.scalars(db.select(RoleGrant).where(RoleGrant.account_id == former.id)).one()
    with transaction():
        accounts.revoke(SYSTEM, account_id=former.id, grant_id=grant.id)
    issue()
    escalate_on(THREE_BEFORE)
    assert [] == told()
