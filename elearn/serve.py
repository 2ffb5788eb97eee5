"""One supervised command: prepare this installation, then serve pages and do background jobs until Ctrl-C.

Foreseeable trouble (port taken, disk full, no database) is told in one sentence and exit status 1.
"""

import os
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from honcho.manager import Manager
from sqlalchemy.exc import OperationalError

from config import ROOT, Settings
from elearn.content import delivery, source
from elearn.content import queries as content
from elearn.core import clock, installation
from elearn.core.permissions import ROLE_NAMES, SYSTEM
from elearn.core.transaction import transaction
from elearn.demo import actions as demo
from elearn.documents import keys

INTERRUPTED = 130  # what a shell calls a program that was ended by Ctrl-C
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - named, not bound
LEAST_DISK = 200 * 1024 * 1024


class CannotServe(Exception):
    """Why this installation cannot start, in a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Place:
    """Where the web server listens, and with how many processes and threads."""

    host: str
    port: int
    workers: int
    threads: int

    @property
    def address(self) -> str:
        """What a person at this machine types into a browser."""
        return f"http://{'127.0.0.1' if self.host in EVERYWHERE else self.host}:{self.port}"


def place(settings: Settings) -> Place:
    """The place named by HOST, PORT and the settings; one thread a process on SQLite, where writers queue."""
    try:
        port = int(os.environ.get("PORT", "8000"))
    except ValueError:
        raise CannotServe("PORT must be a number, for example PORT=8080.") from None
    threads = 1 if settings.database.startswith("sqlite") else 8
    return Place(os.environ.get("HOST", "127.0.0.1"), port, settings.workers, threads)


def check_ground(settings: Settings, where: Place) -> None:
    """Raise CannotServe for what can be seen before anything is loaded."""
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((where.host, where.port))
        except OSError as error:
            raise CannotServe(
                f"{where.host}:{where.port} cannot be used ({error.strerror}). "
                f"Stop the program that uses it, or choose another: PORT={where.port + 1} make run"
            ) from None
    folder = _existing(settings.instance_dir)
    if not os.access(folder, os.W_OK):
        raise CannotServe(f"The folder {folder} cannot be written to. Give it to this user, or run as its owner.")
    if shutil.disk_usage(folder).free < LEAST_DISK:
        raise CannotServe(f"Less than 200 MB of disk is free at {folder}. Make room, then try again.")


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


def prepare(app: Flask, settings: Settings) -> None:
    """Bring database, keys and content up to date; fill an empty installation with the demo regency."""
    with app.app_context():
        upgrade()
        deliver_content(settings)
        if settings.demo and demo.may_load():
            people = f"{settings.demo_people:,} people"
            print(f"Loading the demo regency, Kabupaten Bukit Serawai ({people}); this takes under a minute …")
            demo.load(SYSTEM, today=clock.today(), people=settings.demo_people)
        with transaction():
            name_installation(settings)
        keys.ensure(
            settings.instance_dir, name=installation.regency_name(), demo=installation.is_demo(), now=clock.now()
        )


def deliver_content(settings: Settings) -> None:
    """Publish the content this release came with, if it is new; unsound files stop only an empty installation."""
    mark, digest = settings.instance_dir / "content.sha256", delivery.digest(settings.content_dir)
    is_known = content.find_register() is not None
    if is_known and mark.exists() and mark.read_text() == digest:
        return
    found = source.load(settings.content_dir, clock.today())
    if found.complaints and is_known:
        print(f"{len(found.complaints)} complaints about the content files stop them: flask content check")
        return
    with transaction():
        delivery.deliver(SYSTEM, source=found)
    mark.touch(mode=0o600)
    mark.write_text(digest)


def name_installation(settings: Settings) -> None:
    """Take the regency's name from the settings, unless it is a demo's; CannotServe while nobody has named it."""
    if settings.regency and not installation.is_demo():
        installation.name(settings.regency, is_demo=False)
    elif not installation.is_named():
        raise CannotServe('Say whose installation this is: ELEARN_REGENCY="Kabupaten …" in the file .env')


def announce(app: Flask, where: Place) -> None:
    """Say where to go and, in a demo installation, with which accounts."""
    print(f"\n  eLearn Netralitas ASN: {where.address}/\n")
    with app.app_context():
        if not installation.is_demo():
            return
        print(f"  {'Peran':<38} {'Nama pengguna':<22} Sandi")
        for account in demo.accounts():
            print(f"  {ROLE_NAMES[account.role]:<38} {account.username:<22} {account.password}")
    print("\n  Ctrl-C stops it; the data stays in instance/.\n", flush=True)


def supervise(where: Place) -> int:
    """Run web server and job consumer together until one ends or Ctrl-C; the exit status of the first to fail."""
    python = sys.executable
    manager = Manager()
    manager.add_process(
        "web",
        f"exec {python} -m granian --interface wsgi wsgi:app --host {where.host} --port {where.port} "
        f"--workers {where.workers} --blocking-threads {where.threads} --no-ws --log-level warning --no-access-log "
        "--respawn-failed-workers",
        cwd=str(ROOT),
    )
    manager.add_process("jobs", f"exec {python} -m flask --app wsgi jobs work", cwd=str(ROOT))
    manager.loop()
    return 0 if manager.returncode == INTERRUPTED else int(manager.returncode or 0)


def main() -> int:
    """Prepare and serve; what is foreseeable is told in a sentence."""
    try:
        settings = Settings()
        where = place(settings)
        if "public_url" not in settings.model_fields_set:
            settings.public_url = os.environ["ELEARN_PUBLIC_URL"] = where.address
        check_ground(settings, where)
        from elearn.app import create_app

        app = create_app(settings)
        prepare(app, settings)
    except CannotServe as trouble:
        print(f"make run: {trouble}", file=sys.stderr)
        return 1
    except OperationalError as trouble:
        print(f"make run: the database does not answer or cannot be written: {trouble.orig}", file=sys.stderr)
        return 1
    except OSError as trouble:
        print(f"make run: {trouble.strerror or trouble} ({trouble.filename or 'no file'})", file=sys.stderr)
        return 1
    announce(app, where)
    return supervise(where)


if __name__ == "__main__":
    sys.exit(main())
