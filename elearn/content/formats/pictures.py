"""The picture of a question as a file of others, in and out; pure.

Somebody else's drawing is written anew with what a drawing of ours may hold: then it passes the check that our own
pass, or it is refused with the sentence of that check. One that passes as it is stays letter by letter.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree

from elearn.content.checks import pictures as checks
from elearn.content.formats import drawings, photographs
from elearn.content.formats.elements import put_in_place
from elearn.content.formats.neutral import Item, Notes, UnreadableQuestions
from elearn.content.modules import Picture
from elearn.core.errors import RuleBroken

Fetch = Callable[[str], bytes | None]
"""The bytes of the file that an address names, or None where there is none."""

MOST_BYTES = 2_000_000
"""Bytes of a picture from which on nobody looks at it."""
MOST_NAME = 40
IMG = re.compile(r"<p>\s{0,20}(<img\b[^<>]*>)\s{0,20}</p>|<img\b[^<>]*>", re.IGNORECASE)
MARKDOWN = re.compile(r'!\[((?:[^\[\]\\]|\\.){0,500})\]\(\s*<?([^\s()<>]{1,500})>?(?:\s+"[^"]{0,200}")?\s*\)')
DATA = re.compile(r"data:(image/[a-z+.-]+)((?:;[a-z0-9=-]+)*),", re.IGNORECASE)

UNFIT = "Gambar “{}” tidak ikut: {}"
ONE_ONLY = "Satu soal memuat satu gambar; “{}” tidak ikut."
SMALLER = "Gambar “{}” dibuat lebih ringan agar cepat terbuka di jaringan lambat."
TOO_LARGE = "berkasnya lebih besar dari 2 MB."
NO_ALT = "Gambar soal ini tidak punya keterangan; tulis satu kalimat tentang apa yang terlihat."


class UnfitPicture(RuleBroken):
    """A picture that must not stand in a page of ours."""

    sentence = "Gambar ini tidak dapat dipakai."


def picture_of(name: str, content: bytes) -> Picture:
    """The picture of ours that a file makes, named as the file; UnfitPicture."""
    if len(content) > MOST_BYTES:
        raise UnfitPicture(TOO_LARGE)
    ident = ident_of(name)
    picture = Picture(ident, _svg_of(content, ident))
    faults = checks.faults(picture, ())
    if faults:
        raise UnfitPicture(faults[0].sentence)
    return picture


def _svg_of(content: bytes, ident: str) -> str:
    if photographs.is_photograph(content):
        found = photographs.drawn(content)
        if found is None:
            raise UnfitPicture(photographs.BROKEN)
        return found
    try:
        return drawings.sound(content, ident)
    except UnreadableQuestions as refusal:
        raise UnfitPicture(refusal.sentence) from None


def ident_of(name: str) -> str:
    """A name of ours for a file."""
    bare = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(name).stem.casefold())[:MOST_NAME].strip("-")
    return bare if bare[:1].isalpha() else f"gambar-{bare}".strip("-")


def renamed(picture: Picture, ident: str) -> Picture:
    """The same picture by another name, the names inside it changed with it."""
    if ident == picture.id or photographs.within(picture.svg):
        return Picture(ident, picture.svg)
    return Picture(ident, drawings.sound(picture.svg.encode(), ident))


def file_of(picture: Picture) -> tuple[str, bytes, str]:
    """The picture as a file: its name, its bytes, its media type."""
    photograph = photographs.within(picture.svg)
    if photograph is not None:
        ending, content = photograph
        return f"{picture.id}.{ending}", content, "image/png" if ending == "png" else "image/jpeg"
    return f"{picture.id}.svg", picture.svg.encode(), "image/svg+xml"


def address_within(picture: Picture) -> str:
    """An address that holds the whole picture."""
    _, content, media_type = file_of(picture)
    return f"data:{media_type};name={picture.id};base64,{base64.b64encode(content).decode()}"


def tag(address: str, alt: str) -> str:
    """The XHTML that shows a picture, on a line of its own."""
    return f'<p><img src="{escape(address)}" alt="{escape(alt)}" /></p>'


def named(items: Iterable[Item]) -> dict[str, Picture]:
    """The pictures of these items by a file name for each, the same picture once."""
    found: dict[str, Picture] = {}
    for item in items:
        if item.picture is not None and item.picture not in found.values():
            name, _, _ = file_of(item.picture)
            start, dot, ending = name.rpartition(".")
            found[name if name not in found else f"{start}-{len(found) + 1}{dot}{ending}"] = item.picture
    return found


def nothing(_: str) -> None:
    """Fetch nothing: the file brings no others."""


def fetching(files: Mapping[str, bytes]) -> Fetch:
    """Fetch by the name that stands behind the last sign of a folder of Moodle's."""
    return lambda address: files.get(unquote(address.removeprefix("@@PLUGINFILE@@/").split("?")[0]))


