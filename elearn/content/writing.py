"""Content as the files an author edits: the way back from a published version; pure.

What `source` reads from these files is the same content, byte for byte in its canonical form.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from itertools import groupby, pairwise
from typing import Any

import yaml

from elearn.content.law import Citation, Register
from elearn.content.modules import Lesson, Module, Part
from elearn.content.pacts import PactText
from elearn.content.rules import Prose

Files = dict[str, str]
"""Texts by their path inside a pack."""

ELSEWHERE = {"lessons", "scenarios", "questions", "citations", "pictures", "rules"}
"""What a module consists of, but has in other files than its module.yaml."""
OF_INSTRUMENT = {"instrument", "full", "instrument_id", "in_force_from", "in_force_until", "replaced_by"}
"""What a citation has from its instrument."""
SHORT = 70
"""Characters of a record that is written on one line."""

README = "BACA-SAYA.md"
README_TEXT = """\
# Pak materi

Setiap berkas di sini adalah teks biasa; sunting dengan penyunting teks apa pun dan simpan sebagai UTF-8.

- `modules/<nama>/module.yaml`: judul, urutan bagian, topik, dan aturan kuis.
- `modules/<nama>/lessons/*.md`: satu pelajaran setiap berkas. Bagian di antara dua garis `---` adalah kepalanya.
- `modules/<nama>/scenarios/*.yaml`: satu cerita setiap berkas.
- `modules/<nama>/questions/*.yaml`: bank soal, boleh dibagi ke beberapa berkas.
- `pictures/*.svg`: gambar untuk adegan.
- `pact/*.yaml`: naskah pakta.
- `citations.yaml` dan `rules.yaml` (hanya bila seluruh dasar hukum ikut diubah): register dasar hukum.

Jangan mengubah `id` yang sudah ada; id baru memakai huruf kecil, angka, dan tanda hubung. Rujukan ke dasar hukum
ditulis `[@id]` di dalam teks dan didaftar di `cites`; id-nya tercantum di halaman Dasar hukum.

Setelah selesai, padatkan lagi folder ini menjadi ZIP dan unggah di halaman Materi. Sebelum terbit Anda melihat
keluhan menurut berkas dan baris, pratinjau, dan perbedaan dengan versi yang berlaku.
"""


def pack_files(modules: Iterable[Module], pacts: Iterable[PactText], register: Register | None = None) -> Files:
    """The files of a pack: modules, pacts, perhaps the register of law, and a word to its reader."""
    files = {README: README_TEXT, **(register_files(register) if register else {})}
    for module in modules:
        files |= module_files(module)
    for pact in pacts:
        files |= pact_files(pact)
    return files


def module_files(module: Module) -> Files:
    """The files of one module with the drawings of its scenes."""
    home = f"modules/{module.slug}"
    banks = [(topic, list(run)) for topic, run in groupby(module.questions, key=lambda each: each.topic)]
    return {
        f"{home}/module.yaml": _yaml(_record(module, ELSEWHERE)),
        **_folder(f"{home}/lessons", ".md", [(each.id, _lesson(each)) for each in module.lessons]),
        **_folder(f"{home}/scenarios", ".yaml", [(each.id, _yaml(_record(each))) for each in module.scenarios]),
        **_folder(f"{home}/questions", ".yaml", [(topic, _bank(bank)) for topic, bank in banks]),
        **{f"pictures/{each.id}.svg": f"{each.svg}\n" for each in module.pictures},
    }


def pact_files(pact: PactText) -> Files:
    """The file of one pact."""
    return {f"pact/{pact.slug}.yaml": _yaml(_record(pact, {"citations"}))}


def register_files(register: Register) -> Files:
    """The files of the register of law."""
    law = _record(register, {"rules", "citations"})
    by_id = {each["id"]: each for each in law["instruments"]}
    law["citations"] = [_citation(each, by_id[each.instrument_id]) for each in register.citations]
    return {"citations.yaml": _yaml(law), "rules.yaml": _bank(register.rules)}


def _folder(home: str, suffix: str, texts: Sequence[tuple[str, str]]) -> Files:
    """Files named so that their alphabetical order is the given one: by number where the names alone are not."""
    names = [name for name, _ in texts]
    is_ordered = all(f"{one}{suffix}" < f"{other}{suffix}" for one, other in pairwise(names))
    numbered = [name if is_ordered else f"{number:03}-{name}" for number, name in enumerate(names, 1)]
    return {f"{home}/{name}{suffix}": text for name, (_, text) in zip(numbered, texts, strict=True)}


def _lesson(lesson: Lesson) -> str:
    return f"---\n{_yaml(_record(lesson, {'body'}))}---\n\n{lesson.body.markdown}\n"


def _bank(records: Iterable[Any]) -> str:
    """A list of records, an empty line between them."""
    return "\n".join(_yaml([_record(each)]) for each in records) or "[]\n"


def _citation(citation: Citation, instrument: dict[str, Any]) -> dict[str, Any]:
    """A citation without what its instrument says anyway."""
    dates = {name: getattr(citation, name) for name in ("in_force_from", "in_force_until", "replaced_by")}
    own = {name: value for name, value in dates.items() if value != instrument.get(name)}
    said = _record(citation, OF_INSTRUMENT)
    return {"id": said.pop("id"), "instrument": citation.instrument_id, **own, **said}


def _record(value: Any, without: set[str] = frozenset()) -> dict[str, Any]:  # type: ignore[assignment]
    """The fields of a dataclass as plain data, leaving out those that say what is so anyway."""
    named = [each for each in fields(value) if each.name not in without]
    told = {each.name: _plain(getattr(value, each.name)) for each in named}
    return {each.name: told[each.name] for each in named if told[each.name] != _plain(_default(each))}


def _default(each: Any) -> Any:
    return each.default_factory() if each.default_factory is not MISSING else each.default


def _plain(value: Any) -> Any:
    if isinstance(value, Prose):
        return f"{value.markdown}\n" if "\n" in value.markdown else value.markdown
    if isinstance(value, Part):
        return {value.kind.value: value.id} | ({"optional": True} if value.optional else {})
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return dict(value)
    return _record(value) if is_dataclass(value) and not isinstance(value, type) else value


class _Dumper(yaml.SafeDumper):
    """YAML as an author would write it: prose as blocks, short lists and records on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nothing is referred to twice."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Items of a list stand under its name, two spaces in."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    is_block = "\n" in text and len(text.splitlines()) == len(text.rstrip("\n").split("\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if is_block else None)


def _is_short(values: Iterable[Any]) -> bool:
    told = [each for each in values if isinstance(each, str | int | bool)]
    return "\n" not in "".join(map(str, told)) and sum(len(str(each)) + 2 for each in told) <= SHORT


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.Node:
    is_flat = all(isinstance(each, str) for each in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=is_flat)


def _mapping(dumper: yaml.SafeDumper, record: dict[str, Any]) -> yaml.Node:
    is_flat = all(isinstance(each, str | int | bool) for each in record.values())
    is_flow = is_flat and len(record) > 1 and "text" not in record and _is_short([*record, *record.values()])
    return dumper.represent_mapping("tag:yaml.org,2002:map", record, flow_style=is_flow)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(dict, _mapping)
_write: Callable[..., str] = yaml.dump


def _yaml(value: Any) -> str:
    return _write(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
