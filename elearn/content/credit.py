"""How much of the point an answer earns that is partly right; pure.

Each share is counted against what somebody earns who answers everything alike without reading, so that guessing so
earns nothing: all options ticked, all things put under one heading, all partners the same. Only the right answer
earns the whole.
"""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

from elearn.content import items
from elearn.content.questions import Question, QuestionKind

NOTHING, WHOLE = Fraction(0), Fraction(1)


def of(question: Question, answer: Iterable[str]) -> Fraction:
    """The share of the point, from 0 to 1; kinds with one right option, and numbers, earn it whole or not at all."""
    given = frozenset(answer)
    if items.is_right(question, given):
        return WHOLE
    if len(given) > len(question.options):
        return NOTHING
    if question.kind is QuestionKind.MULTIPLE:
        return _multiple(question, given)
    if question.kind is QuestionKind.ORDER:
        return _order(question, given)
    if question.kind in (QuestionKind.CLASSIFY, QuestionKind.MATCH):
        return _grouped(question, given)
    return NOTHING


def _multiple(question: Question, given: frozenset[str]) -> Fraction:
    """The share of the right options chosen, less the share of the wrong ones; what is no option is a wrong one."""
    right = question.correct_ids
    wrong = {option.id for option in question.options} - right
    if not (right and wrong):
        return NOTHING
    return max(NOTHING, Fraction(len(given & right), len(right)) - Fraction(len(given - right), len(wrong)))


def _grouped(question: Question, given: frozenset[str]) -> Fraction:
    """The share put rightly, above what the fullest group alone gives: 0 there, 1 when all are right."""
    count = len(question.options)
    base = Fraction(max(Counter(option.group for option in question.options).values()), count)
    share = Fraction(len(given & items.right_answer(question)), count)
    return max(NOTHING, (share - base) / (WHOLE - base)) if base < WHOLE else NOTHING


def _order(question: Question, given: frozenset[str]) -> Fraction:
    """The share of pairs in their right order, above the half that a blind order has: Kendall's tau, from 0."""
    numbers = items.places(question)
    where = {option_id: int(place) for option_id, place in items.placed(given).items() if place in numbers}
    pairs = list(combinations([option.id for option in question.options], 2))
    right = sum(one in where and other in where and where[one] < where[other] for one, other in pairs)
    return max(NOTHING, 2 * Fraction(right, len(pairs)) - 1) if pairs else NOTHING
