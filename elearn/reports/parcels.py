"""Long papers made in the background: kept in the instance folder for a day, each for who asked for it.

A parcel is named by a hash over its owner, what was asked and the figures, so it is never another's nor out of date.
What is to be printed waits beside it as HTML; both are readable by the installation only.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from flask import current_app

from elearn.core import clock, jobs
from elearn.core.instance import write_private
from elearn.core.pdf import render_pdf

KEPT = timedelta(hours=24)
PATIENCE = timedelta(minutes=10)
"""After this the work is asked for again: the queue may have lost it."""


def name_of(owner: UUID | None, *asked: str) -> str:
    """The name of the parcel of one person for what was asked."""
    return sha256("\n".join((str(owner), *asked)).encode()).hexdigest()


def find(name: str) -> bytes | None:
    """The paper, if it is ready."""
    with suppress(FileNotFoundError):
        return _path(name, "pdf").read_bytes()
    return None


def order(name: str, html: str) -> None:
    """Ask for a paper once; again only after it was waited for too long."""
    page = _path(name, "html")
    with suppress(FileExistsError):
        write_private(page, html.encode())
        jobs.enqueue("reports.print", name)
        return
    if _age(page) > PATIENCE:
        page.touch()
        jobs.enqueue("reports.print", name)


def make(name: str) -> None:
    """Print what waits under that name; nothing if it was printed already."""
    page, paper = _path(name, "html"), _path(name, "pdf")
    if not page.exists():
        return
    with suppress(FileExistsError):
        write_private(paper, render_pdf(page.read_text()))
    page.unlink(missing_ok=True)


def sweep() -> None:
    """Remove what is older than a day."""
    for path in _folder().iterdir():
        if _age(path) > KEPT:
            path.unlink(missing_ok=True)


def _age(path: Path) -> timedelta:
    """How old a file is; no age for one that is gone."""
    with suppress(FileNotFoundError):
        return clock.now() - datetime.fromtimestamp(path.stat().st_mtime, clock.zone())
    return timedelta()


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].instance_dir / "reports"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _path(name: str, ending: str) -> Path:
    return _folder() / f"{name}.{ending}"
