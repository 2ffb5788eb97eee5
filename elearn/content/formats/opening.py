"""The bytes of a stranger as text, XML or the files of a package, pure: within bounds, and never trusted.

XML is read without document types of its own, entities or network. A package is read file by file, each counted.
"""

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from html.entities import name2codepoint
from pathlib import PurePosixPath
from typing import NoReturn

from lxml import etree

from elearn.content.formats.neutral import UnreadableQuestions
from elearn.core.speech import Sentence, say

MOST_BYTES = 10_000_000
MOST_TAGS = 600_000
MOST_LINES = 300_000
MOST_FILES = 6_000
MOST_UNPACKED = 40_000_000
MOST_RATIO = 200
PLAIN_ENOUGH = 20_000
"""Bounds: bytes of a file or of one in a package, tags of XML, lines, files and bytes of a package, its swelling."""

WINDOWS = "Berkas ini bukan UTF-8; dibaca sebagai Windows-1252. Periksa huruf beraksen dan tanda kutip."
MOST_SIZE = say(
    "Berkas ini lebih besar dari %(most)s MB; bagi menjadi beberapa berkas.", most=MOST_BYTES // 1_000_000
)
ZIP_SIGN = b"PK\x03\x04"
BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DECLARED = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
DOCTYPE = re.compile(r"\s*<!DOCTYPE\b([^\[>]*)([\[>])", re.IGNORECASE)
NAMED = re.compile(r"&([a-zA-Z]+\d*);")
OF_XML = {"amp", "lt", "gt", "quot", "apos"}
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and what had to be guessed to read it."""

    text: str
    losses: tuple[str, ...] = ()


def text_of(content: bytes) -> Text:
    """The text of a file: UTF-8, UTF-16 or 32 by their mark, else Windows-1252; UnreadableQuestions for no text."""
    _within(content)
    found = _decoded(content)
    if len(CONTROLS.findall(found.text[:100_000])) > len(found.text[:100_000]) // 200:
        raise UnreadableQuestions(say("Berkas ini bukan teks dan tidak memuat soal dalam format yang dikenal."))
    if not found.text.strip():
        raise UnreadableQuestions(say("Berkas ini kosong."))
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise UnreadableQuestions(
            say("Berkas memuat lebih dari %(most)s baris; bagi menjadi beberapa berkas.", most=MOST_LINES)
        )
    return Text(text, found.losses)


def xml_of(content: bytes) -> tuple[etree._Element, tuple[str, ...]]:
    """The root of an XML file and what had to be guessed; UnreadableQuestions for one that is unsound or hostile."""
    found = text_of(content)
    text, losses = _as_declared(content, found)
    if text.count("<") > MOST_TAGS:
        raise UnreadableQuestions(say("Berkas XML ini memuat terlalu banyak tag; bagi menjadi beberapa berkas."))
    try:
        root = etree.fromstring(NAMED.sub(_sign, _without_prolog(text)).encode("utf-8", "replace"), _parser())
    except etree.XMLSyntaxError as error:
        raise UnreadableQuestions(_unsound(error.lineno)) from None
    return root, losses


def _unsound(line: int | None) -> Sentence:
    if not line:
        return say("XML ini tidak utuh atau tidak sah.")
    return say("XML ini tidak utuh atau tidak sah di sekitar baris %(line)s.", line=line)


def _sign(entity: re.Match[str]) -> str:
    """The sign that a name of HTML stands for, which XML alone does not know."""
    name = entity[1]
    return chr(name2codepoint[name]) if name in name2codepoint and name not in OF_XML else entity[0]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )


def _within(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise UnreadableQuestions(MOST_SIZE)


def _decoded(content: bytes) -> Text:
    for mark, encoding in ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32")):
        if content.startswith(mark):
            return _in(content, encoding)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _in(content, "utf-16")
    if content[1:2] == b"\x00" and content[:1] != b"\x00":
        return _in(content, "utf-16-le")
    if content[:1] == b"\x00" and content[1:2] not in (b"", b"\x00"):
        return _in(content, "utf-16-be")
    try:
        return Text(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Text(content.decode("windows-1252", "replace"), (WINDOWS,))


def _in(content: bytes, encoding: str) -> Text:
    try:
        return Text(content.decode(encoding).removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise UnreadableQuestions(say("Berkas ini terpotong atau rusak; simpan ulang sebagai UTF-8.")) from None


def _as_declared(content: bytes, found: Text) -> tuple[str, tuple[str, ...]]:
    """The text in the encoding that its declaration names, where the bytes agree with that."""
    declared = DECLARED.match(found.text[:300])
    if declared is None or not found.losses:
        return found.text, found.losses
    try:
        return content.decode(declared[1]).replace("\r\n", "\n"), ()
    except (LookupError, UnicodeDecodeError):
        return found.text, found.losses


def _without_prolog(text: str) -> str:
    """The document from its root on; a document type may be named, but brings nothing of its own."""
    place = 0
    while found := PROLOG.match(text, place):
        place = found.end()
    doctype = DOCTYPE.match(text, place)
    if doctype is None:
        return text[place:].lstrip()
    if doctype[2] == "[":
        raise UnreadableQuestions(
            say(
                "XML ini membawa deklarasi atau entitas sendiri (DOCTYPE). "
                "Demi keamanan berkas seperti ini tidak dibaca."
            )
        )
    return _without_prolog(text[doctype.end() :])


@dataclass(frozen=True)
class Package:
    """The files of a ZIP, described and found harmless; what is read is counted again."""

    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]

    def names(self, ending: str = "") -> list[str]:
        """The paths of the files, in their order."""
        return [name for name in self.entries if name.lower().endswith(ending)]

    def read(self, name: str) -> bytes:
        """The bytes of one file; UnreadableQuestions when it is too large, damaged or missing."""
        entry = self.entries.get(name)
        if entry is None:
            raise UnreadableQuestions(
                say("Berkas “%(name)s” disebut dalam paket tetapi tidak ada.", name=_shown(name))
            )
        if entry.file_size > MOST_BYTES:
            raise UnreadableQuestions(say("Berkas “%(name)s” di dalam paket terlalu besar.", name=_shown(name)))
        try:
            with self.archive.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except BROKEN:
            raise UnreadableQuestions(say("Berkas “%(name)s” di dalam paket rusak.", name=_shown(name))) from None
        if len(data) != entry.file_size:
            raise UnreadableQuestions(say("Berkas “%(name)s” di dalam paket rusak.", name=_shown(name)))
        return data


def package_of(content: bytes) -> Package:
    """A ZIP as a package; UnreadableQuestions for one that swells, leads out of its folder, is locked or damaged."""
    _within(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [each for each in archive.infolist() if not each.is_dir()]
    except BROKEN:
        raise UnreadableQuestions(say("Paket ZIP ini rusak atau terpotong.")) from None
    if len(archive.infolist()) > MOST_FILES:
        _refuse(say("Paket memuat lebih dari %(most)s berkas.", most=MOST_FILES))
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        _refuse(say("Isi paket lebih besar dari %(most)s MB.", most=MOST_UNPACKED // 1_000_000))
    for entry in entries:
        _check(entry)
    if len({entry.filename for entry in entries}) < len(entries):
        _refuse(
            say("Paket ini memuat dua berkas dengan nama yang sama, sehingga tidak jelas yang mana yang berlaku.")
        )
    return Package(archive, {entry.filename: entry for entry in entries})


def unpacked_size(content: bytes) -> int:
    """How many bytes a file is, or says that it holds where it is a ZIP; nothing is unpacked."""
    if not content.startswith(ZIP_SIGN):
        return len(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except BROKEN:
        return len(content)


def _check(entry: zipfile.ZipInfo) -> None:
    """Refuse an entry for what its description says."""
    name = entry.orig_filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if "\x00" in name or ".." in parts or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        _refuse(say("Nama berkas “%(name)s” di dalam paket menunjuk ke luar paket.", name=_shown(name)))
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        _refuse(say("“%(name)s” di dalam paket bukan berkas biasa.", name=_shown(name)))
    if entry.flag_bits & 1 or entry.compress_type not in METHODS:
        _refuse(
            say(
                "Berkas “%(name)s” terkunci kata sandi atau dipadatkan dengan cara yang tidak dikenal.",
                name=_shown(name),
            )
        )
    if entry.file_size > max(PLAIN_ENOUGH, MOST_RATIO * entry.compress_size):
        _refuse(say("Berkas “%(name)s” di dalam paket mengembang terlalu besar.", name=_shown(name)))


def _shown(name: str) -> str:
    """A name from a stranger as it may stand in a sentence."""
    return "".join(sign for sign in name[:80] if sign.isprintable())


def _refuse(sentence: Sentence) -> NoReturn:
    raise UnreadableQuestions(sentence)
