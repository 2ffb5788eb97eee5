"""`flask quiz analyse`, as people and programs call it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

SAMPLES = Path(__file__).parent.parent / "samples"


def analyse(app: Flask, *args: object, **more: Any) -> Result:
    """What the command answers."""
    return app.test_cli_runner().invoke(args=["quiz", "analyse", *map(str, args)], **more)


def test_json_has_every_figure_and_nothing_else(app: Flask) -> None:
    """The output is one object with the published values under clear names."""
    done = analyse(app, SAMPLES / "marks-25-attempts.csv", "--json")
    told = json.loads(done.stdout)
    quiz, third = told["quiz"], told["slots"][2]
    assert (0, [], 25, 7.0) == (done.exit_code, told["warnings"], quiz["attempts"], quiz["maximum_mark"])
    assert pytest.approx(-87.2230935542) == quiz["coefficient_of_internal_consistency"]
    assert pytest.approx(100 * 0.8117265554 / 7) == quiz["standard_deviation_percent"]
    assert (3, pytest.approx(97.3333332), pytest.approx(-9.1230674268)) == (
        third["slot"],
        third["facility_index"],
        third["discrimination_index"],
    )
    documented = (SAMPLES.parent.parent / "docs" / "statistics.md").read_text()
    assert [] == [name for name in (*told, *quiz, *third) if f"`{name}`" not in documented]


def test_a_table_for_people(app: Flask) -> None:
    """A line for each figure of the quiz and for each slot, numbers as Indonesians write them."""
    out = analyse(app, SAMPLES / "marks-22-attempts.csv").stdout
    assert [] == [each for each in ("Percobaan", "22", "41,19", "26,58", "25,88", "27,23") if each not in out]
    assert 20 == sum(line.strip().startswith("slot") for line in out.splitlines())


def test_people_give_first_last_and_best(app: Flask, tmp_path: Path) -> None:
    """When a column tells them apart; the average of all needs none."""
    path = tmp_path / "nilai.csv"
    path.write_text("nip;slot1/2\nx;0\ny;2\nx;1\n")
    quiz = json.loads(analyse(app, path, "--json", "--person", "NIP").stdout)["quiz"]
    names = ("people", *(f"average_of_{which}_attempts" for which in ("first", "all", "last", "highest")))
    assert (2, 1.0, 1.0, 1.5, 1.5) == tuple(quiz[name] for name in names)
    plain = json.loads(analyse(app, path, "--json").stdout)["quiz"]
    assert (None, 1.0, None) == (plain["people"], plain[names[2]], plain[names[1]])
    assert "Rata-rata percobaan terbaik" in analyse(app, path, "--person", "nip").stdout


def test_doubts_are_told_beside_the_figures(app: Flask, tmp_path: Path) -> None:
    """On the error stream, so that what is printed stays JSON; and within it."""
    path = tmp_path / "nilai.csv"
    path.write_text("slot1\n1\n-\n\n2\n0\n")
    done = analyse(app, path, "--json")
    assert ["1 nilai tidak ada dan dihitung nol."] == json.loads(done.stdout)["warnings"][:1]
    assert "Perhatian: 1 nilai pada slot1 melebihi" in done.stderr


def test_what_cannot_be_read_ends_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    """A missing file, a folder, a workbook, a bad number: no figures, no traceback, a failure for scripts."""
    (tmp_path / "buku.csv").write_bytes(b"PK\x03\x04")
    (tmp_path / "nilai.csv").write_text("slot1\nbagus\n")
    for name, sentence in (
        ("tidak-ada.csv", "Berkas tidak-ada.csv tidak ada atau tidak dapat dibuka."),
        (".", "tidak ada atau tidak dapat dibuka."),
        ("buku.csv", "Berkas ini bukan CSV."),
        ("nilai.csv", "Baris 2, kolom slot1: “bagus” bukan angka."),
    ):
        done = analyse(app, tmp_path / name, "--json")
        assert (1, "", True) == (done.exit_code, done.stdout, sentence in done.stderr), name


def test_a_dash_reads_what_is_piped_in(app: Flask) -> None:
    """So that an export can come from another command."""
    done = analyse(app, "-", "--json", input="slot1\n1\n0\n")
    assert 0.5 == json.loads(done.stdout)["quiz"]["mean"]
