"""Elements of XML: found by their local name, told as text, taken out; pure."""

from collections.abc import Container, Iterator
from copy import deepcopy

from lxml import etree


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that local name."""
    return (each for each in element if etree.QName(each).localname == name)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that local name."""
    return next(children(element, name), None)


def text_in(element: etree._Element | None) -> str:
    """All text inside an element; empty for none."""
    return "" if element is None else "".join(element.itertext())


def without(element: etree._Element, names: Container[str]) -> etree._Element:
    """A copy of an element without the elements of these names inside it."""
    copy = deepcopy(element)
    copy.tail = None
    for each in [each for each in copy.iter(etree.Element) if each.tag in names and each is not copy]:
        put_in_place(each, "")
    return copy


def put_in_place(element: etree._Element, text: str) -> None:
    """Put a text in the place of an element; what follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    told = f"{text}{element.tail or ''}"
    if before is not None:
        before.tail = f"{before.tail or ''}{told}"
    else:
        parent.text = f"{parent.text or ''}{told}"
    parent.remove(element)
