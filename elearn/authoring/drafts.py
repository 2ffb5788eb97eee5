"""Questions from other people's files on their way into a module: which there are, and what each says by now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select

from elearn.authoring import law
from elearn.authoring.models import QuestionDraft, QuestionImport
from elearn.content import queries as content
from elearn.content import shape
from elearn.content.checks import demands, pictures, questions
from elearn.content.checks.laws import Laws
from elearn.content.formats import own
from elearn.content.modules import Module, Picture
from elearn.content.questions import Question
from elearn.content.shape import Fault
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.speech import say
from elearn.core.web import Page, paginate

DRAFT, USED, DISCARDED = "draf", "dipakai", "dibuang"
PER_PAGE = 25


@dataclass(frozen=True)
class Draft:
    """A draft with the question it says by now, and what that still lacks."""

    row: QuestionDraft
    question: Question

    @property
    def lacks(self) -> list[str]:
        """What the question lacks for its kind; its topic and its law are told by `is_placed`."""
        return list(own.lacks(self.question))

    @property
    def losses(self) -> list[str]:
        """What the file said and the question does not."""
        return [str(each["reason"]) for each in self.row.losses]

    @property
    def picture(self) -> Picture | None:
        """The picture that came along with it."""
        return Picture(self.question.picture, self.row.picture) if self.row.picture else None

    @property
    def is_placed(self) -> bool:
        """Whether it has a module, a topic and the law it rests on."""
        return bool(self.row.module_slug and self.row.topic and self.row.cites)

    @property
    def is_open(self) -> bool:
        """Whether it is neither used nor discarded."""
        return self.row.status == DRAFT

    @property
    def place(self) -> str:
        """Its module and topic as forms name them."""
        return f"{self.row.module_slug}/{self.row.topic}" if self.row.module_slug else ""


def list_imports(number: int) -> tuple[Page[QuestionImport], dict[UUID, dict[str, int]]]:
    """All files brought so far, the newest first, and how many drafts of each stand where."""
    page = paginate(
        select(QuestionImport).order_by(QuestionImport.made_at.desc(), QuestionImport.id), number, per_page=25
    )
    query = (
        select(QuestionDraft.import_id, QuestionDraft.status, func.count())
        .where(QuestionDraft.import_id.in_([each.id for each in page.items]))
        .group_by(QuestionDraft.import_id, QuestionDraft.status)
    )
    counts: dict[UUID, dict[str, int]] = {each.id: {} for each in page.items}
    for import_id, status, count in db.session.execute(query):
        counts[import_id][status] = count
    return page, counts


def get_import(import_id: UUID) -> QuestionImport:
    """A file that was brought; NotFound."""
    found = db.session.get(QuestionImport, import_id)
    if found is None:
        raise NotFound
    return found


def list_drafts(import_id: UUID, *, for_update: bool = False) -> list[Draft]:
    """The drafts of a file in its order; with `for_update` nobody else decides about them meanwhile."""
    query = select(QuestionDraft).where(QuestionDraft.import_id == import_id).order_by(QuestionDraft.position)
    rows = db.session.scalars(query.with_for_update() if for_update else query)
    return [Draft(row, question_of(row)) for row in rows]


@dataclass(frozen=True)
class Open:
    """The drafts of a file that are neither used nor discarded, and those of them that could go into a pack."""

    ids: Sequence[UUID]
    placed: Sequence[UUID]


def open_of(import_id: UUID) -> Open:
    """Which drafts of a file are open, in its order, without a look at their questions."""
    cells = (QuestionDraft.id, QuestionDraft.module_slug, QuestionDraft.topic, QuestionDraft.cites)
    query = select(*cells).filter_by(import_id=import_id, status=DRAFT).order_by(QuestionDraft.position)
    rows = db.session.execute(query).all()
    return Open([row.id for row in rows], [row.id for row in rows if row.module_slug and row.topic and row.cites])


def page_of_drafts(import_id: UUID, number: int) -> Page[Draft]:
    """One page of the drafts of a file: the open ones in its order, then the others."""
    query = select(QuestionDraft).filter_by(import_id=import_id)
    ordered = query.order_by(QuestionDraft.status != DRAFT, QuestionDraft.position)
    page = paginate(ordered, number, per_page=PER_PAGE)
    return replace(page, items=[Draft(row, question_of(row)) for row in page.items])


def page_with(row: QuestionDraft) -> int:
    """The number of the page where an open draft stands, or would stand."""
    before = select(func.count()).select_from(QuestionDraft).filter_by(import_id=row.import_id, status=DRAFT)
    return 1 + (db.session.scalar(before.where(QuestionDraft.position < row.position)) or 0) // PER_PAGE


def get_draft(draft_id: UUID) -> Draft:
    """A draft by its id; NotFound."""
    row = db.session.get(QuestionDraft, draft_id)
    if row is None:
        raise NotFound
    return Draft(row, question_of(row))


def question_of(row: QuestionDraft) -> Question:
    """The question of a draft with the topic, the difficulty and the law it has by now."""
    question, faults = shape.build(Question, row.item)
    if question is None:
        raise ValueError(faults)
    return replace(question, topic=row.topic, difficulty=row.difficulty, cites=tuple(row.cites))


def faults_of(question: Question, cites: Iterable[str]) -> list[Fault]:
    """Why a question on that law could not be published, found by the checks of a pack."""
    placed = replace(question, cites=tuple(cites))
    known = {placed.picture: Picture(placed.picture, "")}
    found = [*pictures.mention_faults(placed, (), known), *demands.faults(placed, ())]
    is_bare = not placed.explanation.markdown.strip()
    if is_bare:
        found.append(Fault(("explanation",), say("Soal ini memerlukan penjelasan.")))
    register = content.find_register()
    if register is not None and placed.stem.markdown.strip():
        laws = Laws(register.citations, clock.today(), register.rules)
        checked = questions.faults(placed, (), laws)
        found += [each for each in checked if each not in found and not (is_bare and _is_about_why(each))]
    return found


def _is_about_why(fault: Fault) -> bool:
    return fault.where[:1] == ("explanation",)


def topics() -> list[tuple[str, str]]:
    """Every topic of the current modules: "module/topic", and how both are called."""
    return [
        (f"{module.slug}/{topic.id}", f"{module.title}: {topic.title}")
        for _, module in content.list_current_modules()
        for topic in module.topics
    ]


def guessed(question: Question, modules: Sequence[Module]) -> str:
    """The one module that has the topic and the id of the question, or else its topic; empty when none or several."""
    same = [each.slug for each in modules if question.id in each.question_by_id]
    having = [each.slug for each in modules if question.topic in each.topic_by_id]
    found = [slug for slug in having if slug in same] or having
    return found[0] if len(found) == 1 else ""


def unknown_cites(cites: Iterable[str]) -> list[str]:
    """Those that the register of law does not know."""
    known = law.get_register().citation_by_id
    return [each for each in cites if each not in known]
