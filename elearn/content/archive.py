"""A pack of content as one ZIP file: opened without trusting it, and written the same way every time.

What an archive can do to a machine is refused before anything is read by anybody else: more files or bytes than
content has, names that lead out of the folder, links, nested archives, anything that is not text of ours.
"""

import io
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from elearn.core.errors import RuleBroken
from elearn.core.speech import Sentence, say

KINDS = (".md", ".yaml", ".svg")
MOST_PACKED = 4_000_000
MOST_FILES = 1_000
MOST_IN_FILE = 500_000
MOST_UNPACKED = 8_000_000
MOST_RATIO = 100
"""Bounds of a pack: bytes of the ZIP, files, bytes of one file and of all, and how far one may shrink.

The whole curriculum has about 200 files and 1.5 MB, and shrinks to a quarter.
"""
PLAIN_ENOUGH = 10_000
"""Bytes below which nobody asks how far a file shrank."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
JUNK = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
FOLDERS = {"modules", "pact", "pictures"}
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error)
WRITTEN_ON = (1980, 1, 1, 0, 0, 0)
FOR_ALL_TO_READ = (stat.S_IFREG | 0o644) << 16


class UnreadablePack(RuleBroken):
    """A file that is no pack of content, or one that this machine must not open."""

    sentence = say("Berkas ini bukan pak materi dalam bentuk ZIP.")


def packed(files: Mapping[str, str]) -> bytes:
    """The texts by path as one ZIP; the same texts give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in sorted(files.items()):
            entry = zipfile.ZipInfo(name, WRITTEN_ON)
            entry.external_attr = FOR_ALL_TO_READ
            archive.writestr(entry, text.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@contextmanager
def unpacked(content: bytes) -> Iterator[Path]:
    """A temporary folder with the files of a ZIP; UnreadablePack when it is not fit to be opened."""
    files = files_of(content)
    with TemporaryDirectory(prefix="elearn-pak-") as folder:
        root = Path(folder)
        for name, data in files.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield root


def files_of(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP by their path inside the pack, without what systems leave behind and a top folder."""
    if len(content) > MOST_PACKED:
        raise UnreadablePack(
            say("Berkas ZIP ini lebih besar dari %(most)s MB.", most=MOST_PACKED // 1_000_000), field="file"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = _read(archive)
    except BROKEN as error:
        raise UnreadablePack(field="file") from error
    if not files:
        raise UnreadablePack(say("Berkas ZIP ini tidak memuat materi."), field="file")
    return _without_top(files)


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every file, read once all entries have been found harmless by their description."""
    entries = [each for each in archive.infolist() if not each.is_dir() and not JUNK.search(each.filename)]
    if len(archive.infolist()) > 2 * MOST_FILES or len(entries) > MOST_FILES:
        _refuse(say("Pak memuat lebih dari %(most)s berkas.", most=str(MOST_FILES)))
    for entry in entries:
        _check(entry)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        _refuse(say("Isi pak lebih besar dari %(most)s MB.", most=MOST_UNPACKED // 1_000_000))
    names = Counter(str(path) for entry in entries for path in _ways(entry.filename))
    if any(names[entry.filename] > 1 for entry in entries):
        _refuse(say("Pak memuat dua berkas dengan nama yang sama."))
    return {entry.filename: _data(archive, entry) for entry in entries}


def _ways(name: str) -> set[PurePosixPath]:
    """A file's own path and the folders above it: no other file may stand there."""
    path = PurePosixPath(name)
    return {path, *path.parents}


def _check(entry: zipfile.ZipInfo) -> None:
    """Refuse an entry for what its description says."""
    name, shown = entry.orig_filename, _shown(entry.orig_filename)
    if name.startswith("/") or not all(NAME.fullmatch(part) for part in name.split("/")):
        _refuse(
            say(
                "Nama berkas “%(name)s” hanya boleh memuat huruf, angka, titik, garis bawah, dan tanda hubung.",
                name=shown,
            )
        )
    if PurePosixPath(name).suffix not in KINDS:
        _refuse(say("Berkas “%(name)s” tidak dapat dipakai: pak hanya memuat .md, .yaml, dan .svg.", name=shown))
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        _refuse(say("“%(name)s” bukan berkas biasa.", name=shown))
    if entry.flag_bits & 1 or entry.compress_type not in METHODS:
        _refuse(
            say("Berkas “%(name)s” terkunci kata sandi atau dipadatkan dengan cara yang tidak dikenal.", name=shown)
        )
    if entry.file_size > MOST_IN_FILE:
        _refuse(say("Berkas “%(name)s” lebih besar dari %(most)s kB.", name=shown, most=str(MOST_IN_FILE // 1_000)))
    if entry.file_size > max(PLAIN_ENOUGH, MOST_RATIO * entry.compress_size):
        _refuse(say("Berkas “%(name)s” mengembang terlalu besar.", name=shown))


def _data(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """What an entry holds, never more than it declared."""
    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise UnreadablePack(field="file")
    return data


def _without_top(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files without the one folder that all of them lie in, unless it is one of ours."""
    tops = {name.split("/")[0] for name in files if "/" in name}
    if len(tops) != 1 or any("/" not in name for name in files) or tops <= FOLDERS:
        return files
    return {name.partition("/")[2]: data for name, data in files.items()}


def _shown(name: str) -> str:
    """A name from a stranger as it may stand in a sentence."""
    return "".join(sign for sign in name[:80] if sign.isprintable())


def _refuse(sentence: Sentence) -> None:
    raise UnreadablePack(sentence, field="file")
