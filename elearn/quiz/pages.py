"""What the pages of a running attempt show, as plain facts: the questions of a page, the list of all, the summary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from elearn.content.modules import Picture
from elearn.content.questions import Group, Option, Question
from elearn.core.clock import local, now
from elearn.core.db import new_id
from elearn.core.speech import say
from elearn.quiz import papers, queries, rules
from elearn.quiz.queries import Kept, Saved, Sheet
from elearn.quiz.rules import Receipt, State

NOTHING: Mapping[int, Sequence[str]] = {}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a page: as its paper shows it, with what was answered, and what is to be said about that.

    Where a page asks several, the names of its fields begin with `prefix`.
    """

    position: int
    question: Question
    options: list[Option]
    groups: tuple[Group, ...]
    picture: Picture | None
    answer: Sequence[str]
    prefix: str
    key: str
    told: str
    is_saved: bool
    is_marked: bool


def places(sheet: Sheet, position: int) -> range:
    """The positions that stand on one page with this one."""
    size = sheet.module.quiz.per_page
    first = (position - 1) // size * size + 1
    return range(first, min(first + size, len(sheet.paper) + 1))


def question_page(sheet: Sheet, position: int, entered: Mapping[int, Sequence[str]] = NOTHING) -> dict[str, Any]:
    """The page on which a question stands, with what was `entered` there, else with what is saved."""
    queries.get_item(sheet, position)
    kept, shown = queries.list_kept(sheet.id), places(sheet, position)
    asked = [_asked(sheet, each, kept, entered.get(each, ()), is_alone=len(shown) == 1) for each in shown]
    return {"asked": asked, "position": shown[0], "last": shown[-1], **_facts(sheet, kept, shown)}


def list_page(sheet: Sheet) -> dict[str, Any]:
    """The list of all questions, and which of them lack something."""
    kept = queries.list_kept(sheet.id)
    facts = _facts(sheet, kept)
    found = {state: [place for place, each in facts["states"].items() if each is state] for state in State}
    return {"missing": found[State.OPEN], "partial": found[State.PARTIAL], "marked": sorted(kept.marked), **facts}


def told(receipt: Receipt) -> str:
    """What is said of an answer that is stored."""
    at = local(receipt.saved_at).time()
    if receipt.is_late:
        return say("Tersimpan pukul %(at)s dalam masa tenggang.", at=at)
    if receipt.state is not State.DONE:
        return say("Tersimpan pukul %(at)s, belum lengkap.", at=at)
    return say("Tersimpan pukul %(at)s.", at=at)


def _asked(sheet: Sheet, position: int, kept: Kept, entered: Sequence[str], *, is_alone: bool) -> Asked:
    item, saved = queries.get_item(sheet, position), kept.saved.get(position)
    question = sheet.module.question_by_id[item.question_id]
    options = {option.id: option for option in question.options}
    answer = entered or (saved.choice if saved else ())
    return Asked(
        position=position,
        question=question,
        options=[options[option_id] for option_id in item.option_ids],
        groups=papers.groups(question, sheet.seed),
        picture=sheet.module.picture_by_id.get(question.picture),
        answer=answer,
        prefix="" if is_alone else f"{position}.",
        key=str(new_id()),
        told=_told_before(sheet, question, saved, answer) if saved else "",
        is_saved=saved is not None and set(answer) == set(saved.choice),
        is_marked=position in kept.marked,
    )


def _told_before(sheet: Sheet, question: Question, saved: Saved, answer: Sequence[str]) -> str:
    if set(answer) != set(saved.choice):
        return say("Jawaban sebelumnya tersimpan pukul %(at)s.", at=local(saved.saved_at).time())
    return told(Receipt(saved.saved_at, rules.state(question, saved.choice), saved.saved_at >= sheet.due_at))


def _facts(sheet: Sheet, kept: Kept, shown: Sequence[int] = ()) -> dict[str, Any]:
    """What both pages show; questions lead to one another by their number alone, for weight."""
    home = url_for("quiz.overview", attempt_id=sheet.id)
    answers = {position: each.choice for position, each in kept.saved.items()}
    states, at = rules.states(sheet.paper, answers, sheet.module.question_by_id), now()
    start = "" if shown else f"{home}/soal/"
    return {
        "sheet": sheet,
        "module": sheet.module,
        "home": home,
        "total": len(sheet.paper),
        "now": at,
        "states": states,
        "questions": [
            (
                position,
                f"{start}{position}",
                f"{state.value} flag" if position in kept.marked else state.value,
                position in shown,
            )
            for position, state in states.items()
        ],
    }
