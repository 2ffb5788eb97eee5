"""The shape of the files as JSON Schema, for the editors of authors; pure, made from the dataclasses themselves.

A schema tells names, types and which names are needed. What makes content sound beyond that is said by `source.load`.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from elearn.content import writing
from elearn.content.law import Citation, Register, Rule
from elearn.content.meanings import MEANINGS
from elearn.content.modules import Lesson, Module, Part, PartKind
from elearn.content.pacts import PactText
from elearn.content.questions import Question
from elearn.content.rules import Prose
from elearn.content.stories.scenes import Scenario

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SIMPLE: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}


def schemas() -> dict[str, Schema]:
    """The schema of each kind of file by its name."""
    return {
        "module": _file("Modul: module.yaml", Module, writing.ELSEWHERE),
        "lesson": _file("Kepala pelajaran: lessons/*.md", Lesson, {"body"}),
        "scenario": _file("Cerita: scenarios/*.yaml", Scenario),
        "questions": _list("Bank soal: questions/*.yaml", Question),
        "pact": _file("Naskah pakta: pact/*.yaml", PactText, {"citations"}),
        "citations": _file("Register dasar hukum: citations.yaml", Register, {"rules"}),
        "rules": _list("Aturan yang harus diajarkan: rules.yaml", Rule),
    }


def texts() -> dict[str, str]:
    """The schemas as the files of docs/content, by their names."""
    told = {name: json.dumps(each, ensure_ascii=False, indent=2) for name, each in schemas().items()}
    return {f"{name}.schema.json": f"{text}\n" for name, text in told.items()}


def _file(title: str, kind: type, without: set[str] | frozenset[str] = frozenset()) -> Schema:
    found: dict[str, Schema] = {}
    return {"$schema": DIALECT, "title": title, **_record(kind, found, without), "$defs": dict(sorted(found.items()))}


def _list(title: str, kind: type) -> Schema:
    found: dict[str, Schema] = {}
    return {"$schema": DIALECT, "title": title, "type": "array", "items": _of(kind, found), "$defs": found}


def _of(kind: Any, found: dict[str, Schema]) -> Schema:
    """The schema of a type; those of dataclasses are gathered in `found` and referred to."""
    if get_args(kind):
        return _generic(kind, found)
    if kind is Part:
        return {"oneOf": [_part(each) for each in PartKind]}
    if issubclass(kind, Prose):
        return SIMPLE[str]
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if not is_dataclass(kind):
        return SIMPLE[kind]
    return {"$ref": f"#/$defs/{_defined(kind, found)}"}


def _defined(kind: Any, found: dict[str, Schema]) -> str:
    """The name under which the schema of a dataclass stands in `found`."""
    name = str(kind.__name__)
    if name not in found:
        found[name] = {}  # taken while it is made
        found[name] = _citation(found) if kind is Citation else _record(kind, found)
    return name


def _generic(kind: Any, found: dict[str, Schema]) -> Schema:
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0], found)}
    if get_origin(kind) is Mapping:
        return {"type": "object", "additionalProperties": _of(get_args(kind)[1], found)}
    return {"anyOf": [_of(get_args(kind)[0], found), {"type": "null"}]}


def _record(kind: type, found: dict[str, Schema], without: set[str] | frozenset[str] = frozenset()) -> Schema:
    hints = get_type_hints(kind)
    named = [each for each in fields(kind) if each.name not in without]
    needed = [each.name for each in named if each.default is MISSING and each.default_factory is MISSING]
    return {
        "type": "object",
        "properties": {each.name: _told(kind, each.name, _of(hints[each.name], found)) for each in named},
        "required": needed,
        "additionalProperties": False,
    }


def _told(kind: type, name: str, schema: Schema) -> Schema:
    return {"description": MEANINGS[kind][name], **schema}


def _part(kind: PartKind) -> Schema:
    """A part as module.yaml writes it: `lesson: id` or `scenario: id`, perhaps optional."""
    properties: Schema = {kind.value: {"type": "string"}, "optional": {"type": "boolean"}}
    return {"type": "object", "properties": properties, "required": [kind.value], "additionalProperties": False}


def _citation(found: dict[str, Schema]) -> Schema:
    """A citation as the file writes it: its names and its dates come from the instrument unless it has its own."""
    schema = _record(Citation, found, {"full", "instrument_id"})
    schema["required"] = [
        name for name in schema["required"] if name == "instrument" or name not in writing.OF_INSTRUMENT
    ]
    return schema
