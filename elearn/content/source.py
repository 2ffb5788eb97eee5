"""The files under `content/`, read with the line of every value, so that each complaint names file and line."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from elearn.content import coverage, shape
from elearn.content.checks import soundness
from elearn.content.law import Register
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.content.reading import Reading, read_lesson, read_picture, read_yaml
from elearn.content.rules import Complaint, plain
from elearn.content.shape import Fault, Where
from elearn.content.versions import Content

Kind = TypeVar("Kind", bound=Content)

PLACES = (
    "citations.yaml",
    "rules.yaml",
    "pact/*.yaml",
    "pictures/*.svg",
    "modules/*/module.yaml",
    "modules/*/lessons/*.md",
    "modules/*/scenarios/*.yaml",
    "modules/*/questions/*.yaml",
    "*.md",
)
"""Where files stand; one of Markdown on top is a word to the reader of the folder."""

MODULE = "module.yaml"

OF_INSTRUMENT = ("in_force_from", "in_force_until", "replaced_by")
"""What a citation has from its instrument unless it says otherwise."""


@dataclass(frozen=True)
class Source:
    """The content that could be read, and everything that is wrong with the files; sound when nothing is."""

    modules: tuple[Module, ...]
    pacts: tuple[PactText, ...]
    complaints: tuple[Complaint, ...]
    register: Register | None = None


def load(
    root: Path,
    today: date,
    known: Register | None = None,
    known_pacts: Collection[str] = (),
    known_modules: Iterable[Module] = (),
) -> Source:
    """Read and check all files of `root` as of `today`; a fault of a file becomes a complaint, never an error.

    A folder without a register of law of its own rests on the `known` one, and brings none; likewise its modules
    may name pacts that are known by their slug. Every rule of its own register must be covered by its modules, or
    by those among the known ones that it does not replace.
    """
    has_register = known is None or (root / "citations.yaml").is_file()
    law = read_register(root) if has_register else Reading(plain(known), {(): (root, 1)})
    pictures = [read_picture(path) for path in sorted(root.glob("pictures/*.svg"))]
    pacts = [read_yaml(path) for path in sorted(root.glob("pact/*.yaml"))]
    modules = [read_module(path) for path in sorted(root.glob(f"modules/*/{MODULE}"))]
    for reading in [*pacts, *modules]:
        _hang_law(reading, law)
    for reading in modules:
        _hang_law(reading, law, "rules")
        reading.hang("pictures", pictures)
    register = _built(Register, law, soundness.register_faults, today) if has_register else None
    built_pacts = [_built(PactText, reading, soundness.pact_faults, today) for reading in pacts]
    built_modules = [_built(Module, reading, soundness.module_faults, today) for reading in modules]
    _pair(modules, built_modules, {*known_pacts, *(pact.slug for pact in built_pacts if pact)})
    _name([*modules, *pacts], [*built_modules, *built_pacts])
    if register is not None and None not in built_modules:
        _cover(law, register, [*filter(None, built_modules)], known_modules)
    complaints = {each for reading in [law, *pictures, *pacts, *modules] for each in reading.complaints}
    complaints.update(_strays(root, has_register=has_register))
    return Source(
        tuple(filter(None, built_modules)),
        tuple(filter(None, built_pacts)),
        tuple(sorted(complaints, key=lambda each: (each.path, each.line, each.sentence))),
        register,
    )


def _hang_law(reading: Reading, law: Reading, name: str = "citations") -> None:
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


def _name(readings: list[Reading], contents: Sequence[Content | None]) -> None:
    """Ask that modules are called as their folder, and pacts as their file, so that no two are called the same."""
    for reading, content in zip(readings, contents, strict=True):
        path = reading.places[()][0]
        home = path.parent.name if path.name == MODULE else path.stem
        if content is not None and content.slug != home:
            reading.complain(
                Fault(("slug",), f"Slug di sini harus sama dengan nama berkas atau foldernya, “{home}”.")
            )


def _strays(root: Path, *, has_register: bool) -> Iterator[Complaint]:
    """Files that nobody reads: misplaced, misspelled, or without the file they belong to."""
    places = [place for place in PLACES if has_register or place != "rules.yaml"]
    modules = {path.parent for path in root.glob(f"modules/*/{MODULE}")}
    for path in sorted(root.rglob("*")):
        inner = PurePosixPath(path.relative_to(root).as_posix())
        is_known = any(len(inner.parts) == place.count("/") + 1 and inner.match(place) for place in places)
        is_orphan = inner.parts[0] == "modules" and root / PurePosixPath(*inner.parts[:2]) not in modules
        if path.is_file() and (is_orphan or not is_known):
            yield Complaint(path.as_posix(), 1, "Berkas ini tidak dibaca. Periksa nama dan foldernya.")


def _cover(law: Reading, register: Register, modules: list[Module], known: Iterable[Module]) -> None:
    replaced = {module.slug for module in modules}
    rows = coverage.matrix(register.rules, [*modules, *(each for each in known if each.slug not in replaced)])
    for index, row in enumerate(rows):
        if not row.is_covered:
            law.complain(Fault(("rules", index), coverage.shortfall(row)))


def read_register(root: Path) -> Reading:
    """citations.yaml with the rules of rules.yaml; each citation takes the names and dates of its instrument."""
    law, rules = read_yaml(root / "citations.yaml"), read_yaml(root / "rules.yaml")
    if isinstance(law.value, dict):
        law.hang("rules", rules.items())
        by_id = {each["id"]: each for each in _list(law.value.get("instruments")) if _is_named(each)}
        for index, citation in enumerate(_list(law.value.get("citations"))):
            if isinstance(citation, dict):
                _join(law, ("citations", index), citation, by_id)
    return law


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


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


def read_module(path: Path) -> Reading:
    """A module.yaml together with the lessons, scenarios and questions beside it."""
    module = read_yaml(path)
    if isinstance(module.value, dict):
        folder = path.parent
        module.value["parts"] = [_part(part) for part in _list(module.value.get("parts"))]
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
