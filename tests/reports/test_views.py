"""The report on screen and as files: one Table, one scope, filters in the address, few statements."""

import csv
import io
import subprocess
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from lxml import html
from openpyxl import load_workbook

from elearn.agencies import reorganisation, tree_edits
from elearn.agencies.lineage import NewAgency
from elearn.agencies.models import Agency, Correction
from elearn.core import clock, jobs
from elearn.core.bahasa import tanggal
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.reports import queries, views
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import an_issued_directive
from tests.factories.pact import a_pact
from tests.statements import taken_by

DAY = timedelta(days=1)
HEADER = "OPD;Terikat;Belum mulai;Belajar;Lulus;Menandatangani;Bersertifikat;Terlambat;Persen"


@pytest.fixture
def health(app: Flask) -> Agency:
    """The health office: of four people one has signed, three are late."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    with time_machine.travel(clock.now() - 10 * DAY):
        for name in ("Ani", "Budi", "Citra"):
            an_employee(a_unit(opd), name=f"Perawat {name}")
        a_pact(agency=opd, name="Siti Aminah", title_after="S.Kep.")
        an_issued_directive(opd, deadline_on=clock.today() + DAY)
    return opd


@pytest.fixture
def schools(health: Agency) -> Agency:
    """The school office, bound with the health office by a second directive, not late yet."""
    opd = an_opd("disdikbud", "Dinas Pendidikan dan Kebudayaan")
    an_employee(opd, name="Guru =Budi")
    an_issued_directive()
    return opd


def csv_rows(answer: Any) -> list[list[str]]:
    """The cells of a CSV answer."""
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def rows_of(page: str) -> list[list[str]]:
    """The cells of the table of a page, without its titles."""
    rows = html.fromstring(page).xpath("//main//div[contains(@class, 'table')]//tr[td]")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in rows]


def test_the_page_shows_the_one_number_the_chart_and_the_table(schools: Agency, sign_in: Any) -> None:
    """The number first, then what to do, then each OPD with a link to its people."""
    page = sign_in(Role.HR).get("/laporan/ketuntasan").text
    assert "1 dari 5 selesai" in page
    assert "3 pegawai terlambat." in page
    assert "2 OPD di bawah 50 %." in page
    assert "25 % · 3 terlambat" in page
    assert 'href="/laporan/ketuntasan/opd/dinkes"' in page
    assert page.index("1 dari 5 selesai") < page.index("Yang perlu dikerjakan") < page.index("Angka lengkap")
    officer = sign_in(Role.OPD_OFFICER, agency_id=schools.id)
    assert "di bawah 50 %" not in officer.get("/laporan/ketuntasan").text  # she compares nobody


def test_all_files_come_from_the_same_table(schools: Agency, sign_in: Any) -> None:
    """CSV, XLSX and PDF show the same figures, with who made them and as of when."""
    browser = sign_in(Role.HR)
    rows = csv_rows(browser.get("/laporan/ketuntasan.csv"))
    assert HEADER == ";".join(rows[0])
    assert ["Dinas Kesehatan", "4", "3", "0", "0", "1", "0", "3", "25,0%"] == rows[1]
    assert ["Jumlah", "5", "4", "0", "0", "1", "0", "3", "20,0%"] == rows[3]
    book = load_workbook(io.BytesIO(browser.get("/laporan/ketuntasan.xlsx").data))
    assert ("Dinas Kesehatan", 4, 3, 0, 0, 1, 0, 3, 0.25) == list(book["Data"].values)[1]
    assert "Per tanggal" in [row[0] for row in book["Keterangan"].values]
    pdf = browser.get("/laporan/ketuntasan.pdf")
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.data, capture_output=True, check=True)
    for words in ("Dinas Kesehatan", "Jumlah", "25 %", "Dibuat oleh", "PEMERINTAH KABUPATEN BUKIT SERAWAI"):
        assert words in text.stdout.decode()


@pytest.mark.parametrize(
    ("kind", "mimetype"),
    [
        ("csv", "text/csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("pdf", "application/pdf"),
    ],
)
def test_files_are_downloads_named_by_their_day(schools: Agency, sign_in: Any, kind: str, mimetype: str) -> None:
    """For the regency and for one OPD."""
    browser, today = sign_in(Role.HR), clock.today()
    for path, name in (("", f"ketuntasan-{today}"), ("/opd/dinkes", f"ketuntasan-dinkes-{today}")):
        answer = browser.get(f"/laporan/ketuntasan{path}.{kind}")
        assert (200, mimetype) == (answer.status_code, answer.mimetype)
        assert f"attachment; filename={name}.{kind}" == answer.headers["Content-Disposition"]


def test_the_page_of_an_opd_lists_its_people_the_late_first(health: Agency, sign_in: Any) -> None:
    """With links that keep the filters, and the stage in words."""
    page = sign_in(Role.HR).get("/laporan/ketuntasan/opd/dinkes").text
    assert page.index("Perawat Citra") < page.index("Siti Aminah, S.Kep.")
    assert "Menandatangani" in page
    assert "tahap=terlambat" in page


def test_an_opd_file_holds_everybody_with_the_nip_as_text(health: Agency, sign_in: Any) -> None:
    """18 digits in every kind of file."""
    browser = sign_in(Role.HR)
    rows = csv_rows(browser.get("/laporan/ketuntasan/opd/dinkes.csv"))
    assert 4 == len([row for row in rows[1:] if len(row) == len(rows[0])])
    assert all(row[1].strip().isdigit() and len(row[1].strip()) == 18 for row in rows[1:5])
    cells = load_workbook(io.BytesIO(browser.get("/laporan/ketuntasan/opd/dinkes.xlsx").data))["Data"]["B"]
    assert all(cell.data_type == "s" and len(cell.value) == 18 for cell in cells[1:5])


def test_lists_are_narrowed_by_stage_and_by_words(health: Agency, sign_in: Any) -> None:
    """On the page and in the files alike; the address keeps it all."""
    browser = sign_in(Role.HR)
    rows = csv_rows(browser.get("/laporan/ketuntasan/opd/dinkes.csv?tahap=menandatangani"))
    assert ["Siti Aminah, S.Kep."] == [row[0] for row in rows[1:2]]
    page = browser.get("/laporan/ketuntasan/opd/dinkes?tahap=terlambat&cari=perawat+budi").text
    assert "Perawat Budi" in page
    assert "Perawat Citra" not in page
    assert "dinkes.csv?tahap=terlambat&amp;cari=perawat+budi" in page
    assert "Tidak ada pegawai yang cocok" in browser.get("/laporan/ketuntasan/opd/dinkes?cari=zzz").text


def test_long_lists_are_paged_on_screen_only(app: Flask, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files stay whole; a page beyond the last is the last."""
    monkeypatch.setattr("elearn.reports.views.PEOPLE_PER_PAGE", 2)
    opd = an_opd("dinsos", "Dinas Sosial")
    for number in range(5):
        an_employee(opd, name=f"Pegawai {number}")
    an_issued_directive(opd)
    browser = sign_in(Role.HR)
    assert "Pegawai 2" not in browser.get("/laporan/ketuntasan/opd/dinsos").text
    assert "Pegawai 2" in browser.get("/laporan/ketuntasan/opd/dinsos?hal=2").text
    assert "Pegawai 4" in browser.get("/laporan/ketuntasan/opd/dinsos?hal=99").text
    assert "Pegawai 4" in browser.get("/laporan/ketuntasan/opd/dinsos.csv").data.decode()


