"""Papers: difficulty, fixed questions, questions seen before, order."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content import supply
from elearn.content.questions import Draw, Question, QuestionKind
from elearn.quiz import papers
from tests.factories.content import a_question
from tests.factories.items import a_question_of

seeds = st.integers(min_value=0, max_value=2**63 - 1)
TOPICS = ("dasar", "medsos")


@st.composite
def banks(draw: st.DrawFn) -> list[Question]:
    """A bank of two topics with any number of questions of each difficulty."""
    counts = {(topic, level): draw(st.integers(0, 4)) for topic in TOPICS for level in (1, 2, 3)}
    return [
        a_question(f"{topic}-{level}-{n}", topic=topic, difficulty=level)
        for (topic, level), count in counts.items()
        for n in range(count)
    ]


@st.composite
def met(draw: st.DrawFn) -> tuple[list[Question], list[Draw]]:
    """A bank and a blueprint that some paper meets: made from the paper, line by line."""
    bank = draw(banks())
    paper = draw(st.permutations(bank))[: draw(st.integers(0, len(bank)))]
    lines: dict[tuple[str, int], list[Question]] = {}
    for question in paper:
        level = draw(st.sampled_from([0, question.difficulty]))
        lines.setdefault((question.topic, level), []).append(question)
    blueprint = [
        Draw(topic, len(line), level, tuple(each.id for each in line if draw(st.booleans())))
        for (topic, level), line in lines.items()
    ]
    return bank, draw(st.permutations(blueprint))


@given(met(), seeds, st.data())
def test_a_blueprint_that_can_be_met_is_met(
    pair: tuple[list[Question], list[Draw]], seed: int, data: st.DataObject
) -> None:
    """Each line gets its number from its topic and difficulty, its fixed ones among them, and none comes twice."""
    bank, blueprint = pair
    seen = data.draw(st.lists(st.sampled_from(bank), max_size=8)) if bank else []
    paper = papers.draw(bank, blueprint, seed, [question.id for question in seen])
    drawn = [item.question_id for item in paper]
    assert sum(line.draw for line in blueprint) == len(drawn) == len(set(drawn))
    assert {each for line in blueprint for each in line.fixed} <= set(drawn)
    left = {question.id: question for question in bank if question.id in drawn}
    for line in sorted(blueprint, key=lambda each: each.difficulty == 0):
        own = [each for each in left.values() if supply.fits(each, line)][: line.draw]
        assert line.draw == len(own)
        left = {key: each for key, each in left.items() if each not in own}


@given(seeds, st.sets(st.integers(0, 9)))
def test_questions_not_seen_come_first(seed: int, seen: set[int]) -> None:
    """As many new ones as there are; the others only fill up."""
    bank = [a_question(f"s-{n}") for n in range(10)]
    known = {f"s-{n}" for n in seen}
    drawn = {item.question_id for item in papers.draw(bank, [Draw("dasar", 5)], seed, sorted(known))}
    assert min(5, 10 - len(known)) == len(drawn - known)


@given(seeds, st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_questions_avoided_come_last(seed: int, avoided: set[int], seen: set[int]) -> None:
    """Even after those seen; they fill up only what nothing else can, or what the blueprint fixes."""
    bank = [a_question(f"s-{n}") for n in range(10)]
    idle, known = ({f"s-{n}" for n in some} for some in (avoided, seen))
    drawn = papers.draw(bank, [Draw("dasar", 5)], seed, sorted(known), avoided=idle)
    assert max(0, 5 - (10 - len(idle))) == len({item.question_id for item in drawn} & idle)
    fixed = papers.draw(bank, [Draw("dasar", 5, fixed=("s-3",))], seed, avoided={"s-3"})
    assert "s-3" in {item.question_id for item in fixed}


@given(seeds)
def test_four_papers_of_five_use_up_a_bank_of_twenty(seed: int) -> None:
    """Nobody meets a question twice while there are others, and later none three times before all came twice."""
    bank = [a_question(f"s-{n}") for n in range(20)]
    seen: list[str] = []
    for number in range(8):
        seen += [item.question_id for item in papers.draw(bank, [Draw("dasar", 5)], seed + number, seen)]
        assert {number // 4 + 1} >= set(Counter(seen).values()) - {number // 4}
    assert {2} == set(Counter(seen).values())


def test_lines_of_one_difficulty_choose_before_those_of_any() -> None:
    """The only hard one is not spent on the line that takes anything."""
    bank = [a_question("mudah-1"), a_question("mudah-2"), a_question("sukar", difficulty=3)]
    for seed in range(40):
        drawn = papers.draw(bank, [Draw("dasar", 2), Draw("dasar", 1, 3)], seed)
        assert {"mudah-1", "mudah-2", "sukar"} == {item.question_id for item in drawn}


def test_an_order_that_is_not_shuffled_is_that_of_blueprint_and_bank() -> None:
    """Line by line, in each as the bank has them, with the options as written; steps are shuffled all the same."""
    bank = [a_question("a"), a_question_of(QuestionKind.ORDER, "b"), a_question("c", topic="medsos")]
    lines = [Draw("medsos", 1), Draw("dasar", 2)]
    for seed in range(20):
        paper = papers.draw(bank, lines, seed, shuffles_questions=False, shuffles_options=False)
        assert ["c", "a", "b"] == [item.question_id for item in paper]
        assert ("a", "b", "c") == paper[0].option_ids
        assert ("a", "b", "c", "d") != paper[2].option_ids


@pytest.mark.parametrize("seed", [1, 2**62])
def test_old_papers_can_be_drawn_again(seed: int) -> None:
    """Where nothing was seen and no difficulty is asked, a seed gives the paper it always gave."""
    bank = [a_question(f"s-{n}", difficulty=n % 3 + 1) for n in range(12)]
    paper = papers.draw(bank, [Draw("dasar", 4)], seed)
    changed = [replace(each, difficulty=1) for each in bank]
    assert paper == papers.draw(changed, [Draw("dasar", 4)], seed, seen=())
