"""Reports on screen and as files, each from one Table; what was filtered stays in the address."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency
from elearn.core import clock
from elearn.core.pdf import render_pdf
from elearn.core.permissions import Permission, requires
from elearn.core.tables import CSV_TYPE, JSON_TYPE, XLSX_TYPE, Table, fingerprint, to_csv, to_json, to_xlsx
from elearn.core.web import Page, actor, attachment, page_number, paginate, render
from elearn.directives import letter
from elearn.reports import asking, catalogue, completion, parcels
from elearn.reports.asking import DAY, KINDS, POST_GROUPS, STAGES, Asked
from elearn.reports.catalogue import REPORTS, Chart, Report
from elearn.reports.queries import Line

blueprint = Blueprint("reports", __name__)

PDF_TYPE = "application/pdf"
FILE_KINDS = ("pdf", "xlsx", "csv", "json")
PEOPLE_PER_PAGE = 50
AT_ONCE = 300
"""As many rows are printed while one waits; a longer paper is made in the background."""
LOOK_AGAIN = "5"
SEAL = "Atas baris judul, data, dan jumlah sebagaimana dalam berkas CSV (UTF-8 tanpa BOM, sebelum baris kosong)."
REGENCY = frozenset({"arahan", "jenis", "jabatan"})
AGENCY = REGENCY | {"tahap", "cari"}


@blueprint.get("/laporan")
@requires(Permission.REPORT_ANY_READ)
def index() -> Response:
    """Every report one may read."""
    asked = _asked(frozenset({"arahan"}))
    reports = [each for each in REPORTS if any(actor().has(permission) for permission in each.access)]
    return render("reports/index.html", asked=asked, reports=reports)


@blueprint.get("/laporan/ketuntasan", endpoint="completion")
@requires(Permission.REPORT_ANY_READ)
def show_completion() -> Response:
    """Completion of all OPD one may see, on a day."""
    asked = _asked(REGENCY)
    table = _linked(completion.by_opd(asked))
    return render("reports/completion.html", table=table, chart=_with_links(table), **_frame(asked))


@requires(Permission.REPORT_ANY_READ)
def completion_file(kind: str) -> Response:
    """The same as a file."""
    asked = _asked(REGENCY)
    table = completion.by_opd(asked)
    return _file(table, kind, f"ketuntasan-{asked.day}", asked, chart=catalogue.lowest_first(table))


@blueprint.get("/laporan/ketuntasan/opd/<code>")
@requires(Permission.REPORT_ANY_READ)
def opd(code: str) -> Response:
    """Completion of one agency: its units, and its people one by one."""
    asked, agency = _asked_of(code)
    page = _page(completion.narrowed(asked.people, only=asked.stage, words=asked.words))
    table = _linked(completion.in_short(completion.by_person(_lines(asked, page.items), asked)))
    units = _linked(completion.by_unit(asked, agency.id, asked.people))
    return render("reports/opd.html", agency=agency, page=page, table=table, units=units, **_frame(asked))


@requires(Permission.REPORT_ANY_READ)
def opd_file(code: str, kind: str) -> Response:
    """The same as a file, with everybody in it."""
    asked, agency = _asked_of(code)
    chosen = completion.narrowed(asked.people, only=asked.stage, words=asked.words) if _is_narrow(asked) else None
    table = completion.by_person(_lines(asked, chosen), asked)
    name = f"ketuntasan-{agency.code}-{asked.day}"
    return _file(table, kind, name, asked, brief=completion.in_short(table))


def show_report(report: Report) -> Response:
    """Any other report as a page; of a list of people, a part."""
    asked = _asked(report.known, scope=report.scope)
    table, page = _part(report, asked)
    shown = _linked(report.brief(table))
    return render(
        "reports/report.html", report=report, table=shown, page=page, chart=report.chart(table), **_frame(asked)
    )


def report_file(report: Report, kind: str) -> Response:
    """The same as a file, whole."""
    asked = _asked(report.known, scope=report.scope)
    table = report.whole(asked)
    name = f"{report.slug}-{asked.day}"
    return _file(table, kind, name, asked, brief=report.brief(table), chart=report.chart(table))


def _open(report: Report) -> None:
    """The doors of a report: its page, and a file of each kind."""

    @requires(*report.access)
    def page() -> Response:
        return show_report(report)

    @requires(*report.access)
    def file(kind: str) -> Response:
        return report_file(report, kind)

    blueprint.add_url_rule(f"/laporan/{report.slug}", report.slug, page)
    _offer(f"/laporan/{report.slug}", f"{report.slug}_file", file)


def _offer(address: str, endpoint: str, view: Any) -> None:
    """A file of each kind at an address."""
    for kind in FILE_KINDS:
        blueprint.add_url_rule(f"{address}.{kind}", endpoint, view, defaults={"kind": kind})


_offer("/laporan/ketuntasan", "completion_file", completion_file)
_offer("/laporan/ketuntasan/opd/<code>", "opd_file", opd_file)
for _report in REPORTS:
    _open(_report)


def _asked(known: frozenset[str], scope: Permission = Permission.REPORT_ANY_READ) -> Asked:
    """What the address asks for."""
    return asking.asked(request.args, actor(), known=known, permission=scope)


def _asked_of(code: str) -> tuple[Asked, Agency]:
    """What the address asks for, of the agency in its path."""
    asked = _asked(AGENCY)
    agency = agencies.get_agency(code, visible=asked.visible)
    return replace(asked, agency=agency), agency


def _is_narrow(asked: Asked) -> bool:
    return bool(asked.stage or asked.words)


def _lines(asked: Asked, rows: Sequence[completion.Row] | None) -> list[Line]:
    """The people of a list in full, in its order; None for everybody."""
    if rows is None:
        return asked.lines()
    found = {line.person.employee_id: line for line in asked.lines({who.employee_id for who, _ in rows})}
    return [found[who.employee_id] for who, _ in rows]


def _part(report: Report, asked: Asked) -> tuple[Table, Page[Any] | None]:
    """A report's table as far as a page shows it."""
    if report.rows is None:
        return report.table(asked), None
    found = report.rows(asked)
    page = _page(found) if isinstance(found, Sequence) else paginate(found, page_number(), scalars=False)
    return report.table(asked, page.items), page


