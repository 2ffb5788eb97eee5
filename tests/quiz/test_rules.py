"""The paper, the points and the leave to try again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content.rules import Draw, Question
from elearn.quiz import rules
from elearn.quiz.rules import Item, Sitting
from tests.factories.content import a_policy, a_question

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
TOPICS = ("dasar", "medsos", "sanksi")
BANK = [a_question(f"{topic}-{n}", topic=topic) for topic in TOPICS for n in range(1, 7)]
BY_ID = {question.id: question for question in BANK}

seeds = st.integers(min_value=0, max_value=2**63 - 1)
blueprints = st.lists(
    st.builds(Draw, st.sampled_from(TOPICS), st.integers(min_value=0, max_value=6)), unique_by=lambda line: line.topic
)
answers = st.dictionaries(st.integers(min_value=1, max_value=18), st.lists(st.sampled_from("abcx"), max_size=3))


@given(seed=seeds, blueprint=blueprints, shuffled=st.permutations(BANK))
def test_a_seed_draws_one_paper(seed: int, blueprint: list[Draw], shuffled: list[Question]) -> None:
    """The same seed gives the same paper, in whatever order the bank comes."""
    assert rules.draw(BANK, blueprint, seed) == rules.draw(shuffled, blueprint, seed)


@given(seed=seeds, blueprint=blueprints)
def test_a_paper_follows_its_blueprint(seed: int, blueprint: list[Draw]) -> None:
    """So many questions of each topic, none twice, and every option of a question once."""
    paper = rules.draw(BANK, blueprint, seed)
    drawn = [BY_ID[item.question_id] for item in paper]
    assert {line.topic: line.draw for line in blueprint if line.draw} == {
        topic: sum(q.topic == topic for q in drawn) for topic in {q.topic for q in drawn}
    }
    assert len(drawn) == len({question.id for question in drawn})
    assert all(["a", "b", "c"] == sorted(item.option_ids) for item in paper)


def test_seeds_differ_in_questions_order_and_options() -> None:
    """Neighbours do not sit the same paper."""
    papers = {rules.draw(BANK, [Draw("dasar", 3)], seed) for seed in range(50)}
    assert len(papers) == 50
    assert len({tuple(item.question_id for item in paper) for paper in papers}) > 30


@given(seed=seeds, blueprint=blueprints, given_answers=answers)
def test_a_grade_never_exceeds_the_total(seed: int, blueprint: list[Draw], given_answers: dict) -> None:
    """Whatever is answered, right or invented, at places that exist or not."""
    paper = rules.draw(BANK, blueprint, seed)
    result = rules.grade(paper, given_answers, BY_ID)
    assert 0 <= result.score <= result.total == len(paper)


@given(seed=seeds, blueprint=blueprints, places=st.sets(st.integers(min_value=1, max_value=18)))
def test_each_right_answer_is_one_point(seed: int, blueprint: list[Draw], places: set[int]) -> None:
    """Unanswered, wrong and too many options are worth nothing."""
    paper = rules.draw(BANK, blueprint, seed)
    given_answers = {place: ["a"] if place in places else ["a", "b"] for place in range(1, len(paper))}
    assert len(places & given_answers.keys()) == rules.grade(paper, given_answers, BY_ID).score


@given(seed=seeds, blueprint=blueprints, given_answers=answers)
def test_topics_sum_up_to_the_score(seed: int, blueprint: list[Draw], given_answers: dict) -> None:
    """The strengths are the grade, seen by topic."""
    policy = a_policy(blueprint=tuple(blueprint))
    paper = rules.draw(BANK, blueprint, seed)
    result = rules.grade(paper, given_answers, BY_ID)
    topics = rules.strengths(paper, result, BY_ID, policy)
    assert (result.score, result.total) == (sum(t.right for t in topics), sum(t.total for t in topics))


@given(seed=seeds, blueprint=blueprints)
def test_a_stored_paper_reads_back(seed: int, blueprint: list[Draw]) -> None:
    """What is written to the database is what was drawn."""
    paper = rules.draw(BANK, blueprint, seed)
    assert paper == rules.read(rules.written(paper))


@pytest.mark.parametrize(("score", "expected"), [(13, False), (14, True), (20, True), (0, False)])
def test_the_pass_mark_is_reached_or_not(score: int, expected: bool) -> None:
    """70 percent of 20 is 14."""
    assert expected is rules.is_pass(score, 20, a_policy(pass_percent=70))


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


@pytest.mark.parametrize("choice", [[], ["x"], ["a", "b"], ["a", "a"]])
def test_a_choice_that_cannot_answer_is_refused(choice: list[str]) -> None:
    """None, an unknown one, more than one."""
    with pytest.raises(rules.UnknownOption):
        rules.check_choice(Item("soal-1", ("c", "a", "b")), a_question(), choice)


def test_unanswered_questions_are_named() -> None:
    """By their position, from 1."""
    paper = (Item("x", ()), Item("y", ()), Item("z", ()))
    assert [1, 3] == rules.unanswered(paper, {2: ("a",), 3: ()})
