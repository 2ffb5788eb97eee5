"""`flask demo load` fills an empty installation with a fictional regency; `flask demo accounts` opens its doors."""

import json
import sys
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup

from elearn.core import clock
from elearn.core.errors import Refusal
from elearn.core.permissions import ROLE_NAMES, SYSTEM
from elearn.demo import actions

group = AppGroup("demo", help="The fictional Kabupaten Bukit Serawai.")


@group.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing, instead of failing, when people are known already.")
def load(if_empty: bool) -> None:
    """Fill an empty installation with the regency and its past year."""
    if if_empty and not actions.may_load():
        click.echo("Instalasi ini sudah berisi; data demo tidak dimuat.")
        return
    people = current_app.config["SETTINGS"].demo_people
    try:
        actions.load(SYSTEM, today=clock.today(), people=people)
    except Refusal as refusal:
        _refuse(refusal)
    click.echo(f"Kabupaten Bukit Serawai dimuat: {people} pegawai. `flask demo accounts` menyebut akun demonya.")


@group.command("accounts")
@click.option("--json", "as_json", is_flag=True, help="As a JSON list of role, username, password and name.")
def accounts(as_json: bool) -> None:
    """Print one working account for each role; fails outside a demo installation."""
    try:
        found = actions.accounts()
    except Refusal as refusal:
        _refuse(refusal)
    if as_json:
        click.echo(json.dumps([asdict(account) for account in found], ensure_ascii=False, indent=2))
        return
    for account in found:
        click.echo(f"{ROLE_NAMES[account.role]:<38} {account.username:<20} {account.password}  {account.name}")


def _refuse(refusal: Refusal) -> None:
    click.echo(str(refusal), err=True)
    sys.exit(1)
