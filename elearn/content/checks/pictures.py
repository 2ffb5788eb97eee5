"""Is a drawing safe to stand inside a page? Pure: few elements, few attributes, nothing from elsewhere.

A drawing is an SVG of one file that the page takes in as it is. It holds no script, style, link, text or entity; its
values are made of letters, digits and a few signs, so no address fits in; its ids are its own name and one word more,
so two drawings on one page never share one. It may hold one small photograph, a PNG or JPEG inside the file.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from elearn.content.checks import rasters
from elearn.content.modules import Picture
from elearn.content.questions import Question
from elearn.content.shape import Fault, Where
from elearn.content.stories.scenes import Scene

MOST_BYTES = 6144
SVG = "http://www.w3.org/2000/svg"
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
IMAGE = "image"
ELEMENTS = SHAPES | {IMAGE} | {"svg", "g", "defs", "clipPath", "linearGradient", "radialGradient", "stop"}
PLACES = {
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "transform",
    "width",
    "height",
}
PAINT = {
    *("fill", "fill-rule", "fill-opacity", "opacity", "clip-path", "clip-rule", "stroke", "stroke-width"),
    *("stroke-linecap", "stroke-linejoin", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset"),
    *("offset", "stop-color", "stop-opacity", "gradientUnits", "gradientTransform", "fx", "fy"),
}
ATTRIBUTES = PLACES | PAINT | {"id", "viewBox"}
VALUE = re.compile(r"[\w\s.,#%()+-]*", re.ASCII)
REFERENCE = re.compile(r"url\(#([\w-]+)\)", re.ASCII)
VIEW_BOX = re.compile(r"-?[\d.]+([\s,]+-?[\d.]+){3}", re.ASCII)


def faults(picture: Picture, where: Where) -> list[Fault]:
    """Why the drawing `where` must not be shown; empty when it is sound."""
    size = len(picture.svg.encode()) - len("".join(rasters.PHOTOGRAPH.findall(picture.svg)[:1]))
    if size > MOST_BYTES:
        return [Fault(where, f"Gambar berukuran {size} bita; paling banyak {MOST_BYTES}.")]
    if "<!" in picture.svg or "<?" in picture.svg:
        return [Fault(where, "Gambar tidak memuat deklarasi, entitas, atau komentar: mulailah dari <svg.")]
    try:
        root = etree.fromstring(picture.svg.encode(), _parser())
    except etree.XMLSyntaxError as error:
        return [Fault(where, "SVG tidak terbaca: ada tag yang keliru di sekitar baris ini.", (error.lineno or 1) - 1)]
    return [
        Fault(where, sentence, (element.sourceline or 1) - 1)
        for element in root.iter()
        for sentence in _element_faults(element, root, picture.id)
    ]


def mention_faults(thing: Scene | Question, where: Where, known: Mapping[str, Picture]) -> Iterator[Fault]:
    """Why a scene or a question must not show the drawing it names: there is none, or nothing says what it shows."""
    if thing.picture and thing.picture not in known:
        yield Fault((*where, "picture"), f"Gambar “{thing.picture}” tidak ada di pictures.")
    if thing.picture and not thing.alt.strip():
        yield Fault((*where, "picture"), "Gambar memerlukan alt: satu kalimat tentang apa yang terlihat.")
    if thing.alt and not thing.picture:
        yield Fault((*where, "alt"), "Ada alt, tetapi tidak ada gambar.")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)


def _element_faults(element: etree._Element, root: etree._Element, picture_id: str) -> Iterator[str]:
    name = etree.QName(element)
    if name.namespace != SVG or element.prefix is not None or len(element.nsmap) != 1:
        yield f"Elemen “{name.localname}” harus milik SVG, tanpa awalan dan tanpa ruang nama lain."
    elif name.localname not in ELEMENTS or (name.localname == "svg") != (element is root):
        yield f"Elemen “{name.localname}” tidak dipakai di dalam gambar."
    if (element.text or "").strip() or (element.tail or "").strip():
        yield "Gambar tidak memuat teks; tulis keterangannya sebagai alt."
    if element is root and not VIEW_BOX.fullmatch(element.get("viewBox", "")):
        yield "Gambar memerlukan viewBox dengan empat bilangan."
    if name.localname == IMAGE:
        yield from _photograph_faults(element, root)
    for attribute, value in element.items():
        if not (name.localname == IMAGE and attribute == "href"):
            yield from _attribute_faults(attribute, value, root)
    yield from _id_faults(element, root, picture_id)


def _photograph_faults(element: etree._Element, root: etree._Element) -> Iterator[str]:
    """Why the photograph in a drawing must not be shown; there may be one."""
    if root.find(f".//{{{SVG}}}{IMAGE}") is not element:
        yield "Gambar memuat paling banyak satu foto."
    elif (sentence := rasters.misfit(element.get("href", ""))) is not None:
        yield sentence


def _attribute_faults(attribute: str, value: str, root: etree._Element) -> Iterator[str]:
    if attribute not in ATTRIBUTES:
        yield f"Atribut “{etree.QName(attribute).localname}” tidak dipakai di dalam gambar."
    elif not VALUE.fullmatch(REFERENCE.sub("", value)) or "url" in REFERENCE.sub("", value).lower():
        yield f"Nilai atribut “{attribute}” memuat tanda atau alamat yang tidak diizinkan."
    for target in REFERENCE.findall(value):
        if target not in _ids(root):
            yield f"Acuan “#{target}” tidak ada di dalam gambar ini."


def _id_faults(element: etree._Element, root: etree._Element, picture_id: str) -> Iterator[str]:
    own = element.get("id")
    if own is None:
        return
    if own.rpartition("-")[0] != picture_id:
        yield f"Id “{own}” harus berupa nama gambar dan satu kata: “{picture_id}-…”."
    if _ids(root).count(own) > 1:
        yield f"Id “{own}” dipakai lebih dari satu kali."


def _ids(root: etree._Element) -> list[str]:
    return [own for each in root.iter() if (own := each.get("id")) is not None]
