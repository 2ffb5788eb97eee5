"""What the writer of a directive decides, from the number to the paper it is printed on; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from elearn.directives.duties import Target, Terms

NATURES = ("Biasa", "Penting", "Segera", "Sangat Segera")
"""How urgent a letter says it is (sifat)."""


class Paper(StrEnum):
    """What a letter is printed on; F4 is the folio of Indonesian offices, 215 by 330 mm."""

    A4 = "A4"
    F4 = "F4"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs a letter, as it stands under it."""

    name: str
    title: str
    rank: str
    nip: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What a letter says around its text: how urgent, with what annex, to whom, copied to whom, on what paper."""

    nature: str = "Penting"
    attachment: str = "-"
    addressees: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    paper: Paper = Paper.A4


@dataclass(frozen=True, slots=True)
class Wording:
    """All that the writer of a directive decides.

    `cites` are ids of citations; `local_instruction` is the regency's own stricter rule (arahan daerah) in
    Markdown, shown inside the modules to those bound; `deadlines` are other days by kind of employee; who joins
    later has `joiner_days`; `quiz_terms` are the rules of the quiz set otherwise than in the modules, by their names;
    `revokes_id` is the directive in force that ends when this one is issued.
    """

    number: str
    subject: str
    body: str
    module_slug: str
    cites: tuple[str, ...]
    target: Target
    deadline_on: date
    place: str
    signatory: Signatory
    local_instruction: str = ""
    more_modules: tuple[str, ...] = ()
    deadlines: Mapping[str, date] = field(default_factory=dict)
    joiner_days: int = 14
    terms: Terms = field(default_factory=Terms)
    quiz_terms: Mapping[str, Any] = field(default_factory=dict)
    layout: Layout = field(default_factory=Layout)
    revokes_id: UUID | None = None

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules it asks for, each once, the first one first."""
        return tuple(dict.fromkeys((self.module_slug, *self.more_modules)))