def test_the_past_can_be_asked_for_and_the_future_cannot(schools: Agency, sign_in: Any) -> None:
    """A report of a day gone by has that day in it."""
    browser, today = sign_in(Role.HR), clock.today()
    rows = csv_rows(browser.get(f"/laporan/ketuntasan.csv?per={today - 5 * DAY}"))
    assert ["Dinas Kesehatan", "Jumlah"] == [row[0] for row in rows[1:3]]
    assert "tidak ada pegawai yang terikat" in browser.get(f"/laporan/ketuntasan?per={today - 50 * DAY}").text
    assert 422 == browser.get(f"/laporan/ketuntasan?per={today + DAY}").status_code
    assert 422 == browser.get("/laporan/ketuntasan?per=kemarin").status_code


def test_one_directive_can_be_looked_at_by_itself(schools: Agency, sign_in: Any) -> None:
    """An unknown one is not found."""
    browser = sign_in(Role.HR)
    page = browser.get("/laporan/ketuntasan").text
    assert "0 dari 1 selesai" not in page
    first = page.split('<option value="')[2].split('"')[0]
    assert 200 == browser.get(f"/laporan/ketuntasan?arahan={first}").status_code
    assert 404 == browser.get("/laporan/ketuntasan?arahan=bukan-id").status_code
    unknown = "0190a0de-0000-7000-8000-000000000000"
    assert 404 == browser.get(f"/laporan/ketuntasan.csv?arahan={unknown}").status_code


