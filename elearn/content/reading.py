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
TEXT = "tag:yaml.org,2002:str"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: ten times as fast."""

WORDS = (
    ("anchor", "jangkar (&) dan alias (*) tidak dipakai; beri tanda kutip pada teks."),
    ("alphabetic", "jangkar (&) dan alias (*) tidak dipakai; beri tanda kutip pada teks."),
    ("too deep", "susunannya terlalu dalam."),
    ("no text", "nama di sini harus berupa teks."),
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
"""What the parser or the composer complains of, by a part of its English sentence."""


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
    reading = Reading(None, {(): (path, first_line)})
    try:
        _Composer(text, path, first_line, reading).compose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        return _unread(path, first_line + line, f"YAML tidak terbaca: {_words(str(error.problem))}")
    except yaml.YAMLError:
        return _unread(path, first_line, "YAML tidak terbaca: berkas memuat tanda yang tidak dikenal.")
    return reading


def _words(problem: str) -> str:
    return next((words for needle, words in WORDS if needle in problem), "susunan di sekitar baris ini tidak sah.")


class _Composer:
    """Builds the value of a document while it is parsed, event by event, and notes where each part stands.

    What would unfold or sink beyond all bounds is met as it comes, before anything has been made of it.
    """

    def __init__(self, text: str, path: Path, first_line: int, reading: Reading) -> None:
        self.loader = LOADER(text)
        self.path, self.first_line, self.reading = path, first_line, reading

    def compose(self) -> None:
        """Read the one document of the text; an empty one is None."""
        self._next(yaml.StreamStartEvent)
        if isinstance(self._next(), yaml.DocumentStartEvent):
            self.reading.value = self._value(self._next(), ())
            self._next(yaml.DocumentEndEvent)
            self._next(yaml.StreamEndEvent)

    def _next(self, expected: type[yaml.Event] = yaml.Event) -> Any:
        event = self.loader.get_event()
        if not isinstance(event, expected):
            raise yaml.MarkedYAMLError(problem="another document", problem_mark=event.start_mark)
        return event

    def _value(self, event: Any, where: Where) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise yaml.MarkedYAMLError(problem="anchor or alias", problem_mark=event.start_mark)
        if len(where) > DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        is_block = isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">")
        self.reading.places[where] = (self.path, self.first_line + event.start_mark.line + is_block)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(where)
        return self._record(where) if isinstance(event, yaml.MappingStartEvent) else self._scalar(event, where)

    def _items(self, where: Where) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
            items.append(self._value(event, (*where, len(items))))
        return items

    def _record(self, where: Where) -> dict[str, Any]:
        record: dict[str, Any] = {}
        while not isinstance(event := self.loader.get_event(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise yaml.MarkedYAMLError(problem="a name that is no text", problem_mark=event.start_mark)
            key = signs.without_hidden(event.value)
            value = self._value(self.loader.get_event(), (*where, key))
            if key in record:
                self.reading.complain(Fault((*where, key), f"“{key}” tertulis dua kali."))
            record[key] = value
        return record

    def _scalar(self, event: Any, where: Where) -> Any:
        """A single value; what cannot be one is None with a complaint, and no hidden sign stays in a text."""
        value = self._constructed(event, where)
        if isinstance(value, str) and signs.has_hidden(value, allowed=signs.LINES):
            self.reading.complain(
                Fault(where, "Teks ini memuat tanda tersembunyi. Ketik ulang isinya tanpa menyalin.")
            )
            return signs.without_hidden(value)
        return value

    def _constructed(self, event: Any, where: Where) -> Any:
        is_tagged = event.tag not in (None, "!")
        tag = event.tag if is_tagged else self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == TEXT:
            return event.value
        try:
            return self.loader.construct_object(yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark))
        except (ValueError, yaml.YAMLError):
            self.reading.complain(Fault(where, "Nilai ini tidak terbaca; beri tanda kutip bila ini teks."))
            return None


def _unread(path: Path, line: int, sentence: str) -> Reading:
    return Reading(None, {(): (path, line)}, [Complaint(path.as_posix(), line, sentence)])
