"""The commands that build the tree, import rosters and make users."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from elearn.accounts import queries as accounts
from elearn.agencies import queries
from elearn.agencies.rules import EVERYTHING, AgencyKind
from elearn.core import clock
from elearn.core.permissions import Role
from tests.factories.agencies import a_csv, a_person, a_roster, an_opd, an_xlsx

TREE = [
    ["KODE", "NAMA", "SINGKATAN", "INDUK"],
    ["PEMDA", "Pemerintah Kabupaten Bukit Serawai", "", ""],
    ["DISDIK", "Dinas Pendidikan", "Disdik", "PEMDA"],
    ["SDN-1", "SDN 1 Manna", "", "DISDIK"],
]


@pytest.fixture
def flask(app: Flask) -> Any:
    """A function that runs a command of ours."""
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


def write(folder: Path, content: bytes, name: str = "berkas.csv") -> Path:
    """A file with this content."""
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize("make", [a_csv, an_xlsx])
def test_a_tree_is_planted_once(flask: Any, tmp_path: Path, make: Any) -> None:
    """The kinds follow from the parents; a second run opens nothing."""
    file = write(tmp_path, make(TREE))
    assert "3 instansi, OPD, dan unit dibuka" in flask("agencies", "import-tree", file).output
    kinds = [queries.find_agency(code).kind for code in ("PEMDA", "DISDIK", "SDN-1")]
    assert [AgencyKind.INSTANSI, AgencyKind.OPD, AgencyKind.UNIT] == kinds
    assert "0 instansi" in flask("agencies", "import-tree", file).output


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["A", "B"]], "judul kolom KODE"),
        ([TREE[0], TREE[2]], "Baris 2: induk PEMDA belum ada"),
        ([[]], "judul kolom"),
    ],
)
def test_a_tree_that_does_not_stand_is_refused(flask: Any, tmp_path: Path, rows: list, sentence: str) -> None:
    """In a sentence, without a traceback, and nothing is opened."""
    result = flask("agencies", "import-tree", write(tmp_path, a_csv(rows)))
    assert (1, True) == (result.exit_code, sentence in result.output)
    assert not queries.list_agencies()


def test_a_roster_by_command(flask: Any, tmp_path: Path) -> None:
    """A dry run tells and changes nothing; the real one does what it told."""
    opd = an_opd("DINKES", "Dinas Kesehatan")
    people = [a_person(opd), a_person(opd)]
    content = a_roster(people, {opd.id: ("", opd.name)}) + b"123;X;;;PNS;;;;Dinas Kesehatan;;\n"
    file = write(tmp_path, content)
    for options, served in ((["--dry-run"], 0), ([], 2), (["--as-of", str(clock.today())], 2)):
        result: Result = flask("agencies", "import-roster", file, *options)
        assert 0 == result.exit_code, result.output
        assert "Baris 4: NIP harus terdiri atas 18 angka." in result.output
        assert served == len(queries.list_people_on(clock.today(), visible=EVERYTHING))
    assert "masuk 0" in result.output
    assert "tetap 2" in result.output


def test_a_roster_that_empties_an_opd_needs_a_word(flask: Any, tmp_path: Path) -> None:
    """The command refuses, or obeys `--confirm`."""
    opd = an_opd("DINKES", "Dinas Kesehatan")
    people = [a_person(opd) for _ in range(3)]
    names = {opd.id: ("", opd.name)}
    assert (
        0
        == flask(
            "agencies", "import-roster", write(tmp_path, a_roster(people, names)), "--as-of", "2026-01-05"
        ).exit_code
    )
    shorter = write(tmp_path, a_roster(people[:1], names))
    refused = flask("agencies", "import-roster", shorter)
    assert (1, True) == (refused.exit_code, "seperlima" in refused.output)
    assert 0 == flask("agencies", "import-roster", shorter, "--confirm").exit_code
    assert 1 == len(queries.list_people_on(clock.today(), visible=EVERYTHING))


def test_users_by_command(flask: Any) -> None:
    """An account with a code, then one more role; refusals are sentences."""
    opd = an_opd("DINKES", "Dinas Kesehatan")
    create = ["accounts", "create", "--username", "dinkes", "--name", "Pengelola", "--role", "opd_officer"]
    assert "Pilih OPD" in flask(*create).output
    assert "Kode aktivasi" in flask(*create, "--agency", "DINKES").output
    assert 0 == flask("accounts", "grant", "--username", "dinkes", "--role", "author").exit_code
    actor = accounts.get_actor(accounts.find_by_username("dinkes").id)
    assert {(Role.OPD_OFFICER, opd.id), (Role.AUTHOR, None)} == {(g.role, g.agency_id) for g in actor.grants}
    assert "Tidak ada akun" in flask("accounts", "grant", "--username", "tiada", "--role", "hr").output
