"""The paper of an attempt: which questions, in which order, drawn so that anybody can draw it again; pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from elearn.content import supply
from elearn.content.questions import Draw, Group, Option, Question, QuestionKind

Named = TypeVar("Named", Question, Option, Group)


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a paper, with its options in the order shown."""

    question_id: str
    option_ids: tuple[str, ...]


Paper = tuple[Item, ...]


Answers = Mapping[int, Collection[str]]
"""The answers by position, counted from 1, written as `content.items` says."""


def draw(
    bank: Iterable[Question],
    blueprint: Sequence[Draw],
    seed: int,
    seen: Iterable[str] = (),
    *,
    avoided: Collection[str] = (),
    shuffles_questions: bool = True,
    shuffles_options: bool = True,
) -> Paper:
    """The paper of a seed: what the blueprint asks, if the bank has it, preferring questions `seen` less often.

    Of those `avoided` it takes only what is fixed, or what it cannot do without.
    Everything is ordered by SHA-256 of the seed and the ids, so that anybody can draw the same paper again; what is
    not shuffled stands as the blueprint and the bank have it.
    """
    bank = list(bank)
    drawn = _drawn(bank, blueprint, seed, Counter(seen), avoided)
    place = {question.id: number for number, question in enumerate(bank)}
    picked = [question for line in drawn for question in sorted(line, key=lambda each: place[each.id])]
    order = _shuffled(picked, seed, "order") if shuffles_questions else picked
    return tuple(Item(each.id, _shown(each, seed, is_shuffled=shuffles_options)) for each in order)


def _drawn(
    bank: Sequence[Question], blueprint: Sequence[Draw], seed: int, seen: Mapping[str, int], avoided: Collection[str]
) -> list[list[Question]]:
    """The questions of each line: the fixed ones, then others; lines of one difficulty choose before those of any."""
    fixed = {each for line in blueprint for each in line.fixed}
    free = [question for question in _shuffled(bank, seed, "draw") if question.id not in fixed]
    free.sort(key=lambda each: (each.id in avoided, seen.get(each.id, 0)))
    drawn = [[question for question in bank if question.id in line.fixed] for line in blueprint]
    for line, picked in sorted(zip(blueprint, drawn, strict=True), key=lambda pair: pair[0].difficulty == 0):
        picked += [each for each in free if supply.fits(each, line)][: max(0, line.draw - len(picked))]
        taken = {question.id for question in picked}
        free = [question for question in free if question.id not in taken]
    return drawn


def _shown(question: Question, seed: int, *, is_shuffled: bool) -> tuple[str, ...]:
    """The options in the order of a seed; steps always, moved on by one where they fell into their right order."""
    if not (is_shuffled or question.kind is QuestionKind.ORDER):
        return tuple(option.id for option in question.options)
    shown = tuple(option.id for option in _shuffled(question.options, seed, question.id))
    is_given_away = question.kind is QuestionKind.ORDER and shown == tuple(each.id for each in question.options)
    return (*shown[1:], *shown[:1]) if is_given_away else shown


def groups(question: Question, seed: int) -> tuple[Group, ...]:
    """The groups of a question as a paper of that seed shows them: partners shuffled, the others as written."""
    if question.kind is QuestionKind.MATCH:
        return tuple(_shuffled(question.groups, seed, f"{question.id}/groups"))
    return question.groups


def written(paper: Paper) -> list[list[object]]:
    """A paper as the plain lists that are stored: [[question id, [option ids]], …]."""
    return [[item.question_id, list(item.option_ids)] for item in paper]


def read(stored: Iterable[Sequence[Any]]) -> Paper:
    """The paper that was stored by `written`."""
    return tuple(Item(question_id, tuple(option_ids)) for question_id, option_ids in stored)


def _shuffled(named: Iterable[Named], seed: int, purpose: str) -> list[Named]:
    return sorted(named, key=lambda each: sha256(f"{seed}/{purpose}/{each.id}".encode()).digest())
