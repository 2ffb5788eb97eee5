"""Papers, files, calendars and mail are Indonesian throughout, also those that an English visitor makes."""

import base64
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from openpyxl import load_workbook

from elearn.certificates import actions as certificates
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.directives import letter
from elearn.notices.models import Notice
from tests.factories.agencies import an_employee, an_opd
from tests.factories.certificates import a_certificate
from tests.factories.directives import a_draft, an_issued_directive
from tests.factories.pact import a_pact

ENGLISH = re.compile(r"\b(and|been|from|has|of|the|was|with|your)\b", re.IGNORECASE)
INDONESIAN = re.compile(r"\b(dan|dari|dengan|pada|untuk|yang)\b")


@pytest.fixture(autouse=True)
def papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed comes as its text, before it is typeset and sealed."""
    monkeypatch.setattr("elearn.core.press.render_pdf", lambda page, **_how: page.encode())
    monkeypatch.setattr("elearn.documents.pades.sign", lambda paper, _seal, **_how: paper)


def is_indonesian(page: bytes | str) -> bool:
    """Whether a text is Indonesian throughout."""
    text = html.fromstring(page).text_content()
    return bool(INDONESIAN.search(text)) and not ENGLISH.search(text)


def for_both(app: Flask, made: Callable[[], bytes | str]) -> tuple[Any, Any]:
    """What is made while an Indonesian visitor is served, and an English one."""
    with time_machine.travel(clock.now(), tick=False):
        found = []
        for code in ("id", "en"):
            with app.test_request_context("/", headers={"Cookie": f"bahasa={code}"}):
                found.append(made())
    return found[0], found[1]


def got_by_both(browser: FlaskClient, path: str) -> tuple[bytes, bytes]:
    """What an address gives somebody before and after she has chosen English."""
    with time_machine.travel(clock.now(), tick=False):
        before = browser.get(path).data
        browser.set_cookie("bahasa", "en")
        return before, browser.get(path).data


def test_a_certificate_is_indonesian(app: Flask) -> None:
    """Made by the worker; here as if within the request of whoever signed."""
    certificate = a_certificate()
    indonesian, english = for_both(app, lambda: certificates.draw(certificate))
    assert indonesian == english
    assert is_indonesian(english)


def test_a_directive_and_its_draft_are_indonesian(app: Flask, sign_in: Any) -> None:
    """Also when the Sekda previews it on an English page."""
    an_employee()
    issued, draft = an_issued_directive(), a_draft(deadline_on=clock.today() + timedelta(days=20))
    indonesian, english = for_both(app, lambda: letter.html(issued))
    assert indonesian == english
    before, after = got_by_both(sign_in(Role.SEKDA), f"/edaran/{draft.id}/pratinjau.pdf")
    assert before == after
    assert (True, True) == (is_indonesian(english), is_indonesian(after))


def test_activation_slips_are_indonesian(app: Flask, sign_in: Any) -> None:
    """The paper to cut up, and each slip as the English page shows it."""
    opd = an_opd()
    an_employee(opd)
    officer = sign_in(Role.OPD_OFFICER, agency_id=opd.id)
    officer.set_cookie("bahasa", "en")
    page = officer.post(f"/opd/{opd.code}/kode-aktivasi", data={"whom": "semua"}).text
    paper = base64.b64decode(re.search(r"data:application/pdf;base64,([\w+/=]+)", page)[1])  # type: ignore[index]
    assert is_indonesian(paper)
    (shown,) = html.fromstring(page).xpath("//*[@class='slip']//*[contains(., 'Buka ')]")
    assert ("id", True) == (shown.get("lang"), is_indonesian(html.tostring(shown)))


@pytest.mark.parametrize("path", ["/laporan/ketuntasan", "/laporan/terlambat", "/laporan/perkembangan"])
def test_a_printed_report_is_indonesian(app: Flask, sign_in: Any, path: str) -> None:
    """Title, notes and columns."""
    opd = an_opd()
    an_employee(opd)
    a_pact(agency=opd)
    an_issued_directive()
    before, after = got_by_both(sign_in(Role.HR), f"{path}.pdf")
    assert before == after
    assert is_indonesian(after)


def test_a_list_of_employees_is_indonesian(app: Flask, sign_in: Any) -> None:
    """As CSV and as a workbook."""
    an_employee()
    browser = sign_in(Role.HR)
    before, after = got_by_both(browser, "/pegawai.csv")
    assert before == after
    assert "Jenis pegawai" in after.decode("utf-8-sig")
    sheets = load_workbook(io.BytesIO(browser.get("/pegawai.xlsx").data)).worksheets
    assert "Jenis pegawai" in {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row}


def test_a_calendar_is_indonesian(app: Flask, sign_in: Any) -> None:
    """Whatever language the program that fetches it may send along."""
    employee = an_employee()
    an_issued_directive()
    browser = sign_in(employee)
    browser.set_cookie("bahasa", "en")
    page = browser.post("/kalender/langganan").text
    address = re.search(r"/kalender/[\w-]+\.ics", page)[0]  # type: ignore[index]
    before, after = got_by_both(app.test_client(), address)
    assert before == after
    assert b"SUMMARY:Tenggat: " in after


def test_mail_that_an_english_sekda_causes_is_indonesian(app: Flask, sign_in: Any) -> None:
    """To everybody bound: that a directive is in force, and that it is closed."""
    an_employee(email="ani@serawai.test")
    directive = an_issued_directive()
    sekda = sign_in(Role.SEKDA)
    sekda.set_cookie("bahasa", "en")
    sekda.post(f"/edaran/{directive.id}/tutup", data={"note": "Seluruh pegawai telah menyelesaikannya."})
    sent = db.session.scalars(db.select(Notice)).all()
    assert 2 == len(sent)
    assert [] == [each.body for each in sent if not is_indonesian(f"<p>{each.subject} {each.body}</p>")]
