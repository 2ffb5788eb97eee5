"""The law that content rests on: instruments, places in them, the rules they make, and the register of all; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class LegalForm(StrEnum):
    """What an instrument is; only the first five can carry a directive."""

    LAW = "undang-undang"
    REGULATION = "peraturan"
    DECISION = "keputusan"
    RULING = "putusan"
    CIRCULAR = "surat-edaran"
    STATEMENT = "penjelasan"


class Confidence(StrEnum):
    """How well a legal fact is proven: A own text, B+ quoted word for word, B reported, C not seen."""

    A = "A"
    B_PLUS = "B+"
    B = "B"
    C = "C"


class RuleKind(StrEnum):
    """What a rule does to a civil servant; values are the words authors write."""

    PROHIBITION = "larangan"
    PERMISSION = "boleh"
    PROCEDURE = "tata-cara"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree, circular or statement as a whole; its citations take its names and dates from here."""

    id: str
    short: str
    full: str
    form: LegalForm
    in_force_from: date | None = None
    in_force_until: date | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the law: what it says in our words, since when, until when, and how well that is proven.

    A `date_bound` rule was different before or after: whoever tells it, tells the date.
    """

    id: str
    instrument: str
    full: str
    article: str
    says: str
    in_force_from: date | None
    in_force_until: date | None
    replaced_by: str | None
    confidence: Confidence
    sources: tuple[str, ...]
    checked_on: date
    doubts: str = ""
    instrument_id: str = ""
    date_bound: bool = False

    @property
    def label(self) -> str:
        """The short name shown inline: `PP 94/2021 Pasal 5 huruf n`."""
        return f"{self.instrument} {self.article}".strip()

    def is_in_force(self, day: date) -> bool:
        """Whether it binds on `day`: begun, not ended and not replaced."""
        begun = self.in_force_from is None or self.in_force_from <= day
        ended = self.in_force_until is not None and self.in_force_until <= day
        return begun and not ended and self.replaced_by is None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of what a civil servant must know: what is forbidden, free, or done with a report, in which phase."""

    id: str
    kind: RuleKind
    text: str
    phase: str
    confidence: Confidence
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """The law the whole curriculum rests on: instruments, citations, and the rules that must be taught and asked."""

    slug: str
    title: str
    instruments: tuple[Instrument, ...]
    citations: tuple[Citation, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def citation_by_id(self) -> dict[str, Citation]:
        """The citations by their id."""
        return {citation.id: citation for citation in self.citations}

    @cached_property
    def instrument_by_id(self) -> dict[str, Instrument]:
        """The instruments by their id."""
        return {instrument.id: instrument for instrument in self.instruments}
