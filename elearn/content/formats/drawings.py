"""Somebody else's SVG written as drawings of ours are written; pure.

What does not show is dropped: metadata, titles, data of editors. Style is said in attributes, ids get our names. All
else stays, so that the check of our own drawings refuses what it must.
"""

import re
from collections.abc import Iterator

from lxml import etree

from elearn.content.checks.pictures import MOST_BYTES, PAINT, SVG, VIEW_BOX, faults
from elearn.content.formats import opening
from elearn.content.formats.neutral import UnreadableQuestions
from elearn.content.modules import Picture

MOST_READ = 60_000
MOST_ELEMENTS = 2_000
SILENT = {"title", "desc", "metadata", "namedview"}
SILENT_FACTS = {"version", "class", "role", "baseProfile", "preserveAspectRatio", "space", "focusable"}
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")
REFERENCE = re.compile(r"""url\(\s*['"]?#([^'")\s]+)['"]?\s*\)""")

NO_SVG = "berkasnya bukan SVG."
TOO_LARGE = f"SVG-nya lebih besar dari {MOST_READ // 1000} kB."
TOO_MANY = f"SVG-nya memuat lebih dari {MOST_ELEMENTS} unsur."


def sound(content: bytes, ident: str) -> str:
    """The drawing under that name, as it is where it is sound already; UnreadableQuestions for what is no drawing."""
    if len(content) > MOST_READ:
        raise UnreadableQuestions(TOO_LARGE)
    if len(content) <= MOST_BYTES:
        text = content.decode("utf-8", "replace").strip()
        if not faults(Picture(ident, text), ()):
            return text
    root, _ = opening.xml_of(content)
    if etree.QName(root).localname != "svg":
        raise UnreadableQuestions(NO_SVG)
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise UnreadableQuestions(TOO_MANY)
    return _Writing(root, ident).text()


class _Writing:
    """One drawing being written anew."""

    def __init__(self, root: etree._Element, ident: str) -> None:
        self.root = root
        used = dict.fromkeys(REFERENCE.findall(" ".join(value for each in root.iter() for value in each.values())))
        self.names = {name: f"{ident}-{place}" for place, name in enumerate(used, start=1)}

    def text(self) -> str:
        """The whole drawing."""
        made = self._made(self.root)
        if not VIEW_BOX.fullmatch(made.get("viewBox", "")):
            sides = [LENGTH.fullmatch(made.get(side, "")) for side in ("width", "height")]
            if all(sides):
                made.set("viewBox", " ".join(["0 0", *(found[1] for found in sides if found)]))
        for side in ("width", "height", "x", "y"):
            made.attrib.pop(side, None)
        return str(etree.tostring(made, encoding="unicode"))

    def _made(self, element: etree._Element) -> etree._Element:
        made = etree.Element(f"{{{SVG}}}{etree.QName(element).localname}", nsmap={None: SVG})
        for name, value in self._facts(element):
            made.set(name, value)
        made.text = (element.text or "").strip() or None
        for each in element.iterchildren(etree.Element):
            if not _is_silent(each):
                made.append(self._made(each))
            if (each.tail or "").strip():
                made.text = f"{made.text or ''}{each.tail}"
        return made

    def _facts(self, element: etree._Element) -> Iterator[tuple[str, str]]:
        for name, value in element.items():
            key = etree.QName(name)
            if key.localname == "id":
                if value in self.names:
                    yield "id", self.names[value]
            elif key.localname == "style":
                yield from self._styled(value)
            elif not _is_silent_fact(key):
                yield key.localname, self._pointed(value)

    def _styled(self, style: str) -> Iterator[tuple[str, str]]:
        """The paint that a style says; what else it says is not of a drawing."""
        for part in style.split(";"):
            name, _, value = (each.strip() for each in part.partition(":"))
            if name in PAINT:
                yield name, self._pointed(value)

    def _pointed(self, value: str) -> str:
        return REFERENCE.sub(lambda found: f"url(#{self.names[found[1]]})", " ".join(value.split()))


def _is_silent(element: etree._Element) -> bool:
    """Whether an element shows nothing: words about the drawing, and what editors keep for themselves."""
    name = etree.QName(element)
    return name.localname in SILENT or name.namespace not in (None, SVG)


def _is_silent_fact(key: etree.QName) -> bool:
    is_foreign = key.namespace is not None and key.localname != "href"
    return is_foreign or key.localname in SILENT_FACTS or key.localname.startswith(("data-", "aria-"))
