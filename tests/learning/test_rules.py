"""Progress is folded from facts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from elearn.content.modules import PartKind
from elearn.learning import rules
from elearn.learning.rules import Facts
from tests.factories.content import a_module

MODULE = a_module()
facts = st.builds(
    Facts,
    st.sets(st.sampled_from(["mengapa-netral", "jejak-digital", "asing"])),
    st.sets(st.sampled_from(["satu-jempol", "asing"])),
    st.sets(st.sampled_from(["satu-jempol"])),
    st.booleans(),
)


def test_a_newcomer_begins_with_the_first_part() -> None:
    """Nothing done, the first part next, all minutes ahead."""
    progress = rules.progress(MODULE, Facts())
    assert (0, 3, "mengapa-netral", False) == (
        progress.done,
        progress.total,
        progress.next_part.id,
        progress.is_quiz_open,
    )
    assert MODULE.minutes == progress.minutes_left


def test_parts_may_be_done_in_any_order() -> None:
    """The next part is the first one left."""
    progress = rules.progress(MODULE, Facts(lessons_read={"jejak-digital"}, scenarios_open={"satu-jempol"}))
    assert [(False, True), (False, False), (True, False)] == [(s.is_done, s.is_next) for s in progress.parts]
    assert [False, True, False] == [state.is_begun for state in progress.parts]


def test_the_quiz_opens_when_all_parts_are_done() -> None:
    """And only the quiz's own minutes are left; none after passing."""
    done = {"lessons_read": {"mengapa-netral", "jejak-digital"}, "scenarios_ended": {"satu-jempol"}}
    progress = rules.progress(MODULE, Facts(**done))
    assert (True, None, 13) == (progress.is_quiz_open, progress.next_part, progress.minutes_left)
    assert 0 == rules.progress(MODULE, Facts(**done, has_passed=True)).minutes_left


@given(known=facts)
def test_progress_is_consistent(known: Facts) -> None:
    """At most one part is next, it is not done, and there is one unless the quiz is open."""
    progress = rules.progress(MODULE, known)
    following = [state for state in progress.parts if state.is_next]
    assert progress.is_quiz_open is (not following)
    assert all(not state.is_done for state in following)
    assert 0 <= progress.done <= progress.total == len(MODULE.parts)
    assert 0 <= progress.minutes_left <= MODULE.minutes


def test_a_lesson_and_a_story_of_one_name_are_two_parts() -> None:
    """Reading the one does not play the other."""
    progress = rules.progress(MODULE, Facts(lessons_read={"satu-jempol"}))
    assert [] == [state for state in progress.parts if state.is_done and state.part.kind is PartKind.SCENARIO]


def test_an_optional_part_is_offered_but_not_required() -> None:
    """It is never next, keeps no quiz closed, and costs no minutes of the module."""
    parts = tuple(replace(part, optional=part.kind is PartKind.SCENARIO) for part in MODULE.parts)
    module = a_module(parts=parts)
    begun = rules.progress(module, Facts(lessons_read={"mengapa-netral"}))
    assert (1, 2, "jejak-digital") == (begun.done, begun.total, begun.next_part.id)
    assert ["satu-jempol"] == [state.part.id for state in begun.optional]
    done = rules.progress(module, Facts(lessons_read={"mengapa-netral", "jejak-digital"}))
    assert (True, None, 0) == (done.is_quiz_open, done.next_part, sum(state.is_next for state in done.parts))
    assert (
        0
        == rules.progress(
            module, Facts(lessons_read={"mengapa-netral", "jejak-digital"}, has_passed=True)
        ).minutes_left
    )