def test_an_officer_sees_his_own_opd_only(schools: Agency, health: Agency, sign_in: Any) -> None:
    """Another OPD's page and files do not exist for him; his total is his OPD's."""
    browser = sign_in(Role.OPD_OFFICER, agency_id=health.id)
    rows = csv_rows(browser.get("/laporan/ketuntasan.csv"))
    assert ["Dinas Kesehatan", "Jumlah"] == [row[0] for row in rows[1:3]]
    assert rows[1][1:] == rows[2][1:]
    assert "Dinas Pendidikan" not in browser.get("/laporan/ketuntasan").text
    assert 200 == browser.get("/laporan/ketuntasan/opd/dinkes").status_code
    for ending in ("", ".csv", ".xlsx", ".pdf"):
        assert 404 == browser.get(f"/laporan/ketuntasan/opd/disdikbud{ending}").status_code
    assert 404 == browser.get("/laporan/ketuntasan/opd/tidak-ada").status_code


@pytest.mark.parametrize("role", [Role.ASN, Role.AUTHOR, Role.ADMIN])
def test_reports_are_for_offices(app: Flask, sign_in: Any, role: Role) -> None:
    """Nobody else enters."""
    browser = sign_in(role)
    assert {403} == {browser.get(f"/laporan/ketuntasan{ending}").status_code for ending in ("", ".csv", "/opd/x")}


def test_a_name_like_a_formula_is_harmless_in_every_file(schools: Agency, sign_in: Any) -> None:
    """It stays text."""
    an_employee(schools, name='=HYPERLINK("http://x.test")')
    browser = sign_in(Role.HR)
    names = [row[0] for row in csv_rows(browser.get("/laporan/ketuntasan/opd/disdikbud.csv"))[1:] if row]
    assert '\'=HYPERLINK("http://x.test")' in names
    assert not any(name.startswith("=") for name in names)


