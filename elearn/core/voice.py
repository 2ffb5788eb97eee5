"""Which language a page is spoken in: Indonesian always, unless a page is being made for a visitor who chose another.

The default is Indonesian everywhere, so that letters, records, certificates and mail stay Indonesian whatever
language the visitor reads whose request made them. Only `elearn.core.web` lends a page another voice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from gettext import NullTranslations

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
SOURCE = "id"


_NOTHING = NullTranslations()


@dataclass(frozen=True)
class Voice:
    """A language by its code (ISO 639-1) and the catalogue of its sentences, whose keys are the Indonesian ones."""

    code: str = SOURCE
    words: NullTranslations = _NOTHING


_voice: ContextVar[Voice] = ContextVar("voice", default=Voice())  # noqa: B039 - a frozen value


def language() -> str:
    """The code of the language spoken now."""
    return _voice.get().code


def is_indonesian() -> bool:
    """Whether the language spoken now is the one everything is written in."""
    return _voice.get().code == SOURCE


@contextmanager
def speaking(voice: Voice) -> Iterator[None]:
    """Lend the code inside a voice; what is rendered there is spoken in it."""
    token = _voice.set(voice)
    try:
        yield
    finally:
        _voice.reset(token)


def single(pattern: str) -> str:
    """A sentence of the catalogue in the language spoken now, or as it is when the catalogue lacks it."""
    return _voice.get().words.gettext(pattern) if pattern else pattern


def sense(meaning: str, pattern: str) -> str:
    """As `single`, for an Indonesian word of several meanings: the catalogue has each under its own."""
    return _voice.get().words.pgettext(meaning, pattern)


def plural(pattern: str, number: int) -> str:
    """A sentence about a number of things; Indonesian has one form for all numbers, other languages more."""
    return _voice.get().words.ngettext(pattern, pattern, number)
