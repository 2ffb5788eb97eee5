"""The content a release is delivered with, brought into the books when it is new; what was published here stays."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from elearn.content import actions, queries, rules
from elearn.content.models import Publication
from elearn.content.source import Source
from elearn.core.permissions import Actor

CODE = Path(__file__).resolve().parent


def digest(root: Path) -> str:
    """A hash over the files of `root` and over the code that reads them: the same hash, the same publications."""
    found = sha256()
    for path in _files(root):
        found.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return found.hexdigest()


def _files(root: Path) -> Iterable[Path]:
    return sorted([*CODE.glob("*.py"), *(path for path in root.rglob("*") if path.is_file())])


def deliver(actor: Actor, *, source: Source) -> list[Publication]:
    """Publish each thing unless somebody here has published a version of it; what this changed.

    UnsoundContent when there are complaints.
    """
    if source.complaints:
        raise rules.UnsoundContent
    ours = [(kind, thing) for kind, thing in actions.contents(source) if _is_ours(actor, kind, thing.slug)]
    return [published for kind, thing in ours if (published := actions.release(actor, kind, thing)) is not None]


def _is_ours(actor: Actor, kind: str, slug: str) -> bool:
    current = queries.find_current(kind, slug)
    return current is None or current.published_by == actor.username
