"""Who goes, is away or is back in the words of a roster: looked at, applied, undone."""

import datetime as dt
from collections.abc import Iterator, Mapping

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from elearn.agencies import absences, imports, preview, queries, review, roster, undoing
from elearn.agencies.complaints import Doubt
from elearn.agencies.models import Absence, Agency, Correction, Employee, RosterImport
from elearn.agencies.rules import EVERYTHING, AbsenceKind, EmployeeStatus, LeaveReason
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from tests.agencies.test_undoing import everything
from tests.factories.agencies import a_csv, a_nip

SEPTEMBER, OCTOBER, NOVEMBER = (dt.date(2026, month, 1) for month in (9, 10, 11))
NIPS = [a_nip(number) for number in range(41000, 41030)]
HEADINGS = ["NIP", "NAMA", "OPD", "KEDUDUKAN HUKUM NAMA", "TMT STATUS"]
ALL_AT_WORK: Mapping[int, tuple[str, str]] = {}


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    """All tests of this file happen on 22 November 2026."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)):
        yield


@pytest.fixture(autouse=True)
def _books(opd: Agency, _today: None) -> None:
    """Twenty people of Dinas Kesehatan, known since September."""
    bring(SEPTEMBER, ALL_AT_WORK)


def stage(as_of: dt.date, told: Mapping[int, tuple[str, str]], people: int = 20) -> RosterImport:
    """Upload a roster in which all are active but these, who stand with what is told and since when."""
    rows = [
        [nip, f"Pegawai {nip[-3:]}", "Dinas Kesehatan", *told.get(number, ("Aktif", ""))]
        for number, nip in enumerate(NIPS[:people])
    ]
    with transaction():
        return imports.stage(SYSTEM, filename="a.csv", content=a_csv([HEADINGS, *rows]), as_of=as_of)


def bring(as_of: dt.date, told: Mapping[int, tuple[str, str]], *confirmed: Doubt, people: int = 20) -> RosterImport:
    """Apply such a roster."""
    staged = stage(as_of, told, people)
    with transaction():
        return imports.apply(SYSTEM, import_id=staged.id, confirmed=confirmed)


def undo(staged: RosterImport) -> None:
    """Undo a roster."""
    with transaction():
        undoing.undo(SYSTEM, import_id=staged.id)


def person(number: int) -> Employee:
    """One of the twenty as she stands now."""
    db.session.expire_all()
    found = queries.find_by_nip(NIPS[number])
    assert found
    return found


def spans(number: int) -> list[tuple[AbsenceKind, dt.date, dt.date | None]]:
    """When she was absent, the latest first."""
    return [(each.kind, each.started_on, each.ended_on) for each in absences.list_absences(person(number).id)]


def serving(day: dt.date) -> set[str]:
    """Who belonged here on a day and served."""
    return {each.nip for each in queries.list_people_on(day, visible=EVERYTHING) if not each.is_absent}


def test_a_months_news_is_applied_with_its_days(app: Flask) -> None:
    """Leave, study, death, retirement and the move away; the rest goes on."""
    told = {
        0: ("CLTN", ""),
        1: ("Tugas Belajar", "15-09-2026"),
        2: ("Meninggal", "20-09-2026"),
        3: ("Pensiun", ""),
        4: ("MPP", ""),
    }
    counts = bring(OCTOBER, told, Doubt.YOUNG).counts
    assert (2, 3, 0, 15, 0) == tuple(counts[part] for part in ("leaves", "begun", "ended", "unchanged", "complaints"))
    assert [(AbsenceKind.UNPAID_LEAVE, OCTOBER, None)] == spans(0)
    assert [(AbsenceKind.STUDY, dt.date(2026, 9, 15), None)] == spans(1)
    assert [(AbsenceKind.PRE_RETIREMENT, OCTOBER, None)] == spans(4)
    left = [(each.status, each.left_on, each.left_reason) for each in (person(2), person(3))]
    died, retired = (dt.date(2026, 9, 20), LeaveReason.DIED), (OCTOBER, LeaveReason.RETIRED)
    assert [(EmployeeStatus.LEFT, *died), (EmployeeStatus.LEFT, *retired)] == left
    assert [20, 19, 18, 15] == [
        len(serving(day)) for day in (SEPTEMBER, dt.date(2026, 9, 15), dt.date(2026, 9, 20), OCTOBER)
    ]
    (correction,) = db.session.scalars(db.select(Correction).where(Correction.sentence.contains("1 Oktober"))).all()
    assert dt.date(2026, 9, 15) == correction.effective_on


def test_the_next_months_news_ends_what_the_last_began(app: Flask) -> None:
    """Back on duty, or from leave to study; somebody on leave who retires is not absent after that."""
    bring(OCTOBER, {0: ("CLTN", ""), 1: ("CLTN", ""), 2: ("CLTN", ""), 3: ("CLTN", "")})
    counts = bring(NOVEMBER, {1: ("Tugas Belajar", ""), 2: ("Pensiun", ""), 3: ("CLTN", "")}, Doubt.YOUNG).counts
    assert (1, 1, 1) == tuple(counts[part] for part in ("leaves", "begun", "ended"))
    leave = (AbsenceKind.UNPAID_LEAVE, OCTOBER, NOVEMBER)
    assert [[leave], [(AbsenceKind.STUDY, NOVEMBER, None), leave], [leave]] == [spans(number) for number in (0, 1, 2)]
    assert [(AbsenceKind.UNPAID_LEAVE, OCTOBER, None)] == spans(3)


def test_whoever_has_gone_does_not_come_back_by_being_listed(app: Flask) -> None:
    """Pensioners stay in some lists for months."""
    bring(OCTOBER, {0: ("Pensiun", "")}, Doubt.YOUNG)
    counts = bring(NOVEMBER, {0: ("Pensiun", "")}).counts
    assert (0, 0, 0) == tuple(counts[part] for part in ("returns", "leaves", "complaints"))
    assert OCTOBER == person(0).left_on


def test_a_newcomer_on_leave_joins_and_is_away(app: Flask) -> None:
    """From the first day; undoing takes her out again."""
    before = everything()
    staged = bring(OCTOBER, {20: ("CLTN", "")}, people=21)
    assert ((1, 1), [(AbsenceKind.UNPAID_LEAVE, OCTOBER, None)]) == (
        (staged.counts["joins"], staged.counts["begun"]),
        spans(20),
    )
    undo(staged)
    assert before == everything()


def test_undoing_brings_everything_back(app: Flask) -> None:
    """Absences that began, ended and gave way; who had gone serves again."""
    bring(OCTOBER, {0: ("CLTN", ""), 1: ("CLTN", ""), 2: ("CLTN", "")})
    before = everything()
    told = {1: ("Tugas Belajar", "10-10-2026"), 2: ("Meninggal", ""), 3: ("Pensiun", ""), 4: ("MPP", "")}
    undo(bring(NOVEMBER, told, Doubt.YOUNG))
    assert before == everything()


@pytest.mark.parametrize("number", [0, 1])
def test_an_absence_changed_since_hinders_the_undoing(app: Flask, number: int) -> None:
    """One that the roster began and somebody ended, or that it ended and somebody took out."""
    bring(OCTOBER, {1: ("CLTN", "")})
    staged = bring(NOVEMBER, {0: ("CLTN", "")})
    (absence,) = absences.list_absences(person(number).id)
    on = NOVEMBER if number == 0 else OCTOBER
    with transaction():
        absences.end(SYSTEM, employee_id=person(number).id, absence_id=absence.id, on=on)
    with pytest.raises(undoing.ChangedSince) as refusal:
        undo(staged)
    assert f"{person(number).name} (masa tidak bertugas" in refusal.value.sentence


def test_what_hr_has_noted_herself_ends_only_if_she_asks_for_it(app: Flask) -> None:
    """The list of SIASN may be late."""
    with transaction():
        facts = {"kind": AbsenceKind.SUSPENDED, "started_on": SEPTEMBER, "ended_on": None, "reason": "SK 800/1"}
        absences.record(SYSTEM, employee_id=person(0).id, **facts)
    looked = review.review_of(stage(OCTOBER, ALL_AT_WORK))
    assert ([Doubt.BY_HAND], 1) == ([each.doubt for each in looked.questions], len(looked.found.ended))
    assert 0 == bring(OCTOBER, ALL_AT_WORK).counts["ended"]
    assert [(AbsenceKind.SUSPENDED, SEPTEMBER, None)] == spans(0)
    assert 1 == bring(NOVEMBER, ALL_AT_WORK, Doubt.BY_HAND).counts["ended"]
    assert [(AbsenceKind.SUSPENDED, SEPTEMBER, NOVEMBER)] == spans(0)


def test_what_a_roster_told_is_known_by_its_day_and_not_by_words(app: Flask, hr: FlaskClient) -> None:
    """Somebody may write the very words of a roster; her page tells which it was, also after an undoing."""
    words = "Menurut daftar pegawai per 1 September 2026"
    with transaction():
        facts = {"kind": AbsenceKind.SUSPENDED, "started_on": SEPTEMBER, "ended_on": None, "reason": words}
        absences.record(SYSTEM, employee_id=person(0).id, **facts)
    bring(OCTOBER, {0: ("Diberhentikan sementara", ""), 1: ("CLTN", "")})
    assert [None, OCTOBER] == [absences.list_absences(person(each).id)[0].roster_as_of for each in (0, 1)]
    pages = [hr.get(f"/pegawai/{person(each).id}").text for each in (0, 1)]
    assert [f'lang="id">{words}' in pages[0], ">Menurut daftar pegawai per 1 Oktober 2026<" in pages[1]] == [
        True,
        True,
    ]
    staged = stage(NOVEMBER, ALL_AT_WORK)
    looked = review.review_of(staged)
    assert ([Doubt.BY_HAND], 2) == ([each.doubt for each in looked.questions], len(looked.found.ended))
    with transaction():
        imports.apply(SYSTEM, import_id=staged.id, confirmed=[Doubt.BY_HAND])
    undo(staged)
    assert [None, OCTOBER] == [absences.list_absences(person(each).id)[0].roster_as_of for each in (0, 1)]


@pytest.mark.parametrize(
    ("told", "doubt"),
    [
        ({0: ("Pensiun", "")}, Doubt.YOUNG),
        ({0: ("Pindah", "")}, Doubt.MOVED),
        (dict.fromkeys(range(10), ("CLTN", "")), Doubt.MANY_AWAY),
    ],
)
def test_what_may_be_a_mistake_is_asked(told: dict[int, tuple[str, str]], doubt: Doubt) -> None:
    """Before anything is applied."""
    staged = stage(OCTOBER, told)
    (question,) = review.review_of(staged).questions
    assert (doubt, True) == (question.doubt, question.box is not None)
    with pytest.raises(imports.Unconfirmed):
        imports.apply(SYSTEM, import_id=staged.id)


def test_a_list_of_pensioners_alone_dismisses_nobody_else(app: Flask) -> None:
    """It speaks for no OPD."""
    rows = [[NIPS[0], "Pegawai 000", "", "Pensiun", ""]]
    with transaction():
        staged = imports.stage(SYSTEM, filename="a.csv", content=a_csv([HEADINGS, *rows]), as_of=OCTOBER)
    found = review.difference_of(staged)
    assert ([NIPS[0]], ()) == ([each.person.nip for each in found.goings], found.leaves)


def test_each_line_tells_its_reason(app: Flask) -> None:
    """What the file says, since when, and what ends by it."""
    bring(OCTOBER, {1: ("CLTN", ""), 2: ("CLTN", "")})
    staged = stage(NOVEMBER, {0: ("Meninggal", "15-10-2026"), 2: ("MPP", "")})
    found = review.review_of(staged).found
    names = {agency.id: agency.name for agency in queries.list_agencies()}
    died, resting, back = ([*preview.reasons(entry, names, set(), NOVEMBER)] for entry in preview.entries(found))
    assert [
        "Menurut berkas: Meninggal dunia.",
        "Bertugas di Dinas Kesehatan menurut data kami; keluar mulai 15 Oktober 2026.",
    ] == died
    assert [
        "Menurut berkas: Masa persiapan pensiun. Tidak bertugas mulai 1 November 2026.",
        "Cuti di luar tanggungan negara berakhir pada hari itu.",
    ] == resting
    leave = "Cuti di luar tanggungan negara sejak 1 Oktober 2026"
    assert [f"Menurut berkas aktif. {leave} berakhir; bertugas lagi mulai 1 November 2026."] == back


def test_the_sample_can_be_downloaded_and_read(hr: FlaskClient) -> None:
    """With the columns that tell who serves."""
    assert "/pegawai/impor/contoh" in hr.get("/pegawai/impor").text
    answer = hr.get("/pegawai/impor/contoh")
    assert ("text/csv", 5) == (answer.mimetype, len(roster.read(answer.data).lines))


def test_the_page_asks_and_counts(hr: FlaskClient) -> None:
    """The box that must be ticked, the one that may be, and what has been applied."""
    with transaction():
        facts = {"kind": AbsenceKind.STUDY, "started_on": SEPTEMBER, "ended_on": None, "reason": "SK 800/2"}
        absences.record(SYSTEM, employee_id=person(5).id, **facts)
    staged = stage(OCTOBER, {0: ("CLTN", ""), 1: ("Pindah", "")})
    address = f"/pegawai/impor/{staged.id}"
    page = hr.get(address).text
    for words in ("Disebut pindah", "Yang dapat Anda sertakan", "Mulai tidak bertugas", "Bertugas lagi"):
        assert words in page
    hr.post(address, data={"confirmed": [Doubt.MOVED], "also": [Doubt.BY_HAND]})
    with transaction():
        imports.apply(SYSTEM, import_id=staged.id, confirmed=staged.reversal["confirmed"])
    assert [(AbsenceKind.STUDY, SEPTEMBER, OCTOBER)] == spans(5)
    assert 2 == db.session.scalar(db.select(db.func.count(Absence.id)))
    assert "1 mulai tidak bertugas, 1 bertugas lagi" in hr.get("/pegawai/impor/riwayat").text
