"""`flask content`: `check` proves the files sound, `coverage` and `graph` show them, `publish` releases them.

`export-questions` tells the bank to other systems.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from elearn.content import actions, archive, coverage, queries, schema, source, supply
from elearn.content.checks import measures
from elearn.content.formats import files
from elearn.content.formats.neutral import Written
from elearn.content.modules import Module
from elearn.content.stories import drawing, story
from elearn.content.stories.scenes import Scenario
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


@group.command("export-questions")
@click.option("--format", "form", type=click.Choice(files.NAMES), default=files.GIFT, show_default=True)
@click.option("--module", "slugs", multiple=True, help="Only this module; may be given several times.")
@click.option("--topic", "topics", multiple=True, help="Only this topic.")
@click.option("--question", "ids", multiple=True, help="Only this question, ID or MODULE/ID; one alone is one item.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write; else it goes to stdout.")
@click.option("--json", "as_json", is_flag=True, help="Print the losses as JSON; needs --out.")
@folder
def export_questions(
    form: str,
    slugs: tuple[str, ...],
    topics: tuple[str, ...],
    ids: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    root: Path | None,
) -> None:
    """Write questions in another format; what it cannot say is listed on stderr, or with --json on stdout.

    They are the published ones; where nothing is published yet, or with --from, those of the files.
    """
    if as_json and out is None:
        raise click.UsageError("Dengan --json tulis juga --out.")
    modules = _modules(root)
    chosen = [
        (module.slug, question)
        for module in modules
        for question in module.questions
        if (not slugs or module.slug in slugs)
        and (not topics or question.topic in topics)
        and (not ids or not {question.id, f"{module.slug}/{question.id}"}.isdisjoint(ids))
    ]
    if not chosen:
        raise click.ClickException("Tidak ada soal yang cocok dengan pilihan ini.")
    is_zip = out is not None and out.suffix.lower() == ".zip"
    is_item = len(chosen) == 1 and bool(ids) and not is_zip
    bank = files.bank_of(chosen, {module.slug: module.picture_by_id for module in modules})
    written = files.write(bank, form, is_package=is_zip, is_item=is_item)
    _hand_out(written, out)
    _tell_losses(written, form, len(chosen), as_json=as_json)


def _modules(root: Path | None) -> Sequence[Module]:
    """The published modules, or those of the files."""
    if root is None:
        with suppress(SQLAlchemyError):
            found = [module for _, module in queries.list_current_modules()]
            if found:
                return found
    return _read(root).modules


def _hand_out(written: Written, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(written.content)
        return
    try:
        out.write_bytes(written.content)
    except OSError as error:
        raise click.ClickException(f"{out} tidak dapat ditulis: {error.strerror}.") from None


def _tell_losses(written: Written, form: str, count: int, *, as_json: bool) -> None:
    if as_json:
        told = {"format": form, "count": count, "losses": [asdict(loss) for loss in written.losses]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for loss in written.losses:
        click.echo(f"{loss.item}. {loss.title}: {loss.reason}", err=True)
    click.echo(f"{count} soal ditulis; {len(written.losses)} hal tidak ikut.", err=True)


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
