"""An officer of one office at the door of everything that belongs to another office's people."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from elearn.agencies.models import Agency, Employee
from elearn.assessment import concessions, decisions
from elearn.assessment.models import QuestionReport, Regrade
from elearn.assessment.rules import Cause
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.core.transaction import transaction
from elearn.quiz.models import Attempt, Concession
from tests.factories.accounts import an_actor
from tests.factories.agencies import a_unit, an_opd
from tests.factories.assessment import SLUG, WRONG, a_learner, a_quiz, a_sitting, an_applied_ruling

pytestmark = pytest.mark.usefixtures("app")
PEOPLE = 5
FAILING = (WRONG, "dasar-2", "dasar-3")
ALLOWED = {"module": SLUG, "extra_attempts": "1", "extra_minutes": "", "cause": "lain", "reason": "Dinas luar"}
REOPENED = {"minutes": "15", "cause": "lain", "reason": "Listrik padam"}


class Office:
    """An office with people who took the quiz, the last of them in vain and allowed something."""

    def __init__(self, agency: Agency, publication: Any, *, wrong: tuple[str, ...]) -> None:
        self.agency = agency
        self.people = [a_learner(agency=agency, name=f"Pegawai {agency.code} {n}") for n in range(PEOPLE)]
        self.attempts = [a_sitting(each, publication, wrong=wrong) for each in self.people[:-1]]
        self.attempts.append(a_sitting(self.people[-1], publication, wrong=FAILING))
        with transaction():
            self.given = concessions.grant(
                an_actor(Role.HR),
                employee_id=self.people[-1].id,
                slug=SLUG,
                cause=Cause.OTHER,
                reason="Dinas luar.",
                extra_attempts=1,
                extra_minutes=0,
            )

    @property
    def last(self) -> Employee:
        """Who did not pass."""
        return self.people[-1]


@pytest.fixture
def offices(app: Any) -> tuple[Office, Office]:
    """One office whose people know the second question, and one whose people do not."""
    publication = a_quiz()
    return (
        Office(an_opd("opd-a", "Dinas A"), publication, wrong=(WRONG,)),
        Office(an_opd("opd-b", "Dinas B"), publication, wrong=("dasar-2",)),
    )


@pytest.fixture
def officer(offices: tuple[Office, Office], sign_in: Any) -> FlaskClient:
    """The officer of the first office."""
    return sign_in(Role.OPD_OFFICER, agency_id=offices[0].agency.id)


def addresses(office: Office) -> list[str]:
    """The pages about single people of an office."""
    return [
        f"/penilaian/keringanan/{office.last.id}",
        f"/penilaian/percobaan/{office.attempts[-1].id}/buka",
    ]


def test_the_pages_of_another_offices_people_do_not_exist(offices: Any, officer: FlaskClient) -> None:
    """Neither to read nor to write; one's own do."""
    own, foreign = offices
    assert [200, 200] == [officer.get(each).status_code for each in addresses(own)]
    assert [404, 404] == [officer.get(each).status_code for each in addresses(foreign)]
    about, again = addresses(foreign)
    assert 404 == officer.post(about, data=ALLOWED).status_code
    assert 404 == officer.post(again, data=REOPENED).status_code
    assert 404 == officer.post(f"/penilaian/keringanan/{foreign.given.id}/cabut").status_code
    assert 2 == db.session.scalar(select(func.count(Concession.id)).where(Concession.withdrawn_at.is_(None)))


def test_lists_and_searches_find_ones_own_people_only(offices: Any, officer: FlaskClient) -> None:
    """Not by the name nor by the NIP."""
    own, foreign = offices
    for query in ("", f"?q={foreign.last.nip}", "?q=Pegawai+opd-b"):
        page = officer.get(f"/penilaian/keringanan{query}").text
        assert foreign.last.name not in page
    assert own.last.name in officer.get("/penilaian/keringanan").text


@pytest.mark.parametrize("ending", ["", ".csv", ".json", ".xlsx", f"/soal/{WRONG}"])
def test_figures_are_not_narrowed_to_another_office(offices: Any, officer: FlaskClient, ending: str) -> None:
    """Its code is one that does not exist."""
    assert 404 == officer.get(f"/penilaian/{SLUG}{ending}?opd=opd-b").status_code
    assert 200 == officer.get(f"/penilaian/{SLUG}{ending}").status_code


