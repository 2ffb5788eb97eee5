"""What the kinds of question are made of, how each is answered, and what its right answer is; pure.

An answer is a set of strings, the key like a learner's own. Where options are chosen (single, multiple, true-false)
they are option ids: "a". Where options are put somewhere (classify, match, order) they say where: "a=boleh", "b=2".
A number (numeric) is written with a point: "14", "2.5". A form says the same in fields: one `choice` for each option
chosen or for the number, one `choice-<option id>` for each option put.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from elearn.content import numbers
from elearn.content.questions import Option, Question, QuestionKind
from elearn.content.rules import Line
from elearn.core.speech import say

FIELD = "choice"
TRUE_FALSE = {"benar", "salah"}

PUT = frozenset({QuestionKind.CLASSIFY, QuestionKind.MATCH, QuestionKind.ORDER})
GROUPED = frozenset({QuestionKind.TRUE_FALSE, QuestionKind.CLASSIFY, QuestionKind.MATCH})
ONE_RIGHT = frozenset({QuestionKind.SINGLE, QuestionKind.TRUE_FALSE})
PICK_ONE = say("Pilih satu jawaban yang tersedia.")
PICK_SOME = say("Pilih sedikitnya satu dari jawaban yang tersedia.")
PUT_SOME = say("Isi sedikitnya satu baris dengan pilihan yang tersedia.")
NUMBER_TWICE = say("Satu nomor dipakai dua kali. Perubahan ini tersimpan setelah setiap baris bernomor berbeda.")


def is_put(question: Question) -> bool:
    """Whether its options are put somewhere, rather than chosen."""
    return question.kind in PUT


def places(question: Question) -> tuple[str, ...]:
    """Where its options can be put: the ids of the groups, or the numbers from "1" of an order."""
    if question.kind is QuestionKind.ORDER:
        return tuple(str(number) for number in range(1, len(question.options) + 1))
    return tuple(group.id for group in question.groups)


def put(option_id: str, place: str) -> str:
    """An option at its place, as answers write it: "a=boleh"."""
    return f"{option_id}={place}"


def placed(answer: Iterable[str]) -> dict[str, str]:
    """The place by option of an answer that puts options somewhere."""
    return {option_id: place for option_id, _, place in (each.partition("=") for each in answer)}


def is_numeric(question: Question) -> bool:
    """Whether it is answered by a number."""
    return question.kind is QuestionKind.NUMERIC


def normal(question: Question, answer: Iterable[str]) -> list[str]:
    """An answer in the one form that is kept: a number without the habits of its writer, anything else sorted."""
    return sorted(numbers.canonical(each) if is_numeric(question) else each for each in answer)


def right_answer(question: Question) -> frozenset[str]:
    """The answer that is right; the first of them where there are several, as numbers within a tolerance."""
    if is_numeric(question):
        return frozenset(numbers.canonical(option.text.markdown) for option in list(rights(question))[:1])
    if question.kind is QuestionKind.ORDER:
        pairs = zip(question.options, places(question), strict=True)
        return frozenset(put(option.id, place) for option, place in pairs)
    if is_put(question):
        return frozenset(put(option.id, option.group) for option in question.options)
    return question.correct_ids


def rights(question: Question) -> Iterator[Option]:
    """The options that are correct, in the order of the file."""
    return (option for option in question.options if option.correct)


def is_right(question: Question, answer: Iterable[str]) -> bool:
    """Whether an answer is right, wholly."""
    given = frozenset(answer)
    if is_numeric(question):
        meant = meant_by(question, given)
        return meant is not None and meant.correct
    if question.kind in ONE_RIGHT:
        return len(given) == 1 and given <= question.correct_ids
    return given == right_answer(question)


def meant_by(question: Question, answer: Iterable[str]) -> Option | None:
    """The option of a numeric question that a number means: equal to it, or off by no more than its tolerance.

    Who writes the very number of an option means that one; else a right one is sooner meant than a wrong one.
    """
    number = next((numbers.read(each) for each in answer), None)
    if number is None:
        return None
    ordered = sorted(question.options, key=lambda each: (not _is_near(each, number, exactly=True), not each.correct))
    return next((option for option in ordered if _is_near(option, number)), None)


def _is_near(option: Option, number: Decimal, *, exactly: bool = False) -> bool:
    named = numbers.read(option.text.markdown)
    slack = Decimal() if exactly else numbers.read(option.tolerance) or Decimal()
    return named is not None and abs(number - named) <= slack


def with_key(question: Question, answer: Iterable[str]) -> Question:
    """The question with another right answer, written as answers are; of single ones each option named is right."""
    key = normal(question, answer)
    if is_numeric(question):
        slack = next((each.tolerance for each in rights(question)), "")
        wrong = [replace(each, correct=False) for each in question.options if not _is_named(each, key)]
        right = [
            Option(f"kunci-{place}", Line(each, numbers.told(each)), True, tolerance=slack)
            for place, each in enumerate(key, 1)
        ]
        return replace(question, options=(*right, *wrong))
    if not is_put(question):
        return replace(question, options=tuple(replace(each, correct=each.id in key) for each in question.options))
    where = placed(key)
    if question.kind is QuestionKind.ORDER:
        return replace(question, options=tuple(sorted(question.options, key=lambda each: int(where[each.id]))))
    return replace(question, options=tuple(replace(each, group=where[each.id]) for each in question.options))


def _is_named(option: Option, key: Sequence[str]) -> bool:
    return numbers.canonical(option.text.markdown) in key


def slips(question: Question) -> list[frozenset[str]]:
    """The complete answers that are one mistake away from the right one, in the order of the file."""
    right, ids = right_answer(question), [option.id for option in question.options]
    if is_numeric(question):
        return list(dict.fromkeys(_near_misses(question)))
    if question.kind in ONE_RIGHT:
        return [frozenset({each}) for each in ids if each not in right]
    if question.kind is QuestionKind.MULTIPLE:
        return [right ^ {each} for each in ids if right != {each}]
    if question.kind is QuestionKind.ORDER:
        return [_swapped(ids, first) for first in range(len(ids) - 1)]
    moves = [(option, place) for option in question.options for place in places(question) if place != option.group]
    return [right - {put(option.id, option.group)} | {put(option.id, place)} for option, place in moves]


def _near_misses(question: Question) -> Iterator[frozenset[str]]:
    """The wrong numbers that are expected, and those just outside the tolerance of a right one."""
    for option in question.options:
        named, slack = (numbers.read(each) or Decimal() for each in (option.text.markdown, option.tolerance))
        nearby = (named + slack + 1, named - slack - 1) if option.correct else (named,)
        yield from (each for number in nearby if not is_right(question, each := frozenset({numbers.plain(number)})))


def _swapped(ids: list[str], first: int) -> frozenset[str]:
    order = [*ids[:first], ids[first + 1], ids[first], *ids[first + 2 :]]
    return frozenset(put(each, str(number)) for number, each in enumerate(order, start=1))


def misfit(question: Question, answer: Sequence[str]) -> str | None:
    """Why this is no answer to the question, as a sentence for who gave it; None when it is one, complete or not."""
    if is_numeric(question):
        return numbers.misfit(answer[0]) if len(answer) == 1 else numbers.NOT_A_NUMBER
    ids = [option.id for option in question.options]
    offered = {put(each, place) for each in ids for place in places(question)} if is_put(question) else set(ids)
    is_known = bool(answer) and set(answer) <= offered and len(answer) == len(set(answer))
    if question.kind in ONE_RIGHT:
        return None if is_known and len(answer) == 1 else PICK_ONE
    if question.kind is QuestionKind.MULTIPLE:
        return None if is_known else PICK_SOME
    where = placed(answer)
    if not is_known or len(where) < len(answer):
        return PUT_SOME
    is_twice = question.kind is QuestionKind.ORDER and len(set(where.values())) < len(where)
    return NUMBER_TWICE if is_twice else None


def is_complete(question: Question, answer: Sequence[str]) -> bool:
    """Whether an answer leaves nothing open; one that does can be kept, but never be right."""
    return len(answer) == len(question.options) if is_put(question) else bool(answer)


def form_fields(question: Question, answer: Iterable[str]) -> list[tuple[str, str]]:
    """The names and values by which a form gives this answer."""
    if is_put(question):
        return [(f"{FIELD}-{option_id}", place) for option_id, place in placed(sorted(answer)).items()]
    return [(FIELD, option_id) for option_id in sorted(answer)]


def answer_in(fields: Iterable[tuple[str, str]]) -> list[str]:
    """The answer that the fields of a form give, sorted; it may be none, or a `misfit`."""
    answer = []
    for name, value in fields:
        if name == FIELD:
            answer.append(value)
        elif value and name.startswith(f"{FIELD}-"):
            answer.append(put(name.removeprefix(f"{FIELD}-"), value))
    return sorted(answer)
