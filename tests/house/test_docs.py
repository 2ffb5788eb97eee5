"""Documents that cannot rot: every setting has its heading, every room its line, every link its file."""

import re
from pathlib import Path

from config import Settings

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_setting_is_described_and_nothing_else() -> None:
    """docs/settings.md has one heading per setting."""
    headings = set(re.findall(r"^## ELEARN_(\w+)$", (ROOT / "docs/settings.md").read_text(), re.M))
    assert {name.upper() for name in Settings.model_fields} == headings


def test_every_room_is_on_the_plan() -> None:
    """docs/architecture.md names every room."""
    plan = (ROOT / "docs/architecture.md").read_text()
    rooms = [path.parent.name for path in (ROOT / "elearn").glob("*/__init__.py")]
    assert not [room for room in rooms if f"`{room}`" not in plan]


def test_links_lead_somewhere() -> None:
    """A link to a file of ours leads to a file."""
    links = [(paper, target) for paper in PAPERS for target in re.findall(r"\]\(([^)#]+?)\)", paper.read_text())]
    ours = [(paper, target) for paper, target in links if "://" not in target]
    assert not [f"{paper.name}: {target}" for paper, target in ours if not (paper.parent / target).exists()]


def test_decisions_are_numbered() -> None:
    """0001, 0002, … without gaps."""
    numbers = sorted(path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md"))
    assert [f"{n:04}" for n in range(1, len(numbers) + 1)] == numbers


def test_the_project_speaks_of_itself_alone() -> None:
    """No machine path and no registry's address in what is committed as text of ours."""
    guilty = []
    for path in [*PAPERS, *(ROOT / "elearn").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]:
        text = path.read_text()
        if re.search(r"/work/|pypi\.org|npmjs\.|deb\.debian|/root/", text) and path != Path(__file__):
            guilty.append(path.name)
    assert not guilty
