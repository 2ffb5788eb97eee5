"""`flask content check`, `coverage` and `publish`, as an author types them."""

import json
from pathlib import Path

import pytest
from flask import Flask

from elearn.content import queries
from tests.content.test_source import FILES, MODULE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the small sound content."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def test_check_says_what_it_found(app: Flask, root: Path) -> None:
    """Sound content ends with success, a count and the measures of its bank."""
    done = app.test_cli_runner().invoke(args=["content", "check", "--from", str(root)])
    assert "jenis soal: single 2, multiple 0" in done.output
    assert (0, True) == (done.exit_code, "1 pelajaran, 0 skenario, 2 soal" in done.output)


def test_check_fails_with_file_and_line(app: Flask, root: Path) -> None:
    """A complaint fails the command, so that it can stop a pipeline."""
    path = root / "modules/contoh/module.yaml"
    path.write_text(MODULE.replace("questions: 1", "questions: 2"))
    done = app.test_cli_runner().invoke(args=["content", "check", "--from", str(root)])
    assert (1, True) == (done.exit_code, f"{path}:17: Jumlah soal" in done.output)


def test_coverage_counts_what_covers_each_rule(app: Flask, root: Path) -> None:
    """A table for people, the same as JSON for programs; success when nothing is missing."""
    runner = app.test_cli_runner()
    table = runner.invoke(args=["content", "coverage", "--from", str(root)])
    plain = runner.invoke(args=["content", "coverage", "--json", "--from", str(root)])
    assert (0, 0) == (table.exit_code, plain.exit_code)
    assert "P-01    B              1         0     2" in table.output.splitlines()
    assert (["contoh/awal"], []) == (
        json.loads(plain.output)["rules"][0]["lessons"],
        json.loads(plain.output)["gaps"],
    )


def test_coverage_fails_over_a_gap(app: Flask, root: Path) -> None:
    """The rule that is missing is named."""
    path = root / "modules/contoh/lessons/awal.md"
    path.write_text(path.read_text().replace("covers: [P-01]\n", ""))
    done = app.test_cli_runner().invoke(args=["content", "coverage", "--from", str(root)])
    assert (1, True) == (done.exit_code, "Belum cukup: P-01." in done.output)


def test_coverage_of_no_rules_is_no_success(app: Flask, root: Path) -> None:
    """Nothing to cover means that the rules could not be read."""
    (root / "rules.yaml").write_text("- [salah\n")
    done = app.test_cli_runner().invoke(args=["content", "coverage", "--json", "--from", str(root)])
    assert (1, True) == (done.exit_code, "tidak terbaca" in done.output)


def test_publish_twice_publishes_once(app: Flask, root: Path) -> None:
    """The second run says that nothing changed."""
    runner = app.test_cli_runner()
    first = runner.invoke(args=["content", "publish", "--from", str(root)])
    second = runner.invoke(args=["content", "publish", "--from", str(root)])
    assert ("versi 1" in first.output, "Tidak ada perubahan" in second.output) == (True, True)
    assert 1 == queries.current_module("contoh")[0].number


def test_the_content_of_this_repository_is_the_default(app: Flask) -> None:
    """Without a folder the commands read the repository's own."""
    assert 0 == app.test_cli_runner().invoke(args=["content", "check"]).exit_code
