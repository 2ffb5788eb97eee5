"""The server that `make run` starts, started here on demo data of its own, and what it costs."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from config import ROOT

PORT = 8765
FLOOR_PORT = 8766


class Server:
    """A web server process with its workers; knows its CPU seconds and memory."""

    def __init__(self, target: str, port: int, environment: dict[str, str]) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", target, "--port", str(port)]
        command += [
            "--workers",
            "2",
            "--blocking-threads",
            "1",
            "--no-ws",
            "--log-level",
            "warning",
            "--no-access-log",
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
        self.port = port
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2)
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise RuntimeError("the server did not come up")

    def _family(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def cpu(self) -> float:
        """User and system seconds of all its processes so far."""
        return sum(sum(p.cpu_times()[:2]) for p in self._family())

    def pss_mb(self) -> float:
        """Proportional set size of all its processes, in MB."""
        return sum(p.memory_full_info().pss for p in self._family()) / 1e6

    def stop(self) -> None:
        """End it and wait until it is gone."""
        self.process.terminate()
        self.process.wait(timeout=20)


def prepare() -> tuple[Path, dict[str, str]]:
    """A fresh installation with the whole demo regency in a temporary folder, and its environment."""
    folder = Path(tempfile.mkdtemp(prefix="elearn-bench-"))
    environment = {"ELEARN_INSTANCE_DIR": str(folder), "ELEARN_SECRET_KEY": "b" * 40}
    os.environ.update(environment)
    return folder, environment
