"""Questions as QTI 1.2; pure. Every option brings its own share of the points and its own feedback."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TypeAlias

from lxml import etree

from elearn.content.formats import outcomes, pictures, qti12_outcomes, texts
from elearn.content.formats.neutral import (
    ANY,
    PUT,
    Bank,
    Choice,
    Item,
    Kind,
    Written,
    losses_of,
    named,
    number_of,
    percent,
    told_number,
)
from elearn.content.formats.qti2_writing import unsaid
from elearn.content.formats.qti12 import TAG_LABEL
from elearn.content.modules import Picture

CARDINALITY = {Kind.MULTIPLE: "Multiple", Kind.ORDER: "Ordered"}
GENERAL = "umum"
Named: TypeAlias = list[tuple[str, Choice]]
"""The options of an item, each by its id."""


def write(bank: Bank, places: Mapping[Picture, str] | None = None) -> Written:
    """The questions as one `<questestinterop>`, a section for each category, with what it does not say.

    Pictures are at these places in a package, else they stand inside their questions.
    """
    root = etree.Element("questestinterop")
    assessment = etree.SubElement(root, "assessment", ident="elearn", title="Bank soal")
    losses, number = [], 0
    for place, (category, items) in enumerate(groupby(bank.items, key=lambda item: item.category), start=1):
        section = etree.SubElement(assessment, "section", ident=f"bagian-{place}", title=category)
        for item in items:
            number += 1
            section.append(element_of(item, number, (places or {}).get(item.picture, "") if item.picture else ""))
            losses += losses_of(item, number, (*item.losses, *unsaid(item)))
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Written(content, "application/xml", ".xml", tuple(losses))


def element_of(item: Item, number: int, address: str = "") -> etree._Element:
    """One question as an `<item>`; its picture is at that address, or inside it."""
    element = etree.Element("item", ident=item.ident or f"soal-{number}", title=item.title or named(item, number))
    fields = etree.SubElement(etree.SubElement(element, "itemmetadata"), "qtimetadata")
    for label, entry in (("elearn_kind", item.kind.value), *((TAG_LABEL, tag) for tag in item.tags)):
        field = etree.SubElement(fields, "qtimetadatafield")
        etree.SubElement(field, "fieldlabel").text = label
        etree.SubElement(field, "fieldentry").text = entry
    presentation = etree.SubElement(element, "presentation")
    shown = pictures.tag(address or pictures.address_within(item.picture), item.alt) if item.picture else ""
    _material(presentation, item.text, shown)
    processing = etree.Element("resprocessing")
    outcomes = etree.SubElement(processing, "outcomes")
    etree.SubElement(outcomes, "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
    options = list(_named(item))
    _ASKED.get(item.kind, _nothing)(presentation, processing, item, options)
    if item.general_feedback:
        _condition(processing, GENERAL, [etree.Element("other")], "0")
    for name, test in qti12_outcomes.conditions(item, options, _test_of(item)):
        _condition(processing, name, [test], "0")
    if len(processing) > 1:
        element.append(processing)
    _feedbacks(element, item, options)
    return element


def _named(item: Item) -> Iterator[tuple[str, Choice]]:
    """The options that can be written, each with an id of its own."""
    taken = [option.id for option in item.options]
    is_sound = all(taken) and len(set(taken)) == len(taken)
    for place, option in enumerate(item.options, start=1):
        if not (item.kind is Kind.NUMERIC and option.text == ANY):
            yield (option.id if is_sound else f"p{place}"), option


def _nothing(presentation: etree._Element, processing: etree._Element, item: Item, options: Named) -> None:
    if item.kind is Kind.ESSAY:
        response = etree.SubElement(presentation, "response_str", ident="RESPONSE", rcardinality="Single")
        etree.SubElement(response, "render_fib", rows="10")


def _choice(presentation: etree._Element, processing: etree._Element, item: Item, options: Named) -> None:
    cardinality = CARDINALITY.get(item.kind, "Single")
    response = etree.SubElement(presentation, "response_lid", ident="RESPONSE", rcardinality=cardinality)
    render = etree.SubElement(response, "render_choice", shuffle="Yes")
    action = "Add" if item.kind is Kind.MULTIPLE else "Set"
    for ident, option in options:
        _material(etree.SubElement(render, "response_label", ident=ident), option.text)
        if item.kind is not Kind.ORDER and (option.fraction or option.feedback):
            _condition(
                processing, ident if option.feedback else "", [_equal(ident)], percent(option.fraction), action
            )
    if item.kind is Kind.ORDER:
        _order(processing, options)


def _order(processing: etree._Element, options: list[tuple[str, Choice]]) -> None:
    whole = etree.Element("and")
    for place, (ident, _) in enumerate(options, start=1):
        test = _equal(ident)
        test.set("index", str(place))
        whole.append(test)
    _condition(processing, "", [whole], "100")
    for ident, option in options:
        if option.feedback:
            _condition(processing, ident, [_equal(ident)], "0", "Add")


def _put(presentation: etree._Element, processing: etree._Element, item: Item, options: Named) -> None:
    groups = {group: f"k{place}" for place, group in enumerate(item.groups, start=1)}
    for ident, option in options:
        response = etree.SubElement(presentation, "response_lid", ident=ident, rcardinality="Single")
        _material(response, option.text)
        render = etree.SubElement(response, "render_choice", shuffle="Yes")
        for group, group_id in groups.items():
            _material(etree.SubElement(render, "response_label", ident=group_id), group)
        test = _equal(groups.get(option.group, ""), ident)
        _condition(processing, ident if option.feedback else "", [test], percent(100 / len(options)), "Add")


def _typed(presentation: etree._Element, processing: etree._Element, item: Item, options: Named) -> None:
    is_number = item.kind is Kind.NUMERIC
    name = "response_num" if is_number else "response_str"
    response = etree.SubElement(presentation, name, ident="RESPONSE", rcardinality="Single")
    etree.SubElement(response, "render_fib", fibtype="Decimal" if is_number else "String", rows="1")
    for ident, option in options:
        tests = _range(option) if is_number else [_equal(option.text)]
        if not is_number:
            tests[0].set("case", "No")
        _condition(processing, ident if option.feedback else "", tests, percent(option.fraction))


def _range(option: Choice) -> list[etree._Element]:
    number, width = number_of(option.text), number_of(option.tolerance)
    if number is None or not width:
        return [_equal(told_number(number) if number is not None else option.text)]
    found = []
    for name, bound in (("vargte", number - width), ("varlte", number + width)):
        test = etree.Element(name, respident="RESPONSE")
        test.text = told_number(bound)
        found.append(test)
    return found


_ASKED = {
    **dict.fromkeys((Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.ORDER), _choice),
    **dict.fromkeys(PUT, _put),
    **dict.fromkeys((Kind.NUMERIC, Kind.SHORT_ANSWER), _typed),
}


def _test_of(item: Item) -> qti12_outcomes.Test:
    """How an answer is found to mean an option."""
    places = {id(option): place for place, option in enumerate(item.options, start=1)}
    groups = {group: f"k{place}" for place, group in enumerate(item.groups, start=1)}

    def test(ident: str, option: Choice) -> list[etree._Element]:
        if item.kind is Kind.NUMERIC:
            return _range(option)
        if item.kind in PUT:
            return [_equal(groups.get(option.group, ""), ident)]
        found = _equal(option.text if item.kind is Kind.SHORT_ANSWER else ident)
        if item.kind is Kind.ORDER:
            found.set("index", str(places[id(option)]))
        if item.kind is Kind.SHORT_ANSWER:
            found.set("case", "No")
        return [found]

    return test


def _equal(text: str, response: str = "RESPONSE") -> etree._Element:
    test = etree.Element("varequal", respident=response)
    test.text = text
    return test


def _condition(
    processing: etree._Element, feedback: str, tests: list[etree._Element], worth: str, action: str = "Set"
) -> None:
    """One condition; one that is worth nothing leaves the points as they are."""
    condition = etree.SubElement(processing, "respcondition")
    condition.set("continue", "Yes")
    etree.SubElement(condition, "conditionvar").extend(tests)
    if worth != "0":
        etree.SubElement(condition, "setvar", varname="SCORE", action=action).text = worth
    if feedback:
        etree.SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=f"{feedback}_fb")


def _feedbacks(element: etree._Element, item: Item, options: list[tuple[str, Choice]]) -> None:
    told = [(ident, option.feedback) for ident, option in options if option.feedback]
    told += outcomes.told(item)
    for ident, text in [*told, *([(GENERAL, item.general_feedback)] if item.general_feedback else [])]:
        feedback = etree.SubElement(element, "itemfeedback", ident=f"{ident}_fb")
        _material(etree.SubElement(feedback, "flow_mat"), text)


def _material(parent: etree._Element, text: str, shown: str = "") -> None:
    told = etree.SubElement(etree.SubElement(parent, "material"), "mattext", texttype="text/html")
    html = f"{texts.to_html(text)}{shown}"
    told.text = etree.CDATA(html) if "<" in html and "]]>" not in html else html
