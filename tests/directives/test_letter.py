"""What a directive says on paper and by e-mail, word for word."""

import re
import subprocess
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from elearn.core.db import db
from elearn.core.pdf import render_pdf
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.directives import actions, letter
from elearn.directives.duties import Target, Terms
from elearn.directives.models import Directive
from elearn.directives.wording import Layout, Paper
from elearn.notices.models import Notice
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import a_draft, a_wording, an_issued_directive

MAIL = """Yth. Siti Aminah, S.Kep.,

Sekretaris Daerah menerbitkan Surat Edaran Nomor 800/7/SETDA/2026 tanggal 22 November 2026 tentang Netralitas ASN.

Edaran ini meminta Anda menyelesaikan modul "Netralitas ASN" (sekitar 5 menit, dapat dicicil) dan menandatangani \
pakta integritas paling lambat Jumat, 27 November 2026.

Mulai di: http://127.0.0.1:8000/
Isi edaran: http://127.0.0.1:8000/edaran/{id}

Masuk dengan NIP dan kata sandi Anda. Bila belum pernah masuk, mintalah kode aktivasi kepada pengelola kepegawaian \
perangkat daerah Anda.

Pesan ini dikirim otomatis dan tidak perlu dibalas.
"""


def printed(directive: Directive) -> str:
    """The words of the letter as paper has them."""
    pdf = render_pdf(letter.html(directive))
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(text.stdout.decode().split())


@time_machine.travel("2026-11-22T03:00:00Z")
def test_the_mail_says_what_is_asked_until_when_and_where(app: Flask) -> None:
    """Plain words, no attachment, no threat."""
    an_employee(name="Siti Aminah", title_after="S.Kep.", email="siti@serawai.test")
    directive = an_issued_directive(
        number="800/7/SETDA/2026", subject="Netralitas ASN", deadline_on=date(2026, 11, 27)
    )
    notice = db.session.scalars(select(Notice)).one()
    assert "Edaran 800/7/SETDA/2026: modul Netralitas ASN, tenggat 27 November 2026" == notice.subject
    assert MAIL.format(id=directive.id) == notice.body


@time_machine.travel("2026-11-22T03:00:00Z")
def test_the_letter_has_the_shape_of_a_letter(app: Flask) -> None:
    """Letterhead, number, addressee, legal basis, body, deadline, signatory."""
    an_employee()
    words = printed(an_issued_directive(number="800/7/SETDA/2026", deadline_on=date(2026, 11, 27)))
    for expected in (
        "PEMERINTAH KABUPATEN BUKIT SERAWAI SEKRETARIAT DAERAH",
        "Serawai, 22 November 2026",
        "Nomor : 800/7/SETDA/2026",
        "Yth. Seluruh pegawai ASN (PNS, CPNS, PPPK, dan PPPK Paruh Waktu)",
        "1. Pasal 24 Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara.",
        "paling lambat Jumat, 27 November 2026",
        "Demikian untuk dilaksanakan dengan penuh tanggung jawab. Sekretaris Daerah, Disegel secara elektronik oleh",
        "Drs. H. Rusdi Hamzah, M.Si. Pembina Utama Madya NIP 19680312 199003 1 004",
        "Periksa keaslian surat ini di http://127.0.0.1:8000/verifikasi/surat/",
    ):
        assert expected in words


def test_a_draft_cannot_be_taken_for_a_letter(app: Flask) -> None:
    """It says that it is one, where the seal will be, and names its targets."""
    words = printed(a_draft(an_opd(name="Dinas Kesehatan"), kinds=frozenset({"PPPK"})))
    assert "DRAF: belum terbit dan belum mengikat" in words
    assert "(tanggal terbit)" in words
    assert "Yth. Pegawai ASN (PPPK) pada: 1. Dinas Kesehatan" in words


def test_a_unit_is_named_with_its_opd(app: Flask) -> None:
    """Many offices have a unit of that name."""
    unit = a_unit(an_opd(name="Dinas Kesehatan"), "Sekretariat")
    words = printed(a_draft(unit, an_opd(name="Dinas Sosial")))
    assert "pada: 1. Dinas Sosial 2. Sekretariat (Dinas Kesehatan)" in words


def size(directive: Directive) -> list[int]:
    """Width and height of the paper in millimetres."""
    info = subprocess.run(
        ["pdfinfo", "-"], input=render_pdf(letter.html(directive)), capture_output=True, check=True
    ).stdout.decode()
    width, height = re.search(r"Page size: +([\d.]+) x ([\d.]+)", info).groups()
    return [round(float(points) / 72 * 25.4) for points in (width, height)]


def test_a_letter_is_printed_on_the_paper_chosen(app: Flask) -> None:
    """A4, or the folio of Indonesian offices."""
    assert [210, 297] == size(a_draft())
    assert [215, 330] == size(a_draft(layout=Layout(paper=Paper.F4)))


@time_machine.travel("2026-11-22T03:00:00Z")
def test_the_letter_says_all_that_was_decided(app: Flask) -> None:
    """Nature, annex, addressees, terms, what it revokes, copies."""
    an_employee()
    former = an_issued_directive(number="800/6/SETDA/2026", subject="Netralitas lama")
    directive = a_draft(
        deadline_on=date(2026, 11, 27),
        deadlines={"PPPK": date(2026, 12, 4)},
        joiner_days=10,
        terms=Terms(12, None, credits_earlier=False),
        layout=Layout("Segera", "2 (dua) lembar", ("Para Camat", "Para Lurah"), ("Bupati", "Inspektur")),
        revokes_id=former.id,
    )
    words = printed(directive)
    for expected in (
        "Segera",
        "2 (dua) lembar",
        "Yth. 1. Para Camat 2. Para Lurah di Tempat",
        "khusus PPPK paling lambat Jumat, 4 Desember 2026",
        "paling lambat 10 hari sejak penempatannya",
        "Hasil berlaku 12 bulan",
        "Hasil dari masa sebelum edaran ini terbit tidak diperhitungkan.",
        "Surat Edaran Nomor 800/6/SETDA/2026 tanggal 22 November 2026 tentang Netralitas lama dicabut",
        "Tembusan: 1. Bupati; 2. Inspektur.",
    ):
        assert expected in words
    assert "Periksa keaslian" not in words


def test_named_people_stand_in_an_annex_without_their_numbers(app: Flask) -> None:
    """Everybody bound reads the letter, so it tells no NIP."""
    employee = an_employee(name="Siti Aminah")
    draft = a_draft()
    wording = replace(
        a_wording(number=draft.number),
        target=Target(frozenset(), frozenset(), people=frozenset({employee.id})),
    )
    with transaction():
        actions.revise(SYSTEM, directive_id=draft.id, wording=wording)
    words = printed(draft)
    assert "Yth. Pegawai ASN sebagaimana tercantum dalam lampiran" in words
    assert "1 (satu) berkas" in words
    assert "Pegawai yang dituju" in words
    assert "Siti Aminah" in words
    assert employee.nip not in words.replace(" ", "")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**tebal** dan *miring*", "<p><strong>tebal</strong> dan <em>miring</em></p>\n"),
        ("1. satu\n2. dua", "<ol>\n<li>satu</li>\n<li>dua</li>\n</ol>\n"),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n"),
        ("[teks](https://x.test)", "<p>teks</p>\n"),
        ("# Judul", "Judul\n"),
    ],
)
def test_a_body_is_made_of_few_things(markdown: str, expected: str) -> None:
    """Paragraphs, lists, bold and italic; everything else becomes plain text."""
    assert expected == str(letter.body_html(markdown))
