"""The installation's own state: database, schema, background work, disk. Reads only; knows no request."""

import shutil
from datetime import datetime
from functools import cache

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.home import rules
from elearn.home.models import Heartbeat
from elearn.home.rules import Check

JOBS = "jobs"
_started_at = clock.now()
"""This process came up then; background work is given a while to follow."""


def checks() -> list[Check]:
    """Everything this installation needs to serve, the database first; without it the rest is not asked."""
    database = check_database()
    if not database.is_ok:
        return [database, check_disk()]
    return [database, check_migrations(), check_jobs(), check_disk()]


def check_database() -> Check:
    """Whether the database answers."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return Check("database", is_ok=False, facts={})
    return Check("database", is_ok=True, facts={"kind": db.engine.dialect.name})


def check_migrations() -> Check:
    """Whether the schema is the newest this program knows."""
    present = MigrationContext.configure(db.session.connection()).get_current_heads()
    return rules.migrations_check(present, _newest(current_app.extensions["migrate"].directory))


def check_jobs() -> Check:
    """Whether background work is being done."""
    silent_for = (clock.now() - (find_last_beat() or _started_at)).total_seconds()
    since_start = (clock.now() - _started_at).total_seconds()
    return rules.jobs_check(waiting=jobs.queue().pending_count(), silent_for=min(silent_for, since_start))


def check_disk() -> Check:
    """Whether there is room on the disk of the instance folder."""
    return rules.disk_check(shutil.disk_usage(current_app.config["SETTINGS"].instance_dir).free)


def find_last_beat() -> datetime | None:
    """When background work last gave a sign of life."""
    beat = db.session.get(Heartbeat, JOBS)
    return beat.at if beat else None


@cache
def _newest(directory: str) -> tuple[str, ...]:
    """The newest schema in the folder of migrations; read once, a program does not change while it runs."""
    config = Config()
    config.set_main_option("script_location", directory)
    return tuple(ScriptDirectory.from_config(config).get_heads())