def test_a_long_table_stands_on_several_pages(schools: Agency, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places of work, two to a page: none twice, none left out, the total on the last; a short one stays whole."""
    browser = sign_in(Role.HR)
    whole = rows_of(browser.get("/laporan/unit").text)
    monkeypatch.setattr(views, "LONG", 4)
    monkeypatch.setattr(views, "PEOPLE_PER_PAGE", 2)
    pages = [rows_of(browser.get(f"/laporan/unit?hal={number}").text) for number in (1, 2, 3)]
    assert [2, 2, 2] == [len(page) for page in pages]
    assert whole == [row for page in pages for row in page]
    assert whole[-1][0] == "Jumlah"


def test_reports_take_few_statements_however_many_people(schools: Agency, sign_in: Any) -> None:
    """The number does not grow with OPD or people."""
    browser = sign_in(Role.HR)
    before = [taken_by(browser, path) for path in ("/laporan/ketuntasan", "/laporan/ketuntasan/opd/disdikbud")]
    for _ in range(5):
        an_employee(a_unit(schools))
        an_employee()
    after = [taken_by(browser, path) for path in ("/laporan/ketuntasan", "/laporan/ketuntasan/opd/disdikbud")]
    assert before == after
    assert max(after) <= 13
    jobs.queue().flush()


def test_an_agency_is_told_by_its_units_after_a_merger(app: Flask, sign_in: Any) -> None:
    """A unit that took over from another is itself in the report, not the one that is gone."""
    opd = an_opd()
    former, heir = a_unit(opd), a_unit(opd)
    an_employee(former)
    an_employee(heir)
    an_issued_directive(opd)
    with transaction():
        reorganisation.merge(SYSTEM, [former], heir, on=clock.today())
    page = sign_in(Role.HR).get(f"/laporan/unit?opd={opd.code}").text
    assert (True, False) == (heir.name in page, f">{former.name}<" in page)


def test_an_english_visitor_reads_the_report_in_english(schools: Agency, sign_in: Any) -> None:
    """Title, headings, the chart's words and stages; names stay as they are."""
    browser = sign_in(Role.HR)
    browser.set_cookie("bahasa", "en")
    page = browser.get("/laporan/ketuntasan").text
    expected = (
        "1 of 5 done",
        "3 employees are late.",
        "25% · 3 late",
        'aria-label="Completion by agency"',
        'data-label="Not started"',
        "Dinas Kesehatan",
        "Every bound employee counts once",
    )
    assert [] == [words for words in expected if words not in page]
    people = browser.get("/laporan/ketuntasan/opd/dinkes").text
    assert [] == [words for words in ("Not started, late", "Signed", "As of") if words not in people]


def test_corrections_are_read_in_english_and_filed_in_indonesian(schools: Agency, sign_in: Any) -> None:
    """What was recorded before sentences kept their parts stays as it was written."""
    browser, yesterday = sign_in(Role.HR), clock.today() - DAY
    with transaction():
        tree_edits.open_below(SYSTEM, schools, NewAgency("SDN-9", "SDN 9"), on=yesterday)
        facts = {"effective_on": yesterday, "recorded_at": clock.now(), "recorded_by": None}
        db.session.add(Correction(**facts, sentence="Sebuah unit ditutup."))
    path = f"/laporan/ketuntasan?per={yesterday}"
    indonesian = f"SDN 9 dibentuk sejak {tanggal(yesterday)}."
    assert indonesian in browser.get(path).text
    browser.set_cookie("bahasa", "en")
    page = browser.get(path).text
    assert (True, False) == ("SDN 9 was established on" in page, "SDN 9 dibentuk" in page)
    assert "Sebuah unit ditutup." in page
    filed = browser.get(f"/laporan/ketuntasan.csv?per={yesterday}").text
    assert (True, False) == (indonesian in filed, "established" in filed)


@pytest.mark.parametrize("path", ["/laporan/ketuntasan", "/laporan/terlambat", "/laporan/peringkat"])
def test_the_files_of_an_english_visitor_are_the_indonesian_ones(schools: Agency, sign_in: Any, path: str) -> None:
    """Byte for byte where a file holds no moment of its making; in every cell of the workbook."""
    browser = sign_in(Role.HR)
    with time_machine.travel(clock.now(), tick=False):
        indonesian = {kind: browser.get(f"{path}.{kind}").data for kind in ("csv", "json", "xlsx")}
        browser.set_cookie("bahasa", "en")
        english = {kind: browser.get(f"{path}.{kind}").data for kind in ("csv", "json", "xlsx")}
    assert indonesian["csv"] == english["csv"]
    assert indonesian["json"] == english["json"]
    assert cells_of(indonesian["xlsx"]) == cells_of(english["xlsx"])
    assert "Terlambat" in str(cells_of(english["xlsx"])) or "Hari terlambat" in str(cells_of(english["xlsx"]))


def test_a_paper_of_an_english_visitor_is_indonesian(schools: Agency, sign_in: Any) -> None:
    """The printed report is a paper of the regency's offices."""
    browser = sign_in(Role.HR)
    browser.set_cookie("bahasa", "en")
    paper = browser.get("/laporan/ketuntasan.pdf").data
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True
    ).stdout.decode()
    assert "ketuntasan per perangkat daerah" in text.casefold()
    assert "Belum" in text
    assert "Completion" not in text


def cells_of(workbook: bytes) -> list[list[object]]:
    """Every cell of every sheet."""
    book = load_workbook(io.BytesIO(workbook))
    return [[cell.value for row in sheet.iter_rows() for cell in row] for sheet in book.worksheets]


def fold(page: str) -> Any:
    """The filters of a page, and what their summary says."""
    [details] = html.fromstring(page).xpath("//details[@class='fold']")
    return details, " ".join(details.xpath("string(summary)").split())


