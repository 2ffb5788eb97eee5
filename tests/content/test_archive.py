"""A ZIP from anybody is opened without harm, or refused with a sentence."""

import io
import stat
import zipfile
from collections.abc import Callable
from random import Random

import pytest

from elearn.content import archive
from elearn.content.archive import UnreadablePack, files_of, packed, unpacked

MODULE = "modules/contoh/module.yaml"
Write = Callable[[zipfile.ZipFile], None]


def a_zip(*names: str, text: str = "isi\n") -> bytes:
    """A ZIP of small files of these names."""
    return made(lambda z: [z.writestr(name, text) for name in names])


def made(write: Write) -> bytes:
    """A ZIP as a function fills it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as z:
        write(z)
    return buffer.getvalue()


def special(name: str, **facts: int) -> bytes:
    """A ZIP of one entry with unusual attributes."""
    entry = zipfile.ZipInfo(name)
    for key, value in facts.items():
        setattr(entry, key, value)
    return made(lambda z: z.writestr(entry, "modules"))


def test_a_pack_is_written_and_read() -> None:
    """What goes in comes out, twice the same bytes, and a folder of files stands on the disk meanwhile."""
    files = {MODULE: "slug: contoh\n", "pictures/ponsel.svg": "<svg/>\n"}
    assert packed(files) == packed(dict(reversed(files.items())))
    assert {name: text.encode() for name, text in files.items()} == files_of(packed(files))
    with unpacked(packed(files)) as root:
        assert "slug: contoh\n" == (root / MODULE).read_text()
    assert not root.exists()


def test_anybody_may_read_what_was_unpacked_elsewhere() -> None:
    """The entries are plain files with the rights of plain files."""
    with zipfile.ZipFile(io.BytesIO(packed({MODULE: "x"}))) as z:
        assert 0o644 == stat.S_IMODE(z.infolist()[0].external_attr >> 16)


def test_what_systems_leave_behind_is_passed_over() -> None:
    """Folders of macOS, Finder's notes and Windows' thumbnails are no files of a pack; a top folder is lifted."""
    junk = ["__MACOSX/pak/._x.md", "pak/.DS_Store", "pak/pact/._p.yaml", "pak/Thumbs.db", "pak/desktop.ini"]
    assert [MODULE] == list(files_of(a_zip(f"pak/{MODULE}", *junk)))
    assert ["modules/contoh/lessons/a.md"] == list(files_of(a_zip("modules/contoh/lessons/a.md")))


@pytest.mark.parametrize(
    "name",
    ["../luar.yaml", "modules/../../luar.yaml", "/etc/x.yaml", "C:\\x.yaml", "a\\b.yaml", "./x.yaml", "a//b.yaml",
     ".ssh/x.yaml", "modul\u202elmay.yaml", "a\nb.yaml", "x" * 300 + ".yaml"],
)  # fmt: skip
def test_names_that_lead_astray_are_refused(name: str) -> None:
    """No path leaves the folder, none is absolute, none hides."""
    with pytest.raises(UnreadablePack, match="Nama berkas"):
        files_of(a_zip(MODULE, name))


@pytest.mark.parametrize("name", ["soal.docx", "dalam.zip", "x.yml", "x.html", "x.exe", "tanpa-akhiran", "x.SVG"])
def test_only_text_of_ours_is_taken(name: str) -> None:
    """Markdown, YAML and SVG; anything else is named in the refusal."""
    with pytest.raises(UnreadablePack, match=name):
        files_of(a_zip(MODULE, name))


def test_links_and_devices_are_refused() -> None:
    """A symbolic link is no file, whatever it is called."""
    for kind in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFBLK):
        with pytest.raises(UnreadablePack, match="bukan berkas biasa"):
            files_of(special("pact/p.yaml", external_attr=(kind | 0o777) << 16))


def test_bombs_are_refused_before_they_burst() -> None:
    """Too large a file, too much in all, too high a ratio, too many files: none is unpacked."""
    zeros = "0" * (archive.MOST_IN_FILE + 1)
    with pytest.raises(UnreadablePack, match="lebih besar dari 500 kB"):
        files_of(a_zip("a.md", text=zeros))
    with pytest.raises(UnreadablePack, match="mengembang"):
        files_of(a_zip("a.md", text=zeros[:-1]))
    noise = Random(1).randbytes(200_000).hex()
    many = [f"a{n}.md" for n in range(archive.MOST_UNPACKED // len(noise) + 1)]
    with pytest.raises(UnreadablePack, match=r"Isi pak lebih besar|Berkas ZIP ini lebih besar"):
        files_of(a_zip(*many, text=noise))
    with pytest.raises(UnreadablePack, match="1000 berkas"):
        files_of(a_zip(*(f"a{n}.md" for n in range(archive.MOST_FILES + 1))))


def test_a_lie_about_the_size_is_found() -> None:
    """An entry that says it is small and is not is never read beyond what it says."""
    content = bytearray(a_zip("a.md", text="rahasia " * 1000))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.index(mark) + offset
        content[start : start + 4] = (10).to_bytes(4, "little")
    with pytest.raises(UnreadablePack):
        files_of(bytes(content))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_cannot_stand_in_one_place() -> None:
    """Neither twice the same name nor a file where another needs a folder."""
    for names in ((MODULE, MODULE), ("pact/a.yaml", "pact/a.yaml/b.yaml")):
        with pytest.raises(UnreadablePack, match="nama yang sama"):
            files_of(a_zip(*names))


def test_locked_and_strange_archives_are_refused() -> None:
    """A password, another compression, an empty archive, no archive at all, one too large."""
    locked = bytearray(a_zip(MODULE))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    strange = made(lambda z: z.writestr(MODULE, "x", zipfile.ZIP_LZMA))
    for content in (bytes(locked), strange, a_zip(), b"", b"PK", b"bukan zip", bytes(archive.MOST_PACKED + 1)):
        with pytest.raises(UnreadablePack):
            files_of(content)


def test_a_damaged_archive_is_a_refusal_and_no_error() -> None:
    """Whatever bytes change on the way, the answer is the files or a sentence."""
    dice, whole = Random(7), packed({MODULE: "slug: contoh\n" * 50, "pact/a.yaml": "slug: a\n"})
    for _ in range(800):
        broken = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            files_of(bytes(broken[: dice.choice((None, dice.randrange(len(broken))))]))
        except UnreadablePack:
            continue
