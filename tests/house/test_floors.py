"""The four laws of the house: floors and wings, doors, purity, faces; and the shape of rooms."""

import ast
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "elearn"
ROOMS = sorted(p.name for p in HOUSE.iterdir() if (p / "__init__.py").exists() and p.name != "core")
SOURCES = sorted(p for p in HOUSE.rglob("*.py") if "migrations" not in p.parts)
DRAWERS = {"utils", "util", "helpers", "common", "misc", "base"}


def imports(path: Path) -> set[str]:
    """Every module a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_the_contracts_hold() -> None:
    """Laws 1 to 4 as import-linter reads them."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room: str) -> None:
    """`__init__.py` holds one sentence and runs nothing."""
    tree = ast.parse((HOUSE / room / "__init__.py").read_text())
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_every_file_says_what_it_holds(path: Path) -> None:
    """A module has a docstring and no drawer's name."""
    assert ast.get_docstring(ast.parse(path.read_text()))
    assert path.stem not in DRAWERS


@pytest.mark.parametrize("path", [p for p in SOURCES if p.stem == "rules"], ids=lambda p: p.parent.name)
def test_rules_are_pure(path: Path) -> None:
    """Law 3: rules import no web, no database, no clock, no randomness but a seeded one."""
    forbidden = ("flask", "sqlalchemy", "elearn.core.clock", "elearn.core.db", "pydantic", "secrets")
    guilty = {name for name in imports(path) if name.startswith(forbidden)}
    assert not guilty


def test_whoever_says_pure_is_held_to_it() -> None:
    """A noun whose first line promises purity stands in the contract of purity."""
    contract = (ROOT / ".importlinter").read_text().partition("[importlinter:contract:purity]")[2]
    held = contract.partition("forbidden_modules")[0].split()
    loose = [
        name
        for path in SOURCES
        if re.search(r"\bpure\b", path.read_text().partition("\n")[0], re.IGNORECASE) and path.stem != "__init__"
        if not any(fnmatch(name := ".".join(path.relative_to(ROOT).with_suffix("").parts), each) for each in held)
    ]
    assert [] == loose


@pytest.mark.parametrize("path", [p for p in SOURCES if p.stem in ("actions", "queries")], ids=str)
def test_actions_and_queries_know_no_request(path: Path) -> None:
    """Law 2: actions and queries touch no request, no session cookie, and never commit."""
    text = path.read_text()
    assert not {"flask.request", "flask.session", "flask.g"} & imports(path)
    assert ".commit()" not in text or path.parent.name == "demo"


@pytest.mark.parametrize("path", [p for p in SOURCES if p.stem == "views"], ids=lambda p: p.parent.name)
def test_views_are_thin(path: Path) -> None:
    """A view holds no SQL and no try: queries ask, `refusals_to` answers."""
    tree = ast.parse(path.read_text())
    assert not any(isinstance(node, ast.Try) for node in ast.walk(tree))
    assert not {n for n in imports(path) if n.startswith("sqlalchemy")}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_public_functions_promise_something(path: Path) -> None:
    """Every public function and class has a docstring."""
    tree = ast.parse(path.read_text())
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare


def test_the_contract_of_faces_names_every_face() -> None:
    """A new room's faces are under law 4 as well."""
    text = (ROOT / ".importlinter").read_text()
    faces = {
        f"elearn.{room}.{face}"
        for room in ROOMS
        for face in ("views", "api", "jobs", "cli")
        if (HOUSE / room / face).exists() or (HOUSE / room / f"{face}.py").exists()
    }
    assert not {face for face in faces if f"    {face}\n" not in text}
