"""`flask quiz analyse`: the statistics of a quiz from the marks that any system exported."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from elearn.quiz import marks, statistics
from elearn.quiz.marks import Marks
from elearn.quiz.statistics import Averages, Item, Quiz

group = AppGroup("quiz", help="Quizzes and their figures.")
FILE = click.Path(path_type=Path, allow_dash=True)
NONE = "–"
HEADS = ("Slot", "Maks", "Rata-rata", "Kemudahan", "Simpangan", "Bobot niat", "Bobot nyata", "Daya beda", "Efisiensi")


@group.command("analyse")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON (docs/statistics.md).")
@click.option("--person", metavar="COLUMN", help="The column that tells people apart, for first and last attempts.")
def analyse(file: Path, as_json: bool, person: str | None) -> None:
    """Statistics of the marks in FILE (CSV, one row an attempt, columns slot1/1, slot2/1, …; - reads the input)."""
    try:
        found = marks.read(_content(file), person=person)
    except marks.UnreadableMarks as refusal:
        raise click.ClickException(refusal.sentence) from None
    quiz, items = statistics.paper(
        [slot.marks for slot in found.slots], [s.maximum for s in found.slots], found.scale
    )
    averages = statistics.averages(found.sittings(), found.scale)
    for doubt in found.doubts:
        click.echo(f"Perhatian: {doubt}", err=True)
    if as_json:
        click.echo(json.dumps(plain(found, quiz, items, averages), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        click.echo("\n".join([*_whole(quiz, averages), "", *_table(found, items)]))


def _content(file: Path) -> bytes:
    """The bytes of a file, no more than may be; raises UnreadableMarks."""
    try:
        source = sys.stdin.buffer if str(file) == "-" else file.open("rb")
        with source:
            return source.read(marks.LARGEST + 1)
    except OSError:
        raise marks.UnreadableMarks(f"Berkas {file.name} tidak ada atau tidak dapat dibuka.") from None


def plain(found: Marks, quiz: Quiz, items: Sequence[Item], averages: Averages | None) -> dict[str, Any]:
    """The figures as JSON has them; the names and units are told in docs/statistics.md."""
    return {
        "quiz": _quiz(quiz, averages),
        "slots": [
            {"slot": slot.number, "missing": slot.missing, **_slot(item)}
            for slot, item in zip(found.slots, items, strict=True)
        ],
        "warnings": list(found.doubts),
    }


def _quiz(quiz: Quiz, averages: Averages | None) -> dict[str, Any]:
    points = {
        "mean": quiz.mean,
        "median": quiz.median,
        "standard_deviation": quiz.deviation,
        "standard_error": quiz.standard_error,
    }
    return {
        "attempts": quiz.attempts,
        "maximum_mark": quiz.maximum,
        **points,
        **{f"{name}_percent": _percent(value, quiz.maximum) for name, value in points.items()},
        "skewness": quiz.skewness,
        "kurtosis": quiz.kurtosis,
        "coefficient_of_internal_consistency": quiz.consistency,
        "error_ratio": quiz.error_ratio,
        "people": averages and averages.people,
        "average_of_first_attempts": averages and averages.first,
        "average_of_all_attempts": quiz.mean,
        "average_of_last_attempts": averages and averages.last,
        "average_of_highest_attempts": averages and averages.highest,
    }


def _slot(item: Item) -> dict[str, Any]:
    return {
        "attempts": item.attempts,
        "maximum_mark": item.maximum,
        "mean": item.mean,
        "facility_index": item.facility,
        "standard_deviation": item.deviation,
        "standard_deviation_percent": _percent(item.deviation, item.maximum),
        "random_guess_score": None,
        "intended_weight": item.intended_weight,
        "effective_weight": item.effective_weight,
        "negative_covariance": item.is_contrary,
        "discrimination_index": item.discrimination,
        "discriminative_efficiency": item.efficiency,
    }


def _percent(points: float | None, maximum: float) -> float | None:
    return statistics.FULL * points / maximum if points is not None and maximum else None


def _whole(quiz: Quiz, averages: Averages | None) -> Iterator[str]:
    """The figures of the quiz, a line each."""
    told: list[tuple[str, str]] = [
        ("Percobaan", str(quiz.attempts)),
        ("Nilai maksimum", _told(quiz.maximum)),
        ("Rata-rata", _told(quiz.mean)),
        ("Median", _told(quiz.median)),
        ("Simpangan baku", _told(quiz.deviation)),
        ("Kemencengan (skewness)", _told(quiz.skewness, 4)),
        ("Keruncingan (kurtosis)", _told(quiz.kurtosis, 4)),
        ("Konsistensi internal (alfa Cronbach)", _told(quiz.consistency, unit=" %")),
        ("Rasio galat", _told(quiz.error_ratio, unit=" %")),
        ("Galat baku", _told(quiz.standard_error)),
    ]
    if averages:
        told += [
            ("Orang", str(averages.people)),
            ("Rata-rata percobaan pertama", _told(averages.first)),
            ("Rata-rata percobaan terakhir", _told(averages.last)),
            ("Rata-rata percobaan terbaik", _told(averages.highest)),
        ]
    width = max(len(name) for name, _ in told)
    return (f"{name.ljust(width)}  {value}" for name, value in told)


def _table(found: Marks, items: Sequence[Item]) -> Iterator[str]:
    """The figures of the slots, a line each; shares in percent."""
    lines: list[tuple[str, ...]] = [HEADS]
    for slot, item in zip(found.slots, items, strict=True):
        spread = (item.maximum, item.mean, item.facility, item.deviation)
        worth = (item.intended_weight, item.effective_weight, item.discrimination, item.efficiency)
        lines.append((f"slot{slot.number}", *map(_told, (*spread, *worth))))
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADS))]
    return ("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _told(number: float | None, places: int = 2, *, unit: str = "") -> str:
    return NONE if number is None else f"{number:.{places}f}{unit}".replace(".", ",")
