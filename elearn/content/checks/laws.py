"""Law as it is cited, pure: known, well proven, in force, and told with its date where it has changed."""

from collections.abc import Iterable, Iterator
from datetime import date

from elearn.content.checks import norms, wording
from elearn.content.checks.prose import Block, Kind, any_of, has_date, passages
from elearn.content.checks.wording import CITED
from elearn.content.law import Citation, Confidence, Rule
from elearn.content.rules import Prose
from elearn.content.shape import Fault, Where

FORMER = any_of(
    r"""
    dicabut, mencabut, pencabutan, diganti\w*, menggantikan, pengganti, semula, dahulu, dulu, sebelumnya,
    (?:aturan|keputusan|undang-undang|edaran|surat|ketentuan|bahan|nomor|yang) lama, tidak (?:lagi )?berlaku,
    (?:waktu|ketika|saat) itu
    """
)
"""What a paragraph says when it tells a rule of the past."""


class Laws:
    """The known citations and rules on a day, asked whether a mention of one may stand."""

    def __init__(self, citations: Iterable[Citation], today: date, rules: Iterable[Rule] = ()) -> None:
        self.by_id = {citation.id: citation for citation in citations}
        self.rule_by_id = {rule.id: rule for rule in rules}
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

    def covered(self, where: Where, covers: Iterable[str], *, is_asked: bool = False) -> Iterator[Fault]:
        """Ids that no rule has and, where the rule is asked, rules that are only advice."""
        for index, covered in enumerate(covers):
            if covered not in self.rule_by_id:
                yield Fault((*where, index), f"Aturan “{covered}” tidak ada di rules.yaml.")
            elif is_asked and self.rule_by_id[covered].confidence is Confidence.C:
                yield Fault((*where, index), f"Aturan “{covered}” bernilai C: boleh diajarkan, tidak ditanyakan.")

    def is_disputed(self, cited: str) -> bool:
        """Whether a known citation changed on a day or leaves a doubt open."""
        return cited in self.by_id and (self.by_id[cited].date_bound or bool(self.by_id[cited].doubts))

    def dated(self, where: Where, cites: Iterable[str], *texts: str) -> Iterator[Fault]:
        """Ids of rules that changed on a day, unless one of the texts that tell them names a date."""
        for index, cited in enumerate(cites):
            if self._is_date_bound(cited) and not has_date(*texts):
                yield Fault((*where, index), self._undated(cited))

    def told(
        self, where: Where, text: Prose, cites: tuple[str, ...], *, is_dated: bool = False, is_claim: bool = True
    ) -> Iterator[Fault]:
        """Whatever is wrong with prose and the law in it; `is_dated` when its surroundings tell the date."""
        yield from wording.faults(where, text, is_dated=is_dated, is_claim=is_claim)
        for lead, items in passages(text.markdown):
            is_opened = is_dated or (lead.is_opening and has_date(lead.text))
            for block in (lead, *items):
                for sentence in self._inline(block, cites, is_opened or has_date(block.text)):
                    yield Fault(where, sentence, block.offset)

    def uncited(self, where: Where, text: Prose) -> Iterator[Fault]:
        """Paragraphs and list items that state a rule without a citation that can carry it.

        An item also states one when the heading above says so. It may rest on the citation of the paragraph that
        opens its list with a colon; the paragraph before a list may rest on its items when every one of them is
        cited. Nothing else lends a citation to its neighbour.
        """
        is_headed = False
        for lead, items in passages(text.markdown):
            is_headed = norms.heads_rules(lead) if lead.kind is Kind.HEADING else is_headed
            for block in self._bare(lead, items):
                if norms.states_rule(block) or (is_headed and block.kind is Kind.ITEM):
                    yield Fault(where, _uncited(block, is_lead=bool(items) and block is lead), block.offset)

    def _bare(self, lead: Block, items: list[Block]) -> list[Block]:
        """The blocks of a passage that no citation carries."""
        uncited = [item for item in items if not self._carries(item)]
        if self._carries(lead):
            return [] if lead.is_opening else uncited
        return [lead, *uncited] if uncited or not items else []

    def _carries(self, block: Block) -> bool:
        """Whether a block cites more than advice; an unknown citation is a fault by itself."""
        found = (self.by_id.get(cited) for cited in CITED.findall(block.text))
        return any(citation is None or citation.confidence is not Confidence.C for citation in found)

    def _inline(self, block: Block, cites: tuple[str, ...], is_dated: bool) -> Iterator[str]:
        for cited in CITED.findall(block.text):
            if cited not in cites:
                yield f"Rujukan “{cited}” dipakai di teks, tetapi tidak ada di cites."
            if self._is_former(cited) and not FORMER.search(block.text):
                yield self._former(cited)
            if self._is_date_bound(cited) and not is_dated:
                yield self._undated(cited)

    def _is_former(self, cited: str) -> bool:
        return cited in self.by_id and not self.by_id[cited].is_in_force(self.today)

    def _is_date_bound(self, cited: str) -> bool:
        return cited in self.by_id and self.by_id[cited].date_bound

    def _former(self, cited: str) -> str:
        return f"“{self.by_id[cited].label}” tidak berlaku hari ini, tetapi dirujuk seolah-olah berlaku."

    def _undated(self, cited: str) -> str:
        label = self.by_id[cited].label
        return f"“{label}” terikat tanggal. Sebutkan tanggalnya di tempat yang sama, misalnya “30 Oktober 2024”."


def _uncited(block: Block, *, is_lead: bool) -> str:
    name = "Butir" if block.kind is Kind.ITEM else "Paragraf"
    place = "di sini atau pada setiap butir di bawahnya" if is_lead else "di dalamnya"
    return f"{name} ini menyatakan aturan tanpa rujukan bernilai A, B+, atau B. Tulis [@…] {place}."
