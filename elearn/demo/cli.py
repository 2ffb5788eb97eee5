"""`flask demo load` fills an empty installation with a fictional regency; `flask demo accounts` opens its doors."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from elearn.core import clock
from elearn.core.errors import Refusal
from elearn.core.permissions import ROLE_NAMES, SYSTEM
from elearn.core.tables import to_csv, to_xlsx
from elearn.demo import actions, regency, roster

group = AppGroup("demo", help="The fictional Kabupaten Bukit Serawai.")


@group.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing, instead of failing, when people are known already.")
def load(if_empty: bool) -> None:
    """Fill an empty installation with the regency and its past year."""
    people = current_app.config["SETTINGS"].demo_people
    with _refusing():
        if if_empty and not actions.may_load():
            click.echo("Instalasi ini sudah berisi; data demo tidak dimuat.")
            return
        actions.load(SYSTEM, today=clock.today(), people=people)
    click.echo(f"Kabupaten Bukit Serawai dimuat: {people} pegawai. `flask demo accounts` menyebut akun demonya.")


@group.command("accounts")
@click.option("--json", "as_json", is_flag=True, help="As a JSON list of role, username, password and name.")
def accounts(as_json: bool) -> None:
    """Print one working account for each role; fails outside a demo installation."""
    with _refusing():
        found = actions.accounts()
    if as_json:
        click.echo(json.dumps([asdict(account) for account in found], ensure_ascii=False, indent=2))
        return
    for account in found:
        click.echo(f"{ROLE_NAMES[account.role]:<38} {account.username:<20} {account.password}  {account.name}")


@group.command("roster")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the roster; today by default.")
@click.option("--sample", "is_sample", is_flag=True, help="Only a dozen people, one of each rarity.")
def write_roster(file: Path, day: datetime | None, is_sample: bool) -> None:
    """Write the regency's people to FILE (.csv or .xlsx) as SIASN exports them, to try the import with."""
    found = regency.build(day.date() if day else clock.today())
    people = list(roster.sample(found.people)) if is_sample else found.people
    table = roster.roster(found, people)
    file.write_bytes(to_xlsx(table) if file.suffix == ".xlsx" else to_csv(table))
    click.echo(f"{len(people)} pegawai ditulis ke {file}.")


@contextmanager
def _refusing() -> Iterator[None]:
    """Say a refusal in its sentence and end with exit status 1."""
    try:
        yield
    except Refusal as refusal:
        click.echo(refusal.sentence, err=True)
        sys.exit(1)
