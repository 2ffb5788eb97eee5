"""`flask content impact`: what rests on a place in the law, and who was certified on that.

`flask content import-questions`: the questions of a file in another format, understood and taken as drafts.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from elearn.authoring import intake, law, rules
from elearn.authoring.law import Impact
from elearn.content.formats import files
from elearn.content.formats.files import TITLES, Reading
from elearn.content.formats.neutral import UnreadableQuestions, named
from elearn.content.formats.opening import MOST_BYTES
from elearn.content.law import Register
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction


def install(app: Flask) -> None:
    """Hang the command on the group `content`, which a lower room opened."""
    group = app.cli.commands["content"]
    assert isinstance(group, click.Group)  # noqa: S101 - said once, for the type
    group.add_command(impact)
    group.add_command(import_questions)


@click.command("import-questions")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "form", type=click.Choice(files.NAMES), help="Else it is found out.")
@click.option("--dry-run", is_flag=True, help="Only understand the file; nothing is kept and no database is needed.")
@click.option("--json", "as_json", is_flag=True, help="Print the items as understood and the losses as JSON.")
@with_appcontext
def import_questions(file: Path, form: str | None, dry_run: bool, as_json: bool) -> None:
    """Read the questions of FILE (- reads the input) and take those that can be carried as drafts."""
    try:
        content = _bytes_of(file)
        reading = files.read(content, form or "")
        if not dry_run:
            with transaction():
                intake.take(SYSTEM, filename=file.name, content_=content, form=form or "")
    except UnreadableQuestions as refusal:
        raise click.ClickException(refusal.sentence) from None
    except SQLAlchemyError:
        raise click.ClickException(
            "Basis data belum siap. Jalankan flask db upgrade, atau pakai --dry-run."
        ) from None
    if as_json:
        click.echo(json.dumps(files.plain(reading), ensure_ascii=False, indent=2))
    else:
        _print_reading(reading, dry_run)


def _bytes_of(file: Path) -> bytes:
    """What a file holds; one that is too large is not read."""
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(MOST_BYTES + 1)
        if not file.is_file():
            raise UnreadableQuestions(f"Berkas {file} tidak ada.")
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableQuestions(f"Berkas {file} tidak dapat dibaca: {error.strerror}.") from None


def _print_reading(reading: Reading, dry_run: bool) -> None:
    pairs = zip(reading.bank.items, reading.understood, strict=True)
    for number, (item, each) in enumerate(pairs, start=1):
        state = "" if each.question is not None else " (tidak menjadi draf)"
        click.echo(f"{number}. [{item.kind.value}] {named(item, number)}{state}")
    for loss in reading.losses:
        where = f"{loss.item}. {loss.title}" if loss.item else "Berkas"
        click.echo(f"{where}: {loss.reason}")
    kept = sum(each.question is not None for each in reading.understood)
    deed = "dapat menjadi" if dry_run else "menjadi"
    click.echo(f"{TITLES[reading.format]}: {len(reading.bank.items)} soal terbaca, {kept} {deed} draf.")


@click.command("impact")
@click.argument("citation")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--people", is_flag=True, help="List each certificate with its holder.")
@with_appcontext
def impact(citation: str, as_json: bool, people: bool) -> None:
    """Say what rests on CITATION, the id of a citation or of an instrument, and who was certified on it."""
    cites = _cites(law.get_register(), citation)
    if not cites:
        raise click.ClickException(f"“{citation}” tidak tercantum dalam register dasar hukum.")
    found = law.impact(cites)
    holders = law.list_holders(cites) if people else []
    if as_json:
        click.echo(json.dumps({**_facts(found), "holders": [asdict(each) for each in holders]}, ensure_ascii=False))
        return
    _print(found)
    for holder in holders:
        click.echo(f"  {holder.number}  {holder.name}, {holder.opd}")


def _cites(register: Register, name: str) -> frozenset[str]:
    """The place of that id, else every place in the instrument of that id."""
    if name in register.citation_by_id:
        return frozenset({name})
    return rules.places_of(register, name)


def _facts(found: Impact) -> dict[str, object]:
    return {
        "citations": sorted(found.cites),
        "certified": found.certified,
        "certified_by_opd": dict(found.certified_by_opd),
        "versions": [
            {
                "module": each.publication.slug,
                "number": each.publication.number,
                "is_current": each.publication.is_current,
                "lessons": [lesson.id for lesson in each.resting.lessons],
                "scenarios": [scenario.id for scenario in each.resting.scenarios],
                "questions": [question.id for question in each.resting.questions],
                "certified": each.certified,
            }
            for each in found.versions
        ],
    }


def _print(found: Impact) -> None:
    for each in found.versions:
        parts = each.resting
        state = "berlaku" if each.publication.is_current else "diganti"
        click.echo(
            f"{each.publication.slug} terbitan {each.publication.number} ({state}): {len(parts.lessons)} pelajaran, "
            f"{len(parts.scenarios)} cerita, {len(parts.questions)} soal; {each.certified} sertifikat."
        )
    for name, count in found.certified_by_opd:
        click.echo(f"  {name}: {count}")
    click.echo(f"Seluruhnya {found.certified} sertifikat yang masih berlaku.")
