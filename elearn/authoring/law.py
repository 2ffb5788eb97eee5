"""The law under the curriculum, read: open changes of it, what rests on it, and who was certified on it."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from elearn.agencies.models import Agency
from elearn.authoring import rules
from elearn.authoring.models import LawChange
from elearn.authoring.rules import Change
from elearn.certificates.models import Certificate
from elearn.content import queries as content
from elearn.content.law import Citation, Instrument, Register
from elearn.content.models import Publication
from elearn.content.reliance import Resting, resting_on
from elearn.core.db import db
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a module that cites some places in the law, and how many hold a certificate earned with it."""

    publication: Publication
    resting: Resting
    certified: int


@dataclass(frozen=True, slots=True)
class Impact:
    """What rests on some places in the law: versions of modules, the newest first, and certified people by OPD."""

    cites: frozenset[str]
    versions: tuple[Version, ...]
    certified_by_opd: tuple[tuple[str, int], ...]

    @property
    def certified(self) -> int:
        """How many certificates in force were earned with a version that cites them."""
        return sum(version.certified for version in self.versions)

    @property
    def slugs(self) -> tuple[str, ...]:
        """The modules concerned, each once."""
        return tuple(dict.fromkeys(version.publication.slug for version in self.versions))


@dataclass(frozen=True, slots=True)
class Offer:
    """A change of the law that people hold certificates on, for which the Sekda may have them taught again."""

    change: Change
    instrument: Instrument
    certified: int
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who was certified on a version of a module."""

    number: str
    name: str
    opd: str


def get_register() -> Register:
    """The published register of law; NoSuchLaw before the first publication."""
    register = content.find_register()
    if register is None:
        raise rules.NoSuchLaw
    return register


def get_places(instrument_id: str, citation_id: str = "") -> frozenset[str]:
    """The ids of the citations of an instrument, or the one named; NoSuchLaw when there is none."""
    places = rules.places_of(get_register(), instrument_id, citation_id)
    if not places:
        raise rules.NoSuchLaw
    return places


def list_places(instrument_id: str) -> list[tuple[Citation, list[Resting]]]:
    """Each place in an instrument, and what of every current module rests on it."""
    modules = [module for _, module in content.list_current_modules()]
    places = [each for each in get_register().citations if each.instrument_id == instrument_id]
    return [(each, list(filter(None, (resting_on({each.id}, module) for module in modules)))) for each in places]


def count_uses() -> Counter[str]:
    """How many lessons, stories and questions of the current modules rest on each instrument."""
    register, uses = content.find_register(), Counter[str]()
    if register is None:
        return uses
    places = {each.id: rules.places_of(register, each.id) for each in register.instruments}
    for _, module in content.list_current_modules():
        uses.update({instrument: len(resting_on(cites, module)) for instrument, cites in places.items()})
    return uses


def list_changes() -> list[Change]:
    """The changes of the law that are not settled, the oldest first."""
    register = content.find_register()
    query = select(LawChange).where(LawChange.settled_at.is_(None)).order_by(LawChange.changed_on, LawChange.id)
    return [] if register is None else [_change(row, register) for row in db.session.scalars(query)]


def find_change(change_id: UUID) -> LawChange | None:
    """A change by its id, locked until the transaction ends."""
    return db.session.scalar(select(LawChange).filter_by(id=change_id).with_for_update())


def _change(row: LawChange, register: Register) -> Change:
    places = rules.places_of(register, row.instrument_id, row.citation_id)
    return Change(row.id, row.instrument_id, places, row.changed_on, row.note)


def impact(cites: Set[str]) -> Impact:
    """What rests on these places in the law, in every version ever published."""
    citing = [(each, resting_on(cites, content.get_module(each.id))) for each in _modules()]
    affected = {publication.id: (publication, resting) for publication, resting in citing if resting}
    counted = {row.publication_id: row.people for row in db.session.execute(_certified(set(affected)))}
    versions = tuple(Version(*facts, counted.get(key, 0)) for key, facts in affected.items())
    return Impact(frozenset(cites), versions, _by_opd(set(affected)))


def list_offers() -> list[Offer]:
    """The open changes that touch certificates in force."""
    changes = list_changes()
    found = get_register() if changes else None
    impacts = [(change, impact(change.cites)) for change in changes]
    return [
        Offer(change, found.instrument_by_id[change.instrument_id], hit.certified, hit.slugs)
        for change, hit in impacts
        if found is not None and hit.certified
    ]


def list_holders(cites: Set[str]) -> list[Holder]:
    """Everybody whose certificate in force was earned with a version that cites these places, by number."""
    affected = {version.publication.id for version in impact(cites).versions}
    opd = aliased(Agency)
    query = (
        select(Certificate.number, Certificate.facts["name"].as_string(), opd.name)
        .join(Pact, Pact.id == Certificate.pact_id)
        .join(Attempt, Attempt.id == Pact.attempt_id)
        .join(Agency, Agency.id == Certificate.agency_id)
        .join(opd, opd.id == func.coalesce(Agency.opd_id, Agency.id))
        .where(Attempt.publication_id.in_(affected), Certificate.revoked_at.is_(None))
        .order_by(Certificate.number)
    )
    return [Holder(*row) for row in db.session.execute(query)]


def _modules() -> list[Publication]:
    query = select(Publication).filter_by(kind="module").order_by(Publication.slug, Publication.number.desc())
    return list(db.session.scalars(query))


def _certified(publications: Set[UUID]) -> Select[UUID, int]:
    """How many hold a certificate in force, by the version of the module they passed."""
    return (
        select(Attempt.publication_id, func.count().label("people"))
        .join(Pact, Pact.attempt_id == Attempt.id)
        .join(Certificate, Certificate.pact_id == Pact.id)
        .where(Attempt.publication_id.in_(publications), Certificate.revoked_at.is_(None))
        .group_by(Attempt.publication_id)
    )


def _by_opd(publications: Set[UUID]) -> tuple[tuple[str, int], ...]:
    """The same people by the OPD in which they were certified, by its name."""
    opd = aliased(Agency)
    query = (
        select(opd.name, func.count())
        .select_from(Certificate)
        .join(Pact, Pact.id == Certificate.pact_id)
        .join(Attempt, Attempt.id == Pact.attempt_id)
        .join(Agency, Agency.id == Certificate.agency_id)
        .join(opd, opd.id == func.coalesce(Agency.opd_id, Agency.id))
        .where(Attempt.publication_id.in_(publications), Certificate.revoked_at.is_(None))
        .group_by(opd.name)
        .order_by(opd.name)
    )
    return tuple((name, people) for name, people in db.session.execute(query))
