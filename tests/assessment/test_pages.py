"""The pages of concessions, outages, reports and rulings: who sees what, and what each deed leads to."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from elearn.assessment import decisions, reported
from elearn.assessment.models import QuestionReport, Regrade
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from elearn.quiz import papers
from elearn.quiz.models import Attempt, Concession, Outage, Ruling
from tests.factories.accounts import an_actor
from tests.factories.agencies import an_opd
from tests.factories.assessment import (
    SLUG,
    WRONG,
    a_learner,
    a_quiz,
    a_ruling,
    a_sitting,
    an_applied_ruling,
    an_open_sitting,
)

RULE = f"/penilaian/{SLUG}/soal/{WRONG}/putusan"
FAILING = (WRONG, "dasar-2", "dasar-3")


def position_of(attempt: Attempt, question_id: str) -> int:
    """Where a question stands on the paper of an attempt."""
    return [item.question_id for item in papers.read(attempt.paper)].index(question_id) + 1


def test_an_officer_gives_one_more_attempt(app: Flask, sign_in: Any) -> None:
    """From the person's page to the form, and back with what was allowed; the learner's page names the officer."""
    publication, opd = a_quiz(attempts=1, wait_minutes=0), an_opd()
    learner = a_learner(agency=opd)
    attempt = a_sitting(learner, publication, wrong=FAILING)
    officer, phone = sign_in(Role.OPD_OFFICER, agency_id=opd.id), sign_in(learner)
    used_up = phone.get(f"/kuis/{attempt.id}/hasil").text
    assert "Semua kesempatan sudah terpakai" in used_up
    assert "Orang " in used_up
    address = f"/penilaian/keringanan/{learner.id}"
    assert address in officer.get(f"/pegawai/{learner.id}").text
    form = {
        "module": SLUG,
        "extra_attempts": "1",
        "extra_minutes": "",
        "cause": "gangguan",
        "reason": "Listrik padam",
    }
    assert 422 == officer.post(address, data={**form, "extra_attempts": "0"}).status_code
    assert 302 == officer.post(address, data=form).status_code
    assert "Listrik padam" in officer.get(address).text
    assert "1 kesempatan" in officer.get("/penilaian/keringanan").text
    assert "Coba lagi" in phone.get(f"/kuis/{attempt.id}/hasil").text
    assert "Listrik padam" not in phone.get(f"/kuis/{attempt.id}/hasil").text
    given = db.session.scalar(select(Concession))
    assert 302 == officer.post(f"/penilaian/keringanan/{given.id}/cabut").status_code
    assert "Dicabut" in officer.get("/penilaian/keringanan").text


def test_another_agencys_people_are_not_there(app: Flask, sign_in: Any) -> None:
    """The person, her attempt and what she was allowed answer 404, and nothing is written."""
    publication, own, foreign = a_quiz(), an_opd(), a_learner()
    attempt = a_sitting(foreign, publication, wrong=FAILING)
    officer = sign_in(Role.OPD_OFFICER, agency_id=own.id)
    form = {"module": SLUG, "extra_attempts": "1", "cause": "lain", "reason": "Coba", "minutes": "5"}
    for path in (f"/penilaian/keringanan/{foreign.id}", f"/penilaian/percobaan/{attempt.id}/buka"):
        assert 404 == officer.get(path).status_code
        assert 404 == officer.post(path, data=form).status_code
    assert 0 == db.session.scalar(select(func.count(Concession.id)))
    assert foreign.name not in officer.get("/penilaian/keringanan").text


def test_a_closed_attempt_is_gone_on_with(app: Flask, sign_in: Any) -> None:
    """The officer opens it, the learner presses the button, and only then the time runs."""
    publication, learner = a_quiz(attempts=1), a_learner()
    attempt = a_sitting(learner, publication, wrong=FAILING)
    hr, phone = sign_in(Role.HR), sign_in(learner)
    page = hr.get(f"/penilaian/keringanan/{learner.id}").text
    assert f"/penilaian/percobaan/{attempt.id}/buka" in page
    address = f"/penilaian/percobaan/{attempt.id}/buka"
    assert "Waktunya tidak berjalan sekarang" in hr.get(address).text
    assert 302 == hr.post(address, data={"minutes": "12", "cause": "lain", "reason": "Salah tekan"}).status_code
    assert "Menunggu dilanjutkan peserta" in hr.get(f"/penilaian/keringanan/{learner.id}").text
    assert "selama 12 menit" in phone.get(f"/kuis/{attempt.id}/hasil").text
    answer = phone.post(f"/penilaian/percobaan/{attempt.id}/lanjutkan")
    assert f"/kuis/{attempt.id}" == answer.location
    assert 200 == phone.get(answer.location).status_code


def test_an_outage_is_looked_at_and_then_made_good(app: Flask, sign_in: Any) -> None:
    """The form again with what would happen, then once more to apply; the page of the outage says what was given."""
    publication, learner = a_quiz(minutes=30), a_learner()
    attempt = an_open_sitting(learner, publication)
    later = clock.now() + timedelta(minutes=1)
    db.session.execute(
        Attempt.__table__.update().values(started_at=later - timedelta(minutes=20)).where(Attempt.id == attempt.id)
    )
    db.session.commit()
    local = [clock.local(later - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M") for minutes in (12, 5)]
    form = {"since": local[0], "until": local[1], "module": "", "reason": "Peladen padam"}
    hr = sign_in(Role.HR)
    seen = hr.post("/penilaian/gangguan/baru", data={**form, "go": "periksa"}).text
    assert learner.name in seen
    assert "1 waktu dikembalikan" in seen
    assert 0 == db.session.scalar(select(func.count(Outage.id)))
    answer = hr.post("/penilaian/gangguan/baru", data={**form, "go": "terapkan"})
    db.session.rollback()
    jobs.run_waiting()
    done = hr.get(answer.location).text
    assert "7 menit" in done
    assert learner.name in done
    assert "Peladen padam" in hr.get("/penilaian/gangguan").text
    again = hr.post("/penilaian/gangguan/baru", data={**form, "go": "terapkan"})
    assert "sudah tercatat" in again.text
    wrong = hr.post("/penilaian/gangguan/baru", data={**form, "since": "kemarin", "go": "periksa"})
    assert "Tulis tanggal dan jam" in wrong.text
    assert 403 == sign_in(Role.OPD_OFFICER, agency_id=an_opd().id).get("/penilaian/gangguan").status_code


def test_a_question_is_reported_and_answered(app: Flask, sign_in: Any) -> None:
    """While the attempt is open, without a word of the key; the author reads no name, the learner the answer."""
    publication, learner = a_quiz(), a_learner(name="Rahasia Namanya")
    attempt = an_open_sitting(learner, publication)
    phone, author = sign_in(learner), sign_in(Role.AUTHOR)
    address = f"/penilaian/lapor/{attempt.id}/{position_of(attempt, WRONG)}"
    page = phone.get(address).text
    assert "Begini penjelasannya" not in page
    assert "Tepat." not in page
    assert f"/soal/{position_of(attempt, WRONG)}/lapor" not in page
    form = {"kind": "keliru", "sentence": "Pasalnya sudah diganti."}
    assert 302 == phone.post(address, data=form).status_code
    assert "Pasalnya sudah diganti." in phone.get(address).text
    assert 409 == phone.post(address, data=form).status_code
    assert 404 == sign_in(a_learner()).post(address, data=form).status_code
    assert "1 soal dilaporkan" in author.get("/").text
    assert WRONG in author.get("/penilaian/laporan-soal").text
    queue = author.get(f"/penilaian/laporan-soal/{SLUG}/{WRONG}").text
    assert "Pasalnya sudah diganti." in queue
    assert "Rahasia Namanya" not in queue
    assert learner.nip not in queue
    answer = {"outcome": "diperbaiki", "answer": "Benar, kuncinya diperbaiki."}
    assert 302 == author.post(f"/penilaian/laporan-soal/{SLUG}/{WRONG}", data=answer).status_code
    assert 404 == author.post(f"/penilaian/laporan-soal/{SLUG}/{WRONG}", data=answer).status_code
    assert "Benar, kuncinya diperbaiki." in phone.get(address).text
    mail = db.session.scalar(select(Notice))
    assert "Keputusan penyusun: Soal diperbaiki." in mail.body
    assert 0 == reported.count_open()
    kept = db.session.scalar(select(QuestionReport))
    assert publication.id == kept.publication_id
    entry = db.session.scalar(select(LedgerEntry).where(LedgerEntry.event == "assessment:question_reported"))
    assert "Pasalnya" not in entry.payload
    assert 404 == author.get(f"/penilaian/laporan-soal/{SLUG}/dasar-2").status_code


def test_an_author_rules_and_sees_counts_only(app: Flask, sign_in: Any) -> None:
    """Another key, looked at, applied; groups under five are hidden and nobody is named."""
    publication, opd = a_quiz(), an_opd()
    learners = [a_learner(agency=opd) for _ in range(5)]
    for learner in learners:
        a_sitting(learner, publication, wrong=(WRONG, "dasar-2"))
    alone = a_learner()
    a_sitting(alone, publication, wrong=("dasar-2",))
    author = sign_in(Role.AUTHOR)
    assert "Putusan atas soal" in author.get(RULE).text
    refused = author.post(RULE, data={"kind": "kunci", "choice": "a", "reason": "Keliru"})
    assert "Pilih kunci yang benar" in refused.text
    answer = author.post(RULE, data={"kind": "kunci", "choice": "b", "reason": "Pasal 5"})
    page = author.get(answer.location).text
    assert "Yang akan berubah" in page
    assert opd.name in page
    assert "kurang dari 5" in page
    assert not any(learner.name in page for learner in (*learners, alone))
    assert "usulan putusan" in author.get("/").text
    assert 302 == author.post(f"{answer.location}/terapkan").status_code
    assert "sedang diterapkan" in author.get(answer.location).text
    db.session.rollback()
    jobs.run_waiting()
    assert 6 == db.session.scalar(select(func.count(Regrade.id)))
    assert "Yang berubah" in author.get(answer.location).text
    assert 409 == author.post(f"{answer.location}/terapkan").status_code
    assert 403 == author.get(f"/penilaian/hasil/{db.session.scalar(select(Regrade.id))}").status_code


def test_hr_decides_where_a_pass_might_become_a_fail(app: Flask, sign_in: Any) -> None:
    """The desk says that something waits; the list names whom; the learner reads what was decided and why."""
    publication, learner = a_quiz(attempts=1, wait_minutes=0), a_learner()
    attempt = a_sitting(learner, publication, wrong=("dasar-2",))
    ruling = an_applied_ruling()
    hr = sign_in(Role.HR)
    assert "1 hasil kuis menunggu keputusan Anda" in hr.get("/").text
    assert learner.name in hr.get("/penilaian/putusan").text
    assert learner.name in hr.get(f"/penilaian/putusan/{ruling.id}").text
    [case] = decisions.list_waiting(an_actor(Role.HR))
    address = f"/penilaian/hasil/{case.regrade.id}"
    assert "2 dari 4" in hr.get(address).text
    stranger = sign_in(Role.HR, agency_id=an_opd().id)
    assert 404 == stranger.get(address).status_code
    assert 404 == stranger.post(address, data={"decision": "tidak-lulus", "reason": "Bukan urusan"}).status_code
    assert 302 == hr.post(address, data={"decision": "tidak-lulus", "reason": "Nilainya kurang"}).status_code
    assert "Nilainya kurang" in hr.get(address).text
    assert 409 == hr.post(address, data={"decision": "tetap-lulus", "reason": "Berubah pikiran"}).status_code
    result = sign_in(learner).get(f"/kuis/{attempt.id}/hasil").text
    assert "Belum lulus" in result
    assert "Coba lagi" in result
    assert "Nilainya kurang" in result


def test_hr_decides_several_alike_but_chooses_each(app: Flask, sign_in: Any) -> None:
    """None is chosen beforehand; a choice and a reason are asked for; strangers' results are not offered."""
    publication = a_quiz(attempts=1, wait_minutes=0)
    people = [a_learner(email=f"peserta{number}@example.test") for number in range(3)]
    attempts = [a_sitting(each, publication, wrong=("dasar-2",)).id for each in people]
    ruling = an_applied_ruling()
    address, hr = f"/penilaian/putusan/{ruling.id}/keputusan", sign_in(Role.HR)
    assert address in hr.get(f"/penilaian/putusan/{ruling.id}").text
    page = hr.get(address).text
    assert 3 == page.count('name="results"')
    assert "checked" not in page
    assert 422 == hr.post(address, data={"decision": "tidak-lulus", "reason": "Nilainya kurang"}).status_code
    ids = {case.attempt.id: str(case.regrade.id) for case in decisions.list_waiting(an_actor(Role.HR))}
    data = {"decision": "tidak-lulus", "reason": "Nilainya kurang", "results": [ids[each] for each in attempts[:2]]}
    stranger = sign_in(Role.HR, agency_id=an_opd().id)
    assert 422 == stranger.post(address, data=data).status_code
    assert 3 == decisions.count_waiting(an_actor(Role.HR))
    assert 302 == hr.post(address, data=data).status_code
    assert [attempts[2]] == [case.attempt.id for case in decisions.list_waiting(an_actor(Role.HR))]
    assert 422 == hr.post(address, data=data).status_code
    told = select(func.count(Notice.id)).where(Notice.subject.contains("menjadi tidak lulus"))
    assert 2 == db.session.scalar(told)


