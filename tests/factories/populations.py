"""A regency as a hundred days leave it, drawn at random or told, and laid straight into the books."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise
from typing import Any

from hypothesis import strategies as st

from elearn.accounts.models import Account
from elearn.agencies.models import Absence, Agency, Employee, EmployeeGrade, Placement
from elearn.agencies.rules import AbsenceKind, EmployeeKind, PostGroup
from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.db import db, new_id
from elearn.core.transaction import transaction
from elearn.directives.models import Directive, DirectivePerson, DirectiveTarget, Exemption
from elearn.directives.rules import Status
from elearn.learning.models import Enrolment
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt
from tests.factories.agencies import a_nip, a_unit, an_opd
from tests.factories.pact import SLUG, published_texts

LONGEST = 100
"""How many days ago everything may have begun."""
TIMES = (time(0), time(12), time(23, 59, 59, 999999))
"""The edges of a day, and what lies between."""
KINDS = (EmployeeKind.PNS, EmployeeKind.CPNS, EmployeeKind.PPPK)
GROUPS = (None, PostGroup.TOP, PostGroup.FUNCTIONAL)
RANKS = (None, "II/d", "III/a", "III/c", "IX")
OFFICES = 5
_numbers = count(1)


@dataclass(frozen=True)
class Round:
    """Once through the module: begun so many days ago, then passed, signed and certified as far as it went.

    Each step comes so many days after the one before, all at one time of the day. Whose quiz is failed later loses
    her certificate on the day of that decision, or lost it before.
    """

    begun: int
    gaps: tuple[int, ...] = ()
    at: time = TIMES[1]
    is_failed_later: bool = False
    revoked_after: int | None = None


@dataclass(frozen=True)
class Life:
    """Somebody: as what she serves, where since how many days ago, when she was away, what she did.

    `was` is what she was before and until when, `away` since when and for how many days, if that has an end.
    """

    kind: EmployeeKind = EmployeeKind.PNS
    was: tuple[EmployeeKind, int] | None = None
    group: PostGroup | None = None
    rank: str | None = None
    stays: tuple[tuple[int, int], ...] = ((LONGEST, 0),)
    left: int | None = None
    away: tuple[int, int | None] | None = None
    opened: tuple[int, time] | None = None
    rounds: tuple[Round, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A directive: whom it binds by numbers, what it counts, when it was issued, when it ended.

    Its deadline and the one of PPPK are so many days after the issue; `exempt` is who, since when, and for how long.
    """

    offices: frozenset[int] = frozenset({0})
    kinds: frozenset[EmployeeKind] = frozenset(EmployeeKind)
    groups: frozenset[PostGroup] = frozenset()
    named: int | None = None
    excepted: int | None = None
    issued: int = LONGEST
    days: int = 0
    own_days: int | None = None
    joiner_days: int = 14
    valid_months: int | None = None
    valid_until: int | None = None
    credits_earlier: bool = True
    ended: int | None = None
    exempt: tuple[int, int, int | None] | None = None


ago = st.integers(1, LONGEST)
times = st.sampled_from(TIMES)
gaps = st.sampled_from((0, 1, 9))
rounds = st.builds(
    Round,
    ago,
    st.sampled_from((0, 1, 2, 3, 3)).flatmap(lambda steps: st.tuples(*[gaps] * steps)),
    times,
    st.sampled_from((False, False, True)),
    st.none() | st.sampled_from((0, 1, 5, 30)),
)
lives = st.builds(
    Life,
    st.sampled_from(KINDS),
    st.none() | st.tuples(st.sampled_from(KINDS), ago),
    st.sampled_from(GROUPS),
    st.sampled_from(RANKS),
    st.lists(st.tuples(ago, st.integers(0, OFFICES - 1)), min_size=1, max_size=3, unique_by=lambda stay: stay[0]).map(
        lambda stays: tuple(sorted(stays, reverse=True))
    ),
    st.none() | ago,
    st.none() | st.tuples(ago, st.none() | st.integers(1, 30)),
    st.none() | st.tuples(ago, times),
    st.lists(rounds, max_size=2, unique_by=lambda each: each.begun).map(tuple),
)
letters = st.builds(
    Letter,
    st.sets(st.integers(0, OFFICES - 1), min_size=1).map(frozenset),
    st.sets(st.sampled_from(KINDS), min_size=1).map(frozenset) | st.just(frozenset(EmployeeKind)),
    st.sets(st.sampled_from(GROUPS[1:])).map(frozenset),
    st.none() | st.integers(0, 9),
    st.none() | st.integers(0, 9),
    ago,
    st.integers(0, 40),
    st.none() | st.integers(0, 40),
    st.sampled_from((0, 5, 14)),
    st.none() | st.sampled_from((1, 2)),
    st.none() | ago,
    st.booleans(),
    st.none() | ago,
    st.none() | st.tuples(st.integers(0, 9), ago, st.none() | st.integers(1, 30)),
)


