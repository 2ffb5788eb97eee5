"""The Sekda's journey: a directive from the first word to the civil servant who finds it due."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from elearn.core import clock
from elearn.core.bahasa import tanggal
from elearn.core.permissions import Role
from tests.journeys.conftest import Visit
from tests.journeys.files import pdf_text, signatures
from tests.journeys.pages import NARROW, Demo, Visitor, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

NUMBER = "800/915/SETDA"
UNIT_NUMBER = "800/916/SETDA"
TARGET = "Dinas Kesehatan"
BODY = "Setiap pegawai menyelesaikan modul netralitas.\n\n1. Pelajari modulnya.\n2. Tandatangani pakta integritas."
COMING = 60_000


def write(desk: Visitor, deadline: str) -> None:
    """Fill in the form of a directive to one OPD and save the draft."""
    desk.follow("Terbitkan edaran")
    desk.fill("Nomor", NUMBER)
    desk.fill("Hal", "Netralitas ASN di lingkungan kesehatan")
    desk.fill("Isi edaran", BODY)
    assert desk.page.locator("#cites input:checked").count(), "the legal basis of the last directive is offered"
    desk.fill("Tenggat", deadline)
    desk.page.get_by_label("Perangkat daerah pilihan").check()
    desk.page.locator("#agencies").get_by_label(TARGET, exact=True).check()
    expect(desk.page.locator("output")).to_contain_text("Mengikat")
    desk.press("Simpan draf")


def test_a_directive_is_written_previewed_issued_and_found(
    visit: Visit, people: dict[Role, Demo], inside: Flask
) -> None:
    """The draft says whom it will bind, its preview is a letter; once issued it is signed, and due for an ASN."""
    desk = visit()
    with inside.app_context():
        deadline = clock.today() + timedelta(days=20)
    sign_in(desk, people[Role.SEKDA])
    desk.sees("Edaran yang berlaku")
    write(desk, deadline.isoformat())
    desk.sees("Draf", "Edaran ini akan mengikat", TARGET)
    preview = pdf_text(desk.read(desk.page.get_by_role("link", name="Pratinjau surat (PDF)")))
    assert all(word in preview for word in (NUMBER, TARGET, "Tandatangani pakta integritas."))
    desk.press("Terbitkan edaran")
    desk.sees("Edaran terbit.")
    letter = desk.page.get_by_role("link", name="Unduh surat (PDF)")
    letter.wait_for(timeout=COMING)
    assert "Signature is Valid" in signatures(desk.download(letter))
    desk.follow("Lihat ketuntasan")
    desk.sees("Laporan ketuntasan", f"edaran {NUMBER}")

    phone = visit(NARROW)
    sign_in(phone, people[Role.ASN])
    phone.sees(f"Edaran {NUMBER}")
    phone.follow(f"Edaran {NUMBER}")
    phone.sees(tanggal(deadline), "Pelajari modulnya.")


def test_a_directive_to_one_unit_is_written_on_a_phone_without_scripts(
    visit: Visit, people: dict[Role, Demo]
) -> None:
    """OPD by OPD to the one puskesmas; the count and the draft are of that unit alone."""
    phone = visit(NARROW, javascript=False)
    sign_in(phone, people[Role.SEKDA])
    phone.open("/edaran/baru")
    phone.fill("Nomor", UNIT_NUMBER)
    phone.page.get_by_label("Perangkat daerah pilihan").check()
    for part in ("Pilih perangkat daerah atau unit", "Hanya unit tertentu"):
        phone.page.get_by_text(part, exact=True).click()
    office = phone.page.locator("#units > details").filter(has_text=TARGET)
    office.locator("summary").click()
    phone.click(office.get_by_role("button"))
    unit = office.get_by_role("checkbox").first
    name = office.locator("label").first.inner_text().rpartition("–")[2].strip()
    unit.check()
    phone.press("Hitung sasaran")
    expect(phone.page.locator("output")).to_contain_text("Mengikat")
    expect(phone.page.locator("#units").get_by_text("(1 dipilih)")).to_be_visible()
    phone.fill("Hal", "Netralitas di satu unit")
    phone.fill("Isi edaran", BODY)
    phone.fill("Tenggat", (clock.today() + timedelta(days=20)).isoformat())
    phone.press("Simpan draf")
    phone.sees("Edaran ini akan mengikat", f"{name} ({TARGET})")
    phone.press("Hapus draf")
    phone.sees("Draf dihapus.")
