"""The schemas for editors are current, name everything, and the real files fit them."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from elearn.content import meanings, schema
from elearn.content.law import Citation
from elearn.content.reading import FENCE

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT / "content"
DOCUMENT = ROOT / "docs/content.md"
FILES = {
    "module": "modules/*/module.yaml",
    "lesson": "modules/*/lessons/*.md",
    "scenario": "modules/*/scenarios/*.yaml",
    "questions": "modules/*/questions/*.yaml",
    "pact": "pact/*.yaml",
    "citations": "citations.yaml",
    "rules": "rules.yaml",
}
TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}


def misfits(value: Any, shape: dict[str, Any], whole: dict[str, Any], where: str = "") -> Iterator[str]:
    """Where a value does not fit a schema; only what our schemas say is understood."""
    if "$ref" in shape:
        shape = whole["$defs"][shape["$ref"].rpartition("/")[2]]
    among = [*shape.get("anyOf", ()), *shape.get("oneOf", ())]
    if among and all(list(misfits(value, each, whole, where)) for each in among):
        yield f"{where}: {value!r} fits none of {among}"
    if "enum" in shape and value not in shape["enum"]:
        yield f"{where}: {value!r} is not in {shape['enum']}"
    if "type" in shape and type(value) is not TYPES[shape["type"]]:
        yield f"{where}: {value!r} is no {shape['type']}"
    elif shape.get("format") == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        yield f"{where}: {value!r} is no date"
    elif isinstance(value, dict):
        yield from record_misfits(value, shape, whole, where)
    elif isinstance(value, list):
        inner = [misfits(each, shape["items"], whole, f"{where}/{number}") for number, each in enumerate(value)]
        yield from (misfit for of_item in inner for misfit in of_item)


def record_misfits(value: dict[str, Any], shape: dict[str, Any], whole: dict[str, Any], where: str) -> Iterator[str]:
    """Names that are missing or unknown, and values that do not fit theirs."""
    yield from (f"{where}: {name} is missing" for name in shape.get("required", ()) if name not in value)
    for key, each in value.items():
        inner = shape.get("properties", {}).get(key, shape.get("additionalProperties", {}))
        if inner is False:
            yield f"{where}: {key} is unknown"
        else:
            yield from misfits(each, inner, whole, f"{where}/{key}")


def read(path: Path) -> Any:
    """The plain data of a file as a JSON reader would have it: a date is its text."""
    text = path.read_text("utf-8")
    data = yaml.safe_load(text.split(FENCE)[1] if path.suffix == ".md" else text)
    return as_json(data)


def as_json(value: Any) -> Any:
    """The value without dates."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_committed_schemas_are_current() -> None:
    """`flask content schema` would write the very same files, and no others stand there."""
    committed = {path.name: path.read_text("utf-8") for path in (ROOT / "docs/content").glob("*.json")}
    assert schema.texts() == committed


@pytest.mark.parametrize("name", FILES)
def test_the_real_files_fit(name: str) -> None:
    """Each file under content/ fits the schema of its kind."""
    shape, paths = schema.schemas()[name], sorted(REAL.glob(FILES[name]))
    assert paths
    assert [] == [f"{path.name}{each}" for path in paths for each in misfits(read(path), shape, shape)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("module", {"slug": "x"}),
        ("lesson", {"id": "a", "title": "A", "minutes": "2", "topic": "t", "cites": []}),
        ("lesson", {"id": "a", "title": "A", "minutes": 2, "topic": "t", "cites": [], "isi": ""}),
        ("questions", [{"kind": "essay"}]),
        ("citations", {"slug": "s", "title": "t", "instruments": [], "citations": [{"id": "a"}]}),
        ("rules", {}),
    ],
)
def test_what_is_wrong_does_not_fit(name: str, value: Any) -> None:
    """A missing name, a wrong type, an unknown name, a kind that does not exist."""
    shape = schema.schemas()[name]
    assert list(misfits(value, shape, shape))


def test_every_name_has_a_meaning_and_no_other() -> None:
    """What editors show is there for each name in the files."""
    elsewhere = {
        "lessons",
        "scenarios",
        "questions",
        "pictures",
        "rules",
        "body",
        "citations",
        "full",
        "instrument_id",
    }
    for kind, told in meanings.MEANINGS.items():
        names = {each.name for each in fields(kind)}
        assert not set(told) - names, kind
        assert names - set(told) <= elsewhere, kind
    assert {"article", "says"} <= set(meanings.MEANINGS[Citation])


def test_the_document_names_everything() -> None:
    """docs/content.md leaves out no name of the schema."""
    words = set(re.findall(r"\w+", DOCUMENT.read_text("utf-8")))
    assert set() == {name for told in meanings.MEANINGS.values() for name in told} - words


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("module.yaml", "module"),
        ("Lessons", "lesson"),
        ("Scenarios", "scenario"),
        ("Questions", "questions"),
        ("The pact", "pact"),
        ("The register of law", "citations"),
    ],
)
def test_the_examples_fit(heading: str, name: str) -> None:
    """What docs/content.md shows is what the schema asks for."""
    section = DOCUMENT.read_text("utf-8").partition(f"\n## {heading}\n")[2]
    example = re.search(r"```(?:yaml|markdown)\n(?:---\n)?(.*?)(?:\n---\n.*?)?```", section, re.S)
    assert example
    shape = schema.schemas()[name]
    assert [] == list(misfits(as_json(yaml.safe_load(example[1])), shape, shape))
