"""The roster import from file to books: staged, reviewed, applied once, safely."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest
import time_machine
from flask import Flask

from elearn.accounts import queries as accounts
from elearn.agencies import imports, queries, review, rules
from elearn.agencies.models import Agency, Correction, Employee, RosterImport, UnitAlias
from elearn.agencies.rules import EVERYTHING, EmployeeKind, Person
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.ledger import queries as ledger
from elearn.ledger.models import LedgerEntry
from elearn.reports import queries as reports
from tests import statements
from tests.elsewhere import elsewhere
from tests.factories.accounts import session_of
from tests.factories.agencies import a_csv, a_nip, a_person, a_roster, a_unit, an_opd

FIRST = dt.date(2026, 10, 1)
SECOND = dt.date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


class Regency:
    """Two OPD with a school, and rosters of them."""

    def __init__(self) -> None:
        self.dikbud = an_opd("DIKBUD", "Dinas Pendidikan dan Kebudayaan")
        self.dinkes = an_opd("DINKES", "Dinas Kesehatan")
        self.school = a_unit(self.dikbud, "SDN 1 Manna")
        self.names = {
            self.dikbud.id: ("", self.dikbud.name),
            self.dinkes.id: ("", "DINAS KESEHATAN"),
            self.school.id: ("SDN 1 MANNA", self.dikbud.name),
        }

    def stage(self, people: list[Person], as_of: dt.date) -> RosterImport:
        """Upload a roster of these people."""
        with transaction():
            return imports.stage(SYSTEM, filename="siasn.csv", content=a_roster(people, self.names), as_of=as_of)

    def bring(self, people: list[Person], as_of: dt.date, *, confirmed: Collection[str] = ()) -> dict[str, int]:
        """Upload and apply a roster, and return its counts."""
        staged = self.stage(people, as_of)
        with transaction():
            return imports.apply(SYSTEM, import_id=staged.id, confirmed=confirmed).counts


@pytest.fixture
def regency(app: Flask) -> Regency:
    """A fresh regency."""
    return Regency()


def some_people(agency: Agency, number: int, **facts: object) -> list[Person]:
    """So many people at one agency."""
    return [a_person(agency, **facts) for _ in range(number)]


def books(day: dt.date) -> dict[str, tuple]:
    """Who serves where on a day."""
    return {p.nip: (p.name, p.agency_id, p.post) for p in queries.list_people_on(day, visible=EVERYTHING)}


def test_two_rosters_in_a_row(regency: Regency) -> None:
    """Joins, moves, changes and leaves come into the books with their days; the first day's picture stays."""
    teachers = some_people(regency.school, 8)
    nurses = some_people(regency.dinkes, 4, kind=EmployeeKind.PPPK, rank="IX")
    assert 12 == regency.bring([*teachers, *nurses], FIRST)["joins"]
    gone, moved, promoted, *rest = teachers
    session = session_of(accounts.find_by_username(gone.nip))
    arriving = a_person(regency.dikbud, name="Baru Datang")
    moved = replace(moved, agency_id=regency.dinkes.id)
    promoted = replace(promoted, post="Kepala Sekolah", title_after="M.Pd.")
    counts = regency.bring([moved, promoted, *rest, arriving, *nurses], SECOND)
    assert {
        "joins": 1,
        "moves": 1,
        "changes": 1,
        "leaves": 1,
        "returns": 0,
        "begun": 0,
        "ended": 0,
        "complaints": 0,
        "unchanged": 9,
    } == counts
    now, before = books(SECOND), books(SECOND - dt.timedelta(days=1))
    assert ("Baru Datang", regency.dikbud.id) == now[arriving.nip][:2]
    assert (regency.dinkes.id, regency.school.id) == (now[moved.nip][1], before[moved.nip][1])
    assert f"{promoted.name}, M.Pd." == now[promoted.nip][0] == accounts.find_by_username(promoted.nip).name
    assert ("Kepala Sekolah", "Analis Kebijakan") == (now[promoted.nip][2], before[promoted.nip][2])
    assert (True, False) == (gone.nip in before, gone.nip in now)
    assert accounts.actor_of(session) is None
    assert ledger.first_break() is None


