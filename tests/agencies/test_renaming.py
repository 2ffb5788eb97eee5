"""One person's name and titles by form: changed since a day, or mended wherever they were wrong."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts import queries as accounts
from elearn.agencies import actions, queries, renaming
from elearn.agencies.models import Correction, Employee, EmployeeName
from elearn.agencies.naming import Named
from elearn.agencies.rules import EVERYTHING, HasLeft, ImpossibleDay, LeaveReason, NothingChanges
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from tests.factories.accounts import an_actor
from tests.factories.agencies import an_employee, an_opd

JOINED, MIDDLE, LATER, TODAY = dt.date(2026, 1, 5), dt.date(2026, 6, 1), dt.date(2026, 9, 1), dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def sitti(app: Flask) -> Employee:
    """Somebody whose name has a letter too many."""
    return an_employee(an_opd("dinkes", "Dinas Kesehatan"), name="Sitti", started_on=JOINED)


def rename(employee: Employee, name: str, title_after: str | None, on: dt.date) -> None:
    """Call somebody otherwise since a day."""
    with transaction():
        renaming.rename(SYSTEM, employee_id=employee.id, named=Named(name, None, title_after), on=on)


def mend(employee: Employee, name: str, title_after: str | None) -> None:
    """Write a name as it should always have been."""
    with transaction():
        renaming.mend(SYSTEM, employee_id=employee.id, named=Named(name, None, title_after))


def told() -> list[str]:
    """What the one person was called on the days of this file."""
    days = (JOINED, MIDDLE - DAY, MIDDLE, LATER, TODAY)
    return [queries.list_people_on(day, visible=EVERYTHING)[0].name for day in days]


def corrections() -> list[tuple[dt.date, str]]:
    """What was corrected since when, but for the hiring."""
    found = db.session.execute(db.select(Correction.effective_on, Correction.sentence).order_by(Correction.id))
    return [tuple(row) for row in found][1:]


def test_a_new_name_holds_from_its_day(sitti: Employee) -> None:
    """Days before keep the former one; the account is called by the new one."""
    rename(sitti, "Sitti", "S.Kep.", TODAY)
    assert ["Sitti"] * 4 + ["Sitti, S.Kep."] == told()
    assert [] == corrections()
    assert "Sitti, S.Kep." == accounts.get_account(sitti.account_id).name
    assert "agencies:person_renamed" in db.session.scalars(db.select(LedgerEntry.event)).all()


def test_a_day_that_is_over_is_corrected_from_then_on(sitti: Employee) -> None:
    """And what was recorded since that day holds as well."""
    rename(sitti, "Sitti", "S.Kep.", MIDDLE)
    rename(sitti, "Sitti", "Ners", LATER)
    assert ["Sitti"] * 2 + ["Sitti, S.Kep.", "Sitti, Ners", "Sitti, Ners"] == told()
    sentence = "Nama atau gelar seorang pegawai Dinas Kesehatan berubah sejak 1 Juni 2026."
    assert (MIDDLE, sentence) == corrections()[0]
    assert [(LATER, "Sitti, Ners"), (MIDDLE, "Sitti, S.Kep."), (JOINED, "Sitti")] == renaming.history(sitti.id)


def test_on_the_day_of_the_latest_name_it_is_corrected(sitti: Employee) -> None:
    """No two names begin on one day; on the first day of all there is no history."""
    rename(sitti, "Sitti A.", None, JOINED)
    assert [] == renaming.history(sitti.id)
    rename(sitti, "Sitti B.", None, MIDDLE)
    rename(sitti, "Sitti C.", None, MIDDLE)
    assert ["Sitti A."] * 2 + ["Sitti C."] * 3 == told()


def test_a_mistake_is_mended_wherever_it_stood(sitti: Employee) -> None:
    """The title that came later still came later; the correction holds from the first day."""
    rename(sitti, "Sitti", "S.Kep.", LATER)
    mend(sitti, "Siti", "S.Kep.")
    assert ["Siti"] * 3 + ["Siti, S.Kep."] * 2 == told()
    sentence = "Penulisan nama atau gelar seorang pegawai Dinas Kesehatan diperbaiki."
    assert (JOINED, sentence) == corrections()[-1]


def test_a_mistake_in_a_title_is_mended_from_the_day_it_began(sitti: Employee) -> None:
    """Days before were right."""
    rename(sitti, "Sitti", "S.Kpe.", MIDDLE)
    mend(sitti, "Sitti", "S.Kep.")
    assert ["Sitti"] * 2 + ["Sitti, S.Kep."] * 3 == told()
    assert MIDDLE == corrections()[-1][0]


def test_a_mistake_without_history_is_mended_for_all_days(sitti: Employee) -> None:
    """And needs no row."""
    mend(sitti, "Siti", None)
    assert ["Siti"] * 5 == told()
    assert 0 == db.session.scalar(db.select(db.func.count()).select_from(EmployeeName))
    assert JOINED == corrections()[-1][0]
    assert "Siti" == accounts.get_account(sitti.account_id).name


def test_what_cannot_be_is_refused(sitti: Employee) -> None:
    """A day to come, one before the present name or the service, the same name again, somebody who has left."""
    for day, words in ((TODAY + DAY, "setelah hari ini"), (JOINED - DAY, "penempatan pertama, 5 Januari 2026")):
        with pytest.raises(ImpossibleDay, match=words):
            rename(sitti, "Siti", None, day)
    rename(sitti, "Siti", None, LATER)
    with pytest.raises(ImpossibleDay, match="nama yang sekarang berlaku, 1 September 2026"):
        rename(sitti, "Siti A.", None, LATER - DAY)
    for deed in (lambda: rename(sitti, "Siti", None, TODAY), lambda: mend(sitti, "Siti", None)):
        with pytest.raises(NothingChanges):
            deed()
    with transaction():
        actions.leave(SYSTEM, employee_id=sitti.id, on=TODAY, reason=LeaveReason.RETIRED)
    with pytest.raises(HasLeft):
        mend(sitti, "Siti A.", None)


def test_only_hr_may(sitti: Employee) -> None:
    """An officer of her own OPD finds nobody to rename."""
    officer = an_actor(Role.OPD_OFFICER, agency_id=queries.latest_placement(sitti).agency_id)
    with pytest.raises(NotFound):
        renaming.mend(officer, employee_id=sitti.id, named=Named("Siti", None, None))


def test_by_form(sitti: Employee, hr: FlaskClient) -> None:
    """A change from today unless another day is written; the page of the person tells the history."""
    url = f"/pegawai/{sitti.id}/nama"
    page = hr.get(url).text
    assert ('value="Sitti"' in page, 'value="2026-11-22"' in page) == (True, True)
    form = {"name": "Sitti", "title_after": "S.Kep.", "why": "berubah", "on": ""}
    refused = hr.post(url, data=form)
    assert (422, True) == (refused.status_code, 'id="on-error"' in refused.text)
    assert f"/pegawai/{sitti.id}" == hr.post(url, data={**form, "on": "01-06-2026"}).location
    assert ["Sitti"] * 2 + ["Sitti, S.Kep."] * 3 == told()
    assert "1 Juni 2026" in hr.get(f"/pegawai/{sitti.id}").text


def test_a_mistake_by_form(sitti: Employee, hr: FlaskClient) -> None:
    """It needs no day; name and titles that do not fit together are refused at the name."""
    url = f"/pegawai/{sitti.id}/nama"
    form = {"name": "Siti", "why": "salah-tulis", "on": ""}
    refused = hr.post(url, data={**form, "name": "S" * 190, "title_after": "S.Kep., M.M., M.Pd."})
    assert (422, True) == (refused.status_code, 'id="name-error"' in refused.text)
    assert 302 == hr.post(url, data=form).status_code
    assert ["Siti"] * 5 == told()
