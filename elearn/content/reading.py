"""One file as plain data that knows on which line each value stands; whatever is wrong with it is a complaint.

Files come from strangers too, so nothing in them may cost more than it weighs: no YAML alias that unfolds,
no nesting without end, no sign that cannot be seen.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from elearn.content.rules import Complaint
from elearn.content.shape import Fault, Where
from elearn.core import signs

FENCE = "---\n"
DEEPEST = 30
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: ten times as fast."""

WORDS = (
    ("not allowed", "ada titik dua atau tanda hubung yang membingungkan; beri tanda kutip pada teksnya."),
    ("expected ':'", "ada nama tanpa titik dua, atau teks yang lekukannya kurang."),
    ("expected key", "lekukan baris ini tidak sejajar dengan baris di atasnya."),
    ("block end", "lekukan baris ini tidak sejajar dengan baris di atasnya."),
    ("'-' indicator", "butir daftar ini tidak sejajar dengan butir di atasnya."),
    ("tab", "lekukan memakai spasi, bukan tab."),
    ("cannot start any token", "teks ini diawali tanda khusus; beri tanda kutip."),
    ("',' or", "kurung siku atau kurung kurawal belum ditutup."),
    ("end of stream", "tanda kutip atau kurung belum ditutup."),
    ("escape character", "garis miring terbalik tidak dikenal di dalam tanda kutip ganda."),
    ("document", "satu berkas memuat satu dokumen; hapus garis --- di tengah."),
)
"""What the parser complains of, by a part of its English sentence."""


@dataclass
class Reading:
    """A value read from files, where each part of it stands, and what is wrong with it."""

    value: Any
    places: dict[Where, tuple[Path, int]]
    complaints: list[Complaint] = field(default_factory=list)

    def hang(self, name: str, others: "list[Reading]") -> None:
        """Make the values of other readings the list `name` of this one, unless it could not be read itself."""
        if not isinstance(self.value, dict):
            return
        self.value[name] = [other.value for other in others]
        for index, other in enumerate(others):
            self.places |= {(name, index, *inner): place for inner, place in other.places.items()}
            self.complaints += other.complaints

    def part(self, name: str) -> "Reading":
        """The reading of one named part, an empty list where there is none; complaints stay with the whole."""
        if not isinstance(self.value, dict):
            return Reading([], self.places)
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


def read_yaml(path: Path) -> Reading:
    """A YAML file; one that is missing or broken is a reading of None with a complaint."""
    text = read_text(path)
    return text if isinstance(text, Reading) else _compose(text, path, first_line=1)


def read_lesson(path: Path) -> Reading:
    """A lesson: YAML between two fences, then Markdown as its `body`."""
    text = read_text(path)
    if isinstance(text, Reading):
        return text
    before, _, rest = text.partition(FENCE)
    front, fence, body = rest.partition("\n" + FENCE)
    if before or not fence:
        return _unread(path, 1, "Pelajaran dimulai dengan bagian kepala di antara dua garis ---.")
    reading = _compose(front, path, first_line=2)
    if isinstance(reading.value, dict):
        skipped = len(body) - len(body.lstrip("\n"))
        reading.value["body"] = body.strip()
        reading.places[("body",)] = (path, front.count("\n") + 4 + skipped)
    return reading


def read_picture(path: Path) -> Reading:
    """A drawing, named by its file."""
    text = read_text(path)
    return text if isinstance(text, Reading) else Reading({"id": path.stem, "svg": text.strip()}, {(): (path, 1)})


def read_text(path: Path) -> str | Reading:
    """The text of a file, or a reading of None that says why there is none."""
    if not path.is_file():
        return _unread(path, 1, "Berkas ini tidak ada.")
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return _unread(path, 1, "Berkas ini bukan teks UTF-8; simpan ulang sebagai UTF-8.")
    if not signs.has_hidden(text, allowed=signs.LINES):
        return text
    lines = (number for number, line in enumerate(text.split("\n"), 1) if signs.has_hidden(line, allowed=signs.LINES))
    return _unread(path, next(lines), "Baris ini memuat tanda tersembunyi. Ketik ulang isinya tanpa menyalin.")


def _compose(text: str, path: Path, first_line: int) -> Reading:
    try:
        if snare := _snare(text):
            return _unread(path, first_line + snare[0], f"YAML tidak terbaca: {snare[1]}")
        loader = LOADER(text)
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        return _unread(path, first_line + line, f"YAML tidak terbaca: {_words(str(error.problem))}")
    except yaml.YAMLError:
        return _unread(path, first_line, "YAML tidak terbaca: berkas memuat tanda yang tidak dikenal.")
    reading = Reading(None, {(): (path, first_line)})
    reading.value = None if node is None else _construct(loader, node, (), reading, (path, first_line))
    return reading


def _snare(text: str) -> tuple[int, str] | None:
    """The line, from 0, of what would unfold beyond all bounds; found event by event, so the look is cheap."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return line, "jangkar (&) dan alias (*) tidak dipakai; beri tanda kutip pada teks."
        if depth > DEEPEST:
            return line, "susunannya terlalu dalam."
    return None


def _words(problem: str) -> str:
    return next((words for needle, words in WORDS if needle in problem), "susunan di sekitar baris ini tidak sah.")


def _construct(
    loader: yaml.SafeLoader, node: yaml.Node, where: Where, reading: Reading, start: tuple[Path, int]
) -> Any:
    path, first_line = start
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    reading.places[where] = (path, first_line + node.start_mark.line + is_block)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(loader, each, (*where, i), reading, start) for i, each in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return _scalar(loader, node, where, reading)
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = signs.without_hidden(str(key_node.value)) if isinstance(key_node, yaml.ScalarNode) else "?"
        value = _construct(loader, value_node, (*where, key), reading, start)
        if key in data:
            reading.complain(Fault((*where, key), f"“{key}” tertulis dua kali."))
        data[key] = value
    return data


def _scalar(loader: yaml.SafeLoader, node: yaml.Node, where: Where, reading: Reading) -> Any:
    """A single value; what cannot be one is None with a complaint, and no hidden sign stays in a text."""
    try:
        value = loader.construct_object(node)
    except (ValueError, yaml.YAMLError):
        reading.complain(Fault(where, "Nilai ini tidak terbaca; beri tanda kutip bila ini teks."))
        return None
    if isinstance(value, str) and signs.has_hidden(value, allowed=signs.LINES):
        reading.complain(Fault(where, "Teks ini memuat tanda tersembunyi. Ketik ulang isinya tanpa menyalin."))
        return signs.without_hidden(value)
    return value


def _unread(path: Path, line: int, sentence: str) -> Reading:
    return Reading(None, {(): (path, line)}, [Complaint(path.as_posix(), line, sentence)])
