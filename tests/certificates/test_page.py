"""The page: one sheet for any name, honest about its seal, the same for the same facts."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from elearn.certificates import page
from elearn.core import pdf
from tests.certificates.test_rules import facts

NAMES = (
    "Sukarno",
    "Prof. Dr. Ir. H. Raden Mas Aryo Kusumo Wicaksono Hadiningrat Notonegoro, S.T., S.Sos., M.Si., M.M.",
    "W" * 60,
    "Ni Luh Putu Ayu Sri Wahyuningsih Kusumadewi Pradnyaparamita, A.Md.Keb., S.Tr.Keb., M.Kes. " * 2,
    "I",
    "Şükrü d'Étoile Ğ & <Sons>",
)
POST = "Pengelola Keuangan dan Barang Milik Daerah pada Seksi Pemberdayaan Masyarakat dan Pembinaan Wilayah " * 2
AGENCY = "Unit Pelaksana Teknis Daerah Pusat Kesehatan Masyarakat Rawat Inap Tanjung Serawai Hulu, Dinas Kesehatan"


def printed(tmp_path: Path, **changes: Any) -> tuple[str, str]:
    """What Poppler says of a certificate, and its text."""
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(pdf.render_pdf(page.html({**facts(), **changes})))
    tools = (["pdfinfo", str(file)], ["pdftotext", str(file), "-"])
    said, text = (subprocess.run(tool, capture_output=True, text=True, check=True).stdout for tool in tools)
    return said, text


@pytest.mark.parametrize("name", NAMES)
def test_any_name_stays_on_one_page(app: Flask, tmp_path: Path, name: str) -> None:
    """Long names, one-word names and names without a space: one A4 landscape sheet."""
    said, text = printed(tmp_path, name=name, post=POST, agency=AGENCY)
    assert re.search(r"^Pages:\s+1$", said, re.M)
    assert re.search(r"^Page size:\s+841.89 x 595.276 pts \(A4\)$", said, re.M)
    assert "Kode sertifikat" in text
    assert "Periksa keasliannya" in text


def test_the_page_says_all_its_facts(app: Flask, tmp_path: Path) -> None:
    """Everything a reader needs is in print, not only in the QR code."""
    _, text = printed(tmp_path)
    flat = " ".join(text.split())
    for fact in (
        "Siti Aminah, S.Pd.",
        "19900101 201504 2 001",
        "SMP Negeri 3",
        "Netralitas ASN",
        "17 dari 20",
        "22 November 2026",
        "7K3M-9QXD-2F5T-H",
        "contoh.go.id/verifikasi/",
        "0001/NASN/BUKIT-SERAWAI/2026",
        "PEMERINTAH KABUPATEN BUKIT SERAWAI",
    ):
        assert fact in flat


def test_the_page_claims_no_more_than_it_is(app: Flask, tmp_path: Path) -> None:
    """The seal is the installation's own and says so; a demo says that it is one."""
    _, text = printed(tmp_path)
    flat = " ".join(text.split())
    assert "segel elektronik instalasi, tidak tersertifikasi" in flat
    assert "UJI COBA" in flat
    assert "BSrE" not in flat
    assert "UJI COBA" not in printed(tmp_path, is_demo=False)[1]


def test_the_same_facts_give_the_same_bytes(app: Flask) -> None:
    """Nothing but the facts goes into the page."""
    assert pdf.render_pdf(page.html(facts())) == pdf.render_pdf(page.html(facts()))


def test_the_page_is_light(app: Flask) -> None:
    """With border, fonts and QR code at most 50 kB before the seal."""
    assert 50_000 > len(pdf.render_pdf(page.html({**facts(), "name": NAMES[1]})))
