"""QTI packages, a ZIP with its `imsmanifest.xml`, in and out; pure."""

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

from elearn.content.formats import opening, pictures, qti2, qti2_names, qti2_writing, qti12, qti12_writing
from elearn.content.formats.neutral import (
    MOST_ITEMS,
    Bank,
    Item,
    Kind,
    Notes,
    UnreadableQuestions,
    Written,
    losses_of,
    passed,
)
from elearn.content.formats.opening import Package
from elearn.content.formats.pictures import Fetch
from elearn.content.formats.qti2_names import OLD_CP, Version
from elearn.content.modules import Picture
from elearn.core.speech import say

MANIFEST = "imsmanifest.xml"
IMAGES = "images"
TOP = "$IMS-CC-FILEBASE$/"
MEDIA_TYPE = "application/zip"
WRITTEN_ON = (1980, 1, 1, 0, 0, 0)
FOR_ALL_TO_READ = (stat.S_IFREG | 0o644) << 16

MOST_FILES = MOST_ITEMS + 200
TOO_MANY = say("Paket memuat lebih dari %(most)s soal; bagi menjadi beberapa paket.", most=MOST_ITEMS)
NO_MANIFEST = "Paket ini tidak punya imsmanifest.xml; semua berkas XML di dalamnya dibaca."
TEST = "Susunan ujian (assessmentTest) tidak ikut; butir soalnya ikut."
UNLISTED = "Berkas “{}” tidak disebut dalam imsmanifest.xml, tetapi ikut dibaca."
UNREAD = "Berkas “{}” di dalam paket tidak dipahami: {}"
OTHERS = "{} berkas lain di dalam paket (gambar dan sejenisnya) tidak ikut."
QUESTIONS = (b"<assessmentItem", b":assessmentItem", b"<qti-assessment-item", b"questestinterop")
PASSED = {"imsmanifest", "assessment_meta", "assessmenttest", "manifest"}


def read(package: Package) -> tuple[Bank, str]:
    """The items of a package and the format they were in; UnreadableQuestions when there is none."""
    notes, items = Notes(), list[Item]()
    formats: dict[str, None] = {}
    names = _items_of(package, notes)
    if len(names) > MOST_FILES:
        raise UnreadableQuestions(TOO_MANY)
    for name in names:
        found, losses, form = _read_one(package, name, notes)
        items += found
        notes.add(*losses)
        formats |= dict.fromkeys([form] if form else [])
        passed(len(items))
        if len(items) > MOST_ITEMS:
            raise UnreadableQuestions(TOO_MANY)
    if not items:
        raise UnreadableQuestions(say("Paket ZIP ini tidak memuat soal QTI."))
    taken = {item.picture.id for item in items if item.picture}
    others = [name for name in package.names() if not name.lower().endswith((".xml", ".xsd", ".dtd"))]
    others = [name for name in others if pictures.ident_of(name) not in taken]
    if others:
        notes.add(OTHERS.format(len(others)))
    return Bank(tuple(items), notes.all), next(iter(formats), "qti-2.1")


def _items_of(package: Package, notes: Notes) -> list[str]:
    """The XML files that the manifest names, in its order; all of them where there is none."""
    manifests = [name for name in package.names() if PurePosixPath(name).name.lower() == MANIFEST]
    if not manifests:
        notes.add(NO_MANIFEST)
        return package.names(".xml")
    root, _ = opening.xml_of(package.read(manifests[0]))
    home = PurePosixPath(manifests[0]).parent
    found: dict[str, None] = {}
    for resource in root.iter("{*}resource"):
        hrefs = [resource.get("href"), *(file.get("href") for file in resource.iter("{*}file"))]
        for href in hrefs:
            path = _inside(home, href or "")
            if path.lower().endswith(".xml") and path in package.entries:
                found[path] = None
            elif (href or "").lower().endswith(".xml"):
                notes.add(UNREAD.format((href or "")[:80], "berkas ini tidak ada di dalam paket."))
    others = [name for name in package.names(".xml") if name not in found and name not in manifests]
    unlisted = [name for name in others if _holds_questions(package, name)]
    if found:
        notes.add(*(UNLISTED.format(name[:80]) for name in unlisted))
    return [*found, *unlisted] if found else others


def _holds_questions(package: Package, name: str) -> bool:
    """Whether a file that the manifest passes over may hold questions."""
    try:
        start = package.read(name)[:20_000]
    except UnreadableQuestions:
        return True
    return any(sign in start for sign in QUESTIONS)


def _inside(home: PurePosixPath, href: str) -> str:
    """A path of the manifest as the archive calls it; one that leads out of the package is nowhere."""
    parts: list[str] = []
    for part in (home / unquote(href.split("#")[0].split("?")[0])).parts:
        if part == ".." and not parts:
            return ""
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def _read_one(package: Package, name: str, notes: Notes) -> tuple[list[Item], tuple[str, ...], str]:
    try:
        root, losses = opening.xml_of(package.read(name))
        return _bank_of(root, losses, name, notes, _fetching(package, name))
    except UnreadableQuestions as refusal:
        reason = UNREAD.format(name[:80], refusal.sentence)
        return [Item(Kind.UNKNOWN, "", title=PurePosixPath(name).name[:80], losses=(reason,))], (), ""


