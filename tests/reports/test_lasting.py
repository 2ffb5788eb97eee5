"""The same report of the same day stays the same for ever, unless a correction was recorded; then it says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from elearn.agencies import absences, imports, renaming, review, tree_edits
from elearn.agencies import actions as agencies
from elearn.agencies import queries as roster
from elearn.agencies.models import Agency, Employee, EmployeeGrade
from elearn.agencies.naming import Named
from elearn.agencies.rules import AbsenceKind, EmployeeKind, LeaveReason
from elearn.certificates import actions as certificates
from elearn.certificates import queries as issued
from elearn.content import actions as publishing
from elearn.content import queries as content
from elearn.content.source import Source
from elearn.core import clock, jobs
from elearn.core.bahasa import tanggal
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.directives import actions as directives
from elearn.directives import exemptions
from elearn.quiz import actions as quiz
from elearn.reports import catalogue, papers, queries
from tests.factories.accounts import an_actor
from tests.factories.agencies import STARTED_ON, a_roster, a_unit, an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import MODULE, SLUG, a_learner, a_pact, actor_of, who_passed

DAY = timedelta(days=1)
BACK = 5
PATHS = [
    "ketuntasan",
    "ketuntasan/opd/dinkes",
    "ketuntasan/opd/dinkes?tahap=terlambat",
    "unit?jabatan=belum-dicatat",
    "jenis?jenis=cpns",
    "kerawanan?jenis=cpns",
    "sertifikat?cari=pegawai",
    "perkembangan?opd=dinkes",
    *(report.slug for report in catalogue.REPORTS),
]
OF_ITS_MAKING = {"Dibuat pada", papers.CHECKED_AT}
Told = dict[str, dict[str, Any]]


@pytest.fixture
def opd(app: Flask) -> Agency:
    """The health office with a unit: seven CPNS who sat the quiz, three others; all of it ten days old."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    with time_machine.travel(clock.now() - 10 * DAY):
        unit = a_unit(opd, "Puskesmas Air Putih")
        for number in range(7):
            who_passed(agency=unit, kind=EmployeeKind.CPNS, name=f"Pegawai {number}")
        pact = a_pact(agency=opd, name="Pegawai Siti")
        jobs.perform("certificates.issue", str(pact.id))
        an_employee(opd, name="Ani")
        sits(a_learner(agency=opd, name="Budi"), "b")
        an_opd("disdik", "Dinas Pendidikan")
        an_issued_directive(opd, deadline_on=clock.today() + DAY)
    jobs.queue().flush()
    return opd


def _ago(days: int) -> date:
    return clock.today() - days * DAY


def named(name: str) -> Employee:
    """Somebody by name."""
    db.session.expire_all()
    return db.session.scalars(db.select(Employee).where(Employee.name == name)).one()


def told_of(browser: Any, day: date) -> Told:
    """Every report of a day."""
    found = {}
    for path in PATHS:
        slug, _, query = path.partition("?")
        answer = browser.get(f"/laporan/{slug}.json?{query}&per={day}")
        assert 200 == answer.status_code, path
        found[path] = answer.get_json()
    return found


def data_of(told: Told) -> Told:
    """All but when it was made, and the address by which what was made then is checked."""
    return {
        path: {**each, "notes": {name: text for name, text in each["notes"].items() if name not in OF_ITS_MAKING}}
        for path, each in told.items()
    }


def much_happens(opd: Agency) -> None:
    """Today, of everything that could change a figure, a name or a state."""
    titled(opd, clock.today())
    today, hr, other = clock.today(), an_actor(Role.HR), an_opd("dinsos", "Dinas Sosial")
    first, second, third, fourth, fifth = (named(f"Pegawai {number}") for number in range(5))
    sits(named("Budi"), "a")
    jobs.perform("certificates.issue", str(a_pact(first).id))
    with transaction():
        agencies.transfer(hr, employee_id=second.id, agency_id=other.id, post="Analis", on=today)
        agencies.leave(hr, employee_id=third.id, on=today, reason=LeaveReason.RETIRED)
        facts = {"kind": AbsenceKind.STUDY, "reason": "SK", "started_on": today, "ended_on": None}
        absences.record(hr, employee_id=fourth.id, **facts)
        tree_edits.rename(hr, db.session.get_one(Agency, opd.id), name="Dinas Baru", short_name=None, since=today)
        for since, kind, rank in ((STARTED_ON, fifth.kind, fifth.rank), (today, EmployeeKind.PNS, "IV/a")):
            db.session.add(EmployeeGrade(employee_id=fifth.id, since=since, kind=kind, rank=rank))
        fifth.kind, fifth.rank = EmployeeKind.PNS, "IV/a"
    certificate = next(iter(issued.list_of(named("Pegawai Siti").account_id)))
    [asked] = queries.list_asking(today)
    with transaction():
        certificates.revoke(SYSTEM, certificate_id=certificate.id, reason="Keliru")
        exemptions.exempt(hr, directive_id=asked.id, nip=named("Ani").nip, reason="Sakit", from_on=today)
    an_employee(opd, name="Pegawai Baru", started_on=today)
    called("Pegawai 6", "Lain Sekali", today)
    retitled("Judul Baru")
    an_issued_directive(deadline_on=today)
    with transaction():
        directives.close(hr, directive_id=asked.id, note="Selesai")


def sits(learner: Employee, choice: str) -> None:
    """Somebody answers the quiz so."""
    actor = actor_of(learner)
    with transaction():
        attempt = quiz.start(actor, publication_id=content.current_module(SLUG)[0].id)
    with transaction():
        quiz.save_answer(actor, attempt_id=attempt.id, position=1, choice=[choice])
    with transaction():
        quiz.submit(actor, attempt_id=attempt.id)


