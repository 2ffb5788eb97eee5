"""The tree of agencies as a file: a line each with KODE, NAMA, SINGKATAN and INDUK (the parent's code); pure."""

from dataclasses import dataclass

from elearn.core import grid
from elearn.core.errors import RuleBroken
from elearn.core.speech import say

COLUMNS = ("kode", "nama", "singkatan", "induk")


class UnknownTree(RuleBroken):
    """The file does not begin with the headings of a tree."""

    sentence = say("Baris pertama berkas harus berisi judul kolom KODE, NAMA, SINGKATAN, dan INDUK.")


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One agency; without a parent's code it is the instansi."""

    line: int
    code: str
    name: str
    short_name: str | None
    parent_code: str | None


def read(content: bytes) -> list[TreeLine]:
    """The agencies in the first sheet of a file; UnreadableFile, OversizedSheet, UnknownTree."""
    head, *rows = next(grid.read(content), None) or [[]]
    titles = [str(cell).strip().casefold() for cell in head]
    if not set(COLUMNS) <= set(titles):
        raise UnknownTree
    places = [titles.index(column) for column in COLUMNS]
    texts = [[_text(row[place]) if place < len(row) else "" for place in places] for row in rows]
    return [
        TreeLine(number, code, name, short_name or None, parent_code or None)
        for number, (code, name, short_name, parent_code) in enumerate(texts, start=2)
        if code and name
    ]


def _text(cell: grid.Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())
