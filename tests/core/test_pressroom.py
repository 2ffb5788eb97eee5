"""A long paper printed in parts by processes of their own, and bound into one."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from elearn.core import pressroom
from elearn.core.pressroom import NotPrinted, print_parts

PAGE = '<!doctype html><html lang="id"><head><title>Bagian {0}</title></head><body><p>Halaman {0}</p></body></html>'


def test_parts_are_bound_in_their_order(tmp_path: Path) -> None:
    """One paper with the title and the language of the whole; nothing is left in the folder."""
    heard: list[int] = []
    parts = [PAGE.format(number) for number in range(5)]
    book = PdfReader(io.BytesIO(print_parts(parts, title="Laporan panjang", tell=heard.append, folder=tmp_path)))
    assert [f"Halaman {number}" for number in range(5)] == [
        page.extract_text().splitlines()[0] for page in book.pages
    ]
    assert ("Laporan panjang", "id") == (book.metadata.title, book.trailer["/Root"]["/Lang"])
    assert [(f"Bagian {number}", number) for number in range(5)] == [
        (mark.title, book.get_destination_page_number(mark)) for mark in book.outline
    ]
    assert (5, sorted(heard)) == (heard[-1], heard)
    assert [] == list(tmp_path.iterdir())


def test_a_paper_that_cannot_be_printed_is_no_paper(tmp_path: Path) -> None:
    """A part with a foreign address fails the whole; nothing is left behind."""
    foreign = PAGE.format('<img src="https://contoh.id/a.png" alt="">')
    with pytest.raises(NotPrinted):
        print_parts([PAGE.format(1), foreign], title="Laporan", tell=lambda _done: None, folder=tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_printer_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order fails rather than waits for ever."""
    monkeypatch.setattr(pressroom, "LONGEST", 0.0)
    with pytest.raises(NotPrinted):
        print_parts([PAGE.format(1)], title="Laporan", tell=lambda _done: None, folder=tmp_path)