def called(name: str, new: str, on: date) -> None:
    """Somebody is called otherwise since a day, by form."""
    with transaction():
        renaming.rename(an_actor(Role.HR), employee_id=named(name).id, named=Named(new, None, None), on=on)


def titled(opd: Agency, as_of: date) -> None:
    """A roster of the OPD as of a day brings titles for everybody, as one does every month."""
    people = [each.person for each in review.known_people().values() if each.is_active]
    names = {unit.id: (unit.name, opd.name) for unit in roster.list_agencies()} | {opd.id: ("", opd.name)}
    brought = [replace(each, title_before="Dr.", title_after="M.Kes.") for each in people]
    with transaction():
        staged = imports.stage(an_actor(Role.HR), filename="a.csv", content=a_roster(brought, names), as_of=as_of)
        imports.apply(an_actor(Role.HR), import_id=staged.id, confirmed=imports.ALL_DOUBTS)
    assert staged.counts is not None
    assert (len(people), 0) == (staged.counts["changes"], staged.counts["leaves"])


def retitled(title: str) -> None:
    """The module gets another title."""
    with transaction():
        publishing.publish(SYSTEM, source=Source((replace(MODULE, title=title),), (), ()))


def corrections(told: Told) -> dict[str, list[str]]:
    """What each report says of corrections."""
    return {
        path: [text for name, text in each["notes"].items() if name.startswith("Koreksi")]
        for path, each in told.items()
    }


def test_every_report_of_a_day_stays_the_same_whatever_happens_later(opd: Agency, sign_in: Any) -> None:
    """Byte for byte by its fingerprint, and in all that stands around it; today's are others."""
    browser = sign_in(Role.HR)
    before, present = told_of(browser, _ago(BACK)), told_of(browser, clock.today())
    much_happens(opd)
    after = told_of(browser, _ago(BACK))
    for path in PATHS:
        for key, told in data_of(before)[path].items():
            assert told == data_of(after)[path][key], (path, key)
    assert {path: [] for path in PATHS} == corrections(after)
    changed = told_of(browser, clock.today())
    assert [] == [path for path in PATHS if present[path]["sha256"] == changed[path]["sha256"]]


def test_every_report_says_that_the_books_of_its_day_were_corrected(opd: Agency, sign_in: Any) -> None:
    """From the day on which it took effect; not those of the days before, and not today's, which was not over."""
    browser = sign_in(Role.HR)
    with transaction():
        moves = named("Pegawai 1")
        agencies.transfer(an_actor(Role.HR), employee_id=moves.id, agency_id=opd.id, post="A", on=_ago(BACK))
    told = {days: corrections(told_of(browser, _ago(days))) for days in (BACK + 1, BACK, 0)}
    [sentence] = {text for texts in told[BACK].values() for text in texts}
    assert "Mutasi seorang pegawai dari Puskesmas Air Putih ke Dinas Kesehatan" in sentence
    assert {path: [sentence] for path in PATHS} == told[BACK]
    assert {path: [] for path in PATHS} == told[BACK + 1] == told[0]


@pytest.mark.parametrize("way", [titled, lambda opd, on: called("Pegawai Siti", "Aaron", on)])
def test_a_new_name_holds_from_its_day_on(opd: Agency, sign_in: Any, way: Callable[[Agency, date], None]) -> None:
    """By a roster as by the form: reports of the days before are the same, those from it on say that they are not."""
    browser, since = sign_in(Role.HR), _ago(BACK - 1)
    earlier, later = told_of(browser, since - DAY), told_of(browser, since)
    way(opd, since)
    assert data_of(earlier) == data_of(told_of(browser, since - DAY))
    after = told_of(browser, since)
    [sentence] = {text for texts in corrections(after).values() for text in texts}
    assert sentence.endswith(f"Data sejak {tanggal(since)} diubah sesudah tanggal laporan.")
    changed = {path for path in PATHS if later[path]["sha256"] != after[path]["sha256"]}
    assert {"ketuntasan/opd/dinkes", "pakta"} <= changed
    assert {"ketuntasan", "unit?jabatan=belum-dicatat", "sertifikat"}.isdisjoint(changed)


def test_a_mended_name_is_told_as_a_correction_of_every_day(opd: Agency, sign_in: Any) -> None:
    """Of every day it stood in, with the new spelling."""
    browser = sign_in(Role.HR)
    with transaction():
        renaming.mend(an_actor(Role.HR), employee_id=named("Pegawai 6").id, named=Named("Pegawai Enam", None, None))
    told = told_of(browser, _ago(BACK))
    assert all("Penulisan nama" in text for [text] in corrections(told).values())
    names = [row["name"] for row in told["ketuntasan/opd/dinkes"]["rows"]]
    assert ("Pegawai Enam" in names, "Pegawai 6" in names) == (True, False)


def test_a_module_is_called_as_it_was_that_day(opd: Agency, sign_in: Any) -> None:
    """Also once an earlier version was brought back."""
    browser = sign_in(Role.HR)
    for days, title in ((4, "Judul Kedua"), (2, MODULE.title)):
        with time_machine.travel(clock.now() - days * DAY):
            retitled(title)
    told = [[row["name"] for row in told_of(browser, _ago(days))["modul"]["rows"]] for days in (5, 4, 3, 2, 1, 0)]
    assert [[MODULE.title], ["Judul Kedua"], ["Judul Kedua"], *[[MODULE.title]] * 3] == told
    maps = [told_of(browser, _ago(days))["kerawanan?jenis=cpns"]["title"] for days in (5, 3, 0)]
    assert [f"Peta kerawanan: {title}" for title in (MODULE.title, "Judul Kedua", MODULE.title)] == maps
