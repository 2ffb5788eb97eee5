"""The questions of a quiz with their figures, and what a page sorts them by."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from typing import Any

from elearn.assessment import verdicts
from elearn.assessment.verdicts import Verdict
from elearn.content.questions import Question
from elearn.core.speech import say
from elearn.quiz.statistics import Item

TAG = re.compile(r"<[^>]+>")
SHOWN, FIRST_WORDS = 90, 40
"""As many signs of a question name it in a file, and on a screen."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its figures and its verdict; `item` is None where fewer than five people met it."""

    question: Question
    item: Item | None
    guess: float | None
    verdict: Verdict
    seconds: float | None = None

    @property
    def name(self) -> str:
        """The question in one short line."""
        stem = self.question.stem
        text = " ".join(unescape(TAG.sub(" ", stem.html or stem.markdown)).split())
        return _cut(text, SHOWN)

    @property
    def short(self) -> str:
        """Its id with its first words."""
        return f"{self.question.id}: {_cut(self.name, FIRST_WORDS)}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


class Order(StrEnum):
    """What the questions of a page are sorted by; values stand in the address."""

    VERDICT = "penilaian"
    FACILITY = "kemudahan"
    DISCRIMINATION = "daya-beda"
    SECONDS = "waktu"
    NAME = "soal"

    @property
    def words(self) -> str:
        """As the page says it."""
        return ORDER_WORDS[self]


ORDER_WORDS = {
    Order.VERDICT: say("Yang perlu diperiksa dahulu"),
    Order.FACILITY: say("Yang paling sukar dahulu"),
    Order.DISCRIMINATION: say("Yang paling kurang membedakan dahulu"),
    Order.SECONDS: say("Yang paling lama dijawab dahulu"),
    Order.NAME: say("Menurut nama soal"),
}


def _first(value: float | None) -> tuple[bool, float]:
    """The lowest first, what is not known last."""
    return value is None, value or 0.0


ORDERS: Mapping[Order, Callable[[Row], Any]] = {
    Order.VERDICT: lambda row: (list(verdicts.Weight).index(row.verdict.weight), row.question.id),
    Order.FACILITY: lambda row: (_first(row.item.facility if row.item else None), row.question.id),
    Order.DISCRIMINATION: lambda row: (_first(row.item.discrimination if row.item else None), row.question.id),
    Order.SECONDS: lambda row: (_first(None if row.seconds is None else -row.seconds), row.question.id),
    Order.NAME: lambda row: row.question.id,
}