def laid_down(people: list[Life], directives: list[Letter]) -> list[Agency]:
    """Write all of it, and give the agencies: an OPD with two units, one of them below the other, and two without."""
    published_texts()
    opd = an_opd()
    unit = a_unit(opd)
    offices = [opd, unit, a_unit(unit), an_opd(), an_opd()]
    with transaction():
        staff = [_somebody(life, offices) for life in people]
        for letter in directives:
            _directive(letter, staff, offices)
    db.session.expire_all()
    return offices


def _day(back: int) -> date:
    return clock.today() - timedelta(days=back)


def _moment(back: int, at: time) -> datetime:
    return datetime.combine(_day(max(back, 1)), at, clock.zone())


def _add(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row


def _somebody(life: Life, offices: list[Agency]) -> Employee:
    nip = a_nip()
    opened_at = _moment(*life.opened) if life.opened else None
    account = _add(
        Account(id=new_id(), username=nip, name=nip, created_at=_moment(LONGEST, TIMES[0]), activated_at=opened_at)
    )
    employee = _add(
        Employee(
            id=new_id(),
            account_id=account.id,
            nip=nip,
            name=f"Pegawai {nip[-6:]}",
            kind=life.kind,
            rank=life.rank,
            birth_on=date(1985, 1, 1),
        )
    )
    if life.was:
        former, risen = life.was
        grades = [(_day(LONGEST + 1), former), (_day(risen), life.kind)]
        db.session.add_all(
            EmployeeGrade(employee_id=employee.id, since=since, kind=kind, rank=life.rank) for since, kind in grades
        )
    _placed(employee, life, offices)
    if life.away:
        since, length = life.away
        until = _day(since) + timedelta(days=length) if length else None
        facts = {"kind": AbsenceKind.STUDY, "reason": "SK", "recorded_at": _moment(since, TIMES[1])}
        _add(Absence(employee_id=employee.id, started_on=_day(since), ended_on=until, **facts))
    for number, each in enumerate(life.rounds, start=1):
        _gone_through(employee, each, number, offices[0])
    return employee


def _placed(employee: Employee, life: Life, offices: list[Agency]) -> None:
    """The stays one after the other, the last one until she left."""
    starts = [since for since, _ in life.stays]
    left = life.left if life.left and life.left < starts[-1] else None
    ends = [*(end for _, end in pairwise(starts)), left]
    for (since, office), end in zip(life.stays, ends, strict=True):
        facts = {"agency_id": offices[office].id, "post_group": life.group, "started_on": _day(since)}
        _add(Placement(employee_id=employee.id, ended_on=None if end is None else _day(end), **facts))


def _gone_through(employee: Employee, each: Round, number: int, signed_at: Agency) -> None:
    """The rows of one round, each step some days after the one before."""
    moments = [_moment(each.begun, each.at)]
    for gap in each.gaps:
        moments.append(min(moments[-1] + timedelta(days=gap), _moment(1, each.at)))
    publication, learner = content.current_module(SLUG)[0].id, {"learner_id": employee.account_id}
    whose = {"account_id": employee.account_id, "employee_id": employee.id, "module_slug": SLUG}
    module = {"module_slug": SLUG, "publication_id": publication}
    _add(Enrolment(**learner, **module, round=number, started_at=moments[0]))
    if not each.gaps:
        return
    graded = {"closed_by": "learner", "score": 1, "total": 1, "passed": not each.is_failed_later, "marks": [100]}
    sat = {"started_at": moments[1] - timedelta(minutes=5), "due_at": moments[1], "submitted_at": moments[1]}
    attempt = _add(Attempt(id=new_id(), **learner, **module, number=number, seed=1, paper=[], **sat, **graded))
    if len(each.gaps) == 1:
        return
    unique = f"{next(_numbers):064}"
    text = {"statement": "{}", "statement_sha256": unique, "ledger_hash": unique, "signed_at": moments[2]}
    pledge = content.current_pact(SLUG)[0].id
    pact = _add(Pact(id=new_id(), **whose, publication_id=pledge, attempt_id=attempt.id, **text))
    if len(each.gaps) == 3:
        _certified(pact, whose, signed_at, moments[3], each)


def _certified(pact: Pact, whose: dict[str, Any], office: Agency, at: datetime, each: Round) -> None:
    number, revoked, after = next(_numbers), {}, each.revoked_after
    if after is None and each.is_failed_later:
        after = 1
    if after is not None:
        revoked_at = min(at + timedelta(days=after), _moment(1, each.at))
        revoked = {"revoked_at": max(revoked_at, at), "revoke_reason": "Keliru"}
    names = {"number": f"{number}/X", "year": 2026, "sequence": number, "code": f"K-{number}"}
    _add(Certificate(pact_id=pact.id, agency_id=office.id, facts={}, issued_at=at, **whose, **names, **revoked))


def _directive(letter: Letter, staff: list[Employee], offices: list[Agency]) -> None:
    ended = letter.ended if letter.ended is not None and letter.ended < letter.issued else None
    issued_on, number = _day(letter.issued), next(_numbers)
    own = {EmployeeKind.PPPK.value: str(issued_on + timedelta(days=letter.own_days))} if letter.own_days else {}
    signatory = {f"signatory_{each}": "-" for each in ("name", "title", "rank", "nip")}
    issued_at = _moment(letter.issued, TIMES[1])
    directive = _add(
        Directive(
            id=new_id(),
            number=f"{number}/SE",
            subject="-",
            body="-",
            legal_basis=[],
            module_slug=SLUG,
            target_kinds=[kind.value for kind in sorted(letter.kinds)],
            target_groups=[group.value for group in sorted(letter.groups)],
            deadline_on=issued_on + timedelta(days=letter.days),
            deadlines=own,
            joiner_days=letter.joiner_days,
            valid_months=letter.valid_months,
            valid_until=None if letter.valid_until is None else _day(letter.valid_until),
            credits_earlier=letter.credits_earlier,
            place="-",
            **signatory,
            status=Status.ISSUED if ended is None else Status.CLOSED,
            drafted_at=issued_at,
            issued_at=issued_at,
            issued_on=issued_on,
            ended_on=None if ended is None else _day(ended),
        )
    )
    db.session.add_all(DirectiveTarget(directive_id=directive.id, agency_id=offices[n].id) for n in letter.offices)
    picked = {letter.named: False, letter.excepted: True}
    people = {staff[n % len(staff)].id: is_excepted for n, is_excepted in picked.items() if n is not None}
    db.session.add_all(
        DirectivePerson(directive_id=directive.id, employee_id=who, is_excepted=is_excepted)
        for who, is_excepted in people.items()
    )
    if letter.exempt:
        who, since, length = letter.exempt
        free = staff[who % len(staff)]
        until = _day(since) + timedelta(days=length) if length else None
        facts = {"approved_by": free.account_id, "approved_at": issued_at, "from_on": _day(since), "until_on": until}
        db.session.add(Exemption(directive_id=directive.id, employee_id=free.id, reason="Sakit", **facts))
    db.session.flush()
