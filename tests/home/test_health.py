"""Whoever watches over the installation gets plain answers, without signing in."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import stamp
from sqlalchemy import text

from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.transaction import transaction
from elearn.home import actions, health
from elearn.home.rules import LONGEST_SILENCE, Check


@pytest.fixture
def newest(app: Flask) -> Any:
    """A database that says its schema is the newest."""
    stamp()
    yield
    db.session.rollback()
    db.session.execute(text("DROP TABLE alembic_version"))
    db.session.commit()


def test_the_process_answers(client: FlaskClient) -> None:
    """Without looking at anything."""
    answer = client.get("/healthz")
    assert (200, {"status": "ok"}) == (answer.status_code, answer.json)


def test_an_installation_that_has_all_it_needs_is_ready(newest: None, client: FlaskClient) -> None:
    """Database, schema, background work and disk are named one by one."""
    answer = client.get("/readyz")
    assert (200, "ready") == (answer.status_code, answer.json["status"])
    assert {"database", "migrations", "jobs", "disk"} == answer.json["checks"].keys()
    assert all(check["ok"] for check in answer.json["checks"].values())


def test_an_old_schema_is_not_ready(client: FlaskClient) -> None:
    """503, with what is missing."""
    answer = client.get("/readyz")
    assert (503, "not ready") == (answer.status_code, answer.json["status"])
    assert not answer.json["checks"]["migrations"]["ok"]


def test_a_database_that_does_not_answer_is_not_ready(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest that needs it is not asked."""
    monkeypatch.setattr(health, "check_database", lambda: Check("database", is_ok=False, facts={}))
    answer = client.get("/readyz")
    assert 503 == answer.status_code
    assert {"database", "disk"} == answer.json["checks"].keys()


def test_background_work_that_fell_silent_is_noticed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heartbeat is a job like any other; without it the work counts as stuck after a while."""
    monkeypatch.setattr(health, "_started_at", clock.now() - timedelta(seconds=LONGEST_SILENCE + 60))
    assert not health.check_jobs().is_ok
    jobs.perform("home.beat")
    assert health.check_jobs().is_ok
    with transaction():
        actions.beat(health.JOBS)
    assert 0 == health.check_jobs().facts["age_seconds"]


def test_waiting_jobs_are_counted(app: Flask) -> None:
    """The admin sees how many there are."""
    jobs.enqueue("home.beat")
    assert 1 == health.check_jobs().facts["waiting"]
    jobs.run_waiting()
    assert 0 == health.check_jobs().facts["waiting"]
