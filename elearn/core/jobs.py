"""Background work: one huey queue in SQLite, PostgreSQL or Redis, chosen by one setting.

A job takes plain values and may run twice: each is written so that the second run changes nothing.
A queue may lose a job when the power goes; so whatever must happen also has a periodic sweeper.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab

from elearn.core import transaction

Work = Callable[..., None]

URGENT = 100
_tasks: dict[str, Work] = {}
_periodic: dict[str, int] = {}


def task(name: str) -> Callable[[Work], Work]:
    """Register a function as the job `name` (`room.verb`)."""

    def register(work: Work) -> Work:
        _tasks[name] = work
        return work

    return register


def every(name: str, *, minutes: int) -> Callable[[Work], Work]:
    """Register a function without parameters that runs every so many minutes."""

    def register(work: Work) -> Work:
        _periodic[name] = minutes
        return task(name)(work)

    return register


def enqueue(name: str, *values: Any, urgent: bool = False) -> None:
    """Ask for a job now, whatever becomes of the present transaction; an urgent one overtakes the others."""
    current_app.extensions["run_job"](name, *values, priority=URGENT if urgent else None)


def after_commit(name: str, *values: Any, urgent: bool = False) -> None:
    """Ask for a job once the present transaction has been committed."""
    transaction.after_commit(partial(enqueue, name, *values, urgent=urgent))


def perform(name: str, *values: Any) -> None:
    """Do a job here and now, in the present application; KeyError for a job nobody registered."""
    _tasks[name](*values)


def tell(key: str, done: int) -> None:
    """Let whoever waits for a long job know how far it is, although its transaction is still open."""
    queue().put(f"told:{key}", done)


def told(key: str) -> int:
    """How far a long job has told that it is; 0 when it has told nothing."""
    return queue().get(f"told:{key}", peek=True) or 0


def queue() -> Huey:
    """The huey instance of the present application."""
    return current_app.extensions["huey"]


def run_waiting() -> int:
    """Do all jobs that wait, here and now, and say how many there were (tests, and `flask jobs drain`)."""
    huey, done = queue(), 0
    while (waiting := huey.dequeue()) is not None:
        huey.execute(waiting)
        done += 1
    return done


def open_queue(url: str) -> Huey:
    """The queue that a URL names: sqlite:///file, postgresql://…, redis://… or memory:."""
    scheme = urlsplit(url).scheme.partition("+")[0]
    if scheme == "memory":
        return MemoryHuey("elearn", utc=True)
    if scheme == "sqlite":
        return SqliteHuey("elearn", filename=url.removeprefix("sqlite:///"), fsync=True, utc=True)
    if scheme == "postgresql":
        return PostgresHuey("elearn", dsn=url.replace("postgresql+psycopg", "postgresql"), utc=True)
    return RedisHuey("elearn", url=url, utc=True)


def install(app: Flask) -> None:
    """Open the queue of this application and hand it every registered job."""
    huey = open_queue(app.config["JOBS_URL"])

    @huey.task(retries=3, retry_delay=5)
    def run_job(name: str, *values: Any) -> None:
        with app.app_context():
            perform(name, *values)

    for name, minutes in _periodic.items():
        work = partial(run_job.call_local, name)
        huey.periodic_task(crontab(minute=f"*/{minutes}"), name=f"every_{name}")(work)
    app.extensions.update(huey=huey, run_job=run_job)