class Shown:
    """The picture of one question, taken out of its text while that is read."""

    def __init__(self, fetch: Fetch = nothing) -> None:
        self.fetch, self.picture, self.alt = fetch, None, ""
        self.asked: set[str] = set()

    picture: Picture | None

    def out_of(self, text: str, notes: Notes, *, is_markdown: bool = False) -> str:
        """The text without the mention of the picture that was taken."""
        if is_markdown:
            text = MARKDOWN.sub(lambda found: self._kept(found[0], found[2], found[1], notes), text)
        return IMG.sub(lambda found: self._kept(found[0], *_facts(found[1] or found[0]), notes), text)

    def _kept(self, mention: str, address: str, alt: str, notes: Notes) -> str:
        return "" if self.take(address, alt, notes) else mention

    def out_of_element(self, element: etree._Element, notes: Notes) -> None:
        """Take the picture out of the XHTML inside an element."""
        for each in [*element.iter("img", "object")]:
            address = each.get("src") or each.get("data") or ""
            if self.take(address, each.get("alt") or "".join(each.itertext()), notes):
                _dropped(each)

    def take(self, address: str, alt: str, notes: Notes, content: bytes | None = None) -> bool:
        """Take a picture if it is the first and sound; else what is wrong with it is noted."""
        name = PurePosixPath(unquote(address.split("?")[0])).name[:60] or "gambar"
        if address.startswith("data:"):
            name, content = _within(address)
        content = self.fetch(address) if content is None else content
        if content is None:
            return False
        self.asked.add(address)
        if self.picture is not None:
            notes.add(ONE_ONLY.format(name))
            return False
        try:
            self.picture = picture_of(name, content)
        except UnfitPicture as refusal:
            notes.add(UNFIT.format(name, refusal.sentence))
            return False
        if photographs.is_photograph(content) and file_of(self.picture)[1] != content:
            notes.add(SMALLER.format(name))
        self.alt = " ".join(alt.split())[:500]
        if not self.alt:
            notes.add(NO_ALT)
        return True


def _within(address: str) -> tuple[str, bytes | None]:
    """The name and the bytes of the picture that an address holds."""
    found = DATA.match(address[:200])
    if found is None or len(address) > 2 * MOST_BYTES:
        return "gambar", None
    told, name = address[found.end() :], re.search(r";name=([a-z0-9-]+)", found[2])
    try:
        content = base64.b64decode(unquote(told)) if ";base64" in found[2].lower() else unquote_to_bytes(told)
    except (binascii.Error, ValueError):
        return "gambar", None
    return name[1] if name else "gambar", content


def _facts(mention: str) -> tuple[str, str]:
    """The address and the words of an `<img>`."""
    reader = _Facts()
    reader.feed(mention)
    return reader.address, reader.alt


class _Facts(HTMLParser):
    """Reads the facts of one tag."""

    address, alt = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag says."""
        told = dict(attrs)
        self.address, self.alt = told.get("src") or "", told.get("alt") or ""


def _dropped(element: etree._Element) -> None:
    """Take an element out, and the frame that is empty without it; what follows it stays."""
    parent = element.getparent()
    put_in_place(element, "")
    if parent is not None and parent.tag in ("picture", "figure") and not "".join(parent.itertext()).strip():
        _dropped(parent)
