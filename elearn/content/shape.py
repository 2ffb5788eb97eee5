"""Builds frozen dataclasses out of plain data by their type hints; pure, and every misfit is said in a sentence."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from elearn.content.rules import Prose

Where: TypeAlias = tuple[str | int, ...]
"""The way to a value in nested data: ("lessons", 2, "title")."""

Shape = TypeVar("Shape")

MOST = 1_000_000
"""No number of ours is larger; so sums of minutes stay dates, and bytes stay canonical."""

WORDS = {str: "teks (pakai tanda kutip bila perlu)", int: "bilangan bulat", bool: "true atau false"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and where; `offset` counts lines within a text of several lines."""

    where: Where
    sentence: str
    offset: int = 0


def build(kind: type[Shape], data: object) -> tuple[Shape | None, list[Fault]]:
    """A value of `kind` made of `data`, or None and why not."""
    faults: list[Fault] = []
    value = _value(kind, data, (), faults)
    return (None if faults else value), faults


def _value(kind: Any, data: object, where: Where, faults: list[Fault]) -> Any:
    if get_args(kind):
        return _generic(kind, data, where, faults)
    if issubclass(kind, Prose) and isinstance(data, str | int | float):
        return _prose(kind, data, where, faults)
    if is_dataclass(kind):
        return _record(kind, data, where, faults)
    if issubclass(kind, Enum):
        return _member(kind, data, where, faults)
    if kind is date:
        return _date(data, where, faults)
    if type(data) is not kind:
        faults.append(Fault(where, f"Nilai di sini harus {WORDS[kind]}."))
    elif isinstance(data, int) and abs(data) > MOST:
        faults.append(Fault(where, "Bilangan di sini terlalu besar."))
    return data


def _prose(kind: type[Prose], data: str | float, where: Where, faults: list[Fault]) -> Prose | None:
    """A text; a bare number is told that it needs quotation marks."""
    if isinstance(data, str):
        return kind(data.rstrip())
    faults.append(Fault(where, f"Nilai di sini harus {WORDS[str]}."))
    return None


def _generic(kind: Any, data: object, where: Where, faults: list[Fault]) -> Any:
    if get_origin(kind) is tuple:
        return _items(get_args(kind)[0], data, where, faults)
    if get_origin(kind) is Mapping:
        return _mapping(get_args(kind)[1], data, where, faults)
    return None if data is None else _value(get_args(kind)[0], data, where, faults)


def _items(kind: Any, data: object, where: Where, faults: list[Fault]) -> tuple[Any, ...]:
    if not isinstance(data, list):
        faults.append(Fault(where, "Di sini diperlukan sebuah daftar."))
        return ()
    return tuple(_value(kind, each, (*where, index), faults) for index, each in enumerate(data))


def _mapping(kind: Any, data: object, where: Where, faults: list[Fault]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        faults.append(Fault(where, "Di sini diperlukan pasangan nama dan nilai."))
        return {}
    return {str(key): _value(kind, each, (*where, str(key)), faults) for key, each in data.items()}


def _record(kind: Any, data: object, where: Where, faults: list[Fault]) -> Any:
    if not isinstance(data, Mapping):
        faults.append(Fault(where, "Di sini diperlukan pasangan nama dan nilai."))
        return None
    known = _hints(kind)
    faults.extend(Fault((*where, key), f"Nama “{key}” tidak dikenal di sini.") for key in data if key not in known)
    missing = [name for name in _required(kind) if name not in data]
    faults.extend(Fault(where, f"“{name}” belum diisi.") for name in missing)
    given = {name: _value(hint, data[name], (*where, name), faults) for name, hint in known.items() if name in data}
    return None if missing else kind(**given)


def _member(kind: type[Enum], data: object, where: Where, faults: list[Fault]) -> Enum | None:
    for member in kind:
        if member.value == data:
            return member
    faults.append(Fault(where, f"Pilih salah satu: {', '.join(str(member.value) for member in kind)}."))
    return None


def _date(data: object, where: Where, faults: list[Fault]) -> date | None:
    try:
        return data if type(data) is date else date.fromisoformat(str(data))
    except ValueError:
        faults.append(Fault(where, "Tanggal ditulis tahun-bulan-hari, misalnya 2026-11-21."))
        return None


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _required(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING)
