"""`flask content`: `check` proves the files sound, `coverage` and `graph` show them, `publish` releases them."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from elearn.content import actions, archive, coverage, drawing, measures, queries, schema, source, story, supply
from elearn.content.rules import Scenario
from elearn.core import clock
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction

SCHEMAS = Path("docs/content")

group = AppGroup("content", help="Modules, stories, questions and pacts.")
folder = click.option("--from", "root", type=click.Path(path_type=Path), help="Folder or ZIP of the files.")


@group.command("check")
@folder
def check(root: Path | None) -> None:
    """Read all files, print what they hold and each complaint with its file and line; fails when there is one."""
    found = _read(root)
    for module in found.modules:
        parts = f"{len(module.lessons)} pelajaran, {len(module.scenarios)} skenario, {len(module.questions)} soal"
        click.echo(f"{module.title}: {parts}, {len(module.citations)} rujukan.")
        for line in measures.told(measures.measure(module.questions)):
            click.echo(f"  {line}")
        papers = f"{supply.fresh_papers(module)} naskah tanpa soal yang terulang"
        click.echo(f"  bank soal cukup untuk {papers}; kesempatan {module.quiz.attempts}")
    _refuse_complaints(found)
    click.echo("Isi materi baik.")


@group.command("coverage")
@folder
@click.option("--json", "as_json", is_flag=True, help="The matrix as JSON, for other programs.")
def show_coverage(root: Path | None, as_json: bool) -> None:
    """Print where each rule of the register is taught and asked; fails when one is not, or too little."""
    found = _read(root)
    rows = coverage.matrix(found.register.rules if found.register else (), found.modules)
    if as_json:
        click.echo(json.dumps(coverage.plain(rows), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(rows)))
    if not rows:
        click.echo("Daftar aturan tidak terbaca; jalankan flask content check.", err=True)
    if not rows or coverage.gaps(rows):
        sys.exit(1)


@group.command("publish")
@folder
def publish(root: Path | None) -> None:
    """Publish what the files say; files that have not changed since are left as they are."""
    found = _read(root)
    _refuse_complaints(found)
    with transaction():
        changed = actions.publish(SYSTEM, source=found)
        for each in changed:
            click.echo(f"Terbit: {each.kind} {each.slug} versi {each.number}, sidik {each.fingerprint[:16]}.")
    if not changed:
        click.echo("Tidak ada perubahan; versi yang berlaku tetap.")


@group.command("graph")
@click.argument("name")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write the drawing; else it is printed.")
@folder
def draw_graph(name: str, out: Path | None, root: Path | None) -> None:
    """Draw the graph of a story as SVG; NAME is MODULE/STORY, or the story alone where only one module has it."""
    scenario = _story(_read(root), name)
    faults = list(story.graph_faults(scenario))
    if faults:
        raise click.ClickException(f"Alur cerita ini belum dapat digambar. {faults[0].sentence}")
    svg = drawing.svg(scenario)
    if out is None:
        click.echo(svg)
    else:
        out.write_text(svg, "utf-8")
        click.echo(f"{scenario.title}: {out}")


def _story(found: source.Source, name: str) -> Scenario:
    """The one story of that name; ends the command when there is none or more than one."""
    known = {f"{module.slug}/{each.id}": each for module in found.modules for each in module.scenarios}
    named = [full for full in known if name in (full, full.rpartition("/")[2])]
    if len(named) != 1:
        told = "Beberapa modul punya cerita ini" if named else "Tidak ada cerita dengan nama ini. Yang terbaca"
        raise click.ClickException(f"{told}: {', '.join(named or known)}.")
    return known[named[0]]


@group.command("schema")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=SCHEMAS, help="Folder of the schemas.")
def write_schemas(folder: Path) -> None:
    """Write the JSON Schema of each kind of file, for the editors of authors."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema.texts().items():
        (folder / name).write_text(text, "utf-8")
        click.echo(f"Ditulis: {folder / name}")


def _table(rows: list[coverage.Coverage]) -> Iterator[str]:
    yield "Aturan  Nilai  Pelajaran  Skenario  Soal"
    for row in rows:
        counts = f"{len(row.lessons):9}  {len(row.scenarios):8}  {len(row.questions):4}"
        line = f"{row.rule.id:6}  {row.rule.confidence.value:5}  {counts}"
        yield line if row.is_covered else f"{line}  kurang"
    missing = [row.rule.id for row in coverage.gaps(rows)]
    yield f"Belum cukup: {', '.join(missing)}." if missing else "Setiap aturan diajarkan dan ditanyakan."


def _read(root: Path | None) -> source.Source:
    """What the files of a folder say, those of a ZIP, or this installation's own."""
    root = root or Path(os.path.relpath(current_app.config["SETTINGS"].content_dir))
    if not root.is_file():
        return _load(root)
    try:
        with archive.unpacked(root.read_bytes()) as folder:
            found = _load(folder)
            inside = [
                replace(each, path=f"{root}/{Path(each.path).relative_to(folder)}") for each in found.complaints
            ]
            return replace(found, complaints=tuple(inside))
    except archive.UnreadablePack as refusal:
        raise click.ClickException(refusal.sentence) from refusal


def _load(root: Path) -> source.Source:
    """The files of a folder; without a register of its own they rest on what is published."""
    if (root / "citations.yaml").is_file():
        return source.load(root, clock.today())
    return source.load(root, clock.today(), *queries.ground())


def _refuse_complaints(found: source.Source) -> None:
    """Print the complaints and end the command, when there are any."""
    for complaint in found.complaints:
        click.echo(str(complaint), err=True)
    if found.complaints:
        click.echo(f"{len(found.complaints)} keluhan; materi belum dapat diterbitkan.", err=True)
        sys.exit(1)
