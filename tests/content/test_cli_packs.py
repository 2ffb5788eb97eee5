"""The command line takes packs as well: a ZIP, or a part of the curriculum that rests on what is published."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from elearn.content import archive, queries, schema, writing
from tests.factories.authoring import CORRECTED, a_corrected_module, publish_curriculum, zipped
from tests.factories.content import SLUG, a_module


@pytest.fixture
def run(app: Flask) -> Any:
    """A function that runs `flask content …` and gives its status and all it printed."""
    publish_curriculum()

    def invoke(*words: str) -> tuple[int, str]:
        found = app.test_cli_runner().invoke(args=["content", *words])
        return found.exit_code, found.output

    return invoke


def test_a_pack_is_published(run: Any, tmp_path: Path) -> None:
    """A ZIP with one corrected module, without a register of its own."""
    path = tmp_path / "koreksi.zip"
    path.write_bytes(zipped(a_corrected_module()))
    status, printed = run("publish", "--from", str(path))
    assert (0, True) == (status, f"module {SLUG} versi 2" in printed)
    assert CORRECTED == queries.current_module(SLUG)[1].question_by_id["dasar-1"].options[0].text.markdown


def test_a_folder_with_one_module_rests_on_what_is_published(run: Any, tmp_path: Path) -> None:
    """The register and the pact need not be there."""
    for name, text in writing.module_files(a_module()).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert 0 == run("check", "--from", str(tmp_path))[0]


def test_complaints_name_the_place_inside_the_pack(run: Any, tmp_path: Path) -> None:
    """As `pack.zip/path:line`, not where it was unpacked."""
    path = tmp_path / "keliru.zip"
    path.write_bytes(zipped(a_module(), **{f"modules__{SLUG}__lessons__mengapa-netral.md": "Tanpa kepala."}))
    status, printed = run("check", "--from", str(path))
    assert (1, True) == (status, f"{path}/modules/{SLUG}/lessons/mengapa-netral.md:1: Pelajaran dimulai" in printed)


def test_what_is_no_pack_is_refused(run: Any, tmp_path: Path) -> None:
    """With the sentence a browser would show."""
    path = tmp_path / "bukan.zip"
    path.write_bytes(b"bukan zip")
    status, printed = run("check", "--from", str(path))
    assert (1, True) == (status, archive.UnreadablePack.sentence in printed)


def test_the_schemas_are_written(run: Any, tmp_path: Path) -> None:
    """Each kind of file has its own."""
    assert 0 == run("schema", "--to", str(tmp_path / "skema"))[0]
    assert set(schema.texts()) == {path.name for path in (tmp_path / "skema").iterdir()}
