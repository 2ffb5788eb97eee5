"""Questions as items of QTI 2.1, 2.2 and 3.0; pure. Built in the words of 2.x, then said in those of the version.

What an item has no place for (tags, category) stands in outcomes of its own, which other systems pass over.
"""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from elearn.content.formats import markdown, outcomes, pictures
from elearn.content.formats.neutral import (
    ANY,
    FALSE,
    TRUE,
    Choice,
    Item,
    Kind,
    named,
    number_of,
    percent,
    told_number,
)
from elearn.content.formats.qti2 import CATEGORY, TAGS
from elearn.content.formats.qti2_names import Version, said_in

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,200}")
HTML = frozenset(
    {
        *("div", "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "blockquote"),
        *("code", "pre", "a", "table", "thead", "tbody", "tr", "th", "td", "img"),
    }
)
GENERAL = "umum"
ALL_POINTS = "0.999"
"""From which on all points count as reached: thirds do not add up to one."""


def unsaid(item: Item) -> Iterator[str]:
    """What QTI, of whichever version, has no place for."""
    if item.kind is Kind.UNKNOWN:
        yield "Soal yang tidak dipahami ditulis sebagai keterangan."
    if any(option.text == ANY and option.feedback for option in item.options if item.kind is Kind.NUMERIC):
        yield "Umpan balik untuk jawaban lain tidak ditulis."
    if item.kind is Kind.NUMERIC and len({option.text for option in item.options}) < len(item.options):
        yield "Satu bilangan dengan beberapa toleransi menjadi satu jawaban."


def identifier(item: Item, number: int) -> str:
    """The name of an item inside its package."""
    return item.ident if IDENTIFIER.fullmatch(item.ident) else f"soal-{number}"


def element_of(item: Item, number: int, version: Version, address: str = "") -> etree._Element:
    """One question as the root of an item; its picture is at that address, or inside it."""
    return said_in(version, _Writing(item, number, version, address).element(), HTML)


class _Writing:
    """One item being written, in the words of 2.x."""

    def __init__(self, item: Item, number: int, version: Version, address: str) -> None:
        self.item, self.version, self.address = item, version, address
        self.root = etree.Element("assessmentItem", identifier=identifier(item, number))
        self.root.set("title", item.title or named(item, number))
        if item.ident:
            self.root.set("label", item.ident)
        self.root.set("adaptive", "false")
        self.root.set("timeDependent", "false")
        self.options = dict(self._named())
        self.body = etree.Element("itemBody")
        self.processing = etree.Element("responseProcessing")

    def element(self) -> etree._Element:
        """The whole item."""
        self._ask()
        self._outcome("SCORE", "single", "float", ("0",))
        self._outcome("FEEDBACK", "multiple", "identifier", ())
        self._outcome("GENERAL", "single", "identifier", ())
        if any(self.item.combined):
            self._outcome("COMBINED", "single", "identifier", ())
        if self.item.tags:
            self._outcome(TAGS, "multiple", "string", self.item.tags)
        if self.item.category:
            self._outcome(CATEGORY, "single", "string", (self.item.category,))
        self.root.append(self.body)
        if self.item.general_feedback:
            self._set(self.processing, "GENERAL", GENERAL, "identifier")
        self._tell_outcome()
        if len(self.processing) or self.processing.get("template"):
            self.root.append(self.processing)
        self._feedbacks()
        return self.root

    def _named(self) -> Iterator[tuple[str, Choice]]:
        """The options by ids that QTI allows."""
        ids = [option.id for option in self.item.options]
        is_sound = len(set(ids)) == len(ids) and all(IDENTIFIER.fullmatch(each) for each in ids)
        for place, option in enumerate(self.item.options, start=1):
            if not (self.item.kind is Kind.NUMERIC and option.text == ANY):
                yield (option.id if is_sound else f"p{place}"), option

    def _ask(self) -> None:
        """The body with its interaction, the declaration of the response and its processing."""
        _html(self.body, self.item.text)
        if self.item.picture:
            shown = pictures.tag(self.address or pictures.address_within(self.item.picture), self.item.alt)
            self.body.append(etree.fromstring(shown))
        asked: dict[Kind, Callable[[], None]] = {
            Kind.SINGLE: self._choice,
            Kind.TRUE_FALSE: self._choice,
            Kind.MULTIPLE: self._choice,
            Kind.ORDER: self._order,
            Kind.MATCH: self._match,
            Kind.CLASSIFY: self._match,
            Kind.NUMERIC: self._entry,
            Kind.SHORT_ANSWER: self._entry,
            Kind.ESSAY: self._essay,
        }
        asked.get(self.item.kind, lambda: None)()

    def _choice(self) -> None:
        is_single = self.item.kind is not Kind.MULTIPLE
        rights = [ident for ident, option in self.options.items() if option.is_right]
        declaration = self._response("single" if is_single else "multiple", "identifier", rights)
        is_plain = is_single and sorted({option.fraction for option in self.options.values()}) == [0, 100]
        if not (is_plain and len(rights) == 1):
            self._mapping(declaration, {ident: option.fraction for ident, option in self.options.items()})
        interaction = self._interaction("choiceInteraction", shuffle="true", maxChoices="1" if is_single else "0")
        self._choices(interaction, "simpleChoice", {ident: option.text for ident, option in self.options.items()})
        self._judge("match_correct" if declaration.find("mapping") is None else "map_response")
        if any(option.feedback for option in self.options.values()):
            rule = etree.SubElement(self.processing, "setOutcomeValue", identifier="FEEDBACK")
            kept = etree.SubElement(rule, "multiple") if is_single else rule
            etree.SubElement(kept, "variable", identifier="RESPONSE")

    def _order(self) -> None:
        self._response("ordered", "identifier", list(self.options))
        interaction = self._interaction("orderInteraction", shuffle="true")
        self._choices(interaction, "simpleChoice", {ident: option.text for ident, option in self.options.items()})
        self._judge("match_correct")
        self._show_all()

    def _match(self) -> None:
        groups = {group: f"k{place}" for place, group in enumerate(self.item.groups, start=1)}
        pairs = [
            f"{ident} {groups[option.group]}" for ident, option in self.options.items() if option.group in groups
        ]
        self._response("multiple", "directedPair", pairs)
        most = str(len(self.options))
        interaction = self._interaction("matchInteraction", shuffle="true", maxAssociations=most)
        side, other = (etree.SubElement(interaction, "simpleMatchSet") for _ in range(2))
        named = {ident: option.text for ident, option in self.options.items()}
        self._choices(side, "simpleAssociableChoice", named, matchMax="1")
        most_each = most if self.item.kind is Kind.CLASSIFY else "1"
        told = {place: group for group, place in groups.items()}
        self._choices(other, "simpleAssociableChoice", told, matchMax=most_each)
        self._judge("match_correct")
        self._show_all()

    def _entry(self) -> None:
        is_number = self.item.kind is Kind.NUMERIC
        rights = [self._plain(option) for option in self.options.values() if option.is_right][:1]
        self._response("single", "float" if is_number else "string", rights)
        paragraph = etree.SubElement(self.body, "p")
        etree.SubElement(paragraph, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="20")
        condition = etree.SubElement(self.processing, "responseCondition")
        for place, (ident, option) in enumerate(self.options.items()):
            branch = etree.SubElement(condition, "responseElseIf" if place else "responseIf")
            test = self._test(branch, option, is_number)
            etree.SubElement(test, "variable", identifier="RESPONSE")
            base = etree.SubElement(test, "baseValue", baseType="float" if is_number else "string")
            base.text = self._plain(option)
            self._set(branch, "SCORE", percent(option.fraction / 100), "float")
            if option.feedback:
                self._set(branch, "FEEDBACK", ident, "identifier", is_container=True)

    def _test(self, branch: etree._Element, option: Choice, is_number: bool) -> etree._Element:
        if not is_number:
            return etree.SubElement(branch, "stringMatch", caseSensitive="false")
        width = number_of(option.tolerance)
        if not width:
            return etree.SubElement(branch, "equal", toleranceMode="exact")
        told = told_number(width)
        return etree.SubElement(branch, "equal", toleranceMode="absolute", tolerance=f"{told} {told}")

    def _plain(self, option: Choice) -> str:
        number = number_of(option.text) if self.item.kind is Kind.NUMERIC else None
        return told_number(number) if number is not None else option.text

    def _essay(self) -> None:
        self._response("single", "string", [])
        self._interaction("extendedTextInteraction")

    def _response(self, cardinality: str, base_type: str, rights: list[str]) -> etree._Element:
        facts = {"identifier": "RESPONSE", "cardinality": cardinality, "baseType": base_type}
        declaration = etree.SubElement(self.root, "responseDeclaration", facts)
        if rights:
            _values(etree.SubElement(declaration, "correctResponse"), rights)
        return declaration

    def _mapping(self, declaration: etree._Element, worth: dict[str, float]) -> None:
        facts = {"lowerBound": "0", "upperBound": "1", "defaultValue": "0"}
        mapping = etree.SubElement(declaration, "mapping", facts)
        for ident, fraction in worth.items():
            told = f"{fraction / 100:.7f}".rstrip("0").rstrip(".")
            etree.SubElement(mapping, "mapEntry", mapKey=ident, mappedValue=told)

    def _outcome(self, ident: str, cardinality: str, base_type: str, values: tuple[str, ...]) -> None:
        facts = {"identifier": ident, "cardinality": cardinality, "baseType": base_type}
        declaration = etree.SubElement(self.root, "outcomeDeclaration", facts)
        if values:
            _values(etree.SubElement(declaration, "defaultValue"), values)

    def _interaction(self, name: str, **facts: str) -> etree._Element:
        return etree.SubElement(self.body, name, {"responseIdentifier": "RESPONSE", **facts})

    def _choices(self, parent: etree._Element, name: str, texts: dict[str, str], **facts: str) -> None:
        for ident, text in texts.items():
            choice = etree.SubElement(parent, name, {"identifier": ident, **facts})
            shown = {TRUE: "True", FALSE: "False"}.get(text, text) if self.item.kind is Kind.TRUE_FALSE else text
            _html(choice, shown, is_inline=True)

    def _judge(self, template: str) -> None:
        """The template alone where nothing else is to be done, else what it does."""
        item = self.item
        if not (item.general_feedback or any(item.combined) or any(option.feedback for option in item.options)):
            self.processing.set("template", self.version.templates.format(template))
            return
        if template == "map_response":
            rule = etree.SubElement(self.processing, "setOutcomeValue", identifier="SCORE")
            etree.SubElement(rule, "mapResponse", identifier="RESPONSE")
            return
        branch = etree.SubElement(etree.SubElement(self.processing, "responseCondition"), "responseIf")
        test = etree.SubElement(branch, "match")
        etree.SubElement(test, "variable", identifier="RESPONSE")
        etree.SubElement(test, "correct", identifier="RESPONSE")
        self._set(branch, "SCORE", "1", "float")

    def _tell_outcome(self) -> None:
        """Once the points are known: who has all of them, some, none."""
        said = dict(outcomes.told(self.item))
        if not said or not self.options:
            return
        condition = etree.SubElement(self.processing, "responseCondition")
        tests = (("gte", ALL_POINTS, outcomes.RIGHT), ("gt", "0", outcomes.PARTIAL), ("", "", outcomes.WRONG))
        for name, (test, bound, outcome) in zip(("responseIf", "responseElseIf", "responseElse"), tests, strict=True):
            branch = etree.SubElement(condition, name)
            if test:
                compared = etree.SubElement(branch, test)
                etree.SubElement(compared, "variable", identifier="SCORE")
                etree.SubElement(compared, "baseValue", baseType="float").text = bound
            if outcome in said:
                self._set(branch, "COMBINED", outcome, "identifier")

    def _show_all(self) -> None:
        """Each thing that was put explains itself, wherever it was put."""
        told = [ident for ident, option in self.options.items() if option.feedback]
        if told:
            rule = etree.SubElement(self.processing, "setOutcomeValue", identifier="FEEDBACK")
            container = etree.SubElement(rule, "multiple")
            for ident in told:
                etree.SubElement(container, "baseValue", baseType="identifier").text = ident

    def _set(
        self, parent: etree._Element, outcome: str, value: str, base_type: str, *, is_container: bool = False
    ) -> None:
        rule = etree.SubElement(parent, "setOutcomeValue", identifier=outcome)
        inner = etree.SubElement(rule, "multiple") if is_container else rule
        etree.SubElement(inner, "baseValue", baseType=base_type).text = value

    def _feedbacks(self) -> None:
        told = [("FEEDBACK", ident, option.feedback) for ident, option in self.options.items() if option.feedback]
        if self.item.general_feedback:
            told.append(("GENERAL", GENERAL, self.item.general_feedback))
        told += [("COMBINED", name, text) for name, text in outcomes.told(self.item)]
        for outcome, ident, text in told:
            facts = {"outcomeIdentifier": outcome, "identifier": ident, "showHide": "show"}
            feedback = etree.SubElement(self.root, "modalFeedback", facts)
            holder = etree.SubElement(feedback, "contentBody") if self.version.is_kebab else feedback
            _html(holder, text)


def _values(parent: etree._Element, values: list[str] | tuple[str, ...]) -> None:
    for value in values:
        etree.SubElement(parent, "value").text = value


def _html(parent: etree._Element, text: str, *, is_inline: bool = False) -> None:
    """Put a Markdown text into an element as XHTML."""
    html = markdown.rendered(text)
    inner = html.removeprefix("<p>").removesuffix("</p>")
    is_line = is_inline and html.startswith("<p>") and "<p>" not in inner and html.endswith("</p>")
    found = etree.fromstring(f"<x>{inner if is_line else html}</x>")
    parent.text = found.text
    parent.extend(list(found))
