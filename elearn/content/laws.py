"""Law as it is cited, pure: known, well proven, in force, and free of the traps of this subject."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from elearn.content.rules import Citation, Confidence, Prose
from elearn.content.shape import Fault, Where

CITED = re.compile(r"\[@([^\]]*)\]")
ARTICLE = re.compile(r"\bPasal \d")
FORMER = re.compile(
    r"\b(dicabut|mencabut|diganti\w*|menggantikan|semula|dahulu|lama|sebelum\w*)\b"
    r"|tidak (lagi )?berlaku|(waktu|ketika|saat) itu",
    re.IGNORECASE,
)
BLOCK = re.compile(r"\s*([-*+>]|\d+[.)]|#+)\s")
HEADING_1 = re.compile(r"# ")
RAW_HTML = re.compile(r"</?[a-zA-Z][^>]*>|<!--")
TRAPS = (
    (
        re.compile(r"\b(SKB|Keputusan Bersama)\b[^.]{0,60}?\b(22/2022|22 Tahun 2022)\b", re.IGNORECASE),
        "Nomor SKB netralitas adalah 2 Tahun 2022, bukan 22 Tahun 2022.",
    ),
    (
        re.compile(r"\b(lapor\w*|melapor\w*|adukan|mengadu\w*)\s+(ke|kepada)\s+KASN\b", re.IGNORECASE),
        "KASN tidak lagi menerima laporan; penanganannya kini di BKN.",
    ),
)


class Laws:
    """The known citations on a day, asked whether a mention of one may stand."""

    def __init__(self, citations: Iterable[Citation], today: date) -> None:
        self.by_id = {citation.id: citation for citation in citations}
        self.today = today

    def known(self, where: Where, cites: Iterable[str]) -> Iterator[Fault]:
        """Ids that no citation has."""
        for index, cited in enumerate(cites):
            if cited not in self.by_id:
                yield Fault((*where, index), f"Rujukan “{cited}” tidak ada di citations.yaml.")

    def proven(self, where: Where, cites: tuple[str, ...]) -> Iterator[Fault]:
        """Ids that cannot carry an answer, a verdict or a pledge: none, unknown, weakly proven, out of force."""
        if not cites:
            yield Fault(where, "Sedikitnya satu rujukan diperlukan di sini.")
        yield from self.known(where, cites)
        for index, cited in enumerate(cites):
            if cited in self.by_id and self.by_id[cited].confidence is Confidence.C:
                yield Fault((*where, index), f"Rujukan “{cited}” bernilai C, tidak boleh menjadi dasar di sini.")
            if self._is_former(cited):
                yield Fault((*where, index), self._former(cited))

    def inline(self, where: Where, text: Prose, cites: tuple[str, ...]) -> Iterator[Fault]:
        """Inline citations that are not listed, or that show a former rule without a word about it."""
        for offset, block in blocks(text.markdown):
            for cited in CITED.findall(block):
                if cited not in cites:
                    yield Fault(where, f"Rujukan “{cited}” dipakai di teks, tetapi tidak ada di cites.", offset)
                if self._is_former(cited) and not FORMER.search(block):
                    yield Fault(where, self._former(cited), offset)

    def _is_former(self, cited: str) -> bool:
        return cited in self.by_id and not self.by_id[cited].is_in_force(self.today)

    def _former(self, cited: str) -> str:
        return f"“{self.by_id[cited].label}” tidak berlaku hari ini, tetapi dirujuk seolah-olah berlaku."


def citation_faults(citations: tuple[Citation, ...]) -> Iterator[Fault]:
    """Successors that do not exist and periods that end before they begin."""
    ids = {citation.id for citation in citations}
    for index, citation in enumerate(citations):
        where = ("citations", index)
        if citation.replaced_by is not None and citation.replaced_by not in ids:
            yield Fault((*where, "replaced_by"), f"Pengganti “{citation.replaced_by}” tidak ada di citations.yaml.")
        if citation.in_force_from and citation.in_force_until and citation.in_force_until < citation.in_force_from:
            yield Fault((*where, "in_force_until"), "Tanggal berakhir mendahului tanggal mulai berlaku.")


def uncited_articles(where: Where, text: Prose) -> Iterator[Fault]:
    """Paragraphs and list items that name an article without citing it."""
    for offset, block in blocks(text.markdown):
        if ARTICLE.search(block) and not CITED.search(block):
            yield Fault(where, "Paragraf ini menyebut pasal tanpa rujukan [@…].", offset)


def wording(where: Where, text: Prose) -> Iterator[Fault]:
    """Headings, HTML and sentences that must not stand in any prose."""
    for offset, block in blocks(text.markdown):
        if HEADING_1.match(block):
            yield Fault(where, "Judul tingkat satu (#) milik halaman; mulailah dari ##.", offset)
        if RAW_HTML.search(block):
            yield Fault(where, "HTML tidak dipakai di dalam materi.", offset)
        yield from (Fault(where, sentence, offset) for trap, sentence in TRAPS if trap.search(block))


def blocks(markdown: str) -> Iterator[tuple[int, str]]:
    """Each paragraph, heading and list item as one line, with the number of lines before it."""
    start, lines = 0, list[str]()
    for offset, line in enumerate([*markdown.splitlines(), ""]):
        if lines and (not line.strip() or BLOCK.match(line)):
            yield start, " ".join(lines)
            lines = []
        if line.strip():
            start = start if lines else offset
            lines.append(line.strip())
