"""The figures of a week or a day: to whom, when, once, with the sealed PDF; none when they are switched off."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from flask import Flask, current_app
from sqlalchemy import select

from elearn.agencies.models import Agency
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.notices import mailer
from elearn.notices.models import Notice, NoticeAttachment
from elearn.reports import delivery
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import an_issued_directive

DAY = timedelta(days=1)
MONDAY = clock.datetime(2026, 7, 13, 8, 30, tzinfo=clock.datetime.fromisoformat("2026-07-13T00:00+07:00").tzinfo)
DEADLINE = MONDAY.date() + 18 * DAY


@pytest.fixture
def health(app: Flask) -> Agency:
    """The health office with two bound people, its officer, and a Sekda; the deadline is on a Friday."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    with time_machine.travel(MONDAY - 20 * DAY):
        an_account(Role.OPD_OFFICER, agency_id=opd.id, name="Rina Petugas", email="rina@example.test")
        an_account(Role.SEKDA, name="Bapak Sekda", email="sekda@example.test")
        an_employee(opd, started_on=MONDAY.date() - 90 * DAY)
        an_employee(opd, started_on=MONDAY.date() - 90 * DAY)
        an_issued_directive(opd, deadline_on=DEADLINE)
    db.session.execute(Notice.__table__.delete())
    db.session.commit()
    jobs.queue().flush()
    return opd


def sent_at(moment: Any) -> list[Notice]:
    """All that was posted once the round of a moment is over."""
    with time_machine.travel(moment):
        jobs.perform("reminders.send_bulletins")
    jobs.queue().flush()
    return list(
        db.session.scalars(select(Notice).where(Notice.key.startswith("bulletin:")).order_by(Notice.created_at))
    )


def test_an_opd_gets_its_figures_on_the_first_working_day_once(health: Agency) -> None:
    """On Monday morning, not on Tuesday, again in the next week; never at night."""
    assert [] == sent_at(MONDAY.replace(hour=3))
    [weekly] = sent_at(MONDAY)
    assert "rina@example.test" == weekly.recipient
    assert 1 == len(sent_at(MONDAY + timedelta(hours=2)))
    assert 1 == len(sent_at(MONDAY + DAY))
    assert 2 == len(sent_at(MONDAY + 7 * DAY))


def test_a_missed_week_is_made_up_once(health: Agency) -> None:
    """The server stood still on Monday and Tuesday: on Wednesday the week's figures follow, and only then."""
    assert 1 == len(sent_at(MONDAY + 2 * DAY))
    assert 1 == len(sent_at(MONDAY + 2 * DAY + timedelta(hours=1)))
    assert 1 == len(sent_at(MONDAY + 3 * DAY))
    assert 2 == len(sent_at(MONDAY + 7 * DAY))


def test_what_came_after_the_first_day_of_the_week_waits_for_the_next(health: Agency) -> None:
    """Neither who answers for an OPD since Tuesday nor an OPD bound since Tuesday is told in between."""
    assert 1 == len(sent_at(MONDAY))
    with time_machine.travel(MONDAY + DAY):
        later = an_opd("dinsos", "Dinas Sosial")
        an_account(Role.OPD_OFFICER, agency_id=health.id, name="Budi Baru", email="budi@example.test")
        an_account(Role.OPD_OFFICER, agency_id=later.id, name="Dewi Baru", email="dewi@example.test")
        an_employee(later, started_on=MONDAY.date() + DAY)
        an_issued_directive(later, number="800/77", deadline_on=DEADLINE)
    assert 1 == len([each for each in sent_at(MONDAY + 2 * DAY) if each.key.startswith("bulletin:")])
    assert {"rina@example.test", "budi@example.test", "dewi@example.test"} == {
        each.recipient for each in sent_at(MONDAY + 7 * DAY)
    }


def test_the_mail_says_the_figures_and_carries_the_paper(health: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """No name of anybody but the reader's; the PDF is sealed, leaves with the mail, and is kept no longer."""
    [weekly] = sent_at(MONDAY)
    assert "Ketuntasan Dinas Kesehatan: 0 dari 2 pegawai selesai" == weekly.subject
    assert (
        "Yth. Rina Petugas,\n\nPer Senin, 13 Juli 2026, 0 dari 2 pegawai Dinas Kesehatan yang terikat edaran telah "
        "menyelesaikan kewajibannya. Tenggat terdekat Jumat, 31 Juli 2026.\n"
    ) in weekly.body
    letter: EmailMessage = mailer.compose(weekly)
    [paper] = letter.iter_attachments()
    assert ("application/pdf", "ketuntasan-dinkes-2026-07-13.pdf") == (paper.get_content_type(), paper.get_filename())
    assert b"/ETSI.CAdES.detached" in paper.get_payload(decode=True)
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        jobs.perform("notices.send_due")
    assert db.session.get_one(Notice, weekly.id, populate_existing=True).sent_at is not None
    assert [] == db.session.scalars(select(NoticeAttachment.id)).all()


def test_the_sekda_gets_the_regency_every_working_day_of_the_last_week(health: Agency) -> None:
    """From seven days before the deadline to the day itself, not at the weekend."""
    days = [day for day in range(9, 20) if _to_sekda(sent_at(MONDAY + day * DAY), day)]
    assert [11, 14, 15, 16, 17, 18] == days


def _to_sekda(notices: list[Notice], day: int) -> bool:
    key = f"bulletin:regency:{MONDAY.date() + day * DAY}:"
    found = [each for each in notices if each.key.startswith(key)]
    assert all(each.recipient == "sekda@example.test" for each in found)
    return bool(found)


def test_nothing_is_sent_when_it_is_switched_off(health: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """By one setting."""
    monkeypatch.setattr(current_app.config["SETTINGS"], "scheduled_reports", False)
    assert [] == sent_at(MONDAY)


def test_a_failing_paper_loses_nothing(health: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next round posts what this one could not."""

    def fails(*_args: Any) -> Any:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(delivery, "summary", fails)
        with pytest.raises(OSError, match="disk full"):
            sent_at(MONDAY)
    assert 1 == len(sent_at(MONDAY + timedelta(minutes=30)))
