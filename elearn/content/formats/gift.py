"""GIFT, the text format of Moodle, as it comes in; pure.

As Moodle's importer reads it (docs.moodle.org, GIFT format): comments, titles, text formats, escapes, weights,
feedback, general feedback, categories, ids and tags in comments, and the ordering plugin's `{>…}`. Unlike there, an
empty line inside the braces does not end a question, and between questions it may be missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from elearn.content.formats import texts
from elearn.content.formats.neutral import (
    ANY,
    FALSE,
    PUT,
    TRUE,
    Bank,
    Choice,
    Item,
    Kind,
    Notes,
    bounded,
    check_options,
    number_of,
    told_number,
)
from elearn.content.formats.opening import text_of

ESCAPED = {sign: chr(0xE010 + place) for place, sign in enumerate(":#={}~\\[]>")}
RESTORED = {ord(holder): sign for sign, holder in ESCAPED.items()} | {0xE01F: "\n"}
ESCAPE = re.compile(r"\\([:#={}~\\\[\]>n])")
WEIGHT = re.compile(r"%\s*(-?\d{1,3}(?:[.,]\d*)?)\s*%")
FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
NAME = re.compile(r"::(.*?)::", re.DOTALL)
MARKS = re.compile(r"\[(id|tag):((?:\\\]|[^\]])+)\]")
ORDERING = re.compile(
    r">\s*(?:(\d+)\s*(?:ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?\s*(?:HORIZONTAL|HORI|H|VERTICAL|VERT|V)?\s*"
    r"(?:ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE_\w+|RELATIVE|REL|LONGEST_\w+)?\s*(?:SHOW|HIDE)?\s*"
    r"(?:none|123|abc|ABCD|iii|IIII)?[ \t]*(?:\n|$))?(.*)",
    re.DOTALL,
)
TRUTHS = {"T": TRUE, "TRUE": TRUE, "F": FALSE, "FALSE": FALSE}

BRACES = "Kurung kurawal jawaban tidak berpasangan; soal ini tidak dipahami."
MORE_BRACES = "Soal ini punya lebih dari satu jawaban dalam kurung kurawal; yang kedua dan seterusnya menjadi teks."
NO_PAIR = "Butir yang dijodohkan tanpa tanda -> tidak dipahami."
NO_NUMBER = "Jawaban “{}” bukan bilangan."
FEW = "Soal pilihan memerlukan sedikitnya dua jawaban."


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines of one question without comments, what its comments say, and the category it stands under."""

    text: str
    ident: str
    tags: tuple[str, ...]
    category: str


def read(content: bytes) -> Bank:
    """The questions of a GIFT file; UnreadableQuestions for what is no text."""
    found = text_of(content)
    text = found.text.translate(dict.fromkeys(range(0xE000, 0xE020)))
    return Bank(bounded(_item(entry) for entry in entries(text)), found.losses)


def entries(text: str) -> Iterator[Entry]:
    """The questions of a file as they are parted by empty lines, category by category."""
    category, lines, ident, tags = "", _Lines(), "", []
    for line in [*text.split("\n"), ""]:
        told = line.strip()
        if told.startswith("//"):
            marks = _marks(told)
            ident = next((value for kind, value in marks if kind == "id"), ident)
            tags += [value for kind, value in marks if kind == "tag"]
            continue
        if lines.are_over_before(told):
            yield Entry(lines.text, ident, tuple(tags), category)
            lines, ident, tags = _Lines(), "", []
        if is_category(told) and not lines.all:
            category = category_of(told[10:])
        elif told or lines.all:
            lines.add(line)
    if lines.text:
        yield Entry(lines.text, ident, tuple(tags), category)


@dataclass(slots=True)
class _Lines:
    """The lines of a question that is being read, its braces counted as they come."""

    all: list[str] = field(default_factory=list)
    opened: int = 0
    closed: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self.all).strip()

    @property
    def is_open(self) -> bool:
        """Whether a brace is open; one that was never closed gives up after a while."""
        return self.opened > self.closed and len(self.all) < 200

    def add(self, line: str) -> None:
        bare = ESCAPE.sub("", line)
        self.all.append(line)
        self.opened += bare.count("{")
        self.closed += bare.count("}")

    def are_over_before(self, told: str) -> bool:
        """Whether a line ends this question or opens another, though no empty line parts them or a brace is open."""
        if not self.all or (not self.is_open and (not told or is_category(told))):
            return bool(self.all)
        if not (told.startswith("::") or "{" in ESCAPE.sub("", told)):
            return False
        return not self.all[-1].strip() or 0 < self.closed >= self.opened


