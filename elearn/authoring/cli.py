"""`flask content impact`: what rests on a place in the law, and who was certified on that."""

import json
from dataclasses import asdict

import click
from flask import Flask
from flask.cli import with_appcontext

from elearn.authoring import law, rules
from elearn.authoring.law import Impact
from elearn.content.rules import Register


def install(app: Flask) -> None:
    """Hang the command on the group `content`, which a lower room opened."""
    group = app.cli.commands["content"]
    assert isinstance(group, click.Group)  # noqa: S101 - said once, for the type
    group.add_command(impact)


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
