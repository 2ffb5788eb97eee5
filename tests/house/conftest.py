"""A small demo regency with all its traces, for tests that go through the whole house."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from config import ROOT
from elearn.content import actions as content
from elearn.content import source
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.demo import actions as demo

PEOPLE = 120


@pytest.fixture(scope="session")
def kept_regencies() -> set[str]:
    """The databases of this process that hold a copy of the loaded regency; loading takes some ten seconds."""
    return set()


@pytest.fixture
def regency(app: Flask, kept_regencies: set[str]) -> Flask:
    """An installation with the real content, 120 people and a year of history; unsound content fails here."""
    url = db.engine.url.render_as_string(hide_password=False)
    is_kept = url in kept_regencies
    if not is_kept:
        with transaction():
            content.publish(SYSTEM, source=source.load(ROOT / "content", clock.today()))
        demo.load(SYSTEM, today=clock.today(), people=PEOPLE)
        kept_regencies.add(url)
    _copy(url, back=is_kept)
    return app


def _copy(url: str, *, back: bool) -> None:
    """Keep a copy of all rows beside the database, or bring it back."""
    db.session.remove()
    if url.startswith("sqlite"):
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
        path = Path(url.removeprefix("sqlite:///"))
        pair = (path, path.with_suffix(".regency"))
        shutil.copy(*(reversed(pair) if back else pair))
        return
    if back:
        db.session.execute(text("SET LOCAL session_replication_role = replica"))  # no order of foreign keys
    else:
        db.session.execute(text("CREATE SCHEMA regency"))
    for name in (table.name for table in db.metadata.sorted_tables):
        there, here = f'regency."{name}"', f'"{name}"'
        filled = f"INSERT INTO {here} TABLE {there}"
        db.session.execute(text(filled if back else f"CREATE TABLE {there} AS TABLE {here}"))
    db.session.commit()
