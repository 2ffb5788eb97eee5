"""The completion report on screen and as files, all from one Table; what was filtered stays in the address."""

from dataclasses import dataclass, replace
from datetime import date
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
from elearn.directives.models import Directive
from elearn.reports import completion, queries, rules
from elearn.reports.completion import FILTERS, Maker
from elearn.reports.queries import Line, Picture

blueprint = Blueprint("reports", __name__)

PDF_TYPE = "application/pdf"
PEOPLE_PER_PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a day, the directives the report is about, and how far one may see."""

    day: date
    directives: list[Directive]
    visible: Visible

    def picture(self, agency: Agency | None = None) -> Picture:
        """The figures, of an agency if it is named."""
        agency_id = agency.id if agency else None
        return queries.picture(self.day, self.directives, visible=self.visible, agency_id=agency_id)


@blueprint.get("/laporan/ketuntasan", endpoint="completion")
@requires(Permission.REPORT_ANY_READ)
def show_completion() -> Response:
    """Completion of all OPD one may see, on a day."""
    asked = _asked()
    picture = asked.picture()
    table = _by_opd(picture, asked)
    rows = [{**row, "_href": _links_to_opd(row)} for row in table.rows]
    linked = replace(table, rows=rows)
    return render("reports/completion.html", table=linked, bars=_bars(rows), **_frame(picture))


@blueprint.get("/laporan/ketuntasan.pdf", defaults={"kind": "pdf"})
@blueprint.get("/laporan/ketuntasan.xlsx", defaults={"kind": "xlsx"})
@blueprint.get("/laporan/ketuntasan.csv", defaults={"kind": "csv"})
@requires(Permission.REPORT_ANY_READ)
def completion_file(kind: str) -> Response:
    """The same as a file."""
    asked = _asked()
    return _file(_by_opd(asked.picture(), asked), kind, f"ketuntasan-{asked.day}", letter.letterhead())


@blueprint.get("/laporan/ketuntasan/opd/<code>")
@requires(Permission.REPORT_ANY_READ)
def opd(code: str) -> Response:
    """Completion of one OPD, person by person."""
    asked = _asked()
    agency = agencies.get_agency(code, visible=asked.visible)
    page = _page(_lines(asked, agency))
    table = completion.in_short(_by_person(page.items, asked, agency))
    rows = [{**row, "_href": {"name": url_for("agencies.employee", employee_id=row["_id"])}} for row in table.rows]
    linked = replace(table, rows=rows)
    return render("reports/opd.html", agency=agency, page=page, table=linked, **_frame(asked.picture(agency)))


@blueprint.get("/laporan/ketuntasan/opd/<code>.pdf", defaults={"kind": "pdf"})
@blueprint.get("/laporan/ketuntasan/opd/<code>.xlsx", defaults={"kind": "xlsx"})
@blueprint.get("/laporan/ketuntasan/opd/<code>.csv", defaults={"kind": "csv"})
@requires(Permission.REPORT_ANY_READ)
def opd_file(code: str, kind: str) -> Response:
    """The same as a file, with everybody in it."""
    asked = _asked()
    agency = agencies.get_agency(code, visible=asked.visible)
    table = _by_person(_lines(asked, agency), asked, agency)
    head = letter.letterhead(agency.name, agency.address)
    name = f"ketuntasan-{agency.code}-{asked.day}"
    return _file(completion.in_short(table) if kind == "pdf" else table, kind, name, head)


def _asked() -> Asked:
    """What the address asks for by `per` and `arahan`; UnreadableDay, DayToCome, NotFound."""
    day = rules.as_of(request.args.get("per"), clock.today())
    visible = agencies.visible_to(actor(), Permission.REPORT_ANY_READ)
    return Asked(day, queries.list_asking(day, _directive_id()), visible)


def _directive_id() -> UUID | None:
    """The directive in the address, None for all; raises NotFound for what is no id."""
    directive_id = request.args.get("arahan", type=UUID)
    if directive_id is None and request.args.get("arahan"):
        raise NotFound
    return directive_id


def _by_opd(picture: Picture, asked: Asked) -> Table:
    opds = queries.opds_of(picture)
    names = sorted(opd.name for opd in opds.values())
    scope = "Seluruh perangkat daerah" if asked.visible.all else daftar(names)
    return completion.by_opd(picture, opds, scope=scope, maker=_maker())


def _lines(asked: Asked, agency: Agency) -> list[Line]:
    """The people the address asks for by `tahap` and `cari`."""
    lines = queries.list_lines(asked.day, asked.directives, visible=asked.visible, agency_id=agency.id)
    return completion.narrowed(lines, only=request.args.get("tahap", ""), words=request.args.get("cari", ""))


def _by_person(lines: list[Line], asked: Asked, agency: Agency) -> Table:
    return completion.by_person(lines, asked.day, asked.directives, scope=agency.name, maker=_maker())


def _maker() -> Maker:
    return Maker(actor().name, clock.now())


def _frame(picture: Picture) -> dict[str, Any]:
    """What the pages have in common: the figures, and the filters as they stand in the address."""
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


def _page(lines: list[Line]) -> Page[Line]:
    """One page of the people."""
    total = len(lines)
    pages = max(1, -(-total // PEOPLE_PER_PAGE))
    number = min(page_number(), pages)
    first = (number - 1) * PEOPLE_PER_PAGE
    return Page(lines[first : first + PEOPLE_PER_PAGE], number, pages, total)


def _file(table: Table, kind: str, name: str, letterhead: dict[str, Any]) -> Response:
    """A table as a file of one of three kinds."""
    if kind == "csv":
        return attachment(to_csv(table), f"{name}.csv", CSV_TYPE)
    if kind == "xlsx":
        return attachment(to_xlsx(table), f"{name}.xlsx", XLSX_TYPE)
    html = render_template("reports/print/completion.html", table=table, letterhead=letterhead)
    return attachment(render_pdf(html), f"{name}.pdf", PDF_TYPE)
