"""What must not stand in any text of the content, pure."""

import re
from collections.abc import Iterator

from elearn.content.checks import traps
from elearn.content.checks.prose import blocks, plain
from elearn.content.rules import Prose
from elearn.content.shape import Fault, Where

CITED = re.compile(r"\[@([^\]]*)\]")
RAW_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


def faults(where: Where, text: Prose, *, is_dated: bool = False, is_claim: bool = True) -> Iterator[Fault]:
    """Nothing at all, headings of the page, HTML, and the traps of this subject.

    `is_dated` when the surroundings tell the date. What is no claim, such as a wrong answer, may err as people do.
    """
    if not text.markdown.strip():
        yield Fault(where, "Teks di sini masih kosong.")
    for block in blocks(text.markdown):
        yield from (Fault(where, sentence, block.offset) for sentence in _misfits(block.text))
        if is_claim:
            found = traps.in_claims(plain(block.text), is_dated=is_dated)
            yield from (Fault(where, sentence, block.offset) for sentence in found)


def label_faults(where: Where, text: Prose, *, is_dated: bool = False, is_claim: bool = True) -> Iterator[Fault]:
    """What must not stand in a label, such as an option: besides the faults of any text, citations."""
    if CITED.search(text.markdown):
        yield Fault(where, "Rujukan [@…] tidak dapat dipakai di sini.")
    yield from faults(where, text, is_dated=is_dated, is_claim=is_claim)


def _misfits(markdown: str) -> Iterator[str]:
    if markdown.startswith("# "):
        yield "Judul tingkat satu (#) milik halaman; mulailah dari ##."
    if RAW_HTML.search(markdown):
        yield "HTML tidak dipakai di dalam materi."
    yield from traps.in_any(plain(markdown))
