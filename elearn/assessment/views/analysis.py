"""The figures of quizzes on screen and as files: all modules, one quiz, one of its questions."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, request, url_for
from markupsafe import Markup

from elearn.assessment import analysis, distractors, scope, sittings, wording
from elearn.assessment.analysis import Analysis
from elearn.assessment.figures import Third, Which
from elearn.assessment.rows import Order, Row
from elearn.assessment.scope import SMALLEST_GROUP
from elearn.assessment.views.blueprint import blueprint
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.bahasa import persen
from elearn.core.errors import NotFound
from elearn.core.permissions import Permission, requires
from elearn.core.speech import say, tally
from elearn.core.tables import CSV_TYPE, JSON_TYPE, XLSX_TYPE, Table, to_csv, to_json, to_xlsx
from elearn.core.web import Page, actor, attachment, page_number, render

FILE_KINDS = ("xlsx", "csv", "json")
PER_PAGE = 50
Bar = tuple[str, float, str, None]
INDONESIAN = Markup('<span lang="id">{}</span>')
"""A question in a table, whatever language the page is in."""


@blueprint.get("/penilaian")
@requires(Permission.ASSESSMENT_ANY_READ)
def index() -> Response:
    """Every module with the figures of its quiz."""
    modules = [module for _, module in content.list_current_modules() if module.questions]
    found = [analysis.of(scope.asked({}, actor(), module.slug)) for module in modules]
    return render("assessment/index.html", analyses=found, smallest=SMALLEST_GROUP)


@blueprint.get("/penilaian/<slug>")
@requires(Permission.ASSESSMENT_ANY_READ)
def quiz(slug: str) -> Response:
    """One quiz: what its figures mean, its questions, its OPD."""
    found = analysis.of(scope.asked(request.args, actor(), slug))
    order, page = _order(), _page(found.rows)
    first = (page.number - 1) * PER_PAGE
    table = found.brief(order, slice(first, first + PER_PAGE))
    return render(
        "assessment/analysis.html",
        found=found,
        table=_linked(table, slug, found.asked.address),
        page=page,
        order=order,
        orders=list(Order),
        meaning=wording.MEANING,
        offices=_offices(found),
        facts=partial(wording.in_words, found.figures),
        histogram=partial(_histogram, found),
        whiches=list(Which),
        today=clock.today(),
        smallest=SMALLEST_GROUP,
    )


@requires(Permission.ASSESSMENT_ANY_READ)
def quiz_file(slug: str, kind: str) -> Response:
    """The figures of its questions as a file."""
    asked = scope.asked(request.args, actor(), slug)
    table, name = analysis.of(asked).table(), f"statistik-{slug}-{asked.until}"
    if kind == "csv":
        return attachment(to_csv(table), f"{name}.csv", CSV_TYPE)
    if kind == "xlsx":
        return attachment(to_xlsx(table), f"{name}.xlsx", XLSX_TYPE)
    return attachment(to_json(table, as_of=asked.until, filters=asked.filters), f"{name}.json", JSON_TYPE)


for _kind in FILE_KINDS:
    blueprint.add_url_rule(f"/penilaian/<slug>.{_kind}", "quiz_file", quiz_file, defaults={"kind": _kind})


@blueprint.get("/penilaian/<slug>/soal/<question>", endpoint="question")
@requires(Permission.ASSESSMENT_ANY_READ)
def show_question(slug: str, question: str) -> Response:
    """One question: its figures, and who gave which answer."""
    found = analysis.of(scope.asked(request.args, actor(), slug))
    asked_about = found.module.question_by_id.get(question)
    if asked_about is None:
        raise NotFound
    row = next((row for row in found.timed_rows if row.question.id == question), found.row(asked_about))
    given = [] if row.item is None else sittings.list_answers(asked_about, found.counting)
    return render(
        "assessment/question_figures.html",
        found=found,
        row=row,
        module=found.module,
        question=asked_about,
        facts=partial(wording.question_in_words, row),
        lines=distractors.lines(asked_about, given) if given else [],
        papers=len(given),
        thirds=list(Third),
        smallest=SMALLEST_GROUP,
    )


def _order() -> Order:
    """What the address sorts by; NotFound for what is no order."""
    word = request.args.get("urut") or Order.VERDICT.value
    if word not in set(Order):
        raise NotFound
    return Order(word)


def _page(rows: Sequence[Row]) -> Page[Row]:
    pages = max(1, -(-len(rows) // PER_PAGE))
    number = min(page_number(), pages)
    return Page(list(rows[(number - 1) * PER_PAGE :][:PER_PAGE]), number, pages, len(rows))


def _linked(table: Table, slug: str, address: dict[str, Any]) -> Table:
    """The table with the address of each question."""

    def links(row: Any) -> dict[str, str]:
        return {"short": url_for("assessment.question", slug=slug, question=row["id"], **address)}

    return replace(
        table, rows=[{**row, "short": INDONESIAN.format(row["short"]), "_href": links(row)} for row in table.rows]
    )


def _offices(found: Analysis) -> Table | None:
    """The quiz by OPD, each with the address of its figures, for who may narrow them to one."""
    asked = found.asked
    if found.is_small or asked.agency is not None or len(asked.choices) < 2:
        return None
    kept: dict[str, Any] = asked.address
    known, table = {agency.code for agency in asked.choices}, found.offices()

    def links(row: Any) -> dict[str, str]:
        return {"name": url_for("assessment.quiz", slug=asked.module.slug, **{**kept, "opd": row["_code"]})}

    return replace(table, rows=[{**row, "_href": links(row) if row["_code"] in known else {}} for row in table.rows])


def _histogram(found: Analysis) -> list[Bar]:
    """How many results lie in each tenth, as rows of a chart."""
    counts = found.figures.histogram
    most, step = max(counts, default=0), 100 // len(counts)
    return [
        (
            say("%(first)s–%(last)s %%", first=place * step, last=(place + 1) * step),
            count / most if most else 0.0,
            tally("%(num)s percobaan, %(share)s", count, share=persen(count / found.figures.attempts))
            if count
            else say("0 percobaan"),
            None,
        )
        for place, count in enumerate(counts)
    ]
