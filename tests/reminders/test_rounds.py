"""Everybody who owes something is written to on the right days, once a day, and nobody else."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from elearn.agencies import actions as agencies
from elearn.agencies import reorganisation
from elearn.agencies.models import Employee
from elearn.agencies.rules import LeaveReason
from elearn.calendar.rules import PhaseKind
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import reading, transaction
from elearn.directives.models import Directive
from elearn.notices import actions as notices
from elearn.notices.models import Notice
from elearn.reminders import rounds
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.calendar import an_election, morning_of
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact
from tests.statements import noted

ISSUED_ON = date(2026, 11, 2)
DEADLINE = date(2026, 12, 4)
WEEK_BEFORE = date(2026, 11, 27)
ORDINARY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _early() -> Iterator[None]:
    """Everything begins on the morning the directives are issued."""
    with morning_of(ISSUED_ON, 8):
        yield


def a_directive(**changes: object) -> Directive:
    """A directive to everybody, issued a month before its deadline, whose own mails are gone already."""
    with morning_of(ISSUED_ON):
        return an_issued_directive(deadline_on=DEADLINE, **changes)


def run_on(day: date, hour: int = 9) -> list[Notice]:
    """The digests there are after the round of that day."""
    with morning_of(day, hour):
        jobs.perform("reminders.send_digests")
    return digests()


def digests() -> list[Notice]:
    """All digests, by recipient and day."""
    db.session.rollback()
    db.session.expire_all()
    query = select(Notice).where(Notice.key.like("digest:%")).order_by(Notice.recipient, Notice.key)
    return list(db.session.scalars(query))


def test_who_owes_something_gets_one_digest_on_the_day(app: Flask) -> None:
    """It tells what, by when, how long it takes and where; who is done, or has no address, gets none."""
    an_employee(email="ani@serawai.test", name="Ani")
    an_employee()
    a_pact(email="selesai@serawai.test")
    a_directive()
    (digest,) = run_on(WEEK_BEFORE)
    assert "Pengingat: Netralitas ASN, tenggat 4 Desember 2026 (7 hari lagi)" == digest.subject
    assert "Yth. Ani," in digest.body
    assert "Tenggat Jumat, 4 Desember 2026, 7 hari lagi." in digest.body
    assert "Sekitar 5 menit" in digest.body
    assert "Kerjakan di: http://127.0.0.1:8000/" in digest.body
    assert 1 == len(run_on(WEEK_BEFORE, 15))
    assert 1 == len(run_on(WEEK_BEFORE + timedelta(days=3)))


def test_several_directives_make_one_digest(app: Flask) -> None:
    """The same module is told of once, with the earlier deadline."""
    an_employee(email="ani@serawai.test")
    a_directive()
    with morning_of(ISSUED_ON):
        an_issued_directive(deadline_on=DEADLINE + timedelta(days=20))
    (digest,) = run_on(WEEK_BEFORE)
    assert 1 == digest.body.count("Tenggat ")


def test_who_is_late_is_told_every_three_working_days(app: Flask) -> None:
    """And that it is not too late."""
    an_employee(email="ani@serawai.test")
    a_directive()
    assert 1 == len(run_on(DEADLINE))
    assert 1 == len(run_on(date(2026, 12, 8)))
    _, digest = run_on(date(2026, 12, 9))
    assert "lewat 5 hari" in digest.subject
    assert "Anda masih dapat menyelesaikannya" in digest.body


def test_what_was_missed_is_made_up_once_with_the_true_days(app: Flask) -> None:
    """After a weekend without a server the reminder of the week before comes on Monday; the next on its day."""
    an_employee(email="ani@serawai.test")
    a_directive()
    assert [] == run_on(date(2026, 11, 29))
    (digest,) = run_on(date(2026, 11, 30))
    assert "(4 hari lagi)" in digest.subject
    assert 1 == len(run_on(date(2026, 11, 30), 15))
    assert ["2026-11-30", "2026-12-01"] == [each.key[7:17] for each in run_on(date(2026, 12, 1))]
    assert 2 == len(run_on(date(2026, 12, 2)))


def test_a_missed_last_reminder_comes_late_and_says_so(app: Flask) -> None:
    """On the first working day after the deadline."""
    an_employee(email="ani@serawai.test")
    a_directive()
    (digest,) = run_on(date(2026, 12, 7))
    assert "(lewat 3 hari)" in digest.subject


def test_the_beginning_of_a_phase_reminds_of_what_is_open(app: Flask) -> None:
    """On its first working day, with the phase's name; who is done is left in peace, and nobody is told twice."""
    an_employee(email="ani@serawai.test")
    a_pact(email="selesai@serawai.test")
    a_directive()
    an_election(PhaseKind.CAMPAIGN, date(2026, 11, 14), date(2026, 12, 12))
    assert [] == run_on(date(2026, 11, 14))
    (digest,) = run_on(date(2026, 11, 16))
    assert ("ani@serawai.test", "digest:2026-11-16") == (digest.recipient, digest.key[:17])
    assert "Tahap pemilihan hari ini: kampanye (Pemilihan Serawai), sampai 12 Desember 2026." in digest.body
    assert 1 == len(run_on(date(2026, 11, 17)))


