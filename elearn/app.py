"""The house put together: settings, ground, rooms in a list. It has no route of its own."""

import importlib
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from config import ROOT, Settings
from elearn.core import (
    assets,
    cli,
    compression,
    installation,
    instance,
    jobs,
    languages,
    logging,
    menu,
    offline,
    scripts,
    security,
    templates,
    transaction,
    web,
)
from elearn.core import throttle as _throttle  # noqa: F401 - its table belongs to the ground
from elearn.core.db import db, prepare_sqlite

ROOMS = (
    "ledger",
    "documents",
    "notices",
    "content",
    "calendar",
    "accounts",
    "scenarios",
    "quiz",
    "agencies",
    "learning",
    "pact",
    "directives",
    "certificates",
    "reports",
    "authoring",
    "assessment",
    "reminders",
    "home",
    "demo",
)
FACES = ("views", "api", "jobs", "cli")


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings, by default those of the environment."""
    settings = settings or Settings()
    instance.prepare(settings)
    app = Flask("elearn", root_path=str(ROOT / "elearn"), template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=instance.secret_key(settings),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # an error in a log names no value that was entered
        JOBS_URL=settings.jobs,
        TIME_ZONE=settings.time_zone,
        PUBLIC_URL=settings.public_url.rstrip("/"),
        SETTINGS=settings,
        TESTING=settings.environment == "test",
        BABEL_DEFAULT_LOCALE="id",
        BABEL_DEFAULT_TIMEZONE=settings.time_zone,
    )
    app.ensure_sync = _as_it_is  # type: ignore[assignment, method-assign]
    app.jinja_environment = templates.Templates
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _lay_ground(app, settings)
    for room in ROOMS:
        _open_room(app, room)
    jobs.install(app)
    return app


def _as_it_is(view: Callable[..., Any]) -> Callable[..., Any]:
    """No view here is a coroutine; Flask would look a dozen times a request."""
    return view


def _lay_ground(app: Flask, settings: Settings) -> None:
    """The floor every room stands on; the order of the request hooks is the order here."""
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "elearn" / "migrations"), compare_type=True)
    languages.install(app, str(ROOT / "translations"), ("core", *ROOMS))
    scripts.install(app)
    logging.install(app)
    compression.install(app)
    security.install(app, settings)
    assets.install(app)
    transaction.install(app)
    web.install(app)
    offline.install(app)
    menu.install(app)
    app.context_processor(installation.words)
    app.cli.add_command(cli.jobs_group)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)


def _open_room(app: Flask, room: str) -> None:
    """Load a room's tables and faces: its pages, its commands, its jobs."""
    for name in ("models", *FACES):
        if find_spec(f"elearn.{room}.{name}") is None:
            continue
        module = importlib.import_module(f"elearn.{room}.{name}")
        if hasattr(module, "blueprint"):
            app.register_blueprint(module.blueprint)
        if hasattr(module, "group"):
            app.cli.add_command(module.group)
        if hasattr(module, "install"):
            module.install(app)
