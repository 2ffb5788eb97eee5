"""The paper, the points and the leave to try again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content import items
from elearn.content.questions import Draw, Question, QuestionKind
from elearn.quiz import grading, papers, rules
from elearn.quiz.papers import Item
from elearn.quiz.rules import Sitting, State
from tests.factories.content import a_policy, a_question
from tests.factories.items import SANCTIONS, a_question_of, one_of_each

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
TOPICS = ("dasar", "medsos", "sanksi")
BANK = [a_question(f"{topic}-{n}", topic=topic) for topic in TOPICS for n in range(1, 7)]
BY_ID = {question.id: question for question in BANK}
KINDS = {question.id: question for question in one_of_each()}
EACH_KIND = tuple(Item(question.id, tuple(option.id for option in question.options)) for question in KINDS.values())

POLICY = a_policy()

seeds = st.integers(min_value=0, max_value=2**63 - 1)
blueprints = st.lists(
    st.builds(Draw, st.sampled_from(TOPICS), st.integers(min_value=0, max_value=6)), unique_by=lambda line: line.topic
)
answers = st.dictionaries(st.integers(min_value=1, max_value=18), st.lists(st.sampled_from("abcx"), max_size=3))


@given(seed=seeds, blueprint=blueprints, shuffled=st.permutations(BANK))
def test_a_seed_draws_one_paper(seed: int, blueprint: list[Draw], shuffled: list[Question]) -> None:
    """The same seed gives the same paper, in whatever order the bank comes."""
    assert papers.draw(BANK, blueprint, seed) == papers.draw(shuffled, blueprint, seed)


@given(seed=seeds, blueprint=blueprints)
def test_a_paper_follows_its_blueprint(seed: int, blueprint: list[Draw]) -> None:
    """So many questions of each topic, none twice, and every option of a question once."""
    paper = papers.draw(BANK, blueprint, seed)
    drawn = [BY_ID[item.question_id] for item in paper]
    assert {line.topic: line.draw for line in blueprint if line.draw} == {
        topic: sum(q.topic == topic for q in drawn) for topic in {q.topic for q in drawn}
    }
    assert len(drawn) == len({question.id for question in drawn})
    assert all(["a", "b", "c"] == sorted(item.option_ids) for item in paper)


def test_seeds_differ_in_questions_order_and_options() -> None:
    """Neighbours do not sit the same paper."""
    drawn = {papers.draw(BANK, [Draw("dasar", 3)], seed) for seed in range(50)}
    assert len(drawn) == 50
    assert len({tuple(item.question_id for item in paper) for paper in drawn}) > 30


@given(seed=seeds, blueprint=blueprints, given_answers=answers)
def test_a_grade_never_exceeds_the_total(seed: int, blueprint: list[Draw], given_answers: dict) -> None:
    """Whatever is answered, right or invented, at places that exist or not."""
    paper = papers.draw(BANK, blueprint, seed)
    result = grading.grade(paper, given_answers, BY_ID, POLICY)
    assert 0 <= result.score <= result.total == len(paper)


@given(seed=seeds, blueprint=blueprints, places=st.sets(st.integers(min_value=1, max_value=18)))
def test_each_right_answer_is_one_point(seed: int, blueprint: list[Draw], places: set[int]) -> None:
    """Unanswered, wrong and too many options are worth nothing."""
    paper = papers.draw(BANK, blueprint, seed)
    given_answers = {place: ["a"] if place in places else ["a", "b"] for place in range(1, len(paper))}
    assert len(places & given_answers.keys()) == grading.grade(paper, given_answers, BY_ID, POLICY).score


@given(seed=seeds, blueprint=blueprints, given_answers=answers)
def test_topics_sum_up_to_the_score(seed: int, blueprint: list[Draw], given_answers: dict) -> None:
    """The strengths are the grade, seen by topic."""
    policy = a_policy(blueprint=tuple(blueprint))
    paper = papers.draw(BANK, blueprint, seed)
    result = grading.grade(paper, given_answers, BY_ID, POLICY)
    topics = grading.strengths(paper, result, BY_ID, policy)
    assert (result.score, result.total) == (sum(t.right for t in topics), sum(t.total for t in topics))


@given(seed=seeds, blueprint=blueprints)
def test_a_stored_paper_reads_back(seed: int, blueprint: list[Draw]) -> None:
    """What is written to the database is what was drawn."""
    paper = papers.draw(BANK, blueprint, seed)
    assert paper == papers.read(papers.written(paper))


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], None),
        ([Sitting(NOON - timedelta(minutes=10), False)], None),
        ([Sitting(NOON - timedelta(minutes=9), False)], rules.TooSoon),
        ([Sitting(NOON - timedelta(days=1), True)], rules.AlreadyPassed),
        ([Sitting(NOON - timedelta(days=n), False) for n in (2, 1)], rules.NoAttemptsLeft),
    ],
)
def test_the_policy_decides_about_a_new_attempt(history: list[Sitting], expected: type | None) -> None:
    """Two attempts, ten minutes apart, none after passing."""
    refusal = rules.hindrance(history, a_policy(), NOON)
    assert (expected is None) is rules.may_start(history, a_policy(), NOON)
    assert expected is (type(refusal) if refusal else None)


def test_the_next_start_is_told() -> None:
    """After a failed attempt the page says from when."""
    assert NOON + timedelta(minutes=10) == rules.next_start([Sitting(NOON, False)], a_policy())
    assert rules.next_start([Sitting(NOON, False)] * 2, a_policy()) is None


def test_attempts_allowed_beyond_the_rules_count() -> None:
    """Two were used; a third is allowed, and the time between two stays."""
    history = [Sitting(NOON - timedelta(minutes=5), False)] * 2
    assert isinstance(rules.hindrance(history, a_policy(), NOON), rules.NoAttemptsLeft)
    assert isinstance(rules.hindrance(history, a_policy(), NOON, extra_attempts=1), rules.TooSoon)
    assert rules.may_start(history, a_policy(), NOON + timedelta(minutes=5), extra_attempts=1)


@pytest.mark.parametrize("choice", [[], ["x"], ["a", "b"], ["a", "a"]])
def test_a_choice_that_cannot_answer_is_refused(choice: list[str]) -> None:
    """None, an unknown one, more than one; the sentence is that of the question's kind."""
    with pytest.raises(rules.UnknownOption, match=items.PICK_ONE):
        rules.check_choice(a_question(), choice)


