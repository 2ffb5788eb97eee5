"""Paper: our own files only, our own fonts, tagged, and the same bytes for the same page."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from weasyprint.urls import FatalURLFetchingError

from elearn.core import pdf, press

PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Uji</title></head>
<body>{}</body></html>"""


def tool(name: str, content: bytes, tmp_path: Path) -> str:
    """What a Poppler tool says about a PDF."""
    file = tmp_path / "page.pdf"
    file.write_bytes(content)
    return subprocess.run([name, str(file)], capture_output=True, text=True, check=False).stdout


def test_a_page_is_tagged_indonesian_and_titled(tmp_path: Path) -> None:
    """A screen reader finds structure, language and title."""
    content = pdf.render_pdf(PAGE.format("<h1>Judul</h1><p>Isi.</p>"))
    said = tool("pdfinfo", content, tmp_path)
    assert re.search(r"^Title:\s+Uji$", said, re.M)
    assert re.search(r"^Tagged:\s+yes$", said, re.M)
    assert "id" == PdfFileReader(BytesIO(content)).root["/Lang"]


def test_fonts_are_ours_and_embedded(tmp_path: Path) -> None:
    """The reader needs no font of his own."""
    content = pdf.render_pdf(PAGE.format("<p>Serawai <b>tebal</b> <i>miring</i></p>"))
    fonts = [line.split() for line in tool("pdffonts", content, tmp_path).splitlines()[2:]]
    assert {"Literata", "Literata-Bold", "Literata-Italic"} <= {font[0].split("+")[1] for font in fonts}
    assert all(font[-5:-2] == ["yes", "yes", "yes"] for font in fonts)


def test_the_same_page_gives_the_same_bytes() -> None:
    """Nothing random and no clock goes into a page."""
    page = PAGE.format('<p>Sama</p><img src="app-static:img/regency.svg" alt="Lambang">')
    assert pdf.render_pdf(page) == pdf.render_pdf(page)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "app-static:../../config.py",
        "app-static:/etc/passwd",
        "app-static:img",
        "app-static:img/none.svg",
    ],
)
def test_no_other_file_is_ever_read(address: str) -> None:
    """The network, other folders and missing files are bugs, not gaps in the page."""
    with pytest.raises((press.ForeignFileError, FatalURLFetchingError)):
        press.own_file(address)
    with pytest.raises((press.ForeignFileError, FatalURLFetchingError)):
        pdf.render_pdf(PAGE.format(f'<img src="{address}" alt="x">'))


def test_every_font_has_its_licence() -> None:
    """Each family stands beside the Open Font License it is given under."""
    folder = press.STATIC / "fonts"
    families = {font.stem.split("-")[0] for font in folder.glob("*.ttf")}
    licences = {file.stem.removeprefix("OFL-") for file in folder.glob("OFL-*.txt")}
    assert families == licences
