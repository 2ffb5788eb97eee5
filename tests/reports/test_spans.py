"""The spans of days that demands tell apart: each day of a module lies in one, and gives each demand what counts."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from elearn.directives.duties import Demand
from elearn.directives.rules import Stage
from elearn.reports.spans import LAPSED, feeds, told_apart

FIRST = date(2026, 1, 1)
days = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def asked(draw: st.DrawFn) -> Demand:
    """What counts for one of two modules: any result, those since a day, with a time to renew in or without."""
    slug, since, back = draw(st.sampled_from("ab")), draw(st.none() | days), draw(st.integers(1, 20))
    return Demand(slug, since, since - timedelta(days=back) if since and draw(st.booleans()) else None)


many = st.lists(asked(), min_size=1, max_size=5, unique=True).map(tuple)


def span_of(demands: tuple[Demand, ...], slug: str, day: date) -> int | None:
    """The span in which a day lies; None before the first."""
    return max((number for number, first in enumerate(told_apart(demands)[slug]) if first <= day), default=None)


@given(demands=many, day=days)
def test_what_was_done_on_a_day_gives_each_demand_what_counts_for_it(demands: tuple[Demand, ...], day: date) -> None:
    """A stage where the day counts, a lapse where a signature might have been renewed, else nothing."""
    for number, demand in enumerate(demands):
        span = span_of(demands, demand.module_slug, day)
        found = {(each.stage, each.mark) for each in feeds(demands) if (each.number, each.span) == (number, span)}
        if demand.since is None or day >= demand.since:
            assert {(stage, stage) for stage in Stage if stage} == found
        elif demand.renew_from and day >= demand.renew_from:
            assert {(Stage.SIGNED, LAPSED)} == found
        else:
            assert set() == found


@given(demands=many)
def test_the_furthest_is_told_last_and_then_what_lapsed(demands: tuple[Demand, ...]) -> None:
    """So that whoever puts marks together in this order keeps the furthest."""
    marks = [each.mark for each in feeds(demands)]
    assert sorted(marks) == marks
    assert LAPSED > max(Stage)
    assert {each.module_slug for each in feeds(demands)} == {demand.module_slug for demand in demands}
