"""The pictures of reports, drawn from the tables alone; and what each report may be narrowed by."""

from typing import Any

import pytest

from elearn.core.permissions import Permission
from elearn.core.tables import Column, Table
from elearn.reports import asking, catalogue
from elearn.reports.catalogue import REPORTS, Report

KNOWN = asking.EVERY_FILTER | {"sejak", "modul"}


def a_table(*rows: dict[str, Any], columns: tuple[Column, ...] = (), total: Any = None) -> Table:
    """A table of some rows."""
    return Table("Ketuntasan per OPD", columns, rows, total=total)


def test_a_bar_says_its_share_and_who_is_late() -> None:
    """A row without anybody has no bar; no rows, no picture."""
    done = {"name": "Dinas A", "percent": 0.5, "late": 0}
    late = {"name": "Dinas B", "percent": 0.25, "late": 3}
    chart = catalogue.bars(a_table(done, late, {"name": "Dinas C", "percent": None, "late": 0}))
    assert chart is not None
    assert [("Dinas A", 0.5, "50 %", None), ("Dinas B", 0.25, "25 % · 3 terlambat", None)] == chart.rows
    assert catalogue.bars(a_table()) is None


def test_a_directive_is_known_by_its_subject() -> None:
    """Beside its bar as much of it as fits, in the table all of it, in one column with its number."""
    told = {"name": "800/1", "subject": "Netralitas " * 20, "percent": 1.0, "late": 0}
    columns = tuple(Column(key, key) for key in ("name", "subject", "late"))
    table = a_table(told, columns=columns)
    chart = catalogue.bars_of_directives(table)
    assert chart is not None
    [(*_, about)] = chart.rows
    assert "Netralitas…" == about[-11:]
    assert catalogue.SUBJECT >= len(about)
    brief = catalogue.named_by_subject(table)
    assert (["name", "late"], f"800/1, {told['subject']}") == ([c.key for c in brief.columns], brief.rows[0]["name"])
    assert catalogue.bars_of_directives(a_table()) is None


def test_the_lowest_stand_first_and_equals_by_name() -> None:
    """Who reads looks for those who need help."""
    rows = [{"name": name, "percent": share, "late": 0} for name, share in (("C", 0.5), ("A", 0.9), ("B", 0.5))]
    chart = catalogue.lowest_first(a_table(*rows))
    assert chart is not None
    assert ["B", "C", "A"] == [row[0] for row in chart.rows]
    assert catalogue.lowest_first(a_table()) is None


def test_a_line_runs_through_days_on_which_somebody_was_bound() -> None:
    """A day without anybody counts as nothing done; a time without anybody has no picture."""
    days: list[dict[str, Any]] = [{"day": 1, "percent": None, "bound": 0}, {"day": 2, "percent": 0.4, "bound": 5}]
    chart = catalogue.line(a_table(*days))
    assert chart is not None
    assert [(1, 0.0), (2, 0.4)] == chart.rows
    assert catalogue.line(a_table(days[0])) is None


def test_the_topic_most_often_wrong_stands_first() -> None:
    """A topic with too few answers has no bar."""
    columns = tuple(Column(key, title, "percent") for key, title in (("a", "Sanksi"), ("b", "Medsos"), ("c", "Cuti")))
    chart = catalogue.topics(a_table(columns=columns, total={"a": 0.1, "b": 0.3, "c": None}))
    assert chart is not None
    assert [("Medsos", 0.3), ("Sanksi", 0.1)] == [row[:2] for row in chart.rows]
    assert catalogue.topics(a_table(columns=columns)) is None


def test_a_fingerprint_is_shown_by_its_beginning() -> None:
    """The file has it whole."""
    table = a_table({"fingerprint": "0123456789abcdef"})
    assert "0123456789ab…" == catalogue.short_prints(table).rows[0]["fingerprint"]
    assert "0123456789abcdef" == table.rows[0]["fingerprint"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
def test_a_report_is_narrowed_by_what_an_address_knows(report: Report) -> None:
    """No filter without a meaning, and the right to see it bounds whose people are seen."""
    assert report.known <= KNOWN
    assert report is catalogue.BY_SLUG[report.slug]
    expected = (
        Permission.CERTIFICATE_ANY_READ
        if Permission.CERTIFICATE_ANY_READ in report.access
        else Permission.REPORT_ANY_READ
    )
    assert expected is report.scope
