"""Publishing: sound content becomes an immutable version, named by the hash of its bytes."""

from sqlalchemy import func, select, update

from elearn.content import queries, rendering, rules, versions
from elearn.content.models import Publication, Reissue
from elearn.content.source import Source
from elearn.content.versions import Content
from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.ledger import actions as ledger


def publish(actor: Actor, *, source: Source) -> list[Publication]:
    """Make what the files say current and return the versions this changed; UnsoundContent when there are complaints.

    The same bytes are the same version: publishing them again changes nothing, or brings them back.
    """
    if source.complaints:
        raise rules.UnsoundContent
    changed = [release(actor, kind, content) for kind, content in contents(source)]
    return [publication for publication in changed if publication is not None]


def contents(source: Source) -> list[tuple[str, Content]]:
    """All that can be published of a sound source, rendered, with its kind; the law before what rests on it."""
    found: list[tuple[str, Content]] = [("register", source.register)] if source.register else []
    found += [("pact", rendering.rendered_pact(pact)) for pact in source.pacts]
    return found + [("module", rendering.rendered_module(module)) for module in source.modules]


def release(actor: Actor, kind: str, content: Content) -> Publication | None:
    """Make one rendered content current and return its version; None when it is current already."""
    body = versions.canonical(content)
    publication = queries.find_by_fingerprint(versions.fingerprint(content))
    if publication is not None and publication.is_current:
        return None
    _retire(kind, content.slug)
    if publication is None:
        publication = Publication(
            kind=kind,
            slug=content.slug,
            number=_next_number(kind, content.slug),
            fingerprint=versions.fingerprint(content),
            body=body.decode(),
            published_at=now(),
            published_by=actor.username,
        )
        db.session.add(publication)
    else:
        db.session.add(Reissue(publication_id=publication.id, at=now()))
    publication.is_current = True
    db.session.flush()
    facts = {"kind": kind, "slug": content.slug, "number": publication.number}
    ledger.record(actor, event="content:published", facts={**facts, "fingerprint": publication.fingerprint})
    return publication


def _retire(kind: str, slug: str) -> None:
    db.session.execute(update(Publication).filter_by(kind=kind, slug=slug, is_current=True).values(is_current=False))


def _next_number(kind: str, slug: str) -> int:
    last = db.session.scalar(select(func.max(Publication.number)).filter_by(kind=kind, slug=slug))
    return (last or 0) + 1
