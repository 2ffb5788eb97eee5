"""The files under `content/`, read with the line of every value, so that each complaint names file and line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from elearn.content import shape, soundness
from elearn.content.rules import Complaint, Content, Module, PactText, Register, plain
from elearn.content.shape import Fault, Where

FENCE = "---\n"

Kind = TypeVar("Kind", bound=Content)

OF_INSTRUMENT = ("in_force_from", "in_force_until", "replaced_by")
"""What a citation has from its instrument unless it says otherwise."""


@dataclass(frozen=True)
class Source:
    """The content that could be read, and everything that is wrong with the files; sound when nothing is."""

    modules: tuple[Module, ...]
    pacts: tuple[PactText, ...]
    complaints: tuple[Complaint, ...]
    register: Register | None = None


@dataclass
class Reading:
    """A value read from files, where each part of it stands, and what is wrong with it."""

    value: Any
    places: dict[Where, tuple[Path, int]]
    complaints: list[Complaint] = field(default_factory=list)

    def hang(self, name: str, others: "list[Reading]") -> None:
        """Make the values of other readings the list `name` of this one."""
        self.value[name] = [other.value for other in others]
        for index, other in enumerate(others):
            self.places |= {(name, index, *inner): place for inner, place in other.places.items()}
            self.complaints += other.complaints

    def part(self, name: str) -> "Reading":
        """The reading of one named part, an empty list where there is none; complaints stay with the whole."""
        if not isinstance(self.value, dict):
            return Reading([], {(): self.places[()]})
        inner = {where[1:]: place for where, place in self.places.items() if where[:1] == (name,)}
        return Reading(self.value.get(name) or [], {(): self.places[()]} | inner)

    def items(self) -> "list[Reading]":
        """The readings of a list, one by one; anything else stays whole."""
        if not isinstance(self.value, list):
            return [self]
        parts = [Reading(each, {}) for each in self.value]
        for where, place in self.places.items():
            if where:
                parts[int(where[0])].places[where[1:]] = place
        if parts:
            parts[0].complaints += self.complaints
        return parts

    def complain(self, fault: Fault) -> None:
        """Note a fault with the file and line of its value, or of the nearest known value around it."""
        where = fault.where
        while where not in self.places:
            where = where[:-1]
        path, line = self.places[where]
        self.complaints.append(Complaint(path.as_posix(), line + fault.offset, fault.sentence))


def load(root: Path, today: date, known: Register | None = None) -> Source:
    """Read and check all files of `root` as of `today`; a fault of a file becomes a complaint, never an error.

    A folder without a register of law of its own rests on the `known` one, and brings none.
    """
    has_register = known is None or (root / "citations.yaml").is_file()
    law = read_register(root) if has_register else Reading(plain(known), {(): (root, 1)})
    pictures = [read_picture(path) for path in sorted(root.glob("pictures/*.svg"))]
    pacts = [read_yaml(path) for path in sorted(root.glob("pact/*.yaml"))]
    modules = [read_module(path) for path in sorted(root.glob("modules/*/module.yaml"))]
    for reading in [*pacts, *modules]:
        _hang_law(reading, law)
    for reading in modules:
        _hang_law(reading, law, "rules")
        reading.hang("pictures", pictures)
    register = _built(Register, law, soundness.register_faults, today) if has_register else known
    built_pacts = [_built(PactText, reading, soundness.pact_faults, today) for reading in pacts]
    built_modules = [_built(Module, reading, soundness.module_faults, today) for reading in modules]
    _pair(modules, built_modules, {pact.slug for pact in built_pacts if pact})
    complaints = {each for reading in [law, *pacts, *modules] for each in reading.complaints}
    return Source(
        tuple(filter(None, built_modules)),
        tuple(filter(None, built_pacts)),
        tuple(sorted(complaints, key=lambda each: (each.path, each.line, each.sentence))),
        register if has_register else None,
    )


def _hang_law(reading: Reading, law: Reading, name: str = "citations") -> None:
    if isinstance(reading.value, dict):
        reading.hang(name, law.part(name).items())


def _built(
    kind: type[Kind], reading: Reading, faults_of: Callable[[Kind, date], list[Fault]], today: date
) -> Kind | None:
    content, faults = shape.build(kind, reading.value)
    for fault in faults if content is None else faults_of(content, today):
        reading.complain(fault)
    return content


def _pair(readings: list[Reading], modules: list[Module | None], pacts: set[str]) -> None:
    for reading, module in zip(readings, modules, strict=True):
        if module is not None and module.pact not in pacts:
            reading.complain(Fault(("pact",), f"Naskah pakta “{module.pact}” tidak ada."))


def read_register(root: Path) -> Reading:
    """citations.yaml with the rules of rules.yaml; each citation takes the names and dates of its instrument."""
    law, rules = read_yaml(root / "citations.yaml"), read_yaml(root / "rules.yaml")
    if isinstance(law.value, dict):
        law.hang("rules", rules.items())
        by_id = {each["id"]: each for each in law.value.get("instruments") or [] if _is_named(each)}
        for index, citation in enumerate(law.value.get("citations") or []):
            if isinstance(citation, dict):
                _join(law, ("citations", index), citation, by_id)
    return law


def _is_named(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("id"), str)


def _join(law: Reading, where: Where, citation: dict[str, Any], instruments: dict[str, dict[str, Any]]) -> None:
    instrument = instruments.get(str(citation.get("instrument")))
    if instrument is None:
        law.complain(Fault((*where, "instrument"), "Instrumen ini tidak tercantum di bagian instruments."))
        instrument = {}
    names = {
        "instrument": instrument.get("short"),
        "full": instrument.get("full"),
        "instrument_id": instrument.get("id"),
    }
    dates = {name: citation.get(name, instrument.get(name)) for name in OF_INSTRUMENT}
    citation |= {name: str(value or "") for name, value in names.items()} | dates


def read_picture(path: Path) -> Reading:
    """A drawing, named by its file."""
    return Reading({"id": path.stem, "svg": path.read_text("utf-8").strip()}, {(): (path, 1)})


def read_module(path: Path) -> Reading:
    """A module.yaml together with the lessons, scenarios and questions beside it."""
    module = read_yaml(path)
    if isinstance(module.value, dict):
        folder = path.parent
        module.value["parts"] = [_part(part) for part in module.value.get("parts") or []]
        module.hang("lessons", [read_lesson(each) for each in sorted(folder.glob("lessons/*.md"))])
        module.hang("scenarios", [read_yaml(each) for each in sorted(folder.glob("scenarios/*.yaml"))])
        banks = [read_yaml(each) for each in sorted(folder.glob("questions/*.yaml"))]
        module.hang("questions", [item for bank in banks for item in bank.items()])
    return module


def _part(part: Any) -> Any:
    """`lesson: id` as kind and id; anything else is left for the complaint it deserves."""
    if not isinstance(part, dict):
        return part
    named = [(key, value) for key, value in part.items() if key != "optional"]
    if len(named) != 1:
        return part
    rest = {key: value for key, value in part.items() if key == "optional"}
    return {"kind": named[0][0], "id": named[0][1], **rest}


def read_lesson(path: Path) -> Reading:
    """A lesson: YAML between two fences, then Markdown as its `body`."""
    before, _, rest = path.read_text("utf-8").partition(FENCE)
    front, fence, body = rest.partition("\n" + FENCE)
    if before or not fence:
        return _unread(path, 1, "Pelajaran dimulai dengan bagian kepala di antara dua garis ---.")
    reading = _compose(front, path, first_line=2)
    if isinstance(reading.value, dict):
        skipped = len(body) - len(body.lstrip("\n"))
        reading.value["body"] = body.strip()
        reading.places[("body",)] = (path, front.count("\n") + 4 + skipped)
    return reading


def read_yaml(path: Path) -> Reading:
    """A YAML file; one that is missing or broken is a reading of None with a complaint."""
    if not path.is_file():
        return _unread(path, 1, "Berkas ini tidak ada.")
    return _compose(path.read_text("utf-8"), path, first_line=1)


def _compose(text: str, path: Path, first_line: int) -> Reading:
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        reading = Reading(None, {(): (path, first_line)})
        reading.value = None if node is None else _construct(loader, node, (), reading, (path, first_line))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        return _unread(path, first_line + line, f"YAML tidak terbaca: {error.problem}.")
    return reading


def _construct(
    loader: yaml.SafeLoader, node: yaml.Node, where: Where, reading: Reading, start: tuple[Path, int]
) -> Any:
    path, first_line = start
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    reading.places[where] = (path, first_line + node.start_mark.line + is_block)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(loader, each, (*where, i), reading, start) for i, each in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node, deep=True)
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        value = _construct(loader, value_node, (*where, key), reading, start)
        if key in data:
            reading.complain(Fault((*where, key), f"“{key}” tertulis dua kali."))
        data[key] = value
    return data


def _unread(path: Path, line: int, sentence: str) -> Reading:
    return Reading(None, {(): (path, line)}, [Complaint(path.as_posix(), line, sentence)])