def test_figures_count_ones_own_people_only(offices: Any, officer: FlaskClient, sign_in: Any) -> None:
    """Four of five know the second question in the one office, none in the other; the regency sees both."""

    def known(client: FlaskClient) -> float:
        rows = json.loads(client.get(f"/penilaian/{SLUG}.json?percobaan=semua").data)["rows"]
        return next(row["facility"] for row in rows if "dasar-2" in row["name"])

    other = sign_in(Role.OPD_OFFICER, agency_id=offices[1].agency.id)
    found = known(officer), known(other), known(sign_in(Role.HR))
    assert pytest.approx((80.0, 0.0, 40.0)) == tuple(100 * each if max(found) <= 1 else each for each in found)


def test_an_officer_of_a_unit_and_one_of_the_office_above(offices: Any, officer: FlaskClient, sign_in: Any) -> None:
    """The office reaches its unit, the unit not its office nor the unit beside it."""
    own = offices[0]
    unit, beside = a_unit(own.agency, "Bidang Satu"), a_unit(own.agency, "Bidang Dua")
    below, next_door = a_learner(agency=unit), a_learner(agency=beside)
    small = sign_in(Role.OPD_OFFICER, agency_id=unit.id)
    page = "/penilaian/keringanan/{}".format
    assert [200, 200] == [officer.get(page(each.id)).status_code for each in (below, next_door)]
    assert [200, 404, 404] == [small.get(page(each.id)).status_code for each in (below, next_door, own.last)]
    assert 404 == small.get(f"/penilaian/{SLUG}?opd=opd-a").status_code
    assert "Angkanya tidak ditampilkan" in small.get(f"/penilaian/{SLUG}").text
    assert own.last.name not in small.get("/penilaian/keringanan").text


def test_what_is_not_an_officers_work_is_closed(offices: Any, officer: FlaskClient) -> None:
    """Patterns, rulings, decisions, outages and what was reported about questions."""
    for path in (
        f"{SLUG}/pola",
        f"{SLUG}/soal/{WRONG}/putusan",
        "putusan",
        "gangguan",
        "gangguan/baru",
        "laporan-soal",
    ):
        assert 403 == officer.get(f"/penilaian/{path}").status_code, path


def test_a_judge_of_one_office_decides_about_its_people_only(offices: Any, sign_in: Any) -> None:
    """Results, lists, patterns, and many at once with a foreign one among them."""
    own, foreign = offices
    ruling = an_applied_ruling()
    judge, all_ = sign_in(Role.HR, agency_id=own.agency.id), decisions.list_waiting(an_actor(Role.HR))
    assert {each.learner.name for each in all_} <= {each.name for each in foreign.people}
    case = all_[0].regrade.id
    assert 404 == judge.get(f"/penilaian/hasil/{case}").status_code
    facts = {"decision": "tidak-lulus", "reason": "Nilainya kurang"}
    assert 404 == judge.post(f"/penilaian/hasil/{case}", data=facts).status_code
    many = f"/penilaian/putusan/{ruling.id}/keputusan"
    assert judge.post(many, data={**facts, "results": [str(case)]}).status_code >= 400
    assert 0 == db.session.scalar(select(func.count(Regrade.id)).where(Regrade.decision.is_not(None)))
    pages = [f"/penilaian/putusan/{ruling.id}", "/penilaian/putusan", many, f"/penilaian/{SLUG}/pola"]
    seen = "".join(judge.get(each).text for each in pages)
    assert [] == [each.name for each in foreign.people if each.name in seen]


def test_a_question_of_anothers_attempt_cannot_be_reported(offices: Any, sign_in: Any) -> None:
    """Nor gone on with, nor read."""
    own, foreign = offices
    phone, attempt = sign_in(own.last), foreign.attempts[0]
    report = f"/penilaian/lapor/{attempt.id}/1"
    assert [404, 404] == [phone.get(each).status_code for each in (report, f"/kuis/{attempt.id}/hasil")]
    assert 404 == phone.post(report, data={"kind": "keliru", "sentence": "Kuncinya keliru"}).status_code
    assert 404 == phone.post(f"/penilaian/percobaan/{attempt.id}/lanjutkan").status_code
    assert 0 == db.session.scalar(select(func.count(QuestionReport.id)))
    assert db.session.get_one(Attempt, attempt.id).submitted_at is not None
