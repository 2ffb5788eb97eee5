"""What is told inside the elements of QTI 1.2, as Markdown; pure."""

import base64
import binascii
from contextlib import suppress

from lxml import etree

from elearn.content.formats import texts
from elearn.content.formats.neutral import Notes
from elearn.content.formats.pictures import Shown

PICTURE = "Gambar dan berkas di dalam soal tidak ikut."


class Materials:
    """Reads the material of one item; what cannot be kept is noted."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def own(self, element: etree._Element, shown: Shown | None = None) -> str:
        """The material of an element that does not belong to a response inside it."""
        parts = []
        for each in element:
            name = etree.QName(each).localname
            if name in ("material", "material_ref"):
                parts.append(self.all_in(each, shown))
            elif name.startswith(("flow", "render")) and not (name.startswith("render") and _has_labels(each)):
                parts.append(self.own(each, shown))
        return "\n\n".join(part for part in parts if part)

    def all_in(self, element: etree._Element, shown: Shown | None = None) -> str:
        """All the text inside an element as one Markdown text, the picture of the question taken out."""
        parts: list[str] = []
        for each in element.iter():
            name = etree.QName(each).localname
            if name in ("mattext", "matemtext"):
                parts.append(self._text(each, shown))
            elif name == "matimage" and shown is not None and self._takes(each, shown):
                continue
            elif name in ("matimage", "mataudio", "matvideo", "matapplet", "matapplication"):
                self.notes.add(PICTURE)
        return "\n\n".join(part for part in parts if part)

    def _takes(self, element: etree._Element, shown: Shown) -> bool:
        """Whether an image of the question becomes its picture."""
        content = None
        if element.get("embedded", "").lower() == "base64":
            with suppress(binascii.Error, ValueError):
                content = base64.b64decode(element.text or "")
        return shown.take(element.get("uri", "gambar"), element.get("label", ""), self.notes, content)

    def _text(self, element: etree._Element, shown: Shown | None) -> str:
        if len(element):
            if shown is not None:
                shown.out_of_element(element, self.notes)
            return texts.from_element(element, self.notes)
        told = (element.text or "").strip()
        told = told if shown is None else shown.out_of(told, self.notes).strip()
        is_plain = element.get("texttype", "text/plain") == "text/plain" and not texts.TAG.search(told)
        return texts.from_plain(told, self.notes) if is_plain else texts.from_html(told, self.notes)


def _has_labels(element: etree._Element) -> bool:
    return any(True for _ in element.iter("{*}response_label"))
