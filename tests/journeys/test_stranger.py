"""A stranger's journey: is this certificate genuine, asked by its code, its file, and a changed file."""

import re
from typing import Any

import pytest
from flask import Flask

from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.files import pdf_text
from tests.journeys.pages import NARROW, Visitor, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

COMING = 60_000
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-Z*~$=]\b")


@pytest.fixture
def certificate(visit: Visit, inside: Flask) -> tuple[str, bytes]:
    """The holder's name and the file she downloaded."""
    holder, who = visit(NARROW), cast.certified(inside)
    sign_in(holder, who)
    holder.page.goto(f"{holder.home}/sertifikat")
    link = holder.page.get_by_role("link", name="Unduh PDF").first
    link.wait_for(timeout=COMING)
    return who.name, holder.download(link)


def send(stranger: Visitor, pdf: bytes) -> None:
    """Drop a file and ask."""
    stranger.open("/verifikasi")
    upload: Any = {"name": "sertifikat.pdf", "mimeType": "application/pdf", "buffer": pdf}
    stranger.page.get_by_label("Berkas PDF").set_input_files(upload)
    stranger.press("Periksa")


def test_a_genuine_certificate(visit: Visit, certificate: tuple[str, bytes]) -> None:
    """The code in print and the file itself both say whose it is, with the NIP only in part."""
    (name, pdf), stranger = certificate, visit(NARROW)
    code = CODE.search(pdf_text(pdf))
    assert code
    stranger.open("/")
    stranger.follow("Periksa keaslian dokumen")
    stranger.page.get_by_label("Kode").fill(code.group().lower().replace("-", " "))
    stranger.press("Periksa")
    stranger.sees("Sah", name, "••••")
    send(stranger, pdf)
    stranger.sees("Sah", "Berkas ini sama persis", name)


def test_a_changed_and_a_foreign_file(visit: Visit, certificate: tuple[str, bytes]) -> None:
    """One changed byte is refused by name; a file and a code of nowhere are not known."""
    (name, pdf), stranger = certificate, visit()
    middle = len(pdf) // 2
    send(stranger, pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :])
    stranger.sees("Isi berkas berbeda", name)
    send(stranger, b"%PDF-1.7\n%%EOF\n")
    stranger.sees("Tidak dikenal")
    stranger.open("/verifikasi/7K3M-9QXD-2F5T-H")
    stranger.sees("Tidak dikenal", "Yang dapat Anda lakukan")
