"""`flask content check` proves the files sound; `flask content publish` makes them the current version."""

import os
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from elearn.content import actions, source
from elearn.core import clock
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction

group = AppGroup("content", help="Modules, stories, questions and pacts.")
folder = click.option("--from", "root", type=click.Path(path_type=Path), help="Folder of the files.")


@group.command("check")
@folder
def check(root: Path | None) -> None:
    """Read all files and print each complaint with its file and line; fails when there is one."""
    found = _sound(root)
    for module in found.modules:
        parts = (len(module.lessons), "pelajaran", len(module.scenarios), "skenario", len(module.questions), "soal")
        click.echo(f"{module.title}: {' '.join(map(str, parts))}, {len(module.citations)} rujukan.")
    click.echo("Isi materi baik.")


@group.command("publish")
@folder
def publish(root: Path | None) -> None:
    """Publish what the files say; files that have not changed since are left as they are."""
    found = _sound(root)
    with transaction():
        changed = actions.publish(SYSTEM, source=found)
        for each in changed:
            click.echo(f"Terbit: {each.kind} {each.slug} versi {each.number}, sidik {each.fingerprint[:16]}.")
    if not changed:
        click.echo("Tidak ada perubahan; versi yang berlaku tetap.")


def _sound(root: Path | None) -> source.Source:
    """What the files say; prints complaints and ends the command when there are any."""
    default = Path(os.path.relpath(current_app.config["SETTINGS"].content_dir))
    found = source.load(root or default, clock.today())
    for complaint in found.complaints:
        click.echo(str(complaint), err=True)
    if found.complaints:
        click.echo(f"{len(found.complaints)} keluhan; materi belum dapat diterbitkan.", err=True)
        sys.exit(1)
    return found