def test_a_proposal_sent_twice_leads_to_the_same_page(app: Flask, sign_in: Any) -> None:
    """A double click leaves one proposal in the list."""
    a_quiz()
    author, told = sign_in(Role.AUTHOR), {"kind": "gugur", "reason": "Dua pilihan sama-sama benar."}
    first, second = (author.post(RULE, data=told) for _ in range(2))
    assert (302, first.location) == (second.status_code, second.location)
    assert 1 == author.get("/penilaian/putusan").text.count("Usulan")


def test_a_proposal_is_thrown_away(app: Flask, sign_in: Any) -> None:
    """Nothing has changed and nothing is left; officers never saw it."""
    a_quiz()
    id_, author = a_ruling().id, sign_in(Role.AUTHOR)
    assert WRONG not in sign_in(Role.HR).get("/penilaian/putusan").text
    assert 302 == author.post(f"/penilaian/putusan/{id_}/batalkan").status_code
    assert 0 == db.session.scalar(select(func.count(Ruling.id)))
    assert 404 == author.get(f"/penilaian/putusan/{id_}").status_code
    assert 404 == author.get(f"/penilaian/{SLUG}/soal/tidak-ada/putusan").status_code


@pytest.mark.parametrize("role", [Role.SEKDA, Role.AUDITOR, Role.ADMIN, Role.ASN])
def test_these_pages_are_not_everybodys(app: Flask, sign_in: Any, role: Role) -> None:
    """Concessions, outages, reports and rulings are closed to who has no part in them."""
    a_quiz()
    visitor = sign_in(role)
    for path in (
        "/penilaian/keringanan",
        "/penilaian/gangguan",
        "/penilaian/laporan-soal",
        "/penilaian/putusan",
        RULE,
    ):
        assert 403 == visitor.get(path).status_code, path
