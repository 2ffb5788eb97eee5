"""The risk map: which topics the people of which OPD got wrong when they first sat the quiz.

Equal answers are counted in the database; which answer is right is asked of the version that was sat.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select

from elearn.agencies import graded
from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.content import items
from elearn.content import queries as content
from elearn.content.questions import Question
from elearn.core import clock
from elearn.core.db import db
from elearn.core.speech import say, term
from elearn.core.tables import Column, Table
from elearn.quiz.models import Answer, Attempt
from elearn.reports.asking import Asked
from elearn.reports.rules import LEAST

MEANING = say(
    "Bagian jawaban keliru pada percobaan kuis pertama yang dikumpulkan, per topik, dari soal yang dijawab; pegawai "
    "dihitung di tempat tugasnya pada tanggal laporan. Kelompok di bawah %(least)s orang atau %(least)s jawaban "
    "tidak ditampilkan, dan tidak ikut dalam baris terakhir.",
    least=LEAST,
)
TOGETHER = say("Seluruh yang ditampilkan")
Place = UUID | None
"""An OPD, None for right below the regency."""


@dataclass(frozen=True)
class Tally:
    """Answers given to the questions of each topic by the people of each OPD, and how many of them were wrong."""

    people: Counter[Place]
    given: Counter[tuple[Place, str]]
    wrong: Counter[tuple[Place, str]]

    def share(self, place: Place, topic: str) -> float | None:
        """The share of wrong answers, 0 to 1; None for too few to show."""
        given = self.given[place, topic]
        return self.wrong[place, topic] / given if given >= LEAST and self.people[place] >= LEAST else None


def table(asked: Asked) -> Table:
    """The map as a table, an OPD a row and a topic a column, for the module asked for or the first by title."""
    slug, title, topics = _module(asked.module, asked.day)
    tally = _tally(asked, slug)
    places = sorted((place for place in tally.people if tally.people[place] >= LEAST), key=asked.offices.name)
    columns = [Column("name", term("one", "OPD")), Column("people", say("Pegawai"), "count")]
    columns += [Column(topic, words, "percent") for topic, words in topics]
    ids = [topic for topic, _ in topics]
    return Table(
        title=say("Peta kerawanan: %(title)s", title=title),
        columns=columns,
        rows=[
            {"name": asked.offices.name(place), "_code": asked.offices.code(place), **_cells(tally, place, ids)}
            for place in places
        ],
        notes=asked.notes(MEANING, Modul=title),
        total={"name": TOGETHER, **_together(tally, places, ids)} if places else None,
    )


def _module(slug: str, day: date) -> tuple[str, str, list[tuple[str, str]]]:
    """The module asked for or the first, as of a day: its slug, its title, its topics that a quiz asks about."""
    modules = content.list_modules_on(day)
    found = next((module for module in modules if module.slug == slug), None) or next(iter(modules), None)
    if found is None:
        return slug, say("belum ada modul"), []
    drawn = [draw.topic for draw in found.quiz.blueprint]
    return found.slug, found.title, [(topic.id, topic.title) for topic in found.topics if topic.id in drawn]


def _tally(asked: Asked, slug: str) -> Tally:
    """The first answers of everybody in sight to the quiz of a module."""
    people: Counter[Place] = Counter()
    given: Counter[tuple[Place, str]] = Counter()
    wrong: Counter[tuple[Place, str]] = Counter()
    for opd, count in _people(asked, slug):
        people[opd] += count
    for opd, publication_id, question_id, choice, count in _answers(asked, slug):
        question = _questions(publication_id).get(question_id)
        topic = question.topic if question else ""
        given[opd, topic] += count
        wrong[opd, topic] += count if question is None or not items.is_right(question, choice) else 0
    return Tally(people, given, wrong)


def _questions(publication_id: UUID) -> dict[str, Question]:
    return content.get_module(publication_id).question_by_id


def _people(asked: Asked, slug: str) -> Sequence[Any]:
    """How many people of each OPD have sat the quiz."""
    query = _sat(asked, slug).with_only_columns(Agency.opd_id, func.count()).group_by(Agency.opd_id)
    return db.session.execute(query).all()


def _answers(asked: Asked, slug: str) -> Sequence[Any]:
    """Equal answers of an OPD to a question, counted."""
    keys = (Agency.opd_id, Attempt.publication_id, Answer.question_id, Answer.choice)
    query = _sat(asked, slug).join(Answer, Answer.attempt_id == Attempt.id)
    return db.session.execute(query.with_only_columns(*keys, func.count()).group_by(*keys)).all()


def _sat(asked: Asked, slug: str) -> Any:
    """Each person's first attempt submitted by the end of the day, and where she serves that day."""
    first = (
        select(Attempt.learner_id, func.min(Attempt.number).label("number"))
        .where(Attempt.module_slug == slug, Attempt.submitted_at <= clock.end_of(asked.day))
        .group_by(Attempt.learner_id)
        .subquery()
    )
    is_first = and_(
        Attempt.learner_id == first.c.learner_id, Attempt.number == first.c.number, Attempt.module_slug == slug
    )
    grade = graded.on(asked.day)
    query = (
        select()
        .select_from(first)
        .join(Attempt, is_first)
        .join(Employee, Employee.account_id == Attempt.learner_id)
        .join(Placement, Placement.employee_id == Employee.id)
        .join(Agency, Agency.id == Placement.agency_id)
        .where(agencies.covers(asked.day), agencies.within(Placement.agency_id, asked.visible))
    )
    if asked.agency_id:
        query = query.where(Agency.path.contains(f"/{asked.agency_id}/"))
    if asked.kind:
        query = grade.joined(query).where(grade.kind == asked.kind_value)
    if asked.post_group:
        query = query.where(Placement.post_group.is_not_distinct_from(asked.post_group_value))
    return query


def _together(tally: Tally, places: Sequence[Place], topics: Iterable[str]) -> dict[str, Any]:
    """The cells that are shown as one: what is hidden must not be found by taking the shown from the total."""
    found: dict[str, Any] = {"people": sum(tally.people[place] for place in places)}
    for topic in topics:
        shown = [(place, topic) for place in places if tally.share(place, topic) is not None]
        given = sum(tally.given[cell] for cell in shown)
        found[topic] = sum(tally.wrong[cell] for cell in shown) / given if given else None
    return found


def _cells(tally: Tally, place: Place, topics: Iterable[str]) -> dict[str, Any]:
    return {"people": tally.people[place], **{topic: tally.share(place, topic) for topic in topics}}
