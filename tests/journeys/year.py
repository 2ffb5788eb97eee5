"""A small regency served inside this process, so that a test can stop its clock, and the mail server it writes to."""

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from email import policy
from pathlib import Path
from typing import Any
from unittest.mock import patch

from aiosmtpd.controller import Controller
from flask import Flask
from werkzeug.serving import make_server

from config import Settings
from elearn.app import create_app
from elearn.core import clock, jobs
from elearn.core.db import db
from tests.journeys.site import free_port

MANY_HOURS = 10_000
"""Nobody is signed out during the year."""


class Stopped(datetime):
    """What the house's only reader of the clock reads: the hour of a day at which the test has stopped it."""

    present = datetime(2026, 1, 1, 8, tzinfo=clock.ZoneInfo(clock.DEFAULT_ZONE))

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        """The instant at which everything stands still."""
        return cls.present.astimezone(tz)


class Postbox:
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.received: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a message."""
        self.received.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def take(self) -> dict[str, list[str]]:
        """The subjects by recipient of what has come since the last time."""
        found: dict[str, list[str]] = {}
        for letter in self.received:
            found.setdefault(str(letter["To"]), []).append(str(letter["Subject"]))
        self.received.clear()
        return found


class Year:
    """The installation, its address, and its mornings."""

    def __init__(self, app: Flask, url: str, post: Postbox) -> None:
        self.app, self.url, self.post = app, url, post

    def morning(self, day: date, hour: int = 8) -> dict[str, list[str]]:
        """Let a day begin: the rounds are made and what waits is done and sent; what came by mail, by recipient."""
        Stopped.present = datetime(day.year, day.month, day.day, hour, tzinfo=Stopped.present.tzinfo)
        return self.mail("reminders.send_digests", "reminders.escalate")

    def mail(self, *rounds: str) -> dict[str, list[str]]:
        """Make these rounds and do what waits; what came by mail, by recipient."""
        worker = threading.Thread(target=self._work, args=(*rounds, "notices.send_due"))
        worker.start()
        worker.join()
        return self.post.take()

    def _work(self, *rounds: str) -> None:
        """Do jobs, beside the thread in which the browser's loop runs, since signing a paper needs one of its own."""
        with self.app.app_context():
            for job in rounds:
                jobs.perform(job)
                while jobs.run_waiting():
                    pass
            db.session.remove()


@contextmanager
def year(folder: Path) -> Iterator[Year]:
    """An empty installation with a stopped clock, where directives are reviewed; served until the end."""
    post, port = Postbox(), free_port()
    mail_port = _another(port)
    settings = Settings(
        instance_dir=folder,
        jobs_url="memory:",
        secret_key="x" * 40,
        environment="test",
        demo=False,
        directive_review=True,
        session_hours=MANY_HOURS,
        public_url=f"http://127.0.0.1:{port}",
        smtp_host="127.0.0.1",
        smtp_port=mail_port,
    )
    with patch.object(clock, "datetime", Stopped):
        app = create_app(settings)
        with app.app_context():
            db.create_all()
        server = make_server("127.0.0.1", port, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mail = Controller(post, hostname="127.0.0.1", port=mail_port)
        mail.start()
        try:
            yield Year(app, settings.public_url, post)
        finally:
            mail.stop()
            server.shutdown()


def _another(port: int) -> int:
    """A port that is free beside one that will be taken."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        found = int(probe.getsockname()[1])
    return found if found != port else _another(port)