def test_a_phase_missed_is_made_up_while_it_lasts(app: Flask) -> None:
    """A server that stood still tells on the next working day, but not of what is over, nor of the time after."""
    an_employee(email="ani@serawai.test")
    a_directive()
    an_election(PhaseKind.SILENCE, date(2026, 11, 9), date(2026, 11, 11), "Pemilihan Pertama")
    an_election(PhaseKind.AFTER, date(2026, 11, 10), date(2026, 11, 19), "Pemilihan Kedua")
    assert [] == run_on(date(2026, 11, 12))
    an_election(PhaseKind.DETERMINATION, date(2026, 11, 13), date(2026, 11, 18), "Pemilihan Ketiga")
    (digest,) = run_on(date(2026, 11, 17))
    assert "penetapan calon (Pemilihan Ketiga), sampai 18 November 2026." in digest.body


def test_nothing_is_made_up_from_before_the_duty(app: Flask) -> None:
    """A directive issued a fortnight before its deadline or later tells of itself."""
    an_employee(email="ani@serawai.test")
    with morning_of(ORDINARY, 8):
        an_issued_directive(deadline_on=DEADLINE)
    assert [] == run_on(date(2026, 11, 26))
    assert 1 == len(run_on(WEEK_BEFORE))


def test_nothing_is_written_at_night_and_nothing_leaves_before_morning(app: Flask) -> None:
    """At six the mails of the day are written, at seven they leave; in the evening none is written any more."""
    an_employee(email="ani@serawai.test")
    a_directive()
    assert [] == run_on(WEEK_BEFORE, 3)
    assert [] == run_on(WEEK_BEFORE, 20)
    (digest,) = run_on(WEEK_BEFORE, 6)
    assert digest.next_attempt_at is not None
    assert 7 == clock.local(digest.next_attempt_at).hour


