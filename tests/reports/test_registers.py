"""Registers of what was given, signed and done: as of a day, of who may be seen, in the words that stood on paper."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask

from elearn.accounts import actions as accounts
from elearn.accounts import queries as people
from elearn.agencies import absences, renaming, reorganisation, tree_edits
from elearn.agencies import actions as agencies
from elearn.agencies.lineage import NewAgency
from elearn.agencies.naming import Named
from elearn.agencies.rules import AbsenceKind, LeaveReason
from elearn.certificates import actions as certificates
from elearn.certificates import queries as issued
from elearn.core import clock, jobs
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Actor, Role
from elearn.core.transaction import transaction
from elearn.learning import actions as learning
from elearn.ledger import actions as ledger
from elearn.pact import actions as pact_actions
from elearn.pact.models import Pact
from elearn.quiz import actions as quiz
from elearn.reports import asking, catalogue
from tests.factories.accounts import an_account, an_actor
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.pact import PACT, SLUG, a_pact, published_texts, signing, who_passed

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def told(slug: str, reader: Actor = SYSTEM, **args: Any) -> list[dict[str, Any]]:
    """The rows of a register as somebody asks for it."""
    report = catalogue.BY_SLUG[slug]
    words = {name: str(value) for name, value in args.items()}
    table = report.whole(asking.asked(words, reader, known=report.known, permission=report.scope))
    keys = {column.key for column in table.columns}
    assert all(keys <= set(row) for row in table.rows)
    return list(table.rows)


def certified(back: int, **facts: Any) -> Pact:
    """Somebody who signed so many days ago and got a certificate at once."""
    with time_machine.travel(clock.now() - back * DAY):
        pact = a_pact(**facts)
        jobs.perform("certificates.issue", str(pact.id))
    jobs.queue().flush()
    return pact


# certificates


def test_a_certificate_is_listed_from_its_day_and_stands_until_it_is_revoked(app: Flask) -> None:
    """To the microsecond of midnight at the regency; what was revoked stays listed."""
    midnight = clock.start_of(clock.today() - 9 * DAY)
    published_texts()
    with time_machine.travel(midnight - INSTANT, tick=False):
        pact = a_pact()
        jobs.perform("certificates.issue", str(pact.id))
    with time_machine.travel(midnight + 5 * DAY, tick=False), transaction():
        certificate = issued.find_by_pact(pact.id)
        assert certificate
        certificates.revoke(SYSTEM, certificate_id=certificate.id, reason="Keliru")
    days = [clock.today() - back * DAY for back in (11, 10, 5, 4, 0)]
    found = [[(row["issued_on"], row["state"]) for row in told("sertifikat", per=day)] for day in days]
    issue = clock.today() - 10 * DAY
    assert [[], [(issue, "Berlaku")], [(issue, "Berlaku")], [(issue, "Dicabut")], [(issue, "Dicabut")]] == found


def test_a_register_of_certificates_is_in_the_order_of_their_numbers(app: Flask) -> None:
    """Over the turn of the year too, whoever holds them."""
    last = clock.today().year - 1
    with time_machine.travel(datetime(last, 12, 30, 5, tzinfo=clock.zone())):
        pacts = [a_pact(name=name) for name in ("Zaki", "Ani")]
        for pact in pacts:
            jobs.perform("certificates.issue", str(pact.id))
    certified(0, name="Mira")
    rows = told("sertifikat")
    assert ["Zaki", "Ani", "Mira"] == [row["name"] for row in rows]
    assert 3 == len({row["number"] for row in rows}) == len({row["code"] for row in rows})


def test_a_certificate_stays_where_it_was_signed_under_the_name_of_the_day(app: Flask) -> None:
    """Who has moved since does not take it along, but her officer finds it; the OPD is called as it was then."""
    opd, other = an_opd("dinkes", "Dinas Kesehatan"), an_opd("dinsos", "Dinas Sosial")
    pact, today = certified(9, agency=opd, name="Siti", title_after="S.Kep."), clock.today()
    with transaction():
        agencies.transfer(SYSTEM, employee_id=pact.employee_id, agency_id=other.id, post="Analis", on=today - 4 * DAY)
        tree_edits.rename(SYSTEM, opd, name="Dinas Kesehatan dan KB", short_name=None, since=today - 2 * DAY)
    names = [told("sertifikat", per=today - back * DAY)[0]["opd"] for back in (5, 3, 2, 0)]
    assert ["Dinas Kesehatan", "Dinas Kesehatan", "Dinas Kesehatan dan KB", "Dinas Kesehatan dan KB"] == names
    assert ["Siti, S.Kep."] == [row["name"] for row in told("sertifikat", opd="dinkes")]
    assert [] == told("sertifikat", opd="dinsos")
    before = today - 5 * DAY
    for agency, counts in ((opd, [1, 1]), (other, [0, 1]), (an_opd("disdik"), [0, 0])):
        officer = an_actor(Role.OPD_OFFICER, agency_id=agency.id)
        assert counts == [len(told("sertifikat", officer, per=day)) for day in (before, today)]
    assert ["Dinas Kesehatan dan KB"] == [
        row["opd"] for row in told("sertifikat", an_actor(Role.OPD_OFFICER, agency_id=other.id))
    ]


@pytest.mark.parametrize("slug", ["sertifikat", "pakta"])
def test_the_officer_of_a_successor_finds_the_papers_of_her_people(app: Flask, slug: str) -> None:
    """Those signed before the split, of who came to her and not of who came to the other half."""
    opd = an_opd("dikbud", "Dinas Pendidikan dan Kebudayaan")
    pacts = [certified(9, agency=opd, name=name) for name in ("Siti", "Budi")]
    into = [NewAgency("disdik", "Dinas Pendidikan"), NewAgency("disbud", "Dinas Kebudayaan")]
    with transaction():
        people = {pacts[1].employee_id: 1}
        heir, _ = reorganisation.split(SYSTEM, opd, into, on=clock.today() - 2 * DAY, people=people)
    officer = an_actor(Role.OPD_OFFICER, agency_id=heir.id)
    assert [["Siti"], []] == [
        [row["name"] for row in told(slug, officer, per=clock.today() - back * DAY)] for back in (0, 5)
    ]


@pytest.mark.parametrize("slug", ["sertifikat", "pakta"])
def test_a_register_is_narrowed_by_office_module_and_words(app: Flask, slug: str) -> None:
    """An OPD with its units; each word in the name or at the beginning of the NIP."""
    opd = an_opd("dinkes")
    nip = "198609262015052001"
    certified(0, agency=a_unit(opd), name="Siti Rahma", nip=nip)
    certified(0, agency=an_opd("disdik"), name="Budi Rahmat")

    def names(**args: str) -> set[str]:
        return {row["name"] for row in told(slug, **args)}

    assert {"Siti Rahma"} == names(opd="dinkes")
    assert {"Siti Rahma", "Budi Rahmat"} == names(cari="rahma") == names(modul=SLUG)
    assert {"Siti Rahma"} == names(cari="RAHMA siti") == names(cari=nip[:8]) == names(cari=nip)
    for args in ({"modul": "lain"}, {"cari": "siti budi"}, {"cari": nip[1:]}, {"cari": "%"}, {"cari": "_"}):
        assert set() == names(**args), args


@pytest.mark.parametrize("slug", ["sertifikat", "pakta"])
def test_a_register_knows_people_by_their_names_of_the_day(app: Flask, slug: str) -> None:
    """Whoever is looked for by the name of another day is not in it; a certificate keeps the name on its paper."""
    pact, today = certified(9, name="Siti Rahma"), clock.today()
    called(pact.employee_id, "Aminah", today - 3 * DAY)
    days = [today - back * DAY for back in (4, 3, 0)]
    for words, counts in (("rahma", [1, 0, 0]), ("aminah", [0, 1, 1])):
        assert counts == [len(told(slug, per=day, cari=words)) for day in days]
    names = ["Siti Rahma", *["Siti Rahma" if slug == "sertifikat" else "Aminah"] * 2]
    assert names == [told(slug, per=day)[0]["name"] for day in days]


def called(employee_id: UUID, name: str, on: date) -> None:
    """Somebody is called otherwise since a day."""
    with transaction():
        renaming.rename(SYSTEM, employee_id=employee_id, named=Named(name, None, None), on=on)


def test_officers_are_called_as_they_were_on_the_day(app: Flask) -> None:
    """Who is an employee by her name of that day, another by the account."""
    officer, other = an_employee(name="Siti", title_after="S.H."), an_account(Role.HR, name="Petugas")
    today = clock.today()
    with time_machine.travel(clock.now() - 9 * DAY), transaction():
        for account_id in (officer.account_id, other.id):
            ledger.record(replace(SYSTEM, account_id=account_id), "agencies:person_hired", {})
    called(officer.id, "Aminah", today - 3 * DAY)
    days = [today - back * DAY for back in (4, 3, 0)]
    expected = [{"Siti, S.H.", "Petugas"}, {"Aminah", "Petugas"}, {"Aminah", "Petugas"}]
    assert expected == [{row["name"] for row in told("petugas", per=day)} for day in days]


# pacts


def test_a_pact_is_told_with_the_version_that_was_signed(app: Flask) -> None:
    """A later text changes nothing of an earlier signature; both of one person are listed, the first one first."""
    first = published_texts()
    with time_machine.travel(clock.now() - 9 * DAY):
        pact = a_pact(name="Siti")
    second = published_texts(replace(PACT, closing="Pernyataan ini saya jalankan sebaik-baiknya."))
    sign_again(pact)
    expected = [("Siti", 1, first, pact.signed_at), ("Siti", 2, second, clock.now())]
    found = told("pakta")
    assert [each[:3] for each in expected] == [(row["name"], row["version"], row["fingerprint"]) for row in found]
    assert found[0]["signed_at"] == pact.signed_at < found[1]["signed_at"]
    assert [1] == [row["version"] for row in told("pakta", per=clock.today() - DAY)]


def sign_again(pact: Pact) -> None:
    """Let somebody pass the module once more and sign what it has now."""
    with transaction():
        actor = people.get_actor(pact.account_id)
        learning.begin_again(actor, slug=SLUG)
    with transaction():
        attempt = learning.start_quiz(actor, slug=SLUG)
        quiz.save_answer(actor, attempt_id=attempt.id, position=1, choice=["a"])
        quiz.submit(actor, attempt_id=attempt.id)
    with transaction():
        pact_actions.sign(actor, **signing())


@pytest.mark.parametrize(("since", "expected"), [(-INSTANT, [0, 1, 1]), (timedelta(0), [0, 0, 1])])
def test_a_pact_is_listed_from_the_day_it_was_signed(app: Flask, since: timedelta, expected: list[int]) -> None:
    """Of the regency, whose midnight is not that of Greenwich."""
    published_texts()
    learner = who_passed()
    midnight = clock.start_of(clock.today())
    with time_machine.travel(midnight + since, tick=False):
        a_pact(learner)
    days = [clock.today() - back * DAY for back in (2, 1, 0)]
    assert expected == [len(told("pakta", per=day)) for day in days]


def test_a_pact_is_listed_where_its_signer_belongs_that_day(app: Flask) -> None:
    """Away on leave or not; not once she has left, though her certificate is still known."""
    opd, other, today = an_opd("dinkes", "Dinas Kesehatan"), an_opd("dinsos", "Dinas Sosial"), clock.today()
    pact = certified(20, agency=opd)
    who = pact.employee_id
    with transaction():
        agencies.transfer(SYSTEM, employee_id=who, agency_id=other.id, post="Analis", on=today - 9 * DAY)
    with transaction():
        facts = {"kind": AbsenceKind.STUDY, "reason": "SK", "started_on": today - 6 * DAY, "ended_on": None}
        absences.record(an_actor(Role.HR), employee_id=who, **facts)
    with transaction():
        agencies.leave(SYSTEM, employee_id=who, on=today - 2 * DAY, reason=LeaveReason.RETIRED)
    found = [[row["agency"] for row in told("pakta", per=today - back * DAY)] for back in (21, 20, 10, 9, 5, 3, 2)]
    own, new = [opd.name], [other.name]
    assert [[], own, own, new, new, new, []] == found
    assert 1 == len(told("sertifikat"))
    officer = an_actor(Role.OPD_OFFICER, agency_id=opd.id)
    assert [1, 0] == [len(told("pakta", officer, per=today - back * DAY)) for back in (10, 9)]
    assert [] == told("pakta", opd="dinkes", per=today - 9 * DAY)


# the work of officers


def at_noon(day: date, hour: time = time(12)) -> datetime:
    """A moment of a day at the regency."""
    return datetime.combine(day, hour, clock.zone())


def noted(actor: Actor, at: datetime, event: str = "agencies:person_transferred") -> None:
    """An entry in the record."""
    with transaction():
        ledger.record(actor, event, {}, at=at)


def test_work_is_counted_by_the_month_of_the_regency(app: Flask) -> None:
    """An hour before midnight UTC is the next month already; a dozen months and no more."""
    hr, day = an_actor(Role.HR, name="Ratna"), date(2026, 3, 15)
    for at in (
        at_noon(date(2026, 2, 28), time(23, 59, 59, 999999)),
        at_noon(date(2026, 3, 1), time(0)),
        at_noon(date(2026, 3, 15), time(23, 59, 59, 999999)),
        at_noon(date(2026, 3, 16), time(0)),
        at_noon(date(2025, 4, 1), time(0)),
        at_noon(date(2025, 3, 31), time(23, 59, 59, 999999)),
    ):
        noted(hr, at)
    found = [(row["month"], row["name"], row["count"]) for row in told("petugas", per=day)]
    assert [("2026-03", "Ratna", 2), ("2026-02", "Ratna", 1), ("2025-04", "Ratna", 1)] == found


def test_work_is_told_by_name_and_deed_within_a_month(app: Flask) -> None:
    """What the installation does, and what people do for themselves, is no work of officers."""
    ratna, agus = an_actor(Role.HR, name="Ratna"), an_actor(Role.HR, name="Agus")
    now = clock.now()
    for actor, event in (
        (ratna, "agencies:person_left"),
        (ratna, "agencies:person_hired"),
        (agus, "agencies:person_left"),
        (agus, "accounts:password_changed"),
        (ratna, "pact:signed"),
        (SYSTEM, "agencies:person_left"),
    ):
        noted(actor, now, event)
    found = [(row["name"], row["work"], row["count"]) for row in told("petugas")]
    left, hired = "Pegawai berhenti atau keluar", "Pegawai ditambahkan"
    assert [("Agus", left, 1), ("Ratna", left, 1), ("Ratna", hired, 1)] == found


def test_who_left_is_still_known_by_name(app: Flask) -> None:
    """The work of a closed account is somebody's work."""
    hr = an_account(Role.HR, name="Ratna")
    noted(people.get_actor(hr.id), clock.now())
    with transaction():
        accounts.deactivate(SYSTEM, account_id=hr.id)
    assert ["Ratna"] == [row["name"] for row in told("petugas")]


def test_a_part_of_the_regency_has_no_work_of_its_own(app: Flask) -> None:
    """The record is not kept by OPD."""
    with pytest.raises(NotFound):
        told("petugas", an_actor(Role.HR, agency_id=an_opd().id))
