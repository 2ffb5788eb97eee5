"""Points, partial credit, topics that must be passed, and rulings on questions that were wrong."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from elearn.content import items
from elearn.content.questions import Draw, QuestionKind, QuizPolicy, ReviewTime, TopicMark
from elearn.quiz import grading, rules
from elearn.quiz.grading import FULL, Grade, Ruling, RulingKind
from elearn.quiz.papers import Item
from tests.factories.content import a_policy, a_question
from tests.factories.items import a_question_of, one_of_each
from tests.quiz.test_rules import NOON

KINDS = {question.id: question for question in one_of_each()}
PAPER = tuple(Item(question.id, tuple(option.id for option in question.options)) for question in KINDS.values())
ALL_RIGHT = {place: items.right_answer(KINDS[item.question_id]) for place, item in enumerate(PAPER, start=1)}
EXACT, PARTIAL = a_policy(), a_policy(partial_credit=True)

choices = st.sampled_from([*"abcde", *(f"{each}={place}" for each in "abcd" for place in "1234"), "14", "a=boleh"])
answers = st.dictionaries(st.integers(1, len(PAPER)), st.frozensets(choices, max_size=4))
policies = st.sampled_from([EXACT, PARTIAL])
kinds = st.sampled_from(RulingKind)
rulings = st.dictionaries(
    st.sampled_from(sorted(KINDS)), st.sampled_from([Ruling(RulingKind.DROPPED), Ruling(RulingKind.ALL_RIGHT)])
)


@given(answers, policies, rulings)
def test_a_grade_never_exceeds_the_total_and_is_always_the_same(
    given_answers: dict, policy: QuizPolicy, decided: dict
) -> None:
    """Whatever is answered, exact or partial, ruled upon or not."""
    grade = grading.grade(PAPER, given_answers, KINDS, policy, decided)
    assert 0 <= grade.score <= grade.total <= len(PAPER)
    assert all(mark is None or 0 <= mark <= FULL for mark in grade.marks)
    assert grade == grading.grade(PAPER, given_answers, KINDS, policy, decided)


@given(answers)
@example({2: frozenset({"a", "d", "a=1"})})
def test_partial_credit_never_takes_away(given_answers: dict) -> None:
    """Who is wholly right has as much as before; nobody has less."""
    exact, partial = (grading.grade(PAPER, given_answers, KINDS, policy) for policy in (EXACT, PARTIAL))
    for one, other in zip(exact.marks, partial.marks, strict=True):
        assert one is not None
        assert other is not None
        assert one <= other
        assert (one == FULL) == (other == FULL)


def test_points_are_rounded_down_to_hundredths() -> None:
    """Two of three right ones and none wrong are 66 hundredths, never 67."""
    question = a_question_of(QuestionKind.MULTIPLE)
    paper, bank = (Item(question.id, ()),), {question.id: question}
    grade = grading.grade(paper, {1: ["a", "d", "b"]}, bank, PARTIAL)
    assert (66,) == grade.marks
    assert Decimal("0.66") == grade.score


@pytest.mark.parametrize(
    ("hundredths", "expected", "plain", "exact"),
    [(1300, 13, 13, 13), (1350, Decimal("13.5"), 13.5, "13.5"), (0, 0, 0, 0), (7, Decimal("0.07"), 0.07, "0.07")],
)
def test_points_are_whole_where_they_are(hundredths: int, expected: Any, plain: Any, exact: Any) -> None:
    """13 is an int; 13.5 a Decimal, a float for JSON, a text for the record."""
    told = grading.points(hundredths)
    assert (expected, type(expected)) == (told, type(told))
    assert (plain, exact) == (grading.plain_points(told), grading.exact_points(told))


TWO = {"a": a_question("a"), "b": a_question("b", topic="medsos")}
TWO_PAPER = (Item("a", ("a", "b", "c")), Item("b", ("a", "b", "c")))


def passes(policy: QuizPolicy, *marks: int | None) -> bool:
    """Whether these marks of one question of each topic pass."""
    return grading.is_pass(TWO_PAPER, Grade(marks), TWO, policy)


def a_plan(**facts: Any) -> QuizPolicy:
    """One question of each of two topics."""
    return a_policy(questions=2, blueprint=(Draw("dasar", 1), Draw("medsos", 1)), **facts)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [((100, 40), True), ((100, 39), False), ((70, 70), True), ((None, 70), True), ((None, 69), False)],
)
def test_the_pass_mark_is_reached_exactly_or_not(marks: tuple, expected: bool) -> None:
    """70 percent of two points is 1.40; what was dropped does not count."""
    assert expected is passes(a_plan(pass_percent=70), *marks)


def test_a_third_of_three_is_exact() -> None:
    """No rounding makes 66 percent out of 65.99."""
    bank = {name: a_question(name) for name in "abc"}
    paper = tuple(Item(name, ()) for name in bank)
    policy = a_policy(pass_percent=67)
    assert not grading.is_pass(paper, Grade((100, 100, 0)), bank, policy)
    assert grading.is_pass(paper, Grade((100, 100, 1)), bank, policy)


@pytest.mark.parametrize(
    ("marks", "expected"), [((100, 80), True), ((100, 79), False), ((60, 100), True), ((100, None), True)]
)
def test_a_topic_that_must_be_passed_fails_the_whole(marks: tuple, expected: bool) -> None:
    """However many points there are; a topic of which nothing is left is held to nothing."""
    policy = a_plan(pass_percent=50, must_pass=(TopicMark("medsos", 80),))
    assert expected is passes(policy, *marks)
    strengths = {each.topic: each for each in grading.strengths(TWO_PAPER, Grade(marks), TWO, policy)}
    assert (50, False) == (strengths["dasar"].percent, strengths["dasar"].is_required)
    assert all((80, True) == (each.percent, each.is_required) for key, each in strengths.items() if key == "medsos")


def test_a_paper_of_which_nothing_is_left_proves_nothing() -> None:
    """Every question dropped is no pass."""
    assert not passes(a_plan(), None, None)


KEYS = {
    QuestionKind.SINGLE: {"c"},
    QuestionKind.MULTIPLE: {"b", "c"},
    QuestionKind.TRUE_FALSE: {"a"},
    QuestionKind.CLASSIFY: {"a=tidak", "b=tidak", "c=boleh", "d=boleh"},
    QuestionKind.MATCH: {"a=berat", "b=sedang", "c=ringan"},
    QuestionKind.ORDER: {"a=4", "b=3", "c=2", "d=1"},
    QuestionKind.NUMERIC: {"21"},
}


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("policy", [EXACT, PARTIAL])
def test_another_key_gives_the_point_to_another_answer(kind: QuestionKind, policy: QuizPolicy) -> None:
    """Who had the corrected answer earns it, who had the old key no longer; the others are as they were."""
    place = next(number for number, item in enumerate(PAPER, start=1) if item.question_id == kind.value)
    decided = {kind.value: Ruling(RulingKind.KEY, frozenset(KEYS[kind]))}
    corrected = grading.grade(PAPER, ALL_RIGHT | {place: KEYS[kind]}, KINDS, policy, decided)
    assert (FULL,) * len(PAPER) == corrected.marks
    former = grading.grade(PAPER, ALL_RIGHT, KINDS, policy, decided)
    assert [number == place for number, mark in enumerate(former.marks, start=1)] == [
        mark != FULL for mark in former.marks
    ]


def test_a_dropped_question_leaves_score_and_total() -> None:
    """Right or wrong, it is as if it had not been asked."""
    decided = {"single": Ruling(RulingKind.DROPPED)}
    right, nothing = (grading.grade(PAPER, given_answers, KINDS, EXACT, decided) for given_answers in (ALL_RIGHT, {}))
    assert (len(PAPER) - 1, len(PAPER) - 1) == (right.score, right.total)
    assert (0, len(PAPER) - 1) == (nothing.score, nothing.total)


def test_points_for_everybody_are_for_who_left_it_open_too() -> None:
    """Whatever the answer."""
    decided = {"order": Ruling(RulingKind.ALL_RIGHT)}
    assert 1 == grading.grade(PAPER, {}, KINDS, EXACT, decided).score


@given(answers, policies, st.sampled_from(sorted(KINDS)))
def test_points_for_everybody_make_nobody_worse(given_answers: dict, policy: QuizPolicy, chosen: str) -> None:
    """The score rises or stays, and the total stays."""
    before = grading.grade(PAPER, given_answers, KINDS, policy)
    after = grading.grade(PAPER, given_answers, KINDS, policy, {chosen: Ruling(RulingKind.ALL_RIGHT)})
    assert before.score <= after.score
    assert before.total == after.total


def test_terms_stand_in_for_the_rules_of_the_module() -> None:
    """Those that are told, as they are stored; others are no rules of a quiz and change nothing."""
    terms = {
        "attempts": 9,
        "minutes": 45,
        "review": "setelah-tenggat",
        "must_pass": [{"topic": "dasar", "percent": 80}],
        "questions": 1,
        "lain": 3,
    }
    expected = replace(
        EXACT,
        attempts=9,
        minutes=45,
        review=ReviewTime.AFTER_DEADLINE,
        must_pass=(TopicMark("dasar", 80),),
    )
    assert expected == rules.policy_of(EXACT, terms)
    assert EXACT == rules.policy_of(EXACT, None) == rules.policy_of(EXACT, {})


@pytest.mark.parametrize(
    ("review", "has_passed", "deadline", "expected"),
    [
        (ReviewTime.AT_ONCE, False, None, True),
        (ReviewTime.AFTER_PASSING, False, None, False),
        (ReviewTime.AFTER_PASSING, True, None, True),
        (ReviewTime.AFTER_DEADLINE, True, NOON.replace(hour=6), False),
        (ReviewTime.AFTER_DEADLINE, False, NOON, True),
        (ReviewTime.AFTER_DEADLINE, False, None, True),
    ],
)
def test_answers_are_explained_when_the_policy_says(
    review: ReviewTime, has_passed: bool, deadline: Any, expected: bool
) -> None:
    """At once, after passing, after the deadline; without a deadline there is none to wait for."""
    policy = a_policy(review=review)
    assert expected is rules.may_review(policy, has_passed=has_passed, deadline=deadline, now=NOON)
