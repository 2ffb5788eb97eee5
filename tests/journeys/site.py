"""A real installation of its own, served by the command that `make run` uses, for tests that need all of it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from functools import cache
from pathlib import Path

from flask import Flask

from config import ROOT, Settings
from elearn.app import create_app


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """An installation in a folder and, when started, its server processes."""

    def __init__(self, folder: Path, *, people: int, database: str = "") -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            "ELEARN_INSTANCE_DIR": str(folder),
            "ELEARN_DEMO_PEOPLE": str(people),
            "ELEARN_PUBLIC_URL": self.url,
            "PORT": str(self.port),
        }
        if database:
            self.environment["ELEARN_DATABASE_URL"] = database
        self.log = folder.with_name(f"{folder.name}.log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, seconds: float = 300) -> None:
        """Start the whole of it, as `make run` does, and wait until it answers."""
        self._run([sys.executable, "-m", "elearn.serve"], seconds)

    def start_web(self, *, seconds: float = 180) -> None:
        """Start the web server alone on what is already prepared."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "wsgi:app", "--port", str(self.port)]
        self._run([*command, "--workers", "2", "--blocking-threads", "1", "--no-ws"], seconds)

    def _run(self, command: list[str], seconds: float) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait(time.monotonic() + seconds)
        except AssertionError:
            self.end(signal.SIGKILL)
            raise

    def _wait(self, until: float) -> None:
        while time.monotonic() < until:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"the site did not come up:\n{self.log.read_text()[-4000:]}")

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        """Signal all its processes and wait until they are gone; the exit status."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        return self.process.wait(timeout=60)

    @cache  # noqa: B019 - a handful of sites, and each opens its database once
    def app(self) -> Flask:
        """The application on the same installation, inside this process."""
        settings = Settings(
            instance_dir=self.folder,
            demo_people=int(self.environment["ELEARN_DEMO_PEOPLE"]),
            database_url=self.environment.get("ELEARN_DATABASE_URL", ""),
        )
        return create_app(settings)