def test_filters_are_folded_behind_what_they_are_set_to(schools: Agency, sign_in: Any) -> None:
    """Whatever an address narrows the report by is told; the chart comes with no touch."""
    browser, yesterday = sign_in(Role.HR), clock.today() - DAY
    details, told = fold(browser.get("/laporan/jenis").text)
    assert (None, "Saringan per hari ini, tanpa saringan lain") == (details.get("open"), told)
    [directive, _] = queries.list_asking(clock.today())
    narrowed = f"per={yesterday}&arahan={directive.id}&opd=dinkes&jenis=pns&jabatan=fungsional&cari=ani"
    _, told = fold(browser.get(f"/laporan/terlambat?{narrowed}").text)
    for words in (tanggal(yesterday), directive.number, "Dinas Kesehatan", "PNS", "Fungsional", "“ani”"):
        assert words.casefold() in told.casefold()
    assert "tanpa saringan" not in told
    _, told = fold(browser.get(f"/laporan/perkembangan?sejak={yesterday}").text)
    assert f"Saringan sejak {tanggal(yesterday)} sampai hari ini, tanpa saringan lain" == told


def test_filters_that_leave_nobody_stand_open(health: Agency, sign_in: Any) -> None:
    """As they are what is to be changed."""
    browser = sign_in(Role.HR)
    for path in ("terlambat?cari=zzz", "ketuntasan?per=2020-01-01", "ketuntasan/opd/dinkes?cari=zzz"):
        details, _ = fold(browser.get(f"/laporan/{path}").text)
        assert details.get("open") is not None, path


@pytest.mark.parametrize(
    ("path", "field", "sentence"),
    [
        ("jenis?per=kemarin", "per", "tahun-bulan-hari"),
        ("ketuntasan?per=2999-01-01", "per", "tidak boleh sesudah hari ini"),
        ("ketuntasan/opd/dinkes?per=1999-12-31", "per", "tahun-bulan-hari"),
        ("perkembangan?sejak=kemarin", "sejak", "tahun-bulan-hari"),
        ("perkembangan?sejak=2020-01-01", "sejak", "paling lama dua tahun"),
    ],
)
def test_a_day_that_cannot_be_is_told_at_its_field(
    health: Agency, sign_in: Any, path: str, field: str, sentence: str
) -> None:
    """The filters are open, what else was chosen is still there, and the sentence leads to the field."""
    answer = sign_in(Role.HR).get(f"/laporan/{path}&jenis=pns")
    assert 422 == answer.status_code
    details, told = fold(answer.text)
    assert (True, True) == (details.get("open") is not None, "PNS" in told)
    [control] = details.xpath(f".//input[@id='{field}']")
    assert "true" == control.get("aria-invalid")
    [error] = details.xpath(f".//*[@id='{control.get('aria-describedby')}']")
    assert sentence in error.xpath("string()")
    assert f'href="#{field}"' in answer.text


def test_a_file_of_a_day_that_cannot_be_is_refused_in_a_sentence(health: Agency, sign_in: Any) -> None:
    """And who may not see an agency learns nothing of it by asking for a wrong day."""
    answer = sign_in(Role.HR).get("/laporan/jenis.csv?per=kemarin")
    assert (422, True) == (answer.status_code, "tahun-bulan-hari" in answer.text)
    officer = sign_in(Role.OPD_OFFICER, agency_id=health.id)
    an_opd("disdik", "Dinas Pendidikan")
    assert 404 == officer.get("/laporan/ketuntasan/opd/disdik?per=kemarin").status_code


def test_a_directive_is_shown_with_its_subject(schools: Agency, sign_in: Any) -> None:
    """Beside its bar, which leads to its people, and in the table."""
    page = html.fromstring(sign_in(Role.HR).get("/laporan/edaran").text)
    first, *_ = queries.list_asking(clock.today())
    [bar, _] = page.xpath("//div[@class='chart']//tbody/tr/th")
    assert [first.number, first.subject] == ["".join(each.itertext()) for each in bar.xpath("a|span")]
    assert f"arahan={first.id}" in bar.xpath("a/@href")[0]
    assert f"{first.number}, {first.subject}" == page.xpath("string(//table[@data-filter]/tbody/tr[1]/th)")