def test_applying_twice_gives_one_result(regency: Regency) -> None:
    """A double click or two tabs change nothing more; the people in the staged file are forgotten."""
    staged = regency.stage(some_people(regency.school, 3), FIRST)
    with transaction():
        first = imports.apply(SYSTEM, import_id=staged.id).counts
    with transaction():
        second = imports.apply(SYSTEM, import_id=staged.id)
    assert (first, [], []) == (second.counts, second.rows, second.seen)
    assert 3 == db.session.scalar(db.select(db.func.count(Employee.id)))
    entries = db.session.scalars(db.select(LedgerEntry).where(LedgerEntry.event == "agencies:roster_applied")).all()
    assert [True] == [staged.sha256 in entry.payload and '"joins":3' in entry.payload for entry in entries]


def test_two_who_apply_at_once_give_one_result(app: Flask, regency: Regency) -> None:
    """Who looked before the other applied does not apply a second time."""
    staged = regency.stage(some_people(regency.school, 3), FIRST)
    elsewhere(app, lambda: imports.apply(SYSTEM, import_id=staged.id))
    with transaction():
        imports.apply(SYSTEM, import_id=staged.id)
    applied = db.select(db.func.count()).where(LedgerEntry.event == "agencies:roster_applied")
    assert 1 == db.session.scalar(applied)


def test_the_same_roster_again_changes_nothing(regency: Regency) -> None:
    """Importing what is known is idle, on the same day and later."""
    people = some_people(regency.school, 5)
    regency.bring(people, FIRST)
    for day in (FIRST, SECOND):
        assert review.difference_of(regency.stage(people, day)).is_idle


def test_somebody_who_left_can_come_back(regency: Regency) -> None:
    """A return opens the account for a new code, and the gap stays in the books."""
    people = some_people(regency.school, 6)
    regency.bring(people, FIRST)
    regency.bring(people[1:], dt.date(2026, 10, 15))
    assert 1 == regency.bring(people, SECOND)["returns"]
    back = people[0].nip
    assert (True, False, True) == tuple(back in books(day) for day in (FIRST, dt.date(2026, 10, 20), SECOND))
    account = accounts.find_by_username(back)
    assert (True, None, None) == (account.is_active, account.password_hash, account.deactivated_at)


def test_many_do_not_leave_by_accident(regency: Regency) -> None:
    """A roster that lacks a fifth of its OPD needs a confirmation; an OPD it does not mention is untouched."""
    teachers, nurses = some_people(regency.school, 10), some_people(regency.dinkes, 3)
    regency.bring([*teachers, *nurses], FIRST)
    with pytest.raises(rules.ManyWouldLeave):
        regency.bring(teachers[:7], SECOND)
    assert 13 == len(books(SECOND))
    assert 3 == regency.bring(teachers[:7], SECOND, confirmed=imports.ALL_DOUBTS)["leaves"]
    assert 10 == len(books(SECOND))


def test_unknown_agencies_are_complained_about(regency: Regency) -> None:
    """Lines of unknown units are skipped and named; their people do not leave."""
    people = some_people(regency.school, 3)
    regency.bring(people, FIRST)
    regency.names[regency.school.id] = ("SD Yang Baru", regency.dikbud.name)
    stray = a_person(regency.dinkes)
    found = review.difference_of(regency.stage([*people, stray, a_person(regency.dikbud)], SECOND))
    assert (2, 0) == (len(found.joins), len(found.leaves))
    assert {"Unit kerja “SD Yang Baru” di Dinas Pendidikan dan Kebudayaan tidak dikenal."} == {
        complaint.sentence for complaint in found.complaints if not complaint.doubt
    }
    assert [2, 3, 4] == [complaint.line for complaint in found.complaints if not complaint.doubt]


def test_a_wrong_unit_is_corrected_on_the_same_day(regency: Regency) -> None:
    """Importing again as of the same day mends the placement instead of ending it."""
    people = some_people(regency.school, 2)
    regency.bring(people, FIRST)
    regency.bring([replace(person, agency_id=regency.dinkes.id) for person in people], FIRST)
    assert {regency.dinkes.id} == {agency_id for _, agency_id, _ in books(FIRST).values()}


def test_a_roster_of_tomorrow_is_refused(regency: Regency) -> None:
    """Data cannot be newer than today."""
    with pytest.raises(rules.ImpossibleDay) as refusal:
        regency.stage([], dt.date(2026, 11, 23))
    assert "as_of" == refusal.value.field


def test_an_officer_known_before_the_roster_keeps_the_account(regency: Regency) -> None:
    """Somebody with an account of her own NIP becomes an employee without a second account."""
    from tests.factories.accounts import an_account

    person = a_person(regency.school)
    officer = an_account(username=person.nip)
    regency.bring([person], FIRST)
    assert officer.id == queries.find_by_nip(person.nip).account_id


