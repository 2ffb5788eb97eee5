"""Published versions, read. A version never changes, so each is parsed once in a process and kept."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, select, union_all
from sqlalchemy.orm import undefer

from elearn.content import shape
from elearn.content.law import Register
from elearn.content.models import Publication, Reissue
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.content.versions import Content
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound

Kind = TypeVar("Kind", bound=Content)

REGISTER = "dasar-hukum"
"""The slug of the one register of law."""
CURRENT = select(Publication).where(Publication.kind == bindparam("kind"), Publication.is_current)
CURRENT_OF_SLUG = CURRENT.where(Publication.slug == bindparam("slug"))
"""What newcomers meet today; built once."""


def find_current(kind: str, slug: str) -> Publication | None:
    """The version of a module or a pact that newcomers meet today."""
    return db.session.scalar(CURRENT_OF_SLUG, {"kind": kind, "slug": slug})


def find_by_fingerprint(fingerprint: str) -> Publication | None:
    """The version with these very bytes."""
    return db.session.scalar(select(Publication).filter_by(fingerprint=fingerprint))


def get_publication(publication_id: UUID) -> Publication:
    """A version by its id."""
    publication = db.session.get(Publication, publication_id)
    if publication is None:
        raise NotFound
    return publication


def list_publications(kind: str, slug: str) -> Sequence[Publication]:
    """All versions of a module or a pact, the newest first."""
    query = select(Publication).filter_by(kind=kind, slug=slug).order_by(Publication.number.desc())
    return db.session.scalars(query).all()


def current_module(slug: str) -> tuple[Publication, Module]:
    """The current version of a module and what it says."""
    publication = _current("module", slug)
    return publication, get_module(publication.id)


def current_pact(slug: str) -> tuple[Publication, PactText]:
    """The current version of a pact and its words."""
    publication = _current("pact", slug)
    return publication, get_pact(publication.id)


def find_register() -> Register | None:
    """The register of law as it was last published; None before the first publication."""
    publication = find_current("register", REGISTER)
    return None if publication is None else get_register(publication.id)


def list_current_modules() -> list[tuple[Publication, Module]]:
    """Every module that is published, by its title."""
    found = [(publication, get_module(publication.id)) for publication in _list_current("module")]
    return sorted(found, key=lambda pair: pair[1].title)


def list_modules_on(day: date) -> list[Module]:
    """The modules as newcomers met them at the end of a day, by title; a later one as it was first published."""
    if day >= clock.today():
        return [module for _, module in list_current_modules()]
    found: dict[str, UUID] = {}
    for publication_id, slug, at in db.session.execute(_moments("module")):
        if at <= clock.end_of(day) or slug not in found:
            found[slug] = publication_id
    return sorted(map(get_module, found.values()), key=lambda module: module.title)


def _moments(kind: str) -> Select[Any]:
    """When which version became the current one: when it was published, and whenever it was made current again."""
    known = select(Publication.id, Publication.slug).where(Publication.kind == kind)
    first = known.add_columns(Publication.published_at.label("at"))
    again = known.join(Reissue, Reissue.publication_id == Publication.id).add_columns(Reissue.at)
    moments = union_all(first, again).subquery()
    return select(moments).order_by(moments.c.at)


def list_current_pacts() -> list[tuple[Publication, PactText]]:
    """Every pact that is published, by its title."""
    found = [(publication, get_pact(publication.id)) for publication in _list_current("pact")]
    return sorted(found, key=lambda pair: pair[1].title)


def ground() -> tuple[Register | None, list[str], list[Module]]:
    """What a folder with only a part of the curriculum rests on: the register, the pacts by slug, the modules."""
    pacts = [pact.slug for _, pact in list_current_pacts()]
    return find_register(), pacts, [module for _, module in list_current_modules()]


@lru_cache(maxsize=64)
def get_module(publication_id: UUID) -> Module:
    """What a published module says; parsed once."""
    return _parsed(Module, publication_id)


@lru_cache(maxsize=64)
def get_pact(publication_id: UUID) -> PactText:
    """The words of a published pact; parsed once."""
    return _parsed(PactText, publication_id)


@lru_cache(maxsize=8)
def get_register(publication_id: UUID) -> Register:
    """A published register of law; parsed once."""
    return _parsed(Register, publication_id)


def _list_current(kind: str) -> Sequence[Publication]:
    return db.session.scalars(CURRENT, {"kind": kind}).all()


def _current(kind: str, slug: str) -> Publication:
    publication = find_current(kind, slug)
    if publication is None:
        raise NotFound
    return publication


def _parsed(kind: type[Kind], publication_id: UUID) -> Kind:
    query = select(Publication).where(Publication.id == publication_id).options(undefer(Publication.body))
    publication = db.session.scalar(query)
    if publication is None:
        raise NotFound
    content, faults = shape.build(kind, json.loads(publication.body))
    if content is None:
        raise ValueError(f"publication {publication_id} does not fit {kind.__name__}: {faults[0]}")
    return content
