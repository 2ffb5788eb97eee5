"""Documents: rendered, sealed and kept under the hash of their bytes."""

import re
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from elearn.core.errors import NotFound
from elearn.core.transaction import transaction
from elearn.documents import actions, keys, queries

PAGE = '<!doctype html><html lang="id"><head><title>Uji</title></head><body><p>Isi.</p></body></html>'

pytestmark = pytest.mark.usefixtures("app")


def test_an_issued_document_is_found_by_its_hash() -> None:
    """What is given out is what is kept, sealed by the installation's own key."""
    with transaction():
        document = actions.store("letter", actions.make_pdf(PAGE, reason="Uji"))
    content = queries.get_bytes(document.id)
    found = queries.find_by_sha256(sha256(content).hexdigest())
    assert found is not None
    assert (document.id, len(content), "application/pdf") == (found.id, found.size, found.media_type)
    seal = queries.find_seal()
    assert seal is not None
    assert seal.serial == queries.get_document(document.id).signed_by


def test_the_same_bytes_are_kept_once() -> None:
    """The hash is unique."""
    pdf = actions.make_pdf(PAGE, reason="Uji")
    with transaction():
        actions.store("letter", pdf)
    with pytest.raises(IntegrityError), transaction():
        actions.store("letter", pdf)


def test_an_unknown_document_is_not_found() -> None:
    """By id a refusal, by hash nothing."""
    with pytest.raises(NotFound):
        queries.get_bytes(uuid4())
    with pytest.raises(NotFound):
        queries.get_document(uuid4())
    assert queries.find_by_sha256("0" * 64) is None


def test_the_seal_is_kept_in_the_process(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first call no file is read."""
    seal = actions.seal()
    monkeypatch.setattr(keys, "ensure", lambda *_, **__: pytest.fail("the seal was read again"))
    assert seal is actions.seal()


def test_the_commands_prepare_and_show_the_seal(app: Flask) -> None:
    """`prepare-key` says what the seal is, `show-key` prints its public half and never the private one."""
    run = app.test_cli_runner().invoke
    said, shown = run(args=["documents", "prepare-key"]).output, run(args=["documents", "show-key"]).output
    assert actions.seal().pair.fingerprint in said
    assert "tidak tersertifikasi" in said
    assert shown.startswith("-----BEGIN CERTIFICATE-----")
    assert "PRIVATE" not in shown


def printed(app: Flask, template: str, tmp_path: Path, **facts: Any) -> tuple[str, str]:
    """What Poppler says of a template on paper, and its text."""
    from elearn.core.pdf import render_pdf

    file = tmp_path / "paper.pdf"
    file.write_bytes(render_pdf(app.jinja_env.from_string(template).render(facts)))
    tools = (["pdfinfo", str(file)], ["pdftotext", str(file), "-"])
    said, text = (subprocess.run(tool, capture_output=True, text=True, check=True).stdout for tool in tools)
    return said, " ".join(text.split())


HEAD = {
    "government": "Pemerintah Kabupaten Bukit Serawai",
    "unit": "Sekretariat Daerah",
    "address": "Jalan Merdeka 1",
    "contact": "",
    "is_demo": True,
}
LETTER = """{% extends "_print/letter.html" %}{% block title %}Surat uji{% endblock %}
{% block size %}SIZE{% endblock %}{% block dated %}Serawai, 22 November 2026{% endblock %}
{% block number %}800/12/2026{% endblock %}{% block subject %}Uji{% endblock %}
{% block addressee %}Yth. Semua{% endblock %}{% block body %}<p>Isi surat.</p>{% endblock %}
{% block signatory_title %}Sekretaris Daerah{% endblock %}{% block signatory_name %}Nama Uji{% endblock %}
{% block copies %}<ol><li>Bupati</li></ol>{% endblock %}"""


@pytest.mark.parametrize(("size", "points"), [("", r"595\S* x 841"), ("f4", r"609\S* x 935")])
def test_a_letter_has_its_head_and_its_parts(app: Flask, tmp_path: Path, size: str, points: str) -> None:
    """Kop surat, references, body, signature and copies, on A4 or F4, tagged."""
    said, text = printed(app, LETTER.replace("SIZE", size), tmp_path, letterhead=HEAD)
    assert re.search(rf"^Page size:\s+{points}", said, re.M)
    assert re.search(r"^Tagged:\s+yes$", said, re.M)
    for part in (
        "PEMERINTAH KABUPATEN BUKIT SERAWAI",
        "SEKRETARIAT DAERAH",
        "800/12/2026",
        "Serawai, 22 November 2026",
        "Isi surat.",
        "Sekretaris Daerah,",
        "Tembusan:",
        "rekaan",
    ):
        assert part in text


def test_a_letter_without_copies_does_not_mention_any(app: Flask, tmp_path: Path) -> None:
    """An empty block leaves no heading behind."""
    letter = LETTER.partition("{% block copies %}")[0].replace("SIZE", "")
    assert "Tembusan" not in printed(app, letter, tmp_path, letterhead=HEAD)[1]


def test_a_report_repeats_its_heads_on_every_page(app: Flask, tmp_path: Path) -> None:
    """A4 landscape, numbers in their Indonesian form, totals, notes, page numbers."""
    from elearn.core.tables import Column, Table

    columns = (
        Column("opd", "Perangkat daerah"),
        Column("bound", "Terikat", "count"),
        Column("share", "Persen", "percent"),
    )
    rows = [{"opd": f"Dinas {i}", "bound": 1234, "share": 0.5} for i in range(80)]
    total = {"opd": "Jumlah", "bound": 98720, "share": 0.5}
    table = Table("Ketuntasan", columns, rows, [("Per tanggal", "22 November 2026")], total)
    said, text = printed(app, '{% extends "_print/report.html" %}', tmp_path, letterhead=HEAD, table=table)
    pages = int(re.search(r"^Pages:\s+(\d+)$", said, re.M)[1])  # type: ignore[index]
    assert re.search(r"^Page size:\s+841\S* x 595", said, re.M)
    assert pages > 1
    assert pages == text.count("Perangkat daerah")
    for part in ("1.234", "98.720", "50 %", "Per tanggal", f"Halaman {pages} dari {pages}"):
        assert part in text