def test_each_kind_refuses_in_its_own_words() -> None:
    """Two steps with one number."""
    with pytest.raises(rules.UnknownOption, match="Satu nomor dipakai dua kali"):
        rules.check_choice(a_question_of(QuestionKind.ORDER), ["a=1", "b=1"])


def test_every_question_is_open_partly_answered_or_done() -> None:
    """By their position, from 1; only what is put somewhere can be answered in part."""
    states = rules.states(EACH_KIND, {2: ("a",), 4: ("a=tidak",), 6: ("a=1", "b=2", "c=4", "d=3")}, KINDS)
    assert {1, 3, 5, 7} == {position for position, state in states.items() if state is State.OPEN}
    assert (State.DONE, State.PARTIAL, State.DONE) == (states[2], states[4], states[6])


@given(st.data())
def test_only_the_right_answer_of_any_kind_is_a_point(data: st.DataObject) -> None:
    """All right is full marks; each mistake, gap or nothing at all costs exactly its own point."""
    answers = {place: items.right_answer(KINDS[item.question_id]) for place, item in enumerate(EACH_KIND, start=1)}
    assert len(EACH_KIND) == grading.grade(EACH_KIND, answers, KINDS, POLICY).score
    wrong = data.draw(st.sets(st.sampled_from(sorted(answers))))
    for place in wrong:
        question = KINDS[EACH_KIND[place - 1].question_id]
        less = [answers[place] - {part} for part in sorted(answers[place])]
        answers[place] = data.draw(st.sampled_from([*items.slips(question), *less, frozenset()]))
    grade = grading.grade(EACH_KIND, answers, KINDS, POLICY)
    assert [0 if place in wrong else grading.FULL for place in sorted(answers)] == list(grade.marks)


@given(seed=seeds)
def test_an_order_is_never_shown_in_the_right_order(seed: int) -> None:
    """Nobody is given the answer, and every step is there."""
    bank = [a_question_of(QuestionKind.ORDER, f"urut-{number}") for number in range(8)]
    for item in papers.draw(bank, [Draw("dasar", 8)], seed):
        assert ("a", "b", "c", "d") != item.option_ids
        assert ["a", "b", "c", "d"] == sorted(item.option_ids)


def test_partners_are_shuffled_by_the_seed_and_other_groups_are_not() -> None:
    """The same attempt shows the same order each time; "Boleh" stays before "Tidak boleh"."""
    match, classify = a_question_of(QuestionKind.MATCH), a_question_of(QuestionKind.CLASSIFY)
    shown = {papers.groups(match, seed) for seed in range(60)}
    assert len(shown) > 12
    assert {frozenset(SANCTIONS)} == {frozenset(groups) for groups in shown}
    assert papers.groups(match, 7) == papers.groups(match, 7)
    assert {classify.groups} == {papers.groups(classify, seed) for seed in range(60)}
