"""Cells of tables as HTML: nothing typed is ever taken for a tag, and what is sorted is the plain value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

from elearn.core import cells

NAME = ("name", "text", Markup('<th scope="row"'), Markup("</th>"))
SHARE = ("share", "percent", Markup('<td class="percent"'), Markup("</td>"))
DAY = ("day", "date", Markup('<td class="date"'), Markup("</td>"))


def test_a_row_shows_what_people_read_and_keeps_what_is_sorted_by() -> None:
    """A text is not sorted by anything else than itself; nothing is a dash."""
    lines = [{"name": "Siti", "share": 0.5, "day": date(2026, 11, 22)}, {"name": "", "share": None}]
    assert cells.rows([NAME, SHARE, DAY], lines) == (
        '<tr><th scope="row">Siti</th><td class="percent" data-sort="0.5">50 %</td>'
        '<td class="date" data-sort="2026-11-22">22 November 2026</td></tr>\n'
        '<tr><th scope="row">–</th><td class="percent">–</td><td class="date">–</td></tr>\n'
    )


def test_a_cell_leads_where_its_row_says() -> None:
    """By the key of its column; an address is escaped as well."""
    line = {"name": "Siti", "_href": {"name": '/a?b=1&c="2"'}}
    [link] = html.fragment_fromstring(f"<table>{cells.rows([NAME], [line])}</table>").iter("a")
    assert ("Siti", '/a?b=1&c="2"') == (link.text, link.get("href"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_what_was_typed_is_read_as_it_was_typed(text: str) -> None:
    """Whatever stands in it."""
    shown = html.fragment_fromstring(f"<table>{cells.rows([NAME], [{'name': text}])}</table>")
    assert [text] == [cell.text for cell in shown.iter("th")]


@pytest.mark.parametrize("text", ['"><script>', "<b>", "'><b>"])
def test_no_tag_is_made_of_what_was_typed(text: str) -> None:
    """Neither in the cell nor in its address."""
    told = cells.rows([NAME], [{"name": text, "_href": {"name": text}}])
    assert text not in told.replace("<a ", "")
