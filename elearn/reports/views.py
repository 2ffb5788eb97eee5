"""Reports on screen and as files, each from one Table; what was filtered stays in the address."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from flask import Blueprint, Flask, Response, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency
from elearn.core import clock
from elearn.core.bahasa import tanggal
from elearn.core.errors import NotFound, Refusal
from elearn.core.permissions import Permission, public, requires
from elearn.core.speech import say
from elearn.core.tables import CSV_TYPE, JSON_TYPE, XLSX_TYPE, Table, to_csv, to_json, to_xlsx
from elearn.core.transaction import reading
from elearn.core.web import Page, actor, attachment, error_page, page_number, paginate, render
from elearn.documents import enquiries
from elearn.documents import queries as documents
from elearn.reports import asking, catalogue, checking, completion, delivery, orders, papers, proofs
from elearn.reports.asking import KINDS, POST_GROUPS, STAGES, Asked
from elearn.reports.catalogue import REPORTS, Chart, Report
from elearn.reports.delivery import AGENCY, REGENCY, Delivery
from elearn.reports.rules import DAY, SINCE, WrongDay

blueprint = Blueprint("reports", __name__)

PDF_TYPE = "application/pdf"
FILE_KINDS = ("pdf", "xlsx", "csv", "json")
PEOPLE_PER_PAGE = 50
LONG = 100
"""So many rows a page may have before it is one of several; the total then stands on the last."""
AT_ONCE = 300
"""As many rows are printed while one waits; a longer paper is made in the background."""


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
    chart = _with_links(catalogue.lowest_first(table), table)
    return render("reports/completion.html", table=table, chart=chart, **_frame(asked))


@requires(Permission.REPORT_ANY_READ)
def completion_file(kind: str) -> Response:
    """The same as a file."""
    return _file(delivery.of_regency(request.args, actor()), kind)


@blueprint.get("/laporan/ketuntasan/opd/<code>")
@requires(Permission.REPORT_ANY_READ)
def opd(code: str) -> Response:
    """Completion of one agency: its units, and its people one by one."""
    asked, agency = _asked_of(code)
    page = _page(completion.narrowed(asked.by_name.people, only=asked.stage, words=asked.words))
    table = _linked(completion.in_short(completion.by_person(delivery.lines(asked, page.items), asked)))
    units = _linked(completion.by_unit(asked, agency.id, asked.by_name))
    return render("reports/opd.html", agency=agency, page=page, table=table, units=units, **_frame(asked))


@requires(Permission.REPORT_ANY_READ)
def opd_file(code: str, kind: str) -> Response:
    """The same as a file, with everybody in it."""
    return _file(delivery.of_opd(code, request.args, actor()), kind)


def show_report(report: Report) -> Response:
    """Any other report as a page; of a list of people or a long table, a part."""
    asked = _asked(report.known, scope=report.scope)
    table, page = _part(report, asked)
    shown, chart = _linked(report.brief(table)), _with_links(report.chart(table), _linked(table))
    if page is None and len(shown.rows) > LONG:
        page = _page(shown.rows)
        shown = replace(shown, rows=page.items, total=shown.total if page.number == page.pages else None)
    return render("reports/report.html", report=report, table=shown, page=page, chart=chart, **_frame(asked))


def report_file(report: Report, kind: str) -> Response:
    """The same as a file, whole."""
    return _file(delivery.of_report(report, request.args, actor()), kind)


@blueprint.errorhandler(WrongDay)
def refuse(fault: WrongDay) -> Response:
    """A report of days that cannot be: its filters open, a sentence at the day it is about; for a file that alone."""
    name, without = str(request.endpoint).removeprefix("reports."), (DAY, SINCE)
    with suppress(Refusal):  # what else is asked for may be none of hers
        if name == "opd" and request.view_args:
            asked, agency = _asked_of(request.view_args["code"], but=without)
            title = asked.offices.name(agency.id)
        elif name == "completion":
            asked, title = _asked(REGENCY, but=without), say("Laporan ketuntasan")
        elif report := catalogue.BY_SLUG.get(name):
            asked, title = _asked(report.known, scope=report.scope, but=without), report.title
        else:
            return error_page(fault.status, fault.sentence)
        return render("reports/refused.html", status=fault.status, title=title, fault=fault, **_frame(asked))
    return error_page(NotFound.status, NotFound.sentence)


@blueprint.get("/laporan/berkas")
@requires(Permission.REPORT_ANY_READ, Permission.CERTIFICATE_ANY_READ)
def files() -> Response:
    """The files one ordered, and how far each is."""
    page = paginate(orders.listed(actor().account_id), page_number())
    waits = any(order.finished_at is None and order.failure is None for order in page.items)
    return render("reports/files.html", page=page, waits=waits)


@blueprint.post("/laporan/berkas")
@requires(Permission.REPORT_ANY_READ, Permission.CERTIFICATE_ANY_READ)
def order_file() -> Answer:
    """Order the PDF of a report by its address, of the day on which it is ordered unless that names another."""
    parts = urlsplit(request.form.get("asked", ""))
    with reading():
        args = dict(parse_qsl(parts.query))
        wanted = delivery.of(parts.path, args, actor())
        asked = f"{parts.path}?{urlencode({**args, DAY: wanted.asked.day.isoformat()})}"
        title = f"{wanted.table.title}, {wanted.asked.scope}, per {tanggal(wanted.asked.day)}"
    orders.place(actor(), asked=asked, title=title, total=len(wanted.table.rows))
    return redirect(url_for("reports.files"))


@blueprint.get("/laporan/berkas/<uuid:order_id>.pdf")
@requires(Permission.REPORT_ANY_READ, Permission.CERTIFICATE_ANY_READ)
def download(order_id: UUID) -> Response:
    """A file one ordered."""
    order = orders.get_own(order_id, actor().account_id)
    return attachment(orders.content(order), f"laporan-{order.ordered_at:%Y%m%d-%H%M}.pdf", PDF_TYPE)


@blueprint.get("/verifikasi/laporan/<token>")
@public
def verify(token: str) -> Response:
    """What anybody may know of a report on paper: what it is about, as of when, made when, and its data's print."""
    statement = proofs.read(token)
    status = 200 if statement else 404
    return render("reports/proof.html", status=status, statement=statement, seal=documents.find_seal())


