"""HTML to PDF by WeasyPrint: tagged, in our own fonts, from our own files only, the same bytes for the same HTML.

Fonts, style sheets and pictures are read once and kept, which halves the cost of a page. A template names
a file of `static/` as `app-static:img/regency.svg`; any other address is refused as a bug.
"""

from functools import cache
from mimetypes import guess_type
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = Path(__file__).resolve().parent.parent / "static"
SCHEME = "app-static:"
VARIANT = "pdf/ua-1"

_one_at_a_time = Lock()  # Pango's font map, the parsed sheets and the pictures are shared


class ForeignFileError(Exception):
    """A template of ours asked for something that is not a file of ours."""


class OwnFiles(URLFetcher):
    """A fetcher that reads files below `static/` and nothing else: no network, no other path."""

    def __init__(self) -> None:
        super().__init__(fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """One file of ours; raises ForeignFileError for any other address."""
        path = own_file(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": guess_type(path.name)[0] or ""})


class Press(NamedTuple):
    """What is made once in a process and used for every page."""

    fonts: FontConfiguration
    fetcher: OwnFiles
    sheets: list[CSS]
    pictures: dict[str, Any]


def render_pdf(html: str, *, is_tagged: bool = True) -> bytes:
    """The PDF of an HTML page that has `lang` and `title`, styled by the sheets of `static/print/`.

    Tagged it is PDF/UA-1.
    """
    with _one_at_a_time:
        fonts, fetcher, sheets, pictures = _press()
        page = HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
        return page.write_pdf(
            font_config=fonts, stylesheets=sheets, cache=pictures, pdf_variant=VARIANT if is_tagged else None
        )


def own_file(url: str) -> Path:
    """The file below `static/` that an `app-static:` address names; raises ForeignFileError otherwise."""
    path = (STATIC / url.removeprefix(SCHEME).lstrip("/")).resolve()
    if not url.startswith(SCHEME) or not path.is_relative_to(STATIC) or not path.is_file():
        raise ForeignFileError(url)
    return path


@cache
def _press() -> Press:
    """Read fonts and sheets once; a new or changed sheet shows after the next start."""
    fonts, fetcher = FontConfiguration(), OwnFiles()
    files = sorted((STATIC / "print").glob("*.css"))
    sheets = [CSS(string=file.read_text(), base_url=SCHEME, url_fetcher=fetcher, font_config=fonts) for file in files]
    return Press(fonts, fetcher, sheets, {})
