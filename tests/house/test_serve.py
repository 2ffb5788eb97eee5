"""`make run` tells foreseeable trouble in a sentence, and starts and stops as one."""

import signal
import socket
import time
from pathlib import Path

import pytest

from config import Settings
from elearn import serve
from tests.journeys.site import Site


def settings(folder: Path, **facts: object) -> Settings:
    """Settings of an installation in a folder."""
    return Settings(instance_dir=folder, _env_file=None, **facts)  # type: ignore[arg-type]


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    """The sentence says which port, and how to choose another."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(serve.CannotServe, match=f"PORT={port + 1} make run"):
            serve.check_ground(settings(tmp_path), serve.Place("127.0.0.1", port, 1, 1))


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Less than 200 MB is told before anything is written."""
    monkeypatch.setattr(serve, "LEAST_DISK", 10**18)
    with pytest.raises(serve.CannotServe, match="Make room"):
        serve.check_ground(settings(tmp_path), serve.Place("127.0.0.1", 0, 1, 1))


def test_a_port_that_is_no_number_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PORT=http is answered with an example."""
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(serve.CannotServe, match="PORT=8080"):
        serve.place(settings(tmp_path))


def test_a_regency_without_a_name_is_asked_for_it(tmp_path: Path) -> None:
    """An installation that is no demo does not start before it is known whose it is."""
    from elearn.app import create_app

    chosen = settings(tmp_path, demo=False, jobs_url="memory:")
    with pytest.raises(serve.CannotServe, match="ELEARN_REGENCY"):
        serve.prepare(create_app(chosen), chosen)


def test_a_live_installation_is_prepared_empty_and_private(tmp_path: Path) -> None:
    """With a name and no demo it has its tables, its content, its seal and nobody in it; secrets are private."""
    from elearn.agencies.models import Employee
    from elearn.app import create_app
    from elearn.content.queries import find_current
    from elearn.core import installation
    from elearn.core.db import db

    chosen = settings(tmp_path, demo=False, regency="Kabupaten Contoh", jobs_url="memory:")
    app = create_app(chosen)
    serve.prepare(app, chosen)
    with app.app_context():
        assert ("Kabupaten Contoh", False) == (installation.regency_name(), installation.is_demo())
        assert find_current("module", "netralitas-asn") is not None
        assert db.session.query(Employee).count() == 0
        db.session.remove()
        db.engine.dispose()
    assert {0o600} == {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}


@pytest.mark.slow
@pytest.mark.xdist_group("servers")
def test_both_processes_start_and_end_together(tmp_path: Path) -> None:
    """Ctrl-C ends web server and background work, with nothing left running and all data kept."""
    import psutil

    site = Site(tmp_path / "instance", people=60)
    site.start()
    assert site.process is not None
    family = psutil.Process(site.process.pid).children(recursive=True)
    assert any("jobs" in process.cmdline() for process in family)
    assert 0 == site.end(signal.SIGINT)
    assert not [process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    assert (tmp_path / "instance" / "elearn.db").stat().st_size > 100_000


@pytest.mark.slow
@pytest.mark.xdist_group("servers")
def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    """A crash in one process, as of a library in C, does not close the house."""
    import psutil

    site = Site(tmp_path / "instance", people=60)
    site.start()
    assert site.process is not None
    family = psutil.Process(site.process.pid).children(recursive=True)
    web = next(process for process in family if "granian" in process.cmdline() and process.children())
    before = set(web.children())
    next(iter(before)).kill()
    deadline = time.monotonic() + 30
    while not set(web.children()) - before:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert 2 == len(web.children())
    assert 0 == site.end(signal.SIGINT)
