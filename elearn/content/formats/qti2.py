"""Items of QTI 2.1 and 2.2, in the words of 2.x also those of 3.0; pure.

What an option earns and which feedback it brings is found by running the item's response processing on it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from elearn.content.formats import scoring, texts
from elearn.content.formats.elements import child, children, without
from elearn.content.formats.neutral import (
    WORDS_OF_TRUTH,
    Choice,
    Item,
    Kind,
    Notes,
    UnreadableQuestions,
    number_of,
    told_number,
)
from elearn.content.formats.pictures import Fetch, Shown, nothing
from elearn.content.formats.qti2_feedback import FEEDBACKS, Feedback
from elearn.content.formats.qti2_names import unified
from elearn.content.formats.qti2_processing import Processing
from elearn.content.formats.qti2_stems import INTERACTIONS, as_plain_blocks, stem_of
from elearn.core.speech import say

TAGS, CATEGORY = "TAGS", "CATEGORY"
"""Outcomes that only carry what QTI has no place for."""

NO_INTERACTION = "Cara menjawab “{}” tidak dapat dibawa; hanya teksnya yang terbaca."
SEVERAL = "Soal dengan beberapa isian tidak dapat dibawa; hanya teksnya yang terbaca."
NO_KEY = "Kunci jawaban tidak ditemukan di dalam berkas."
NO_RULE = "Aturan penilaian “{}” tidak dipahami."
TWO_PARTNERS = "Satu butir punya beberapa pasangan; hanya yang pertama ikut."
RUBRIC = "Petunjuk untuk penilai (rubrik) tidak ikut."
TEMPLATE = "Nilai acak (template) tidak ikut."
STIMULUS = "Bacaan yang dirujuk dari berkas lain tidak ikut."


def read_root(root: etree._Element, fetch: Fetch = nothing) -> Item:
    """The one item of a file whose pictures are fetched so; UnreadableQuestions for any other root."""
    item = unified(root)
    if item.tag != "assessmentItem":
        raise UnreadableQuestions(say("XML ini bukan soal QTI: unsur pertamanya bukan assessmentItem."))
    return _Reading(item, fetch).item()


class _Reading:
    """One item being read."""

    def __init__(self, element: etree._Element, fetch: Fetch) -> None:
        self.element, self.notes, self.shown = element, Notes(), Shown(fetch)
        body = child(element, "itemBody")
        self.body = etree.Element("itemBody") if body is None else body
        self.processing = Processing(element)
        self.interactions = [each for each in self.body.iter() if each.tag in INTERACTIONS]
        self.one = self.interactions[0] if self.interactions else etree.Element("none")
        self.ident = self.one.get("responseIdentifier", "RESPONSE")
        self.feedback = Feedback(element, self.one, self.processing)

    def item(self) -> Item:
        """The item as understood."""
        kind, options, groups = self._understood()
        words = [WORDS_OF_TRUTH.get(option.text.strip().lower(), "") for option in options]
        if kind is Kind.SINGLE and sorted(words) == sorted(set(WORDS_OF_TRUTH.values())):
            kind, options = Kind.TRUE_FALSE, tuple(replace(o, text=w) for o, w in zip(options, words, strict=True))
        general = self._told(self.feedback.general([option.id for option in options]))
        self._note()
        stem = self._stem()
        return Item(
            kind,
            stem,
            options,
            title=" ".join(self.element.get("title", "").split()),
            ident=self.element.get("label") or self.element.get("identifier", ""),
            general_feedback=general,
            combined=self._combined(),
            groups=groups,
            category="".join(self.processing.default(CATEGORY)),
            tags=self.processing.default(TAGS),
            losses=self.notes.all,
            picture=self.shown.picture,
            alt=self.shown.alt,
        )

    def _note(self) -> None:
        self.notes.add(*(NO_RULE.format(name) for name in sorted(self.processing.unknown)))
        found = {each.tag for each in self.element.iter(etree.Element)}
        told = {
            RUBRIC: "rubricBlock" in found,
            TEMPLATE: "templateDeclaration" in found,
            STIMULUS: "assessmentStimulusRef" in found,
        }
        self.notes.add(*(sentence for sentence, is_so in told.items() if is_so))

    def _understood(self) -> tuple[Kind, tuple[Choice, ...], tuple[str, ...]]:
        if not self.interactions:
            return Kind.DESCRIPTION, (), ()
        if len(self.interactions) > 1:
            self.notes.add(SEVERAL)
            return Kind.UNKNOWN, (), ()
        name = str(self.one.tag).removesuffix("Interaction")
        sides = {"match": self._match_sides, "associate": self._associate_sides, "gapMatch": self._gap_sides}
        if name in ("choice", "inlineChoice"):
            return self._chosen()
        if name in sides:
            return self._put(*sides[name]())
        if name == "order":
            return Kind.ORDER, self._ordered(), ()
        if name == "textEntry":
            return self._typed()
        if name == "extendedText":
            return Kind.ESSAY, (), ()
        self.notes.add(NO_INTERACTION.format(name))
        return Kind.UNKNOWN, (), ()

    def _choices(self, *names: str) -> dict[str, str]:
        """The choices of the interaction with their texts, by their id."""
        return {
            each.get("identifier", ""): self._inner(each)
            for each in self.one.iter(etree.Element)
            if each.tag in names
        }

    def _chosen(self) -> tuple[Kind, tuple[Choice, ...], tuple[str, ...]]:
        choices = self._choices("simpleChoice", "inlineChoice")
        is_single = self.processing.cardinality(self.ident) == "single"
        key = frozenset(self.processing.correct(self.ident)) & choices.keys()
        worth = scoring.fractions(list(choices), self._score, is_single=is_single, key=frozenset(key))
        if not any(each > 0 for each in worth.values()):
            self.notes.add(NO_KEY)
        options = tuple(Choice(text, worth[each], self._feedback(each), id=each) for each, text in choices.items())
        return (Kind.SINGLE if is_single else Kind.MULTIPLE), options, ()

    def _match_sides(self) -> tuple[dict[str, str], dict[str, str]]:
        sets = [*children(self.one, "simpleMatchSet"), etree.Element("none"), etree.Element("none")][:2]
        one, other = (
            {each.get("identifier", ""): self._inner(each) for each in children(side, "simpleAssociableChoice")}
            for side in sets
        )
        return one, other

    def _associate_sides(self) -> tuple[dict[str, str], dict[str, str]]:
        choices = self._choices("simpleAssociableChoice")
        first = [pair.split()[0] for pair in self._key_pairs() if pair.split()]
        return (
            {each: text for each, text in choices.items() if each in first},
            {each: text for each, text in choices.items() if each not in first},
        )

    def _gap_sides(self) -> tuple[dict[str, str], dict[str, str]]:
        """The gaps are what gets a partner: they stand for themselves by their number."""
        gaps = [each.get("identifier", "") for each in self.one.iter("gap")]
        return {each: f"({number})" for number, each in enumerate(gaps, 1)}, self._choices("gapText", "gapImg")

    def _key_pairs(self) -> Sequence[str]:
        mapped = self.processing.mapped(self.ident)
        return self.processing.correct(self.ident) or [pair for pair, worth in mapped.items() if worth > 0]

    def _put(self, side: dict[str, str], other: dict[str, str]) -> tuple[Kind, tuple[Choice, ...], tuple[str, ...]]:
        partner: dict[str, str] = {}
        for pair in self._key_pairs():
            ends = pair.split()
            one = next((each for each in ends if each in side), "")
            two = next((each for each in ends if each in other), "")
            if one in partner:
                self.notes.add(TWO_PARTNERS)
            elif one and two:
                partner[one] = two
        if set(partner) != set(side):
            self.notes.add(NO_KEY)
        options = tuple(
            Choice(text, 100.0, self._own_feedback(each), group=other.get(partner.get(each, ""), ""), id=each)
            for each, text in side.items()
        )
        counts = Counter(option.group for option in options)
        kind = Kind.CLASSIFY if any(count > 1 for count in counts.values()) else Kind.MATCH
        return kind, options, tuple(dict.fromkeys(other.values()))

    def _ordered(self) -> tuple[Choice, ...]:
        choices = self._choices("simpleChoice")
        order = [each for each in self.processing.correct(self.ident) if each in choices]
        if set(order) != set(choices):
            self.notes.add(NO_KEY)
        order += [each for each in choices if each not in order]
        return tuple(Choice(choices[each], 100.0, self._own_feedback(each), id=each) for each in order)

    def _typed(self) -> tuple[Kind, tuple[Choice, ...], tuple[str, ...]]:
        is_number = self.processing.base_type(self.ident) in ("float", "integer")
        widths = dict(self._tested())
        words = dict.fromkeys([*widths, *self.processing.correct(self.ident), *self.processing.mapped(self.ident)])
        if not words:
            self.notes.add(NO_KEY)
        scores = {word: self._score(frozenset({word})) for word in words}
        most = max(scores.values(), default=0.0)
        options = tuple(
            self._word(word, score / most * 100 if most > 0 else 0.0, widths.get(word, Decimal(0)), is_number)
            for word, score in scores.items()
        )
        return (Kind.NUMERIC if is_number else Kind.SHORT_ANSWER), options, ()

    def _word(self, word: str, fraction: float, width: Decimal, is_number: bool) -> Choice:
        number = number_of(word) if is_number else None
        text = told_number(number) if number is not None else word
        return Choice(text, round(fraction, 5), self._feedback(word), told_number(width) if width else "")

    def _tested(self) -> Iterator[tuple[str, Decimal]]:
        """The values that rules compare the response with, and how far off it may be."""
        rules = [] if self.processing.rules is None else self.processing.rules.iter("equal", "stringMatch", "match")
        for test in rules:
            right = self.processing.correct(self.ident)[:1] if child(test, "correct") is not None else ()
            given = ["".join(each.itertext()).strip() for each in children(test, "baseValue")]
            is_ours = any(each.get("identifier") == self.ident for each in children(test, "variable"))
            for value in [*right, *given] if is_ours else []:
                yield value, self._width(test, value)

    def _width(self, test: etree._Element, value: str) -> Decimal:
        width = number_of((test.get("tolerance", "").split() or ["0"])[0]) or Decimal(0)
        if test.get("toleranceMode") == "relative":
            return abs(number_of(value) or Decimal(0)) * width / 100
        return width if test.get("toleranceMode") == "absolute" else Decimal(0)

    def _score(self, answer: frozenset[str]) -> float:
        return self.processing.score({self.ident: sorted(answer)})

    def _feedback(self, ident: str) -> str:
        return self._told(self.feedback.after(ident))

    def _own_feedback(self, ident: str) -> str:
        return self._told(self.feedback.of_thing(ident))

    def _combined(self) -> tuple[str, str, str]:
        right, partial, wrong = (self._told(self.feedback.at(place)) for place in range(3))
        return right, partial, wrong

    def _told(self, feedbacks: list[etree._Element]) -> str:
        told = [self._inner(each) for each in feedbacks]
        return "\n\n".join(dict.fromkeys(text for text in told if text))

    def _inner(self, element: etree._Element) -> str:
        """What stands inside an element as Markdown, without feedback inside it."""
        return self._markdown(without(element, {*FEEDBACKS} if element.tag not in FEEDBACKS else set()))

    def _stem(self) -> str:
        stem = stem_of(self.body)
        self.shown.out_of_element(stem, self.notes)
        return self._markdown(as_plain_blocks(stem))

    def _markdown(self, element: etree._Element) -> str:
        return texts.from_element(element, self.notes)
