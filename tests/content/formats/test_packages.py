"""QTI packages: nothing inside is passed over in silence."""

import io
import zipfile
from warnings import catch_warnings, simplefilter

import pytest

from elearn.content.formats import files
from elearn.content.formats.neutral import UnreadableQuestions

ITEM = '<assessmentItem identifier="{0}"><itemBody><p>{0}</p></itemBody></assessmentItem>'
MANIFEST = '<manifest><resources><resource href="a.xml"/></resources></manifest>'
MOODLE = '<quiz><question type="essay"><questiontext><text>m</text></questiontext></question></quiz>'


def zipped(*entries: tuple[str, str]) -> bytes:
    """A ZIP of these names and texts, the same name twice where it is told twice."""
    buffer = io.BytesIO()
    with catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        simplefilter("ignore")
        for name, text in entries:
            archive.writestr(name, text)
    return buffer.getvalue()


def test_item_that_the_manifest_forgets_is_read_and_told() -> None:
    """What the manifest does not name is in the package all the same."""
    package = zipped(("imsmanifest.xml", MANIFEST), ("a.xml", ITEM.format("a")), ("b.xml", ITEM.format("b")))
    found = files.read(package)
    assert [item.text for item in found.bank.items] == ["a", "b"]
    assert any("b.xml" in loss.reason for loss in found.losses)


def test_two_files_of_one_name_are_refused() -> None:
    """Of two only the last was read, and the other was gone."""
    with pytest.raises(UnreadableQuestions, match="nama yang sama"):
        files.read(zipped(("a.xml", ITEM.format("a")), ("a.xml", ITEM.format("b"))))


def test_moodle_file_inside_a_package_is_told() -> None:
    """It looks like the description of a quiz by Canvas, which holds no questions."""
    found = files.read(zipped(("a.xml", ITEM.format("a")), ("m.xml", MOODLE)))
    assert any("m.xml" in loss.reason for loss in found.losses)
