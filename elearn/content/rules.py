"""What all content is made of: prose, complaints about it, and the plain data it is written as.

Prose is written in Markdown and shown as HTML; `html` is empty until publication renders it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from elearn.core.errors import RuleBroken
from elearn.core.speech import say

LATER = {"is_later": True}
"""Of a field that older versions do not have: where it says what they mean anyway, it is left out of the bytes.

So a version that was published before the field existed keeps its fingerprint when it is read and written anew.
"""


class UnsoundContent(RuleBroken):
    """Content with complaints is never published."""

    sentence = say("Materi belum dapat diterbitkan karena pemeriksaan menemukan kesalahan.")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault of the files under `content/`: where it stands (line from 1) and what is wrong."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """The complaint as editors and terminals link it: `path:line: sentence`."""
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs of Markdown and the sanitised HTML made of them at publication."""

    markdown: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Line(Prose):
    """A single line of Markdown, rendered without a paragraph around it: for labels, buttons and feedback."""


def plain(value: object) -> object:
    """The `value` (dataclasses, tuples, dates, enums) as the plain data that JSON knows."""
    if is_dataclass(value):
        told = [(each, getattr(value, each.name)) for each in fields(value)]
        return {each.name: plain(said) for each, said in told if not _goes_without_saying(each, said)}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _goes_without_saying(named: Any, said: object) -> bool:
    return "is_later" in named.metadata and said == named.default