def _fetching(package: Package, name: str) -> Fetch:
    """Fetch files of the package as that file of it calls them, or as Canvas does from the top."""

    def fetch(address: str) -> bytes | None:
        bare = unquote(address)
        start, home = ("", PurePosixPath()) if bare.startswith(TOP) else (bare, PurePosixPath(name).parent)
        path = _inside(home, start or bare.removeprefix(TOP))
        found = next((each for each in (path, f"web_resources/{path}") if each in package.entries), "")
        return package.read(found) if found and package.entries[found].file_size <= pictures.MOST_BYTES else None

    return fetch


def _bank_of(
    root: etree._Element, losses: tuple[str, ...], name: str, notes: Notes, fetch: Fetch
) -> tuple[list[Item], tuple[str, ...], str]:
    local = etree.QName(root).localname
    if local == "questestinterop":
        bank = qti12.read_root(root, losses, fetch)
        return list(bank.items), bank.losses, "qti-1.2"
    if local in ("assessmentItem", "qti-assessment-item"):
        version = qti2_names.version_of(root).name
        return [qti2.read_root(root, fetch)], losses, version
    if local in ("assessmentTest", "qti-assessment-test"):
        notes.add(TEST)
    elif local == "quiz" and next(root.iter("question"), None) is not None:
        notes.add(UNREAD.format(name[:80], "Moodle XML dibaca sendiri, di luar paket."))
    elif local.lower() not in PASSED and not local.startswith("quiz"):
        notes.add(UNREAD.format(name[:80], f"unsur pertamanya <{local[:40]}>."))
    return [], losses, ""


def write(bank: Bank, version: Version) -> Written:
    """The questions as a package of items of this version, with what it does not say."""
    files, losses, resources = dict[str, bytes](), [], list[Resource]()
    shown = _images(bank)
    places = {picture: path for path, picture in shown.items()}
    for number, item in enumerate(bank.items, start=1):
        name = f"items/{number:04}-{qti2_writing.identifier(item, number)}.xml"
        path = places[item.picture] if item.picture else ""
        files[name] = _bytes(qti2_writing.element_of(item, number, version, f"../{path}" if path else ""))
        resources.append((name, version.resource, [path] if path else []))
        losses += losses_of(item, number, (*item.losses, *qti2_writing.unsaid(item)))
    manifest = _manifest(resources, [*shown], version.manifest, version.schema)
    content = _zipped({MANIFEST: manifest, **files, **_contents(shown)})
    return Written(content, MEDIA_TYPE, f".{version.name}.zip", tuple(losses))


def _images(bank: Bank) -> dict[str, Picture]:
    """The pictures of the questions by their path in a package."""
    return {f"{IMAGES}/{name}": picture for name, picture in pictures.named(bank.items).items()}


def _contents(shown: dict[str, Picture]) -> dict[str, bytes]:
    return {path: pictures.file_of(picture)[1] for path, picture in shown.items()}


def write_one(bank: Bank, version: Version) -> Written:
    """A single question as one item without a package."""
    (item,) = bank.items
    losses = tuple(losses_of(item, 1, (*item.losses, *qti2_writing.unsaid(item))))
    content = _bytes(qti2_writing.element_of(item, 1, version))
    return Written(content, "application/xml", f".{version.name}.xml", losses)


def write_old(bank: Bank) -> Written:
    """The questions as a package of QTI 1.2."""
    shown = _images(bank)
    written = qti12_writing.write(bank, {picture: path for path, picture in shown.items()})
    manifest = _manifest([("bank.xml", "imsqti_xmlv1p2", [*shown])], [*shown], OLD_CP, "IMS Content")
    content = _zipped({MANIFEST: manifest, "bank.xml": written.content, **_contents(shown)})
    return Written(content, MEDIA_TYPE, ".qti-1.2.zip", written.losses)


Resource = tuple[str, str, list[str]]
"""A file of a package: its path, its type, the paths of the pictures it shows."""


def _manifest(files: list[Resource], images: list[str], namespace: str, schema: str) -> bytes:
    root = etree.Element(f"{{{namespace}}}manifest", {"identifier": "elearn"}, nsmap={None: namespace})
    told = etree.SubElement(root, f"{{{namespace}}}metadata")
    etree.SubElement(told, f"{{{namespace}}}schema").text = schema
    number = (
        "3.0.0" if schema == "QTI Package" else next((each for each in ("2.1", "2.2") if each in schema), "1.1.3")
    )
    etree.SubElement(told, f"{{{namespace}}}schemaversion").text = number
    etree.SubElement(root, f"{{{namespace}}}organizations")
    resources = etree.SubElement(root, f"{{{namespace}}}resources")
    idents = {path: f"g{place}" for place, path in enumerate(images, start=1)}
    for place, (name, kind, shown) in enumerate([*files, *((path, "webcontent", []) for path in images)], start=1):
        facts = {"identifier": idents.get(name, f"r{place}"), "type": kind, "href": name}
        resource = etree.SubElement(resources, f"{{{namespace}}}resource", facts)
        etree.SubElement(resource, f"{{{namespace}}}file", href=name)
        for path in shown:
            etree.SubElement(resource, f"{{{namespace}}}dependency", identifierref=idents[path])
    return _bytes(root)


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _zipped(files: dict[str, bytes]) -> bytes:
    """The files as a ZIP that is the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in _ordered(files):
            entry = zipfile.ZipInfo(name, WRITTEN_ON)
            entry.external_attr = FOR_ALL_TO_READ
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _ordered(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield MANIFEST, files[MANIFEST]
    yield from ((name, content) for name, content in sorted(files.items()) if name != MANIFEST)
