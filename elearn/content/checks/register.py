"""Is the register of law sound? Pure: instruments, places in them, and the rules that rest on these places."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from elearn.content.checks import names, wording
from elearn.content.checks.laws import Laws
from elearn.content.checks.prose import has_date
from elearn.content.law import Citation, Confidence, Register
from elearn.content.rules import Prose
from elearn.content.shape import Fault, Where

RULE_ID = re.compile(r"[A-Z]-\d\d")


def faults(register: Register, today: date) -> list[Fault]:
    """Why the register must not be published on `today`; empty when it is sound."""
    return [
        *names.faults(("slug",), [register.slug]),
        *names.faults(("instruments",), [each.id for each in register.instruments]),
        *names.faults(("citations",), [each.id for each in register.citations]),
        *names.faults(("rules",), [rule.id for rule in register.rules], RULE_ID),
        *citation_faults(register.citations),
        *_instruments(register),
        *_citations(register, today),
        *_rules(register, Laws(register.citations, today)),
    ]


def citation_faults(citations: Iterable[Citation]) -> Iterator[Fault]:
    """Successors that do not exist and periods that end before they begin."""
    ids = {citation.id for citation in citations}
    for index, citation in enumerate(citations):
        where = ("citations", index)
        if citation.replaced_by is not None and citation.replaced_by not in ids:
            yield Fault((*where, "replaced_by"), f"Pengganti “{citation.replaced_by}” tidak ada di citations.yaml.")
        if citation.in_force_from and citation.in_force_until and citation.in_force_until < citation.in_force_from:
            yield Fault((*where, "in_force_until"), "Tanggal berakhir mendahului tanggal mulai berlaku.")


def _instruments(register: Register) -> Iterator[Fault]:
    used = {citation.instrument_id for citation in register.citations}
    for index, instrument in enumerate(register.instruments):
        where = ("instruments", index)
        if instrument.id not in used:
            yield Fault(where, f"Instrumen “{instrument.id}” tidak dipakai oleh satu pun rujukan.")
        yield from wording.faults((*where, "full"), Prose(instrument.full))


def _citations(register: Register, today: date) -> Iterator[Fault]:
    for index, citation in enumerate(register.citations):
        where = ("citations", index)
        if citation.instrument_id not in register.instrument_by_id:
            yield Fault((*where, "instrument"), "Rujukan ini tidak menyebut instrumen yang tercantum.")
        if citation.checked_on > today:
            yield Fault((*where, "checked_on"), "Tanggal pemeriksaan belum tiba.")
        if citation.confidence is not Confidence.A and not citation.sources:
            yield Fault((*where, "sources"), f"Rujukan bernilai {citation.confidence.value} memerlukan sumber.")
        yield from _words(where, citation)


def _words(where: Where, citation: Citation) -> Iterator[Fault]:
    is_dated = has_date(citation.says, citation.full)
    yield from wording.faults((*where, "says"), Prose(citation.says), is_dated=is_dated)
    if citation.doubts:
        yield from wording.faults((*where, "doubts"), Prose(citation.doubts), is_dated=is_dated)


def _rules(register: Register, laws: Laws) -> Iterator[Fault]:
    for index, rule in enumerate(register.rules):
        where = ("rules", index)
        is_advice = rule.confidence is Confidence.C
        yield from (laws.known if is_advice else laws.proven)((*where, "cites"), rule.cites)
        yield from laws.dated((*where, "cites"), rule.cites, rule.text, rule.phase)
        yield from wording.faults((*where, "text"), Prose(rule.text), is_dated=has_date(rule.phase))
