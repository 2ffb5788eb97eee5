"""Whom a ruling touches, as its page tells it: people in reach by name, for authors only how many of each OPD."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from elearn.assessment import decisions, people, regrading, rules
from elearn.assessment.decisions import Case
from elearn.assessment.people import Learner
from elearn.assessment.regrading import Change
from elearn.assessment.rules import Effect, Result
from elearn.core.permissions import Actor, Permission
from elearn.core.speech import say
from elearn.quiz.models import Ruling

WITHOUT_PLACE = say("Tanpa penempatan")


@dataclass(frozen=True, slots=True)
class Line:
    """One result that would change or has changed: whose, both results, and the case once it is written down."""

    learner: Learner | None
    before: Result
    after: Result
    effect: Effect
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """What a ruling would do or did: how many results in which way, of which OPD, and of whom in reach."""

    counts: dict[Effect, int]
    offices: list[tuple[str, dict[Effect, int | None]]]
    lines: Sequence[Line]


def of(actor: Actor, ruling: Ruling) -> Effects:
    """What a ruling would do, or did once it was applied; only who decides about results sees whose they are."""
    lines = _foreseen(ruling) if ruling.applied_at is None else _seen(actor, ruling)
    counts = {effect: sum(line.effect is effect for line in lines) for effect in Effect}
    return Effects(counts, _by_opd(lines), _in_reach(actor, lines))


def _foreseen(ruling: Ruling) -> list[Line]:
    changes: list[Change] = list(regrading.preview(ruling))
    learners = people.by_account({each.attempt.learner_id for each in changes})
    return [Line(learners.get(each.attempt.learner_id), each.before, each.after, each.effect) for each in changes]


def _seen(actor: Actor, ruling: Ruling) -> list[Line]:
    judges = Permission.ASSESSMENT_RESULT_DECIDE
    permission = judges if actor.has(judges) else Permission.ASSESSMENT_QUESTION_RULE
    cases = decisions.list_cases(actor, permission, ruling=ruling)
    return [Line(each.learner, each.before, each.after, each.effect, each) for each in cases]


def _in_reach(actor: Actor, lines: Sequence[Line]) -> list[Line]:
    known = [line.learner for line in lines if line.learner]
    reach = people.reachable(actor, Permission.ASSESSMENT_RESULT_DECIDE, known)
    return [line for line in lines if line.learner and line.learner.account_id in reach]


def _by_opd(lines: Iterable[Line]) -> list[tuple[str, dict[Effect, int | None]]]:
    """How many results of each OPD change in which way; None where they are too few to be told."""
    lines = list(lines)
    names: dict[UUID | None, str] = people.opd_names([line.learner for line in lines if line.learner])
    found: dict[str, dict[Effect, int]] = {}
    for line in lines:
        name = names.get(line.learner.opd_id, "") if line.learner else ""
        found.setdefault(name or WITHOUT_PLACE, dict.fromkeys(Effect, 0))[line.effect] += 1
    return [(name, rules.shown_counts(counts)) for name, counts in sorted(found.items())]
