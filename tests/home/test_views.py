"""The first page of each role shows what waits for that person, in few statements."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts import actions as accounts
from elearn.content import queries as content
from elearn.core import clock, jobs
from elearn.core.permissions import SYSTEM, Grant, Role
from elearn.core.transaction import transaction
from elearn.ledger import actions as ledger
from elearn.quiz import actions as quiz
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import a_draft, an_issued_directive
from tests.factories.pact import SLUG, a_learner, a_pact, actor_of, published_texts, who_passed
from tests.statements import taken_by

DAY = timedelta(days=1)


def test_a_stranger_learns_what_this_is(client: FlaskClient) -> None:
    """And where to sign in, to activate, and to verify a certificate."""
    page = client.get("/").text
    for address in ("/masuk", "/aktivasi", "/verifikasi"):
        assert f'href="{address}"' in page


def test_an_employee_without_directives_may_study_freely(app: Flask, sign_in: Any) -> None:
    """Nothing waits; the modules are there."""
    published_texts()
    page = sign_in(Role.ASN).get("/").text
    assert "Tidak ada yang menunggu Anda" in page
    assert f'href="/belajar/{SLUG}"' in page


def test_a_task_says_until_when_and_what_comes_next(app: Flask, sign_in: Any) -> None:
    """Number, deadline in words, and one button."""
    employee = an_employee()
    directive = an_issued_directive(deadline_on=clock.today() + 5 * DAY)
    page = sign_in(employee).get("/").text
    assert f"edaran {directive.number}" in page
    assert ", 5 hari lagi" in page
    assert "Kerjakan kuis" in page  # this module has no parts before its quiz


def test_a_running_quiz_is_one_step_away(app: Flask, sign_in: Any) -> None:
    """Whoever left in the middle comes back to it."""
    learner = a_learner()
    an_issued_directive()
    with transaction():
        attempt = quiz.start(actor_of(learner), publication_id=content.current_module(SLUG)[0].id)
    page = sign_in(learner).get("/").text
    assert f'href="/kuis/{attempt.id}"' in page
    assert "Lanjutkan kuis" in page


def test_who_is_late_is_told_so_and_may_still_finish(app: Flask, sign_in: Any) -> None:
    """In words, without blame."""
    with time_machine.travel(clock.now() - 10 * DAY):
        learner = who_passed()
        an_issued_directive(deadline_on=clock.today() + 8 * DAY)
    page = sign_in(learner).get("/").text
    assert "Tenggat lewat 2 hari" in page
    assert "Anda masih dapat menyelesaikannya." in page
    assert f'href="/pakta/{SLUG}"' in page


def test_a_finished_task_leads_to_its_certificate(app: Flask, sign_in: Any) -> None:
    """On its way first, then there."""
    learner = who_passed()
    an_issued_directive()
    jobs.queue().flush()
    pact = a_pact(learner)
    browser = sign_in(learner)
    assert "sertifikat sedang dibuat" in browser.get("/").text
    jobs.perform("certificates.issue", str(pact.id))
    page = browser.get("/").text
    assert "Semua tugas Anda sudah selesai" in page
    assert "Selesai (1)" in page


def test_two_directives_for_one_module_are_one_task(app: Flask, sign_in: Any) -> None:
    """With the earlier deadline and both numbers."""
    opd = an_opd()
    employee = an_employee(opd)
    first = an_issued_directive(opd, deadline_on=clock.today() + 3 * DAY)
    second = an_issued_directive(deadline_on=clock.today() + 30 * DAY)
    page = sign_in(employee).get("/").text
    assert 1 == page.count('class="card"')
    assert ", 3 hari lagi" in page
    assert first.number in page
    assert second.number in page


def test_an_officer_sees_his_opd_in_one_number(app: Flask, sign_in: Any) -> None:
    """And what there is to do about it."""
    opd = an_opd()
    an_employee(opd)
    a_pact(agency=opd)
    an_employee()
    an_issued_directive()
    page = sign_in(Role.OPD_OFFICER, agency_id=opd.id).get("/").text
    assert "1 dari 2 selesai" in page
    assert "1 pegawai belum aktivasi" in page


def test_the_sekda_finds_directives_with_their_course_and_drafts(app: Flask, sign_in: Any) -> None:
    """And the button to issue one."""
    a_pact()
    an_employee()
    issued = an_issued_directive(subject="Netralitas seluruh pegawai")
    draft = a_draft(subject="Masih ditulis")
    page = sign_in(Role.SEKDA).get("/").text
    assert "1 dari 2 selesai, 50 %" in page
    assert issued.subject in page
    assert draft.subject in page
    assert "Terbitkan edaran" in page


def test_the_auditor_reads_whether_the_record_is_whole(app: Flask, sign_in: Any) -> None:
    """Not checked yet; then checked, when and by whom."""
    auditor = sign_in(Role.AUDITOR)
    assert "belum pernah diperiksa" in auditor.get("/").text
    with transaction():
        ledger.verify(SYSTEM)
    assert "Catatan utuh" in auditor.get("/").text


def test_the_author_finds_modules_and_the_admin_the_state_of_the_house(app: Flask, sign_in: Any) -> None:
    """Each his own, nothing of the other's."""
    published_texts()
    author, admin = sign_in(Role.AUTHOR).get("/").text, sign_in(Role.ADMIN).get("/").text
    assert "Netralitas ASN</a>, versi 1" in author
    assert "Keadaan layanan" not in author
    assert "Pekerjaan latar" in admin
    assert "Materi terbit" not in admin


def test_a_person_of_several_roles_finds_each_section(app: Flask, sign_in: Any) -> None:
    """One page, one heading, every section once."""
    published_texts()
    account = an_account(None)
    with transaction():
        for role in (Role.HR, Role.SEKDA, Role.AUDITOR, Role.AUTHOR, Role.ADMIN):
            accounts.grant(SYSTEM, account_id=account.id, role=role, agency_id=None)
    page = sign_in(account).get("/").text
    for heading in (
        "Ketuntasan hari ini",
        "Edaran yang berlaku",
        "Keutuhan catatan",
        "Materi terbit",
        "Keadaan layanan",
    ):
        assert 1 == page.count(heading)


@pytest.mark.parametrize("role", [Role.HR, Role.SEKDA, Role.AUDITOR, Role.ADMIN])
def test_offices_take_few_statements_however_many_people(app: Flask, sign_in: Any, role: Role) -> None:
    """The number does not grow with people or OPD."""
    an_employee()
    an_issued_directive()
    browser = sign_in(role)
    before = taken_by(browser, "/")
    for _ in range(4):
        an_employee()
    assert before == taken_by(browser, "/")
    assert before <= 11


def test_a_learner_takes_few_statements_however_many_directives(app: Flask, sign_in: Any) -> None:
    """Directives for one module cost no more than one."""
    employee = an_employee()
    an_issued_directive()
    browser = sign_in(employee)
    before = taken_by(browser, "/")
    for _ in range(3):
        an_issued_directive()
    assert before == taken_by(browser, "/")
    assert before <= 14
    assert (Grant(Role.ASN),) == actor_of(employee).grants