def _marks(comment: str) -> list[tuple[str, str]]:
    """The ids and tags of a comment, without what follows its last bracket: that would be searched over and over."""
    found = MARKS.findall(comment[: comment.rfind("]") + 1])
    return [(kind, value.replace("\\]", "]").strip()) for kind, value in found]


def is_category(told: str) -> bool:
    """Whether a line names the category of what follows."""
    return told.upper().startswith("$CATEGORY:")


def category_of(path: str) -> str:
    """A category's path without the names that only Moodle gives to its root."""
    parts = [part.strip() for part in path.translate(RESTORED).strip().split("/")]
    return "/".join(part for part in parts if part and part != "top" and not re.fullmatch(r"\$\w+\$", part))


def _item(entry: Entry) -> Item:
    text = ESCAPE.sub(lambda found: "\ue01f" if found[1] == "n" else ESCAPED[found[1]], entry.text)
    found = NAME.match(text)
    title = " ".join(found[1].translate(RESTORED).split()) if found else ""
    item = _Reading(text[found.end() :].strip() if found else text).item()
    return replace(item, title=title, ident=entry.ident, tags=entry.tags, category=entry.category)


class _Reading:
    """One question being read; escaped signs are placeholders until a text is told."""

    def __init__(self, text: str) -> None:
        self.notes = Notes()
        self.form = "moodle"
        start, end = text.find("{"), text.find("}")
        self.is_sound = (start < 0) == (end < 0) and start <= end
        self.has_answers = start >= 0
        before, after = (text[:start], text[end + 1 :]) if self.is_sound and self.has_answers else (text, "")
        stem = f"{before.rstrip()} _____ {after.lstrip()}" if after.strip() else before
        if after[:1].strip() and stem:
            stem = f"{before.rstrip()} _____{after}"
        if "{" in after or "}" in after:
            self.notes.add(MORE_BRACES)
        answers = text[start + 1 : end].strip() if self.is_sound and self.has_answers else ""
        self.answers, _, general = answers.rpartition("####") if "####" in answers else (answers, "", "")
        self.answers = self.answers.strip()
        self.stem, self.form = self._told_with_form(stem, "moodle")
        self.general = self._told(general)

    def item(self) -> Item:
        """The question as understood."""
        check_options(max(map(self.answers.count, "=~\n")))
        kind, options = self._understood()
        groups = tuple(dict.fromkeys(option.group for option in options)) if kind in PUT else ()
        if kind in PUT:
            options = tuple(option for option in options if option.text)
            used = [option.group for option in options]
            kind = Kind.CLASSIFY if len(set(used)) < len(used) else Kind.MATCH
        return Item(kind, self.stem, options, general_feedback=self.general, groups=groups, losses=self.notes.all)

    def _understood(self) -> tuple[Kind, tuple[Choice, ...]]:
        if not self.is_sound:
            return self._unknown(BRACES)
        if not self.has_answers:
            return Kind.DESCRIPTION, ()
        if not self.answers:
            return Kind.ESSAY, ()
        if self.answers.startswith("#"):
            return self._numeric(self.answers[1:])
        if self.answers.startswith(">"):
            return self._order()
        if "~" in self.answers:
            return self._choice()
        if "=" in self.answers and "->" in self.answers:
            return self._match()
        return self._truth() or (Kind.SHORT_ANSWER, tuple(self._word(each) for each in self._parts()))

    def _unknown(self, reason: str) -> tuple[Kind, tuple[Choice, ...]]:
        self.notes.add(reason)
        return Kind.UNKNOWN, ()

    def _parts(self, sign: str = "=") -> list[str]:
        return [each.strip() for each in self.answers.split(sign) if each.strip()]

    def _choice(self) -> tuple[Kind, tuple[Choice, ...]]:
        is_single = "=" in self.answers
        parts = [each.strip() for each in self.answers.replace("=", "~=").split("~") if each.strip()]
        options = tuple(
            replace(self._weighted(each.removeprefix("="), 100.0 if each.startswith("=") else 0.0)) for each in parts
        )
        if len(options) < 2:
            self.notes.add(FEW)
        return (Kind.SINGLE if is_single else Kind.MULTIPLE), options

    def _match(self) -> tuple[Kind, tuple[Choice, ...]]:
        pairs = [each.partition("->") for each in self._parts()]
        if not all(arrow for _, arrow, _ in pairs):
            return self._unknown(NO_PAIR)
        options = [
            Choice(self._told(one), 100.0, group=texts.from_plain(other.translate(RESTORED), self.notes))
            for one, _, other in pairs
        ]
        return Kind.MATCH, tuple(options)

    def _order(self) -> tuple[Kind, tuple[Choice, ...]]:
        found = ORDERING.match(self.answers)
        lines = found[2].split("\n") if found else []
        return Kind.ORDER, tuple(Choice(self._told(line), 100.0) for line in lines if line.strip())

    def _truth(self) -> tuple[Kind, tuple[Choice, ...]] | None:
        word, *feedback = self.answers.split("#", 2)
        truth = TRUTHS.get(word.strip().upper())
        if truth is None:
            return None
        wrong, right = (self._told(each) for each in [*feedback, "", ""][:2])
        return Kind.TRUE_FALSE, tuple(
            Choice(each, 100.0 if each == truth else 0.0, right if each == truth else wrong) for each in (TRUE, FALSE)
        )

    def _numeric(self, answers: str) -> tuple[Kind, tuple[Choice, ...]]:
        rights, tilde, wrong = answers.partition("~")
        options = [self._number(each.strip()) for each in rights.split("=") if each.strip()]
        if tilde:
            _, _, feedback = wrong.partition("#")
            options.append(Choice(ANY, 0.0, self._told(feedback)))
        return Kind.NUMERIC, tuple(options)

    def _number(self, part: str) -> Choice:
        weight, rest = _weight(part, 100.0)
        told, _, feedback = rest.partition("#")
        text, tolerance = _bounds(told.translate(RESTORED))
        if text != ANY and number_of(text) is None:
            self.notes.add(NO_NUMBER.format(text[:40]))
        return Choice(text, weight, self._told(feedback), tolerance)

    def _word(self, part: str) -> Choice:
        weight, rest = _weight(part, 100.0)
        told, _, feedback = rest.partition("#")
        return Choice(" ".join(told.translate(RESTORED).split()), weight, self._told(feedback))

    def _weighted(self, part: str, otherwise: float = 100.0) -> Choice:
        weight, rest = _weight(part, otherwise)
        told, _, feedback = rest.partition("#")
        return Choice(self._told(told), weight, self._told(feedback))

    def _told(self, text: str) -> str:
        return self._told_with_form(text, self.form)[0]

    def _told_with_form(self, text: str, form: str) -> tuple[str, str]:
        found = FORMAT.match(text.strip())
        form = found[1].lower() if found else form
        bare = (text.strip()[found.end() :] if found else text).translate(RESTORED).strip()
        return texts.from_moodle(bare, form, self.notes), form


def _weight(part: str, otherwise: float) -> tuple[float, str]:
    found = WEIGHT.match(part)
    if found is None:
        return otherwise, part
    return float(found[1].replace(",", ".").rstrip(".")), part[found.end() :]


def _bounds(told: str) -> tuple[str, str]:
    """A number and its tolerance out of `3`, `3:2` or `1..5`."""
    least, dots, most = (each.strip() for each in told.partition(".."))
    low, high = number_of(least), number_of(most)
    if dots and low is not None and high is not None:
        return told_number((low + high) / 2), told_number(abs(high - low) / 2)
    text, _, tolerance = (each.strip() for each in told.partition(":"))
    number, width = number_of(text), number_of(tolerance)
    return (told_number(number) if number is not None else text), told_number(width) if width else ""
