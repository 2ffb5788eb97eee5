"""One commit per request, none for a refusal, and what waits for the commit waits."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Blueprint, Flask
from sqlalchemy import text

from elearn.core import jobs, throttle, transaction
from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.errors import TooMany
from elearn.core.installation import ONLY, Installation
from elearn.core.permissions import public
from tests.conftest import InspectingClient


def add(name: str) -> None:
    """Write a row."""
    db.session.add(Installation(id=ONLY, regency=name, is_demo=False, prepared_at=now()))
    db.session.flush()


def stored() -> str | None:
    """What another connection sees."""
    db.session.rollback()
    return db.session.scalar(text("SELECT regency FROM installation"))


def test_a_transaction_commits_and_then_does_what_waited(app: Flask) -> None:
    """Work that waits for the commit runs after it, once."""
    seen = []
    with transaction.transaction():
        add("A")
        transaction.after_commit(lambda: seen.append(stored()))
    assert ["A"] == seen


def test_a_failed_transaction_leaves_nothing(app: Flask) -> None:
    """Nothing is stored, nothing that waited is done."""
    seen = []
    with pytest.raises(ZeroDivisionError), transaction.transaction():
        add("A")
        transaction.after_commit(lambda: seen.append(1))
        raise ZeroDivisionError
    assert (None, []) == (stored(), seen)


def test_a_job_is_enqueued_only_after_the_commit(app: Flask) -> None:
    """A rolled-back transaction asks for nothing."""
    with pytest.raises(ZeroDivisionError), transaction.transaction():
        jobs.after_commit("certificates.issue", "x")
        raise ZeroDivisionError
    assert 0 == len(jobs.queue())


@pytest.fixture
def tried(app: Flask) -> Iterator[InspectingClient]:
    """A throw-away application with one door for each outcome, on the same database."""
    other = Flask("tried")
    other.config.update(app.config, SERVER_NAME=None)
    db.init_app(other)
    transaction.install(other)
    blueprint = Blueprint("tried", __name__)

    @blueprint.route("/tulis", methods=["GET", "POST"])
    @public
    def write() -> tuple[str, int]:
        add("ditulis")
        return "", 200

    @blueprint.post("/tolak")
    @public
    def refuse() -> tuple[str, int]:
        add("ditolak")
        return "", 422

    @blueprint.post("/simpan")
    @public
    def keep() -> tuple[str, int]:
        add("disimpan")
        transaction.keep()
        return "", 422

    other.register_blueprint(blueprint)
    db.session.rollback()
    yield other.test_client()
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("method", "path", "left"),
    [
        ("GET", "/tulis", None),
        ("POST", "/tulis", "ditulis"),
        ("POST", "/tolak", None),
        ("POST", "/simpan", "disimpan"),
    ],
)
def test_a_request_is_one_transaction(tried: InspectingClient, method: str, path: str, left: str | None) -> None:
    """A GET never writes, a refusal rolls back unless something must be kept."""
    tried.open(path, method=method)
    assert left == stored()


def test_writers_queue_and_lose_nothing(app: Flask) -> None:
    """Many writers at once, each its own connection, and every one of them gets in."""
    with transaction.transaction():
        add("0")

    def count_up() -> None:
        with app.app_context():
            for _ in range(10):
                with transaction.transaction():
                    row = db.session.get(Installation, ONLY, with_for_update=True, populate_existing=True)
                    row.regency = str(int(row.regency) + 1)
            db.session.remove()

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert "40" == stored()


def test_reading_gives_the_pen_back(app: Flask) -> None:
    """Slow reading inside a writing request holds no lock: another writer gets through meanwhile."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets writers work side by side")
    with transaction.transaction():
        with transaction.reading():
            db.session.execute(text("SELECT 1"))
            other = threading.Thread(target=lambda: _write_elsewhere(app))
            other.start()
            other.join(timeout=5)
            assert not other.is_alive()
        assert "B" == db.session.scalar(text("SELECT regency FROM installation"))


def _write_elsewhere(app: Flask) -> None:
    with app.app_context():
        with transaction.transaction():
            add("B")
        db.session.remove()


def test_a_spent_key_is_refused_until_its_window_ends(app: Flask) -> None:
    """After the allowed number of attempts the next one is refused; another key is not."""
    per = timedelta(minutes=15)
    with transaction.transaction():
        for _ in range(3):
            throttle.spend("masuk:a", per=per)
    with pytest.raises(TooMany):
        throttle.check("masuk:a", limit=3, per=per)
    throttle.check("masuk:b", limit=3, per=per)
    throttle.check("masuk:a", limit=3, per=timedelta(0))
