"""The cells of a long table as HTML: a template would take three times as long over a thousand of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from elearn.core import bahasa

SORTED = ("count", "percent", "date", "instant")
"""The kinds whose cells tell a script their plain value, to be sorted by."""


class Frame(NamedTuple):
    """What a column shows of a row, and the HTML around each of its cells, worked out once by the template.

    `opening` lacks the end of its tag.
    """

    key: str
    kind: str
    opening: Markup
    closing: Markup


def rows(columns: Iterable[tuple[str, str, Markup, Markup]], lines: Iterable[Mapping[str, Any]]) -> Markup:
    """Rows of cells; a row may carry `_href`, the address of a cell by the key of its column."""
    frames = [Frame(*column) for column in columns]
    return Markup("".join(f"<tr>{''.join(_cells(frames, line))}</tr>\n" for line in lines))  # noqa: S704 - cells are escaped


def _cells(columns: Iterable[Frame], line: Mapping[str, Any]) -> Iterator[str]:
    links = line.get("_href") or {}
    for key, kind, opening, closing in columns:
        value = line.get(key)
        shown: str = escape(bahasa.tampil(value, kind))
        if key in links:
            shown = f'<a href="{escape(links[key])}">{shown}</a>'
        order = f' data-sort="{escape(value)}"' if kind in SORTED and value is not None else ""
        yield f"{opening}{order}>{shown}{closing}"