def test_a_round_goes_on_where_it_was_broken_off(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that was posted stays posted, and the next round posts the rest."""
    monkeypatch.setattr("elearn.reminders.jobs.BATCH", 2)
    opd = an_opd()
    for number in range(5):
        an_employee(opd, email=f"orang{number}@serawai.test")
    a_directive()
    with morning_of(WEEK_BEFORE), reading():
        first = rounds.compose(WEEK_BEFORE)
    with morning_of(WEEK_BEFORE), transaction():
        notices.post_many(first[:2])
    with morning_of(WEEK_BEFORE), reading():
        assert 3 == len(rounds.compose(WEEK_BEFORE))
    assert 5 == len(run_on(WEEK_BEFORE))


def test_who_comes_into_an_addressed_unit_is_told_of_it(app: Flask) -> None:
    """From another unit of the same OPD, once."""
    opd = an_opd()
    addressed, other = a_unit(opd), a_unit(opd)
    an_employee(addressed)
    mover = an_employee(other, email="pindah@serawai.test")
    with morning_of(ISSUED_ON):
        directive = an_issued_directive(addressed, deadline_on=DEADLINE, joiner_days=12)
    with morning_of(ORDINARY, 8), transaction():
        agencies.transfer(SYSTEM, employee_id=mover.id, agency_id=addressed.id, post="Staf", on=ORDINARY)
    run_on(ORDINARY)
    run_on(ORDINARY + timedelta(days=1))
    told = db.session.scalars(select(Notice).where(Notice.recipient == "pindah@serawai.test")).all()
    assert [f"directive:{directive.id}:issued:{mover.account_id}"] == [each.key for each in told]


def test_a_newcomer_is_told_first_what_was_issued_before(app: Flask) -> None:
    """Once, with her own deadline; who was there at the issue was told then."""
    opd = an_opd()
    an_employee(opd, email="lama@serawai.test")
    directive = a_directive()
    with morning_of(ORDINARY):
        newcomer = an_employee(opd, email="baru@serawai.test", started_on=ORDINARY, name="Ani")
    for day in (ORDINARY, ORDINARY + timedelta(days=1)):
        run_on(day)
    first = db.session.scalars(select(Notice).where(Notice.recipient == "baru@serawai.test")).all()
    told = [each for each in first if each.key.startswith("directive:")]
    assert [f"directive:{directive.id}:issued:{newcomer.account_id}"] == [each.key for each in told]
    assert "tenggat 8 Desember 2026" in told[0].subject
    assert f"Sejak penempatan Anda di {opd.name}" in told[0].body


@pytest.mark.parametrize("is_addressed_first", [True, False])
def test_whom_a_merger_brings_under_a_directive_is_told_why(app: Flask, is_addressed_first: bool) -> None:
    """Once, with her own deadline, whichever of the two offices goes over into the other."""
    addressed, other = an_opd(name="Dinas Kesehatan"), an_opd(name="Dinas Sosial")
    an_employee(addressed, email="lama@serawai.test")
    reached = an_employee(other, email="baru@serawai.test", name="Ani")
    with morning_of(ISSUED_ON):
        directive = an_issued_directive(addressed, deadline_on=DEADLINE, joiner_days=12)
    former, heir = (addressed, other) if is_addressed_first else (other, addressed)
    with morning_of(ORDINARY, 8), transaction():
        reorganisation.merge(SYSTEM, [former], heir, on=ORDINARY)
    for day in (ORDINARY, ORDINARY + timedelta(days=1)):
        run_on(day)
    [told] = db.session.scalars(
        select(Notice).where(Notice.key == f"directive:{directive.id}:issued:{reached.account_id}")
    )
    assert f"Sejak perubahan susunan perangkat daerah di tempat tugas Anda, {heir.name}, Surat Edaran" in told.body
    assert "tenggat 6 Desember 2026" in told.subject


def test_who_has_left_is_not_reminded(app: Flask) -> None:
    """From the day she left."""
    leaver = an_employee(email="ani@serawai.test")
    an_employee(email="budi@serawai.test")
    a_directive()
    _leave(leaver)
    assert ["budi@serawai.test"] == [each.recipient for each in run_on(WEEK_BEFORE)]


def _leave(employee: Employee) -> None:
    with morning_of(ORDINARY), transaction():
        agencies.leave(SYSTEM, employee_id=employee.id, on=ORDINARY, reason=LeaveReason.RETIRED)


def test_a_round_takes_few_statements_however_many_people(app: Flask) -> None:
    """Never one for each person."""
    opd = an_opd()
    an_employee(opd, email="ani@serawai.test")
    a_directive()
    counts = []
    for _ in range(2):
        with morning_of(WEEK_BEFORE), reading():
            rounds.compose(WEEK_BEFORE)
            with noted() as sent:
                rounds.compose(WEEK_BEFORE)
            counts.append(len(sent))
        for _ in range(4):
            an_employee(opd)
    assert counts[0] == counts[1] <= 12
