"""The completion report on screen and as files, all from one Table; what was filtered stays in the address."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency
from elearn.agencies.rules import Visible
from elearn.core import clock
from elearn.core.bahasa import daftar, persen
from elearn.core.errors import NotFound
from elearn.core.pdf import render_pdf
from elearn.core.permissions import Permission, requires
from elearn.core.tables import CSV_TYPE, XLSX_TYPE, Table, to_csv, to_xlsx
from elearn.core.web import Page, actor, attachment, page_number, render
from elearn.directives import letter
from elearn.directives import queries as directives
from elearn.reports import completion, queries, rules
from elearn.reports.completion import FILTERS, Maker
from elearn.reports.queries import Picture

blueprint = Blueprint("reports", __name__)

PDF_TYPE = "application/pdf"
PEOPLE_PER_PAGE = 50


@blueprint.get("/laporan/ketuntasan", endpoint="completion")
@requires(Permission.REPORT_ANY_READ)
def show_completion() -> Response:
    """Completion of all OPD one may see, on a day."""
    picture = _picture()
    table = _by_opd(picture)
    rows = [{**row, "_href": _links_to_opd(row)} for row in table.rows]
    return render(
        "reports/completion.html",
        table=replace(table, rows=rows),
        bars=_bars(rows),
        **_frame(picture),
    )


@blueprint.get("/laporan/ketuntasan.pdf", defaults={"kind": "pdf"})
@blueprint.get("/laporan/ketuntasan.xlsx", defaults={"kind": "xlsx"})
@blueprint.get("/laporan/ketuntasan.csv", defaults={"kind": "csv"})
@requires(Permission.REPORT_ANY_READ)
def completion_file(kind: str) -> Response:
    """The same as a file."""
    picture = _picture()
    return _file(_by_opd(picture), kind, f"ketuntasan-{picture.day}", letter.letterhead())


@blueprint.get("/laporan/ketuntasan/opd/<code>")
@requires(Permission.REPORT_ANY_READ)
def opd(code: str) -> Response:
    """Completion of one OPD, person by person."""
    agency = _agency(code)
    picture = _picture(agency)
    table = _by_person(picture, agency)
    page = _page(table)
    return render(
        "reports/opd.html", agency=agency, page=page, table=replace(table, rows=page.items), **_frame(picture)
    )


@blueprint.get("/laporan/ketuntasan/opd/<code>.pdf", defaults={"kind": "pdf"})
@blueprint.get("/laporan/ketuntasan/opd/<code>.xlsx", defaults={"kind": "xlsx"})
@blueprint.get("/laporan/ketuntasan/opd/<code>.csv", defaults={"kind": "csv"})
@requires(Permission.REPORT_ANY_READ)
def opd_file(code: str, kind: str) -> Response:
    """The same as a file, with everybody in it."""
    agency = _agency(code)
    picture = _picture(agency)
    table = _by_person(picture, agency)
    head = letter.letterhead(agency.name, agency.address)
    return _file(
        completion.on_paper(table) if kind == "pdf" else table, kind, f"ketuntasan-{code}-{picture.day}", head
    )


def _visible() -> Visible:
    return agencies.visible_to(actor(), Permission.REPORT_ANY_READ)


def _agency(code: str) -> Agency:
    return agencies.get_agency(code, visible=_visible())


def _picture(agency: Agency | None = None) -> Picture:
    """What the address asks for: the day `per`, the directive `arahan`, within what one may see."""
    return queries.picture(
        rules.as_of(request.args.get("per"), clock.today()),
        visible=_visible(),
        directive_id=_directive_id(),
        agency_id=agency.id if agency else None,
    )


def _directive_id() -> UUID | None:
    """The directive in the address, None for all; raises NotFound for what is no id."""
    directive_id = request.args.get("arahan", type=UUID)
    if directive_id is None and request.args.get("arahan"):
        raise NotFound
    return directive_id


def _by_opd(picture: Picture) -> Table:
    opds = {opd.id: opd for opd in agencies.list_opd()}
    scope = "Seluruh perangkat daerah" if _visible().all else daftar(sorted(opds[i].name for i in picture.tally if i))
    return completion.by_opd(picture, opds, scope=scope, maker=_maker())


def _by_person(picture: Picture, agency: Agency) -> Table:
    only, words = request.args.get("tahap", ""), request.args.get("cari", "")
    lines = completion.lines(picture, only=only, words=words)
    return completion.by_person(lines, picture, scope=agency.name, maker=_maker())


def _maker() -> Maker:
    return Maker(actor().name, clock.now())


def _frame(picture: Picture) -> dict[str, Any]:
    """What the pages have in common: the one number, what to do, the filters as they stand in the address."""
    return {
        "picture": picture,
        "choices": directives.list_issued(picture.day),
        "filters": FILTERS,
        "today": clock.today(),
        "asked": {name: value for name, value in request.args.items() if name != "hal" and value},
    }


def _links_to_opd(row: Any) -> dict[str, str]:
    asked: dict[str, Any] = {name: request.args[name] for name in ("per", "arahan") if request.args.get(name)}
    return {"opd": url_for("reports.opd", code=row["_code"], **asked)} if row["_code"] else {}


def _bars(rows: list[dict[str, Any]]) -> list[tuple[str, float, str, str | None]]:
    """The chart's rows, the lowest share first: who is late is said in words."""
    ordered = sorted(rows, key=lambda row: (row["percent"], row["opd"]))
    return [(row["opd"], row["percent"], _in_words(row), row["_href"].get("opd")) for row in ordered]


def _in_words(row: dict[str, Any]) -> str:
    late = f" · {row['late']} terlambat" if row["late"] else ""
    return f"{persen(row['percent'])}{late}"


def _page(table: Table) -> Page[Any]:
    """One page of a table's rows."""
    total = len(table.rows)
    pages = max(1, -(-total // PEOPLE_PER_PAGE))
    number = min(page_number(), pages)
    first = (number - 1) * PEOPLE_PER_PAGE
    return Page(list(table.rows[first : first + PEOPLE_PER_PAGE]), number, pages, total)


def _file(table: Table, kind: str, name: str, letterhead: dict[str, Any]) -> Response:
    """A table as a file of one of three kinds."""
    if kind == "csv":
        return attachment(to_csv(table), f"{name}.csv", CSV_TYPE)
    if kind == "xlsx":
        return attachment(to_xlsx(table), f"{name}.xlsx", XLSX_TYPE)
    html = render_template("reports/print/completion.html", table=table, letterhead=letterhead)
    return attachment(render_pdf(html), f"{name}.pdf", PDF_TYPE)
