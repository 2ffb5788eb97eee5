"""A question as any format may tell it, and what got lost on the way; pure.

Texts are Markdown. A `fraction` is what an option earns, in percent of the question as in Moodle: 100, 33.33333, -50.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from elearn.content.modules import Picture
from elearn.core.errors import RuleBroken
from elearn.core.speech import say

MOST_ITEMS = 5_000
MOST_OPTIONS = 50_000
TOLD_EVERY = 100
"""No file holds more questions, nor more options in all of them."""


class UnreadableQuestions(RuleBroken):
    """A file that holds no questions in a known format, or one that this machine must not open."""

    sentence = say("Berkas ini tidak memuat soal dalam format yang dikenal.")


class Kind(StrEnum):
    """How a question is answered; those of our own name are ours, the others have no place in a module.

    true-false has the options Benar and Salah. `unknown` is a question of which only the text could be read.
    """

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    NUMERIC = "numeric"
    CLASSIFY = "classify"
    MATCH = "match"
    ORDER = "order"
    SHORT_ANSWER = "short-answer"
    ESSAY = "essay"
    DESCRIPTION = "description"
    UNKNOWN = "unknown"


PUT = frozenset({Kind.MATCH, Kind.CLASSIFY})
TRUE, FALSE = "Benar", "Salah"
WORDS_OF_TRUTH = {"true": TRUE, "benar": TRUE, "false": FALSE, "salah": FALSE}
ANY = "*"
"""The text of an option that stands for any other answer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option; `group` is the text of the partner or heading it belongs to, `tolerance` that of a number.

    The text of a number or of a word to be typed is plain, not Markdown.
    """

    text: str
    fraction: float = 0.0
    feedback: str = ""
    tolerance: str = ""
    group: str = ""
    id: str = ""

    @property
    def is_right(self) -> bool:
        """Whether choosing it earns anything."""
        return self.fraction > 0


@dataclass(frozen=True, slots=True)
class Item:
    """One question; the options of an order stand in the right order, `groups` are the texts of all partners.

    `combined` is the feedback for an answer that is right, partly right and wrong; `alt` says what the picture shows.
    """

    kind: Kind
    text: str
    options: tuple[Choice, ...] = ()
    title: str = ""
    ident: str = ""
    general_feedback: str = ""
    combined: tuple[str, str, str] = ("", "", "")
    groups: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    picture: Picture | None = None
    alt: str = ""

    @property
    def rights(self) -> tuple[Choice, ...]:
        """The options that earn something."""
        return tuple(option for option in self.options if option.is_right)


@dataclass(frozen=True, slots=True)
class Loss:
    """What a file could not say or we could not understand: of which item (from 1, 0 for the file), and why."""

    item: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bank:
    """What a file says: its items in order, and the sentences about the whole of it."""

    items: tuple[Item, ...] = ()
    losses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """Questions as the file of a format, its media type and ending, and what that file does not say."""

    content: bytes
    media_type: str
    ending: str
    losses: tuple[Loss, ...] = ()


@dataclass
class Notes:
    """Sentences about what is lost, each once, in the order they came."""

    sentences: dict[str, None] = field(default_factory=dict)

    def add(self, *sentences: str) -> None:
        """Note sentences."""
        self.sentences.update(dict.fromkeys(sentences))

    @property
    def all(self) -> tuple[str, ...]:
        """The sentences."""
        return tuple(self.sentences)


_watch: ContextVar[Callable[[int], None] | None] = ContextVar("who watches the reading", default=None)


@contextmanager
def watched(tell: Callable[[int], None]) -> Iterator[None]:
    """Tell how many items of a file have been understood while it is read inside."""
    token = _watch.set(tell)
    try:
        yield
    finally:
        _watch.reset(token)


def passed(count: int) -> None:
    """So many items of the file have been understood by now; now and then somebody is told."""
    tell = _watch.get()
    if tell is not None and count % TOLD_EVERY == 0:
        tell(count)


def bounded(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items of a file, read no further than a file may go; UnreadableQuestions for more."""
    found, options = list[Item](), 0
    for item in items:
        found.append(item)
        options += len(item.options)
        passed(len(found))
        if len(found) > MOST_ITEMS:
            raise UnreadableQuestions(
                say("Berkas memuat lebih dari %(most)s soal; bagi menjadi beberapa berkas.", most=MOST_ITEMS)
            )
        check_options(options)
    return tuple(found)


def check_options(count: int) -> None:
    """Refuse more options than a file may have, before each is understood; UnreadableQuestions."""
    if count > MOST_OPTIONS:
        raise UnreadableQuestions(say("Berkas memuat terlalu banyak pilihan jawaban; bagi menjadi beberapa berkas."))


def named(item: Item, number: int) -> str:
    """What an item is called in a report."""
    told = item.title or item.ident or " ".join(item.text.split())
    return told if len(told) <= 60 else f"{told[:59].rstrip()}…" if told else f"Soal {number}"


def combined_loss(item: Item, name: str) -> list[str]:
    """That a format has no place for the combined feedback of this item, if it has any."""
    return (
        [f"{name} tidak memuat umpan balik untuk jawaban benar, sebagian benar, dan salah."]
        if any(item.combined)
        else []
    )


def picture_loss(item: Item, name: str) -> list[str]:
    """That a format has no place for the picture of this item, if it has one."""
    return [f"{name} tidak memuat gambar; hanya namanya yang ikut."] if item.picture else []


def losses_of(item: Item, number: int, reasons: Iterable[str]) -> list[Loss]:
    """What is lost of an item, for each of the reasons."""
    return [Loss(number, named(item, number), reason) for reason in reasons]


def number_of(text: str) -> Decimal | None:
    """The number a text says, with a point or a comma; None for any other text."""
    try:
        number = Decimal(text.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def told_number(number: Decimal) -> str:
    """A number as plain text without trailing zeros: 2.5, 14, -3."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(fraction: float) -> str:
    """A fraction as text: 100, 33.33333, -50."""
    return f"{fraction:.5f}".rstrip("0").rstrip(".")


def share(count: int) -> float:
    """What one of `count` equal options earns."""
    return round(100 / count, 5) if count else 0.0