def install(_app: Flask) -> None:
    """Let the page that checks files know our reports."""
    enquiries.provide(tell)


def tell(content: bytes) -> Response | None:
    """The page about a report's file that somebody shows, 404 for what only claims to be one; None for any other."""
    answer = checking.check(content)
    if answer is None:
        return None
    seal = documents.find_seal() if answer.is_pdf else None
    return render("reports/checked.html", status=200 if answer.is_known else 404, answer=answer, seal=seal)


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


def _asked(
    known: frozenset[str], scope: Permission = Permission.REPORT_ANY_READ, *, but: Collection[str] = ()
) -> Asked:
    """What the address asks for, but some of it left out."""
    args = {name: value for name, value in request.args.items() if name not in but}
    return asking.asked(args, actor(), known=known, permission=scope)


def _asked_of(code: str, *, but: Collection[str] = ()) -> tuple[Asked, Agency]:
    """What the address asks for, of the agency in its path."""
    asked = _asked(AGENCY, but=but)
    agency = agencies.get_agency(code, visible=asked.visible)
    return replace(asked, agency=agency), agency


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


def _with_links(chart: Chart | None, table: Table) -> Chart | None:
    """A chart of bars whose labels lead where the rows of its table do."""
    if chart is None or chart.kind != "bars":
        return chart
    hrefs = {row.get("name"): row["_href"].get("name") for row in table.rows}
    return replace(chart, rows=[(*row[:3], hrefs.get(row[0]), *row[4:]) for row in chart.rows])


def _page(rows: Sequence[Any]) -> Page[Any]:
    """One page of a list."""
    total = len(rows)
    pages = max(1, -(-total // PEOPLE_PER_PAGE))
    number = min(page_number(), pages)
    first = (number - 1) * PEOPLE_PER_PAGE
    return Page(list(rows[first : first + PEOPLE_PER_PAGE]), number, pages, total)


def _file(found: Delivery, kind: str) -> Response:
    """A report as a file of one kind, with what it can be checked by; the printed one may be brief."""
    if kind == "pdf":
        return _pdf(found)
    table, name, asked = papers.filed(found.table, found.asked), found.name, found.asked
    if kind == "csv":
        return attachment(to_csv(table), f"{name}.csv", CSV_TYPE)
    if kind == "xlsx":
        return attachment(to_xlsx(table), f"{name}.xlsx", XLSX_TYPE)
    return attachment(to_json(table, as_of=asked.day, filters=asked.filters), f"{name}.json", JSON_TYPE)


def _pdf(found: Delivery) -> Response:
    """A report on paper; of a long one, the page that offers to make it in the background."""
    if len(found.table.rows) > AT_ONCE:
        address = request.full_path.rstrip("?")
        rows, title = len(found.table.rows), found.table.title
        return render("reports/long.html", status=200, rows=rows, title=title, address=address)
    return attachment(found.paper().sealed(), f"{found.name}.pdf", PDF_TYPE)
