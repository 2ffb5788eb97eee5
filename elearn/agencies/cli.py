"""`flask agencies …` builds the tree and imports rosters; `flask accounts …` makes users and gives roles.

Both groups live here because a role is held in an agency, and accounts know none.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import click
from flask import Flask
from flask.cli import AppGroup

from elearn.accounts import actions as accounts
from elearn.accounts import activation
from elearn.accounts import queries as account_queries
from elearn.agencies import actions, imports, queries, review, treefile
from elearn.agencies.rules import EVERYTHING
from elearn.core import clock, transaction
from elearn.core.errors import NotFound, Refusal
from elearn.core.permissions import SYSTEM, Grant, Role

group = AppGroup("agencies", help="Agencies, employees, rosters.")
accounts_group = AppGroup("accounts", help="Users and their roles.")
ROLE = click.Choice([role.value for role in Role])
DAY = click.DateTime(["%Y-%m-%d"])
WORDS = {
    "joins": "masuk",
    "returns": "kembali",
    "moves": "pindah",
    "changes": "berubah",
    "leaves": "keluar",
    "begun": "mulai tidak bertugas",
    "ended": "bertugas lagi",
    "complaints": "keluhan",
    "unchanged": "tetap",
}


@contextmanager
def _in_words() -> Iterator[None]:
    """One transaction; a refusal ends the command with its sentence instead of a traceback."""
    try:
        with transaction.transaction():
            yield
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None


@group.command("import-tree")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_tree(file: Path) -> None:
    """Open the agencies in FILE (CSV or XLSX: KODE, NAMA, SINGKATAN, INDUK); those known already stay as they are."""
    with _in_words():
        opened = actions.open_agencies(SYSTEM, treefile.read(file.read_bytes()))
        print(f"{len(opened)} instansi, OPD, dan unit dibuka.")


@group.command("import-roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", type=DAY, help="The day whose state the file shows; today if not given.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--confirm", is_flag=True, help="Accept what may be a mistake, say that more than a fifth would leave.")
def import_roster(file: Path, as_of: dt.datetime | None, dry_run: bool, confirm: bool) -> None:
    """Bring the roster in FILE (CSV or XLSX) into the books."""
    with _in_words():
        day = as_of.date() if as_of else clock.today()
        staged = imports.stage(SYSTEM, filename=file.name, content=file.read_bytes(), as_of=day)
        looked = review.review_of(staged)
        for each in [*looked.faults, *(detail for question in looked.questions for detail in question.details)]:
            print(f"Baris {each.lines}: {each.sentence}" if each.lines else each.sentence)
        print(", ".join(f"{WORDS[part]} {count}" for part, count in looked.found.counts.items()))
        if dry_run:
            transaction.rollback()
        else:
            imports.apply(SYSTEM, import_id=staged.id, confirmed=imports.ALL_DOUBTS if confirm else ())


@accounts_group.command("create")
@click.option("--username", required=True)
@click.option("--name", required=True)
@click.option("--role", type=ROLE, required=True)
@click.option("--agency", "code", help="Code of the agency in which the role is held; everywhere if not given.")
def create_account(username: str, name: str, role: str, code: str | None) -> None:
    """Make an account and print its one-time activation code."""
    with _in_words():
        roles = [Grant(Role(role), _agency_id(code))]
        account = accounts.create(SYSTEM, username=username, name=name, roles=roles)
        issued = activation.issue_code(SYSTEM, account_id=account.id)
        print(f"Akun {account.username} dibuat. Kode aktivasi (berlaku 30 hari): {issued}")


@accounts_group.command("grant")
@click.option("--username", required=True)
@click.option("--role", type=ROLE, required=True)
@click.option("--agency", "code", help="Code of the agency in which the role is held; everywhere if not given.")
def grant_role(username: str, role: str, code: str | None) -> None:
    """Give an account one more role."""
    with _in_words():
        account = account_queries.find_by_username(username)
        if account is None:
            raise NotFound(f"Tidak ada akun bernama {username}.")
        accounts.grant(SYSTEM, account_id=account.id, role=Role(role), agency_id=_agency_id(code))
        print(f"Akun {account.username} sekarang memegang peran {role}.")


def _agency_id(code: str | None) -> UUID | None:
    return queries.get_agency(code, visible=EVERYTHING).id if code else None


def install(app: Flask) -> None:
    """Offer the second group of commands beside the one of this room's name."""
    app.cli.add_command(accounts_group)