def test_a_whole_regency_is_reviewed_and_applied(regency: Regency) -> None:
    """Four thousand people in one file, in bulk: no statement for each; `make bench` measures how long that takes."""
    people = [a_person(regency.school, nip=a_nip(number)) for number in range(4000)]
    content = a_roster(people, regency.names)
    with statements.noted() as sent:
        with transaction():
            staged = imports.stage(SYSTEM, filename="siasn.csv", content=content, as_of=FIRST)
        assert 4000 == len(review.difference_of(staged).joins)
        with transaction():
            imports.apply(SYSTEM, import_id=staged.id)
    assert 4000 == len(books(FIRST))
    assert len(sent) <= 45


def test_an_empty_file_is_harmless(regency: Regency) -> None:
    """Headings without people change nothing."""
    with transaction():
        staged = imports.stage(
            SYSTEM, filename="kosong.csv", content=a_csv([["NIP", "NAMA", "OPD"]]), as_of=clock.today()
        )
    assert review.difference_of(staged).is_idle


def a_stray(regency: Regency) -> tuple[list[Person], RosterImport]:
    """Three teachers under a unit's name that nobody knows, staged."""
    people = some_people(regency.school, 3)
    regency.names[regency.school.id] = ("SD Yang Baru", regency.dikbud.name)
    return people, regency.stage(people, FIRST)


def explain(staged: RosterImport, meant: Agency | None) -> None:
    """Say what the one unknown name of a roster means."""
    (stray,) = review.review_of(staged).strays
    with transaction():
        imports.explain_names(
            SYSTEM, import_id=staged.id, meant={stray.name.key: meant.id if meant else None, "lain": None}
        )


def test_an_explained_name_is_remembered(regency: Regency) -> None:
    """It holds for the staged roster without another upload, and for the next."""
    people, staged = a_stray(regency)
    explain(staged, regency.school)
    looked = review.review_of(staged)
    assert ((), 3) == (looked.strays, len(looked.found.joins))
    assert 3 == regency.bring(people, SECOND)["joins"]
    alias = db.session.scalars(db.select(UnitAlias)).one()
    with transaction():
        imports.forget_name(SYSTEM, alias_id=alias.id)
    assert 1 == len(review.review_of(regency.stage(people, SECOND)).strays)


def test_a_name_explained_twice_means_what_was_said_last(regency: Regency) -> None:
    """Two rosters under review may ask the same; the later answer replaces the earlier one."""
    people, staged = a_stray(regency)
    (stray,) = review.review_of(staged).strays
    for meant in (regency.school, regency.dikbud):
        with transaction():
            imports._remember(SYSTEM, stray, meant.id)
    joins = review.difference_of(regency.stage(people, FIRST)).joins
    assert {regency.dikbud.id} == {person.agency_id for person in joins}


def test_what_is_none_of_ours_is_skipped_from_now_on(regency: Regency) -> None:
    """The lines are left out of this roster and the next with a complaint; their people do not leave."""
    people, staged = a_stray(regency)
    explain(staged, None)
    for each in (staged, regency.stage(people, SECOND)):
        looked = review.review_of(each)
        assert ((), True) == (looked.strays, looked.found.is_idle)
        assert ["bukan bagian kami" in fault.sentence for fault in looked.faults] == [True]
    alias = db.session.scalars(db.select(UnitAlias)).one()
    with transaction():
        imports.forget_name(SYSTEM, alias_id=alias.id)
    assert 1 == len(review.review_of(staged).strays)


def ask(staged: RosterImport, confirmed: Collection[str] = ()) -> None:
    """Ask for a roster to be applied."""
    with transaction():
        imports.ask(SYSTEM, import_id=staged.id, confirmed=confirmed)


def test_a_roster_is_applied_by_a_job(regency: Regency) -> None:
    """Asked for once or twice, it comes in once; the waiting page hears how far it is."""
    staged = regency.stage(some_people(regency.school, 3), FIRST)
    ask(staged)
    ask(staged)
    assert (True, 0) == (staged.is_asked, len(books(FIRST)))
    db.session.rollback()
    assert 1 == jobs.run_waiting()
    db.session.refresh(staged)
    assert (False, 3, 3) == (staged.is_asked, len(books(FIRST)), staged.progress)
    assert 3 == jobs.told(f"roster:{staged.id}")
    jobs.perform("agencies.apply_roster", str(staged.id))
    assert 3 == len(books(FIRST))
    with pytest.raises(imports.AlreadyAsked):
        imports.explain_names(SYSTEM, import_id=staged.id, meant={})


