"""How far somebody is, and who is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content.law import LegalForm
from elearn.directives.duties import Target
from elearn.directives.rules import (
    Completion,
    ContradictoryTarget,
    NestedTarget,
    Reach,
    Stage,
    Standing,
    may_be_basis,
    refuse_nesting,
    stage,
    standing,
    together,
)
from tests.factories.pact import LAW

AT = datetime(2026, 11, 1, tzinfo=UTC)
DUE = date(2026, 11, 27)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
standings = st.builds(Standing, st.sampled_from(Stage), st.booleans())


@pytest.mark.parametrize(
    ("completion", "expected"),
    [
        (Completion(), Stage.NOT_STARTED),
        (Completion(AT), Stage.LEARNING),
        (Completion(AT, AT), Stage.PASSED),
        (Completion(AT, AT, AT), Stage.SIGNED),
        (Completion(AT, AT, AT, AT), Stage.CERTIFIED),
        (Completion(None, None, AT), Stage.SIGNED),
    ],
)
def test_the_stage_is_the_furthest_point(completion: Completion, expected: Stage) -> None:
    """Also when an earlier point is not on record."""
    assert expected is stage(completion)


@pytest.mark.parametrize(("days_after", "is_late"), [(-1, False), (0, False), (1, True)])
def test_late_begins_the_day_after_the_deadline(days_after: int, is_late: bool) -> None:
    """On the last day itself nobody is late."""
    assert is_late == standing(DUE, Reach(Stage.PASSED), DUE + timedelta(days=days_after)).is_late


@given(st.builds(Reach, st.sampled_from(Stage), st.booleans()), days, days)
def test_who_has_signed_is_never_late(reached: Reach, due: date, today: date) -> None:
    """The certificate is the office's part; and whose result has only just lapsed is not late yet."""
    stands = standing(due, reached, today)
    assert (today > due and reached.stage < Stage.SIGNED and not reached.is_renewing) == stands.is_late


@given(st.lists(standings, min_size=1, max_size=5))
def test_several_obligations_are_done_only_when_all_are(each: list[Standing]) -> None:
    """The least advanced counts, any lateness counts, and a beginning anywhere is a beginning."""
    whole = together(each)
    least = min(one.stage for one in each)
    assert any(one.is_late for one in each) == whole.is_late
    assert whole.stage in (least, Stage.LEARNING)
    assert (whole.stage is Stage.NOT_STARTED) == all(one.stage is Stage.NOT_STARTED for one in each)


@pytest.mark.parametrize(
    ("full", "form", "expected"),
    [
        ("Undang-Undang Nomor 20 Tahun 2023", None, True),
        ("Penjelasan resmi BKN", None, False),
        ("Pedoman bersama lima pimpinan lembaga", LegalForm.DECISION, True),
        ("Peraturan menurut siaran pers", LegalForm.STATEMENT, False),
    ],
)
def test_a_letter_rests_on_law(full: str, form: LegalForm | None, expected: bool) -> None:
    """What the register knows of the instrument counts; where it is silent, how its name begins."""
    cite = replace(LAW, full=full, instrument_id="x")
    assert ([cite] if expected else []) == may_be_basis([cite], DUE, {"x": form} if form else {})


def test_no_agency_is_addressed_twice() -> None:
    """Not below another one, nor below one that is left out; an exception below an addressed one is fine."""
    root, opd, unit = UUID(int=1), UUID(int=2), UUID(int=3)
    names, lines = {opd: "Dinas", unit: "Puskesmas"}, {opd: (root, opd), unit: (root, opd, unit)}
    refuse_nesting(
        Target(frozenset({opd}), frozenset(), excepted_agencies=frozenset({unit})), {opd: lines[opd]}, names
    )
    with pytest.raises(NestedTarget, match="Puskesmas sudah termasuk dalam Dinas") as refused:
        refuse_nesting(Target(frozenset({opd, unit}), frozenset()), lines, names)
    assert "units" == refused.value.field
    with pytest.raises(ContradictoryTarget):
        refuse_nesting(
            Target(frozenset({unit}), frozenset(), excepted_agencies=frozenset({opd})), {unit: lines[unit]}, names
        )