def _frame(asked: Asked) -> dict[str, Any]:
    """What the pages have in common: what was asked, what could be, and the filters as they stand in the address."""
    return {
        "asked": asked,
        "args": {name: value for name, value in request.args.items() if name in (*asked.known, DAY) and value},
        "directives": asked.in_force,
        "offices": asked.offices.opds(asked.visible),
        "kinds": {word: kind.words for word, kind in KINDS.items()},
        "post_groups": {word: asking.post_group_words(group) for word, group in POST_GROUPS.items()},
        "stages": STAGES,
        "today": clock.today(),
        "actor": actor(),
    }


def _linked(table: Table) -> Table:
    """The table with the addresses its rows lead to."""
    kept: dict[str, Any] = {name: request.args[name] for name in (DAY, *sorted(REGENCY)) if request.args.get(name)}
    return replace(table, rows=[{**row, "_href": _links(row, kept)} for row in table.rows])


def _links(row: Any, kept: dict[str, Any]) -> dict[str, str]:
    if row.get("_code"):
        return {"name": url_for("reports.opd", code=row["_code"], **kept)}
    if row.get("_directive"):
        return {"name": url_for("reports.completion", **{**kept, "arahan": row["_directive"]})}
    return {"name": url_for("agencies.employee", employee_id=row["_employee"])} if row.get("_employee") else {}


def _with_links(table: Table) -> Chart | None:
    """The chart of all OPD, the lowest first, whose bars lead where the rows do."""
    hrefs = {row["name"]: row["_href"].get("name") for row in table.rows}
    chart = catalogue.lowest_first(table)
    return chart and replace(chart, rows=[(*row[:3], hrefs[row[0]]) for row in chart.rows])


def _page(rows: Sequence[Any]) -> Page[Any]:
    """One page of a list."""
    total = len(rows)
    pages = max(1, -(-total // PEOPLE_PER_PAGE))
    number = min(page_number(), pages)
    first = (number - 1) * PEOPLE_PER_PAGE
    return Page(list(rows[first : first + PEOPLE_PER_PAGE]), number, pages, total)


def _file(
    table: Table, kind: str, name: str, asked: Asked, *, brief: Table | None = None, chart: Chart | None = None
) -> Response:
    """A table as a file of one kind, with the fingerprint of its data; the printed one may be brief."""
    sealed = (*table.notes, ("SHA-256 data", fingerprint(table)), ("Cara menghitung", SEAL))
    table = replace(table, notes=sealed)
    if kind == "csv":
        return attachment(to_csv(table), f"{name}.csv", CSV_TYPE)
    if kind == "xlsx":
        return attachment(to_xlsx(table), f"{name}.xlsx", XLSX_TYPE)
    if kind == "json":
        return attachment(to_json(table, as_of=asked.day, filters=asked.filters), f"{name}.json", JSON_TYPE)
    return _paper(replace(brief or table, notes=sealed), name, asked.agency, chart)


def _paper(table: Table, name: str, agency: Agency | None, chart: Chart | None) -> Response:
    """A table on letterhead: printed at once, or when it is long found ready or asked for."""
    is_long = len(table.rows) > AT_ONCE
    parcel = parcels.name_of(actor().account_id, request.full_path, dict(table.notes)["SHA-256 data"])
    pdf = parcels.find(parcel) if is_long else None
    if pdf is not None:
        return attachment(pdf, f"{name}.pdf", PDF_TYPE)
    head = letter.letterhead(agency.name, agency.address) if agency else letter.letterhead()
    html = render_template("reports/print/table.html", table=table, letterhead=head, chart=chart)
    if not is_long:
        return attachment(render_pdf(html), f"{name}.pdf", PDF_TYPE)
    parcels.order(parcel, html)
    answer = render("reports/preparing.html", status=202, rows=len(table.rows), title=table.title)
    answer.headers["Refresh"] = LOOK_AGAIN
    return answer