def test_a_roster_cut_short_by_a_crash_is_applied_later(regency: Regency) -> None:
    """The queue lost the job; the sweeper asks again."""
    staged = regency.stage(some_people(regency.school, 3), FIRST)
    ask(staged)
    jobs.queue().flush()
    jobs.perform("agencies.sweep_rosters")
    db.session.rollback()
    assert 1 == jobs.run_waiting()
    assert 3 == len(books(FIRST))
    jobs.perform("agencies.sweep_rosters")
    assert 0 == jobs.run_waiting()


def test_what_hinders_a_job_is_kept_in_words(regency: Regency) -> None:
    """A doubt that arose meanwhile is a refusal; nothing is applied, and it can be asked for again."""
    people = some_people(regency.school, 10)
    staged = regency.stage(people[:5], SECOND)
    ask(staged)
    regency.bring(people, FIRST)
    jobs.run_waiting()
    db.session.refresh(staged)
    assert ("seperlima" in staged.failure, False) == (True, staged.is_asked)
    assert 10 == len(books(SECOND))
    ask(staged, imports.ALL_DOUBTS)
    jobs.run_waiting()
    db.session.refresh(staged)
    assert (None, 5) == (staged.failure, len(books(SECOND)))


def test_nothing_is_half_applied(regency: Regency, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the middle leaves the books as they were, and says so without its inner words."""
    regency.bring(some_people(regency.school, 2), FIRST)
    staged = regency.stage(some_people(regency.school, 3), SECOND)
    ask(staged, imports.ALL_DOUBTS)
    monkeypatch.setattr(imports.books, "dismiss", lambda *_: 1 / 0)
    jobs.run_waiting()
    db.session.refresh(staged)
    assert ("tidak ada yang diterapkan" in staged.failure, 2) == (True, len(books(SECOND)))


def test_a_doubt_must_be_confirmed(regency: Regency) -> None:
    """Somebody of 76 is applied only when that is said to be true."""
    old = a_person(regency.school, nip="195001011975031900")
    staged = regency.stage([old], FIRST)
    with pytest.raises(imports.Unconfirmed):
        ask(staged, ["jenis"])
    ask(staged, ["umur"])
    assert staged.is_asked


def test_a_day_that_is_over_is_corrected(regency: Regency) -> None:
    """Reports of that day will say that the books were changed; a roster of today or an idle one corrects nothing."""
    people = some_people(regency.school, 3)
    regency.bring(people, FIRST)
    regency.bring(people, SECOND)
    regency.bring([*people, a_person(regency.school)], clock.today())
    (correction,) = db.session.scalars(db.select(Correction)).all()
    assert (FIRST, "Daftar pegawai per 1 Oktober 2026 diterapkan pada 22 November 2026.") == (
        correction.effective_on,
        correction.sentence,
    )


def test_a_new_title_holds_from_the_day_of_the_roster(regency: Regency) -> None:
    """The days before are told as they were, and nothing was corrected."""
    people = some_people(regency.school, 3)
    regency.bring(people, FIRST)
    before = reports.corrections(SECOND)
    titled = replace(people[0], title_after="M.Pd.")
    regency.bring([titled, *people[1:]], clock.today())
    yesterday = clock.today() - dt.timedelta(days=1)
    told = [books(day)[titled.nip][0] for day in (FIRST, yesterday, clock.today())]
    assert [titled.name, titled.name, titled.full_name] == told
    assert before == reports.corrections(SECOND)


def test_the_group_of_a_post_comes_into_the_books(regency: Regency) -> None:
    """A group that becomes known begins a placement, so that earlier days stay as they were."""
    person = a_person(regency.school, post="Kepala Seksi Umum")
    regency.bring([person], FIRST)
    (found,) = queries.list_people_on(FIRST, visible=EVERYTHING)
    assert rules.PostGroup.SUPERVISOR is found.post_group
    assert 1 == regency.bring([replace(person, post="Analis Kebijakan")], SECOND)["changes"]
    assert [rules.PostGroup.SUPERVISOR, None] == [
        queries.list_people_on(day, visible=EVERYTHING)[0].post_group for day in (FIRST, SECOND)
    ]


def test_the_file_is_kept_as_it_came(regency: Regency) -> None:
    """With its hash, also after its people were forgotten."""
    staged = regency.stage(some_people(regency.school, 3), FIRST)
    with transaction():
        imports.apply(SYSTEM, import_id=staged.id)
    db.session.expire_all()
    assert hashlib.sha256(staged.content).hexdigest() == staged.sha256
