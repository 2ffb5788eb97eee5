"""The words of a pact of integrity, as they are read and signed; pure."""

from dataclasses import dataclass

from elearn.content.law import Citation


@dataclass(frozen=True, slots=True)
class Clause:
    """One point of a pact, consented to by itself; plain text."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PactText:
    """The words of a pact as they are read and signed; plain text, paragraphs parted by an empty line."""

    slug: str
    title: str
    opening: str
    clauses: tuple[Clause, ...]
    closing: str
    cites: tuple[str, ...]
    citations: tuple[Citation, ...]
