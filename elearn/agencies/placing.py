"""The people of a roster, each at her agency, and the names in it that lead to none; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from elearn.agencies import posts
from elearn.agencies.complaints import Complaint
from elearn.agencies.difference import Spot, Standing
from elearn.agencies.directory import Directory, NotOurs, UnknownAgency, UnknownName
from elearn.agencies.roster import RosterLine
from elearn.agencies.rules import PPPK_KINDS, EmployeeKind, Person, PostGroup, full_name

_NAMES = ("name", "title_before", "title_after")


@dataclass(frozen=True, slots=True)
class Stray:
    """A name in a roster that leads to no agency, with the lines that use it."""

    name: UnknownName
    sentence: str
    lines: tuple[RosterLine, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The people of a roster by line, names that led nowhere or are none of ours, whose post's group is a guess."""

    people: dict[Spot, Person]
    strays: tuple[Stray, ...]
    foreign: tuple[Stray, ...]
    guessed: frozenset[str]

    @property
    def complaints(self) -> list[Complaint]:
        """One for each line whose agency is not known or none of ours."""
        return [
            Complaint(each.line, stray.sentence, sheet=each.sheet)
            for stray in (*self.strays, *self.foreign)
            for each in stray.lines
        ]


def place(lines: Iterable[RosterLine], directory: Directory, known: Mapping[str, Standing]) -> Placed:
    """Bring each line to its agency; what it leaves open of kind and post is filled from what is known."""
    found: dict[tuple[str | None, str | None], UUID | UnknownAgency] = {}
    people: dict[Spot, Person] = {}
    strays: dict[str, tuple[UnknownAgency, list[RosterLine]]] = {}
    guessed = set()
    for line in lines:
        names = line.opd, line.unit
        if names not in found:
            found[names] = _find(directory, *names)
        agency = found[names]
        if isinstance(agency, UnknownAgency):
            strays.setdefault(agency.name.key, (agency, []))[1].append(line)
            continue
        standing = known.get(line.nip)
        group = line.post_group or _guess(line, standing)
        if group is not line.post_group:
            guessed.add(line.nip)
        people[line.spot] = _named(_person(line, agency, _kind(line, standing), group), standing)
    unknown, foreign = _gathered(strays.values())
    return Placed(people, unknown, foreign, frozenset(guessed))


def _gathered(
    strays: Iterable[tuple[UnknownAgency, Sequence[RosterLine]]],
) -> tuple[tuple[Stray, ...], tuple[Stray, ...]]:
    """The names that nobody has explained yet, and those that are none of ours."""
    piles: tuple[list[Stray], list[Stray]] = [], []
    for refusal, lines in strays:
        piles[isinstance(refusal, NotOurs)].append(Stray(refusal.name, refusal.sentence, tuple(lines)))
    return tuple(piles[False]), tuple(piles[True])


def _find(directory: Directory, opd: str | None, unit: str | None) -> UUID | UnknownAgency:
    try:
        return directory.find(opd, unit)
    except UnknownAgency as refusal:
        return refusal


def _guess(line: RosterLine, standing: Standing | None) -> PostGroup | None:
    """The group that a post's title tells for certain, unless it is known for this very post."""
    is_known = standing and standing.person.post_group and line.post == standing.person.post
    return None if is_known or not line.post else posts.guess(line.post)


def _kind(line: RosterLine, standing: Standing | None) -> EmployeeKind:
    """The kind a line names; where it names none, the one that is known, if the number allows it."""
    if line.is_kind_told or standing is None:
        return line.kind
    known = standing.person.kind
    return known if (known in PPPK_KINDS) == (line.kind in PPPK_KINDS) else line.kind


def _named(person: Person, standing: Standing | None) -> Person:
    """The person called as known, where name and titles read the same however a file parts or shouts them."""
    known = standing.person if standing else None
    if known is None or (person.name == known.name and not person.name.isupper()):
        return person
    is_shouted = person.name.isupper()
    if _is_same(person.full_name, known.full_name, is_shouted):
        return replace(person, **{field: getattr(known, field) for field in _NAMES})
    if person.title_before is None and _is_same(
        person.name, full_name(known.name, known.title_before, None), is_shouted
    ):
        return replace(person, name=known.name)
    return _unshouted(person, known) if is_shouted else person


def _is_same(written: str, known: str, is_shouted: bool) -> bool:
    return written == known or (is_shouted and written.casefold() == known.casefold())


def _unshouted(person: Person, known: Person) -> Person:
    """Who stands in capitals throughout, with what is known but for the capitals."""
    pairs = {field: (getattr(person, field), getattr(known, field)) for field in _NAMES}
    same = {field: old for field, (new, old) in pairs.items() if new and old and _is_same(new, old, is_shouted=True)}
    return replace(person, **same)


def _person(line: RosterLine, agency_id: UUID, kind: EmployeeKind, group: PostGroup | None) -> Person:
    return Person(
        nip=line.nip,
        name=line.name,
        kind=kind,
        agency_id=agency_id,
        post=line.post,
        title_before=line.title_before,
        title_after=line.title_after,
        rank=line.rank,
        email=line.email,
        phone=line.phone,
        post_group=group,
    )
