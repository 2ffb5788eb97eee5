"""A pack as it stands today: read on the law and the modules that are published now, rendered, and compared.

A pack and a published version never change, so what was read of a pack is kept by the versions it was read on.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from elearn.authoring import difference
from elearn.authoring.difference import Difference
from elearn.authoring.models import Pack
from elearn.content import archive, coverage, rendering, source
from elearn.content import queries as content
from elearn.content.law import Register
from elearn.content.models import Publication
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.content.rules import Complaint
from elearn.content.source import Source
from elearn.content.versions import Content, fingerprint
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound

Prints = Mapping[str, str]
"""Fingerprints by "kind/slug"; empty where nothing is published."""

FOR_ONE = ("modules/", "pact/")
"""Folders whose files concern one module or pact; a fault in any other file concerns all."""


@dataclass(frozen=True)
class Packed:
    """A pack known by its hash; its bytes are loaded only when it has to be read."""

    sha256: str
    load: Callable[[], bytes] = field(compare=False)


@dataclass(frozen=True)
class Draft:
    """What a pack says, as it would be published, and everything that is wrong with it.

    `prints` are its own fingerprints, `base` those of the versions it would replace and of the law it rests on.
    """

    source: Source
    contents: tuple[Content, ...]
    prints: Prints
    base: Prints

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """What is wrong; publishing asks that it is nothing."""
        return self.source.complaints

    @property
    def token(self) -> str:
        """The name of this very comparison: another one as soon as anything in it is another."""
        return sha256(json.dumps([dict(self.prints), dict(self.base)], sort_keys=True).encode()).hexdigest()

    @property
    def changed(self) -> list[Content]:
        """What publishing would change; the law first, then pacts, then modules."""
        return [each for each in self.contents if self.prints[name_of(each)] != self.base[name_of(each)]]

    @property
    def modules(self) -> dict[str, Module]:
        """The modules by their slug that could be rendered, because nothing is wrong with them."""
        found = [each for each in self.contents if isinstance(each, Module)]
        return {each.slug: each for each in found if is_clean(self.complaints, each.slug)}


def name_of(each: Content) -> str:
    """What a content is called among all published ones: "kind/slug"."""
    kind = "module" if isinstance(each, Module) else "pact" if isinstance(each, PactText) else "register"
    return f"{kind}/{each.slug}"


def is_clean(complaints: Iterable[Complaint], slug: str) -> bool:
    """Whether none of the complaints concerns the module of that slug."""
    paths = [complaint.path for complaint in complaints]
    return all(path.startswith(FOR_ONE) and not path.startswith(f"modules/{slug}/") for path in paths)


def get_draft(pack_id: UUID) -> Draft:
    """A stored pack, read on what is published now; NotFound for an unknown one."""
    digest = db.session.scalar(select(Pack.sha256).where(Pack.id == pack_id))
    if digest is None:
        raise NotFound
    return _draft(Packed(digest, lambda: _archive(pack_id)), clock.today(), frozenset(current_prints().items()))


def read(packed: bytes) -> Draft:
    """A pack that is not stored yet, read on what is published now; UnreadablePack when it cannot be opened."""
    stored = Packed(sha256(packed).hexdigest(), lambda: packed)
    return _draft(stored, clock.today(), frozenset(current_prints().items()))


def current_prints() -> Prints:
    """The fingerprints of everything that is current; one statement."""
    query = select(Publication.kind, Publication.slug, Publication.fingerprint).where(Publication.is_current)
    return {f"{row.kind}/{row.slug}": row.fingerprint for row in db.session.execute(query)}


def compare(draft: Draft) -> list[tuple[Content, Difference]]:
    """What publishing changes, each beside what is current now."""
    return [(each, difference.between(_current(each), each)) for each in draft.changed]


@lru_cache(maxsize=4)
def _draft(packed: Packed, today: date, current: frozenset[tuple[str, str]]) -> Draft:
    """Read a pack, once for each day and each state of what is published."""
    register, pacts, modules = content.ground()
    with archive.unpacked(packed.load()) as root:
        found = source.load(root, today, register, pacts, modules)
        complaints = [replace(each, path=_inside(root, each.path)) for each in found.complaints]
    complaints += _uncovered(found, register, modules)
    found = replace(found, complaints=tuple(complaints))
    contents = tuple(_rendered(each, found) for each in (found.register, *found.pacts, *found.modules) if each)
    prints = {name_of(each): fingerprint(each) for each in contents}
    published = dict(current)
    base = {name: published.get(name, "") for name in {f"register/{content.REGISTER}", *prints}}
    return Draft(found, contents, prints, base)


def _archive(pack_id: UUID) -> bytes:
    return db.session.scalars(select(Pack.archive).where(Pack.id == pack_id)).one()


def _inside(root: Path, path: str) -> str:
    return Path(path).relative_to(root).as_posix()


def _rendered(each: Content, found: Source) -> Content:
    """As it would be published; what is not sound stays as it was written."""
    if isinstance(each, Module):
        return rendering.rendered_module(each) if is_clean(found.complaints, each.slug) else each
    return rendering.rendered_pact(each) if isinstance(each, PactText) else each


def _uncovered(found: Source, register: Register | None, modules: list[Module]) -> list[Complaint]:
    """Rules of the published law that are taught and asked enough today and would not be any more."""
    if found.register is not None or register is None:
        return []
    new = {module.slug: module for module in found.modules}
    after = [new.get(module.slug, module) for module in modules]
    rows = zip(coverage.matrix(register.rules, modules), coverage.matrix(register.rules, after), strict=True)
    lost = [now for then, now in rows if then.is_covered and not now.is_covered]
    path = f"modules/{min(new)}/module.yaml" if new else ""
    return [Complaint(path, 1, coverage.shortfall(row)) for row in lost]


def _current(each: Content) -> Content | None:
    """The published version that a content would replace."""
    publication = content.find_current(*name_of(each).split("/"))
    if publication is None:
        return None
    if isinstance(each, Module):
        return content.get_module(publication.id)
    return (content.get_pact if isinstance(each, PactText) else content.get_register)(publication.id)
