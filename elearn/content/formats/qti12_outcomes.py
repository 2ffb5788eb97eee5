"""When an answer is right, partly right and wrong, as conditions of QTI 1.2; pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from lxml import etree

from elearn.content.formats import outcomes
from elearn.content.formats.neutral import PUT, Choice, Item, Kind

Tests: TypeAlias = list[etree._Element]
Test: TypeAlias = Callable[[str, Choice], Tests]
"""The tests, all to be met, that an answer means this option."""


def conditions(item: Item, options: Sequence[tuple[str, Choice]], test: Test) -> Iterator[tuple[str, etree._Element]]:
    """The feedback for each outcome that says something, and when it is shown."""
    said = dict(outcomes.told(item))
    if not options:
        return
    for name, made in ((outcomes.RIGHT, _right), (outcomes.PARTIAL, _partial), (outcomes.WRONG, _wrong)):
        if name in said:
            yield name, made(item, options, test)


def _right(item: Item, options: Sequence[tuple[str, Choice]], test: Test) -> etree._Element:
    if item.kind in (*PUT, Kind.ORDER):
        return _of("and", [each for ident, option in options for each in test(ident, option)])
    if item.kind is Kind.MULTIPLE:
        rights = [each for ident, option in options if option.is_right for each in test(ident, option)]
        wrongs = [_of("not", test(ident, option)) for ident, option in options if not option.is_right]
        return _of("and", [*rights, *wrongs])
    return _any([test(ident, option) for ident, option in options if option.fraction >= 100])


def _partial(item: Item, options: Sequence[tuple[str, Choice]], test: Test) -> etree._Element:
    return _of("and", [_some(item, options, test), _of("not", [_right(item, options, test)])])


def _wrong(item: Item, options: Sequence[tuple[str, Choice]], test: Test) -> etree._Element:
    return _of("not", [_some(item, options, test)])


def _some(item: Item, options: Sequence[tuple[str, Choice]], test: Test) -> etree._Element:
    """That something of the answer is right."""
    return _any([test(ident, option) for ident, option in options if option.is_right])


def _any(tests: list[Tests]) -> etree._Element:
    return _of("or", [each[0] if len(each) == 1 else _of("and", each) for each in tests])


def _of(name: str, tests: Tests) -> etree._Element:
    element = etree.Element(name)
    element.extend(tests)
    return element
