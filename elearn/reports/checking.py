"""What anybody is told of a report's file that she was sent: its data are what was made, or changed, or not ours.

A file is compared with the signed address that it carries; nothing of any report is kept here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from elearn.core.grid import LiveSheet
from elearn.core.tables import harmless, print_of
from elearn.documents import queries as documents
from elearn.documents import seals
from elearn.reports import proofs, rereading
from elearn.reports.proofs import PATH, SIGNS, Marks, Statement
from elearn.reports.rereading import Notes, Reading


class Finding(StrEnum):
    """How a file compares with what was made."""

    SAME = "same"
    SORTED = "sorted"
    """The same rows, in another order."""
    EXTENDED = "extended"
    """The same data and notes, beside something else."""
    RELABELLED = "relabelled"
    """The same data under other notes: another day, filter, maker or time."""
    CHANGED = "changed"
    LIVE = "live"
    """A workbook that reckons, so that what it shows cannot be compared."""
    SEALED = "sealed"
    """A PDF that was sealed here and is unchanged, of which no more is known."""
    UNSIGNED = "unsigned"
    """It looks like ours and carries no address."""
    FOREIGN = "foreign"
    """It carries an address that nobody here signed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told of a file; `rows` are those found in it, `strange` what no file of ours has."""

    finding: Finding
    statement: Statement | None = None
    rows: int | None = None
    strange: tuple[str, ...] = ()
    is_pdf: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the file comes from here, changed or not."""
        return self.statement is not None or self.finding is Finding.SEALED


def check(content: bytes) -> Answer | None:
    """What is told of a file; None for one that does not claim to be a report of ours; NotReadable."""
    if seals.is_pdf(content):
        return _of_pdf(content)
    try:
        return _of_cells(rereading.read(content))
    except LiveSheet:
        return Answer(Finding.LIVE)


def _of_pdf(pdf: bytes) -> Answer | None:
    """A PDF is ours as a whole or not at all: its seal covers each of its bytes."""
    seal = seals.examine(pdf, documents.find_seal())
    said = [each for each in seals.contacts(pdf) if PATH in each]
    statement = next(filter(None, map(proofs.read_address, said)), None)
    if statement:
        return Answer(Finding.SAME if seal.is_whole else Finding.CHANGED, statement, is_pdf=True)
    if seal.is_whole:
        return Answer(Finding.SEALED, is_pdf=True)
    return Answer(Finding.FOREIGN, is_pdf=True) if said else None


def _of_cells(found: Reading) -> Answer | None:
    place = _place_of_address(found.notes)
    if place is None:
        return Answer(Finding.UNSIGNED) if found.claims_to_be_ours else None
    statement = proofs.read_address(found.notes[place][1])
    if statement is None or statement.marks is None:
        return Answer(Finding.FOREIGN)
    rows = max(0, len(found.cells) - 1 - statement.marks.has_total)
    return Answer(_compared(found, statement, statement.marks), statement, rows, tuple(found.strange))


def _place_of_address(notes: Notes) -> int | None:
    """Where among the notes the address stands: it is the last one."""
    return max((n for n, (_, text) in enumerate(notes) if PATH in text), default=None)


def _compared(found: Reading, made: Statement, marks: Marks) -> Finding:
    """How what was read compares with what was made."""
    lines = found.lines(marks.kinds)
    is_in_order = print_of(lines)[:SIGNS] == made.fingerprint
    if not is_in_order and proofs.print_in_any_order(lines) != marks.any_order:
        return Finding.CHANGED
    if not (_is_labelled(found.notes, marks) and _says_the_same(found, made, marks)):
        return Finding.RELABELLED
    if found.strange:
        return Finding.EXTENDED
    return Finding.SAME if is_in_order else Finding.SORTED


def _is_labelled(notes: Notes, marks: Marks) -> bool:
    """Whether the notes are those that were made, but for the address itself."""
    place = _place_of_address(notes)
    return marks.notes == proofs.print_of_notes(note for n, note in enumerate(notes) if n != place)


def _says_the_same(found: Reading, made: Statement, marks: Marks) -> bool:
    """Whether title, day, filters and columns are those that were made, as far as the file tells them."""
    told: Mapping[str, Any] = found.told
    if "title" in told and harmless(str(told["title"])) != harmless(made.title):
        return False
    if "columns" not in told:
        return True
    filters, columns = told["filters"], told["columns"]
    if told["as_of"] != made.as_of.isoformat() or str(told["sha256"])[:SIGNS] != made.fingerprint:
        return False
    if not isinstance(filters, dict):
        return False
    shape = proofs.print_of_columns((str(each.get("key")), str(each.get("kind"))) for each in columns)
    return shape == marks.columns and filters.items() <= dict(found.notes).items()
