"""What can happen in a regency, done by the house's own actions and then noted on paper; what is refused is not."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from elearn.accounts import activation
from elearn.accounts import queries as account_queries
from elearn.agencies import absences, imports, queries, renaming, reorganisation, review, tree_edits
from elearn.agencies import actions as agencies
from elearn.agencies.lineage import NewAgency
from elearn.agencies.models import Succession
from elearn.agencies.naming import Named
from elearn.agencies.rules import EVERYTHING, AbsenceKind, EmployeeKind, LeaveReason
from elearn.content import queries as content
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import Refusal
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.directives import actions as directives
from elearn.directives import exemptions
from elearn.directives import queries as directive_queries
from elearn.directives.duties import Target, Terms
from elearn.learning import actions as learning
from elearn.pact import actions as pact
from elearn.quiz import actions as quiz
from tests.factories.accounts import PASSWORD, an_actor
from tests.factories.agencies import a_person, a_roster, a_unit, an_instansi, an_opd
from tests.factories.directives import a_wording
from tests.factories.pact import SLUG, published_texts, signing
from tests.histories.reference import Order, Person, Span, Unit, World

T = TypeVar("T")
BACK = (0, 0, 1, 4, 20)
"""How long ago what is entered today took effect, in days."""
KINDS = (EmployeeKind.PNS, EmployeeKind.CPNS, EmployeeKind.PPPK)


class Regency:
    """The house and the paper beside it; each deed is chosen by three numbers, whatever there is to choose from."""

    def __init__(self) -> None:
        """Begin with three OPD, of which one has two units, and a module to be learned."""
        self.world = World()
        self.hr = an_actor(Role.HR)
        self.active: set[UUID] = set()
        self.count = 0
        published_texts()
        root, opds = an_instansi(), [an_opd(name=f"Dinas {letter}") for letter in "ABC"]
        for agency in (root, *opds, *(a_unit(opds[0], f"Unit {number}") for number in (1, 2))):
            self._note_unit(agency.id)
        self.root = root.id

    def do(self, deed: str, a: int, b: int, c: int) -> None:
        """Try a deed."""
        with suppress(Refusal, LookupError):
            getattr(self, deed)(a, b, c)

    # people

    def join(self, a: int, b: int, c: int) -> None:
        """Somebody enters at an open unit, perhaps with a day that is over."""
        unit, kind, on = _pick(self._open(), a), _pick(KINDS, b), _back(c)
        place = queries.get_agency_by_id(unit)
        person = a_person(place, kind=kind)
        with transaction():
            joined = agencies.hire(SYSTEM, person=person, started_on=on)
        self.world.people[joined.id] = Person([(on, kind.value)], [Span(on, None, unit)], [(on, (person.name, ""))])

    def move(self, a: int, b: int, c: int) -> None:
        """Somebody is transferred."""
        who, unit, on = _pick(self._serving(), a), _pick(self._open(), b), _back(c)
        with transaction():
            agencies.transfer(SYSTEM, employee_id=who, agency_id=unit, post="Analis", on=on)
        stays = self.world.people[who].stays
        if stays[-1].since == on:
            stays[-1].unit = unit
        else:
            stays[-1].until = on
            stays.append(Span(on, None, unit))

    def leave(self, a: int, _b: int, c: int) -> None:
        """Somebody's service ends."""
        who, on = _pick(self._serving(), a), _back(c)
        with transaction():
            agencies.leave(SYSTEM, employee_id=who, on=on, reason=LeaveReason.RETIRED)
        person = self.world.people[who]
        person.stays[-1].until, person.has_left = on, True
        person.absences = [each for each in person.absences if each.since < on]
        for each in person.absences:
            each.until = min(each.until or on, on)

    def be_absent(self, a: int, b: int, c: int) -> None:
        """Somebody goes on leave, for some days or without an end."""
        who, on = _pick(self._serving(), a), _back(c)
        until = on + timedelta(days=b % 40) if b % 4 else None
        times = {"started_on": on, "ended_on": until, "kind": AbsenceKind.STUDY}
        with transaction():
            absences.record(self.hr, employee_id=who, reason="SK", **times)
        self.world.people[who].absences.append(Span(on, until))

    def come_back(self, a: int, _b: int, c: int) -> None:
        """An absence ends."""
        away = [who for who in self._serving() if any(not each.until for each in self.world.people[who].absences)]
        who, on = _pick(away, a), _back(c)
        (absence,) = (each for each in absences.list_absences(who) if each.ended_on is None)
        with transaction():
            absences.end(self.hr, employee_id=who, absence_id=absence.id, on=on)
        person = self.world.people[who]
        (open_one,) = (each for each in person.absences if not each.until)
        open_one.until = on
        person.absences = [each for each in person.absences if each.until != each.since]

    def promote(self, a: int, _b: int, c: int) -> None:
        """A roster of somebody's OPD tells that she is PNS now."""
        candidates = [who for who in self._serving() if self.world.people[who].kinds[-1][1] == "CPNS"]
        who, on = _pick(candidates, a), _back(c)
        self._bring(who, on, kind=EmployeeKind.PNS)
        _note(self.world.people[who].kinds, on, "PNS")

    def gain_title(self, a: int, _b: int, c: int) -> None:
        """A roster of somebody's OPD tells a new title."""
        who, on = _pick(self._serving(), a), _back(c)
        title = self._title()
        self._bring(who, on, title_after=title)
        names = self.world.people[who].names
        _note(names, on, (names[-1][1][0], title))

    def call(self, a: int, b: int, c: int) -> None:
        """Somebody is called otherwise since a day, by name or by title."""
        who, on = _pick(self._serving(), a), _back(c)
        names = self.world.people[who].names
        name = (f"Pegawai {self._title()}", names[-1][1][1]) if b % 2 else (names[-1][1][0], self._title())
        with transaction():
            renaming.rename(self.hr, employee_id=who, named=Named(name[0], None, name[1] or None), on=on)
        _note(names, on, name)

    def mend_name(self, a: int, b: int, _c: int) -> None:
        """What somebody is called was a mistake, in the name or in the title, wherever it stood."""
        who = _pick(self._serving(), a)
        names, right, part = self.world.people[who].names, self._title(), b % 2
        wrong = names[-1][1][part]
        name = (names[-1][1][0], right) if part else (right, names[-1][1][1])
        with transaction():
            renaming.mend(self.hr, employee_id=who, named=Named(name[0], None, name[1] or None))
        for place, (since, stood) in enumerate(names):
            mended = (stood[0], right) if part else (right, stood[1])
            names[place] = (since, mended if stood[part] == wrong else stood)

    def _title(self) -> str:
        self.count += 1
        return f"S.T{self.count}"

    def _bring(self, who: UUID, on: date, **facts: Any) -> None:
        """Apply a roster of somebody's OPD in which one person is told otherwise."""
        known = {each.employee_id: each.person for each in review.known_people().values() if each.is_active}
        opd = self.world.opd(known[who].agency_id)
        listed = [person for person in known.values() if self.world.opd(person.agency_id) == opd]
        nip = known[who].nip
        changed = [replace(each, **facts) if each.nip == nip else each for each in listed]
        names = {unit: self._names(unit) for unit in self.world.units}
        with transaction():
            staged = imports.stage(self.hr, filename="a.csv", content=a_roster(changed, names), as_of=on)
            imports.apply(self.hr, import_id=staged.id, confirmed=imports.ALL_DOUBTS)
        assert staged.counts is not None
        assert (1, 0, 0) == tuple(staged.counts[part] for part in ("changes", "moves", "leaves"))

    def complete(self, a: int, _b: int, _c: int) -> None:
        """Somebody learns, passes and signs, perhaps once more."""
        who = _pick(self._serving(), a)
        employee = queries.get_employee(who, visible=EVERYTHING)
        if who not in self.active:
            with transaction():
                code = activation.issue_code(SYSTEM, account_id=employee.account_id)
            with transaction():
                activation.activate(username=employee.nip, code=code, password=PASSWORD, address="127.0.0.1")
            self.active.add(who)
        actor = account_queries.get_actor(employee.account_id)
        if self.world.people[who].signed:
            with transaction():
                learning.begin_again(actor, slug=SLUG)
        with transaction():
            attempt = learning.start_quiz(actor, slug=SLUG)
            quiz.save_answer(actor, attempt_id=attempt.id, position=1, choice=["a"])
            quiz.submit(actor, attempt_id=attempt.id)
        with transaction():
            pact.sign(actor, **signing(shown=content.current_pact(SLUG)[0].fingerprint))
        self.world.people[who].signed.append(clock.today())

    # the tree

    def found(self, a: int, _b: int, c: int) -> None:
        """A unit opens below another agency."""
        parent, on = queries.get_agency_by_id(_pick(self._open(), a)), _back(c)
        with transaction():
            opened = tree_edits.open_below(SYSTEM, parent, self._new(), on=on)
        self._note_unit(opened.id)

    def rename(self, a: int, _b: int, c: int) -> None:
        """A unit is called otherwise."""
        agency, on = queries.get_agency_by_id(_pick(self._open(), a)), _back(c)
        name = self._new().name
        with transaction():
            tree_edits.rename(SYSTEM, agency, name=name, short_name=None, since=on)
        names = self.world.units[agency.id].names
        if names[-1][0] == on:
            names[-1] = (on, name)
        else:
            names.append((on, name))

    def close(self, a: int, _b: int, c: int) -> None:
        """A unit where nobody serves is no more."""
        agency, on = queries.get_agency_by_id(_pick(self._below_root(), a)), _back(c)
        closing = [each for each in self.world.below(agency.id) if not self.world.units[each].closed]
        with transaction():
            tree_edits.close(SYSTEM, agency, on=on)
        for each in closing:
            self.world.units[each].closed = on

    def merge(self, a: int, b: int, c: int) -> None:
        """Two neighbours become a new one, or one takes the other over."""
        first = _pick(self._below_root(), a)
        beside = [each for each in self._below_root() if self._parent(each) == self._parent(first) and each != first]
        second, on = _pick(beside, b), _back(c)
        one, other = (queries.get_agency_by_id(each) for each in (first, second))
        with transaction():
            if c % 2:
                reorganisation.merge(SYSTEM, [one], other, on=on)
            else:
                reorganisation.merge(SYSTEM, [one, other], self._new(), on=on)
        self._hand_over(on)

    def split(self, a: int, b: int, c: int) -> None:
        """One becomes two; somebody chosen goes to the second."""
        former, on = _pick(self._below_root(), a), _back(c)
        right_at = [who for who in self._serving() if self.world.people[who].stays[-1].unit == former]
        chosen = {_pick(right_at, b): 1} if right_at else {}
        agency = queries.get_agency_by_id(former)
        with transaction():
            first, second = reorganisation.split(SYSTEM, agency, [self._new(), self._new()], on=on, people=chosen)
        self._hand_over(on, {former: first.id}, {(former, who): second.id for who in chosen})

    # directives

    def issue(self, a: int, b: int, c: int) -> None:
        """A directive, at times one that revokes another."""
        terms = Terms(
            valid_months=(None, None, 1, 2)[a % 4],
            valid_until=clock.today() + timedelta(days=40 + b % 20) if b % 5 == 0 else None,
            credits_earlier=bool(a % 3),
        )
        whole, units = c % 3 == 0, list(self.world.units)
        target = Target(
            agencies=frozenset([self.root] if whole else self._apart(_pick(units, a), _pick(units, b))),
            kinds=frozenset(kind.value for kind in (KINDS if b % 2 else KINDS[:2])),
            excepted_agencies=frozenset([_pick(units[1:], c)] if whole and c % 2 else []),
            people=frozenset([_pick(list(self.world.people), b)] if b % 4 == 0 else []),
        )
        former = _pick(self._issued(), b) if a % 5 == 0 and self._issued() else None
        days = {"deadline_on": clock.today() + timedelta(days=3 + c % 30), "joiner_days": (0, 5, 14)[c % 3]}
        wording = a_wording(**days, terms=terms, revokes_id=former)
        with transaction():
            drafted = directives.draft(SYSTEM, wording=replace(wording, target=target))
            issued = directives.issue(self.hr, directive_id=drafted.id)
        if former:
            self.world.orders[former].ended = clock.today()
        self.world.orders[issued.id] = Order(
            target.agencies,
            target.kinds,
            clock.today(),
            days["deadline_on"],
            days["joiner_days"],
            target.excepted_agencies,
            target.people,
            terms.credits_earlier,
            terms.valid_months,
            terms.valid_until,
        )

    def _apart(self, one: UUID, other: UUID) -> set[UUID]:
        """Both, or only the first where one stands below the other."""
        is_nested = other in self.world.above(one) or one in self.world.above(other)
        return {one} if is_nested else {one, other}

    def end(self, a: int, _b: int, _c: int) -> None:
        """A directive is closed."""
        which = _pick(self._issued(), a)
        with transaction():
            directives.close(self.hr, directive_id=which, note="Selesai")
        self.world.orders[which].ended = clock.today()

    def exempt(self, a: int, b: int, c: int) -> None:
        """Somebody need not follow a directive."""
        which, who, on = _pick(self._issued(), a), _pick(self._serving(), b), _back(c)
        nip = queries.get_employee(who, visible=EVERYTHING).nip
        with transaction():
            exemptions.exempt(self.hr, directive_id=which, nip=nip, reason="Sakit", from_on=on)
        self.world.orders[which].exemptions.append((who, Span(on)))

    def bind_again(self, a: int, _b: int, c: int) -> None:
        """An exemption ends, perhaps on its first day."""
        found = [
            (id_, one) for id_, order in self.world.orders.items() for one in order.exemptions if not one[1].until
        ]
        (which, (who, span)), on = _pick(found, a), _back(c)
        named = directive_queries.get_directive(which).exemptions
        (open_one,) = (each for each in named if each.employee_id == who and each.until_on is None)
        with transaction():
            exemptions.end(self.hr, directive_id=which, exemption_id=open_one.id, until_on=on)
        span.until = on
        order = self.world.orders[which]
        order.exemptions = [each for each in order.exemptions if each[1].until != each[1].since]

    # choosing and noting

    def _open(self) -> list[UUID]:
        return [id_ for id_, unit in self.world.units.items() if unit.closed is None]

    def _below_root(self) -> list[UUID]:
        return [each for each in self._open() if each != self.root]

    def _parent(self, unit: UUID) -> UUID | None:
        return self.world.units[unit].parent

    def _serving(self) -> list[UUID]:
        return [id_ for id_, person in self.world.people.items() if not person.has_left]

    def _issued(self) -> list[UUID]:
        return [id_ for id_, order in self.world.orders.items() if order.ended is None]

    def _new(self) -> NewAgency:
        self.count += 1
        return NewAgency(f"BARU-{self.count}", f"Unit Baru {self.count}")

    def _names(self, unit: UUID) -> tuple[str, str]:
        opd = self.world.opd(unit)
        now = {each: self.world.units[each].names[-1][1] for each in (unit, opd or unit)}
        return now[unit], now[opd or unit]

    def _note_unit(self, unit: UUID) -> None:
        agency = queries.get_agency_by_id(unit)
        self.world.units[unit] = Unit(agency.parent_id, agency.opened_on, names=[(agency.opened_on, agency.name)])

    def _hand_over(
        self,
        on: date,
        first: Mapping[UUID, UUID] = MappingProxyType({}),
        chosen: Mapping[tuple[UUID, UUID], UUID] = MappingProxyType({}),
    ) -> None:
        """Note what took over from what, and bring all to the heir: of several to the first, or to the chosen."""
        db.session.expire_all()
        for agency in queries.list_agencies():
            if agency.id not in self.world.units:
                self._note_unit(agency.id)
            self.world.units[agency.id].closed = agency.closed_on
        noted = set(self.world.successions)
        rows = db.session.execute(db.select(Succession.former_id, Succession.successor_id, Succession.on))
        new = [tuple(row) for row in rows if tuple(row) not in noted]
        heirs = {former: heir for former, heir, _ in new} | dict(first)
        self.world.successions += new
        for who, person in self.world.people.items():
            person.stays = [part for stay in person.stays for part in _handed(stay, who, heirs, chosen, on)]


def _handed(
    stay: Span, who: UUID, heirs: Mapping[UUID, UUID], chosen: Mapping[tuple[UUID, UUID], UUID], on: date
) -> list[Span]:
    """A stay that reaches into a handover goes on elsewhere from that day."""
    assert stay.unit
    if stay.unit not in heirs or (stay.until is not None and stay.until <= on):
        return [stay]
    heir = chosen.get((stay.unit, who), heirs[stay.unit])
    after = Span(max(stay.since, on), stay.until, heir)
    return [Span(stay.since, on, stay.unit), after] if stay.since < on else [after]


def _pick(items: Sequence[T], number: int) -> T:
    """One of the items; LookupError for none."""
    if not items:
        raise LookupError
    return items[number % len(items)]


def _note(told: list[tuple[date, T]], on: date, what: T) -> None:
    """Note what stands since a day; on the last day on record, or before it, that is corrected."""
    if on <= told[-1][0]:
        told[-1] = (told[-1][0], what)
    else:
        told.append((on, what))


def _back(number: int) -> date:
    return clock.today() - timedelta(days=_pick(BACK, number))
