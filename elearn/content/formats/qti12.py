"""QTI 1.2 (IMS ASI, also as Canvas and its kin write it), as it comes in; pure.

What an option earns and which feedback it brings is found by running the item's response processing on it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial

from lxml import etree

from elearn.content.formats import outcomes, scoring
from elearn.content.formats.elements import child, children, text_in
from elearn.content.formats.neutral import (
    PUT,
    WORDS_OF_TRUTH,
    Bank,
    Choice,
    Item,
    Kind,
    Notes,
    UnreadableQuestions,
    bounded,
    number_of,
    told_number,
)
from elearn.content.formats.opening import xml_of
from elearn.content.formats.pictures import Fetch, Shown, nothing
from elearn.content.formats.qti12_materials import Materials
from elearn.content.formats.qti12_processing import Processing
from elearn.core.speech import say

RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
TAG_LABEL = "elearn_tag"

HINT = "Petunjuk (hint) tidak ikut."
NO_RESPONSE = "Cara menjawab soal ini ({}) tidak dipahami; hanya teksnya yang terbaca."
SEVERAL = "Soal dengan beberapa isian tidak dapat dibawa; hanya teksnya yang terbaca."
NO_KEY = "Kunci jawaban tidak ditemukan di dalam berkas."
NO_RULE = "Aturan penilaian “{}” tidak dipahami."


def read(content: bytes) -> Bank:
    """The items of a QTI 1.2 file; UnreadableQuestions for any other file."""
    root, losses = xml_of(content)
    return read_root(root, losses)


def read_root(root: etree._Element, losses: tuple[str, ...] = (), fetch: Fetch = nothing) -> Bank:
    """The items below `<questestinterop>`, category by category, their pictures fetched so."""
    if etree.QName(root).localname != "questestinterop":
        raise UnreadableQuestions(say("XML ini bukan QTI 1.2: unsur pertamanya bukan <questestinterop>."))
    return Bank(bounded(_items(root, "", fetch)), losses)


def _items(element: etree._Element, category: str, fetch: Fetch) -> Iterator[Item]:
    for each in element:
        name = etree.QName(each).localname
        if name == "item":
            yield replace(_Reading(each, fetch).item(), category=category)
        elif name in ("assessment", "objectbank", "section"):
            title = " ".join(each.get("title", "").split()) if name == "section" else ""
            inner = "/".join(part for part in (category, title) if part)
            yield from _items(each, inner, fetch)


@dataclass(frozen=True, slots=True)
class Response:
    """One thing to answer: its id, how many answers it takes, its labels with their texts."""

    ident: str
    element: etree._Element
    cardinality: str
    labels: dict[str, str]
    stem: str

    @property
    def name(self) -> str:
        """What kind of response it is."""
        return str(etree.QName(self.element).localname)


class _Reading:
    """One item being read."""

    def __init__(self, element: etree._Element, fetch: Fetch) -> None:
        self.element, self.notes, self.shown = element, Notes(), Shown(fetch)
        self.materials = Materials(self.notes)
        presentation = child(element, "presentation")
        self.presentation = etree.Element("presentation") if presentation is None else presentation
        self.processing = Processing([*children(element, "resprocessing")])
        self.responses = [self._response(each) for each in self._found(self.presentation)]
        self.processing.singles = {each.ident for each in self.responses if each.cardinality in ("", "single")}
        self.always = self._shown_always()

    def item(self) -> Item:
        """The item as understood."""
        kind, options, groups = self._understood()
        self.notes.add(*(NO_RULE.format(name) for name in sorted(self.processing.unknown)))
        if any(True for _ in self.element.iter("{*}hint")):
            self.notes.add(HINT)
        text = "\n\n".join(part for part in (self._stem(), *self._inner_stems(kind)) if part)
        return Item(
            kind,
            text,
            options,
            title=" ".join(self.element.get("title", "").split()),
            ident=self.element.get("ident", ""),
            general_feedback=self._general(),
            combined=self._combined(),
            groups=groups,
            tags=tuple(value for label, value in self._metadata() if label == TAG_LABEL and value),
            losses=self.notes.all,
            picture=self.shown.picture,
            alt=self.shown.alt,
        )

    def _understood(self) -> tuple[Kind, tuple[Choice, ...], tuple[str, ...]]:
        names = {response.name for response in self.responses}
        if not self.responses:
            return Kind.DESCRIPTION, (), ()
        if names == {"response_lid"}:
            return self._chosen()
        if len(self.responses) == 1 and names <= {"response_str", "response_num"}:
            return self._typed(self.responses[0])
        self.notes.add(SEVERAL if names <= {"response_str", "response_num"} else NO_RESPONSE.format(", ".join(names)))
        return Kind.UNKNOWN, (), ()

    def _chosen(self) -> tuple[Kind, tuple[Choice, ...], tuple[str, ...]]:
        if len(self.responses) > 1:
            return self._put()
        response = self.responses[0]
        if response.cardinality == "ordered":
            return Kind.ORDER, self._ordered(response), ()
        is_single = response.cardinality != "multiple"
        ids = list(response.labels)
        hints = [each for each in self.processing.answers(response.ident) if each <= set(ids)]
        score = partial(self._score, response)
        worth = scoring.fractions(ids, score, is_single=is_single, hints=[] if is_single else hints)
        if not any(each > 0 for each in worth.values()):
            self.notes.add(NO_KEY)
        told = tuple(
            Choice(response.labels[each], worth[each], self._feedback(response, each), id=each) for each in ids
        )
        words = [WORDS_OF_TRUTH.get(option.text.strip().lower(), "") for option in told]
        if is_single and sorted(words) == sorted(set(WORDS_OF_TRUTH.values())):
            return Kind.TRUE_FALSE, tuple(replace(one, text=word) for one, word in zip(told, words, strict=True)), ()
        return (Kind.SINGLE if is_single else Kind.MULTIPLE), told, ()

    def _put(self) -> tuple[Kind, tuple[Choice, ...], tuple[str, ...]]:
        """Several responses that offer the same labels: things to match."""
        offers = [list(response.labels.values()) for response in self.responses]
        if any(sorted(offer) != sorted(offers[0]) for offer in offers):
            self.notes.add(SEVERAL)
            return Kind.UNKNOWN, (), ()
        options = tuple(self._placed(response) for response in self.responses)
        used = Counter(option.group for option in options)
        kind = Kind.CLASSIFY if any(count > 1 for count in used.values()) else Kind.MATCH
        return kind, options, tuple(dict.fromkeys(offers[0]))

    def _placed(self, response: Response) -> Choice:
        worth = {each: self._score(response, frozenset({each})) for each in response.labels}
        best = max(worth, key=lambda each: worth[each], default="")
        if worth.get(best, 0.0) <= 0:
            self.notes.add(NO_KEY)
            best = ""
        feedback = self._feedback(response, best) if best else ""
        return Choice(response.stem, 100.0, feedback, group=response.labels.get(best, ""), id=response.ident)

    def _ordered(self, response: Response) -> tuple[Choice, ...]:
        order = self.processing.order(response.ident)
        if set(order) != set(response.labels):
            self.notes.add(NO_KEY)
            order = [*order, *(each for each in response.labels if each not in order)]
        return tuple(
            Choice(response.labels[each], 100.0, self._feedback(response, each), id=each)
            for each in order
            if each in response.labels
        )

    def _typed(self, response: Response) -> tuple[Kind, tuple[Choice, ...], tuple[str, ...]]:
        fib = next(iter(response.element.iter("{*}render_fib")), None)
        fibtype = "" if fib is None else fib.get("fibtype", "").lower()
        ranges, words = self.processing.numbers(response.ident), self.processing.words(response.ident)
        is_number = response.name == "response_num" or fibtype in ("integer", "decimal", "scientific") or bool(ranges)
        if not ranges and not words:
            return Kind.ESSAY, (), ()
        if is_number:
            given = dict(ranges)
            given |= {
                number: given.get(number, Decimal(0)) for word in words if (number := number_of(word)) is not None
            }
            return Kind.NUMERIC, tuple(self._number(response, one, width) for one, width in given.items()), ()
        return Kind.SHORT_ANSWER, tuple(self._word(response, word) for word in words), ()

    def _number(self, response: Response, number: Decimal, width: Decimal) -> Choice:
        text = told_number(number)
        tolerance = told_number(width) if width else ""
        return Choice(text, self._worth(response, text), self._feedback(response, text), tolerance)

    def _word(self, response: Response, word: str) -> Choice:
        return Choice(word, self._worth(response, word), self._feedback(response, word))

    def _worth(self, response: Response, text: str) -> float:
        most = self.processing.most or max(self._score(response, frozenset({text})), 1e-9)
        return round(self._score(response, frozenset({text})) / most * 100, 5)

    def _score(self, response: Response, answer: frozenset[str]) -> float:
        return self.processing.run({response.ident: answer})[0]

    def _feedback(self, response: Response, answer: str) -> str:
        shown = self.processing.run({response.ident: frozenset({answer})})[1]
        return self._told_feedback([each for each in shown if each not in self.always])

    def _shown_always(self) -> list[str]:
        """The feedback that is shown whatever is answered."""
        answers = [(each.ident, label) for each in self.responses for label in [*each.labels][:30]]
        shown = [set(self.processing.run({ident: frozenset({label})})[1]) for ident, label in answers]
        always = [each for each in self.processing.run({})[1] if all(each in one for one in shown)]
        return [each for each in always if each in self._feedbacks]

    def _general(self) -> str:
        solution = "\n\n".join(self.materials.all_in(each) for each in self.element.iter("{*}solution"))
        known = self.processing.linked
        shown = self.always or [each for each in self._feedbacks if each not in known]
        return "\n\n".join(part for part in (self._told_feedback(shown), solution) if part)

    @cached_property
    def _told_by_outcome(self) -> dict[str, int]:
        """Which of the feedbacks are for an outcome, by their name."""
        options = {label for each in self.responses for label in (*each.labels, each.ident)}
        idents = [each.get("ident", "") for each in children(self.element, "itemfeedback")]
        return {each: place for each in idents if (place := outcomes.place_of(each, options)) is not None}

    def _combined(self) -> tuple[str, str, str]:
        found = [""] * 3
        for each in children(self.element, "itemfeedback"):
            place = self._told_by_outcome.get(each.get("ident", ""))
            if place is not None:
                found[place] = "\n\n".join(part for part in (found[place], self.materials.all_in(each)) if part)
        return found[0], found[1], found[2]

    @cached_property
    def _feedbacks(self) -> dict[str, etree._Element]:
        named = {each.get("ident", ""): each for each in children(self.element, "itemfeedback")}
        return {ident: each for ident, each in named.items() if ident not in self._told_by_outcome}

    def _told_feedback(self, idents: list[str]) -> str:
        known = self._feedbacks
        told = [self.materials.all_in(known[each]) for each in dict.fromkeys(idents) if each in known]
        return "\n\n".join(part for part in told if part)

    def _found(self, element: etree._Element) -> Iterator[etree._Element]:
        return (each for each in element.iter() if etree.QName(each).localname in RESPONSES)

    def _response(self, element: etree._Element) -> Response:
        labels = {each.get("ident", ""): self.materials.all_in(each) for each in element.iter("{*}response_label")}
        is_choice = any(True for _ in element.iter("{*}render_choice")) or bool(labels)
        cardinality = element.get("rcardinality", "Single").lower() if is_choice else ""
        return Response(element.get("ident", ""), element, cardinality, labels, self.materials.own(element))

    def _stem(self) -> str:
        return self.materials.own(self.presentation, self.shown)

    def _inner_stems(self, kind: Kind) -> list[str]:
        """What stands inside a single response before its labels belongs to the question."""
        return [] if kind in PUT else [response.stem for response in self.responses]

    def _metadata(self) -> Iterator[tuple[str, str]]:
        for each in self.element.iter("{*}qtimetadatafield"):
            yield text_in(child(each, "fieldlabel")).strip(), text_in(child(each, "fieldentry")).strip()
