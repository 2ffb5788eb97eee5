"""Pictures of questions go out and in with the formats that carry them, and only those that our own check passes."""

import base64
import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from elearn.content.checks import pictures as checks
from elearn.content.formats import files, pictures
from elearn.content.formats.neutral import Notes
from elearn.content.modules import Picture
from elearn.content.questions import Question, QuestionKind
from tests.factories.items import a_question_of

SVG = 'xmlns="http://www.w3.org/2000/svg"'
DRAWING = f'<svg {SVG} viewBox="0 0 9 9"><defs><clipPath id="denah-a"><path d="M0 0h9v9z"/></clipPath></defs></svg>'
CARRYING = ("moodle-xml", "qti-1.2", "qti-2.1", "qti-2.2", "qti-3.0")


def a_photograph(form: str = "PNG", size: tuple[int, int] = (40, 30), **facts: object) -> bytes:
    """A photograph of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, form, **facts)
    return buffer.getvalue()


PHOTOGRAPH = pictures.picture_of("foto.png", a_photograph())


def pictured(question: Question, picture: Picture, alt: str) -> tuple[list[tuple[str, Question]], files.Drawn]:
    """A question with that picture, and the picture at hand."""
    return [("modul", replace(question, picture=picture.id, alt=alt))], {"modul": {picture.id: picture}}


@pytest.mark.parametrize("form", CARRYING)
@pytest.mark.parametrize("is_package", [True, False])
@pytest.mark.parametrize("picture", [Picture("denah", DRAWING), PHOTOGRAPH])
@given(st.sampled_from(list(QuestionKind)), st.text(st.sampled_from("ab é\"<>&'“)]"), min_size=1).filter(str.strip))
@settings(max_examples=12, deadline=None)
def test_a_picture_comes_back(form: str, is_package: bool, picture: Picture, kind: QuestionKind, alt: str) -> None:
    """With the question of any kind, letter by letter, and nothing is told as lost."""
    chosen, drawn = pictured(a_question_of(kind), picture, " ".join(alt.split()))
    bank = files.bank_of(chosen, drawn)
    written = files.write(bank, form, is_package=is_package, is_item=not is_package)
    (found,) = files.read(written.content).understood
    assert [] == [each for each in written.losses if "gambar" in each.reason.lower()]
    assert (picture, chosen[0][1].picture, chosen[0][1].alt) == (
        found.picture,
        found.question and found.question.picture,
        found.question and found.question.alt,
    )
    assert () == found.losses


@pytest.mark.parametrize("form", ["gift", "aiken", "xlsx"])
def test_what_cannot_carry_a_picture_says_so(form: str) -> None:
    """By its own sentence, for the very question."""
    chosen, drawn = pictured(a_question_of(QuestionKind.SINGLE), Picture("denah", DRAWING), "Denah")
    reasons = [each.reason for each in files.write(files.bank_of(chosen, drawn), form).losses]
    assert any("tidak memuat gambar" in each for each in reasons)


def test_a_package_names_its_pictures_in_the_manifest() -> None:
    """The file is a resource, and the item depends on it."""
    chosen, drawn = pictured(a_question_of(QuestionKind.SINGLE), Picture("denah", DRAWING), "Denah")
    with zipfile.ZipFile(io.BytesIO(files.write(files.bank_of(chosen, drawn), "qti-2.1").content)) as archive:
        manifest = archive.read("imsmanifest.xml").decode()
        assert DRAWING == archive.read("images/denah.svg").decode()
    assert 'href="images/denah.svg"' in manifest
    assert '<dependency identifierref="g1"/>' in manifest


MOODLE = """<quiz><question type="multichoice"><name><text>n</text></name><questiontext format="html"><text><![CDATA[
<p>Lihat denah.</p><p><img src="@@PLUGINFILE@@/Denah%20Kantor.svg" alt="Denah kantor" width="200"></p>]]></text>
<file name="Denah Kantor.svg" path="/" encoding="base64">{}</file></questiontext><single>true</single>
<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer></question></quiz>"""
INKSCAPE = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?><!-- Created with Inkscape -->
<svg {SVG} xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" width="20mm" height="10" viewBox="0 0 20 10"
 version="1.1" inkscape:version="1.3"><title>Denah</title><metadata>x</metadata><inkscape:namedview id="v"/>
<defs><linearGradient id="linearGradient12"><stop offset="0" style="stop-color:#fff;stop-opacity:1;-x-y:2"/>
</linearGradient></defs><g inkscape:label="Layer 1" id="layer1"><rect id="rect1" width="9" height="9"
 style="fill:url(#linearGradient12);stroke:none"/></g></svg>"""


def moodle(content: bytes) -> files.Reading:
    """A question of Moodle with that file as its picture."""
    return files.read(MOODLE.format(base64.b64encode(content).decode()).encode())


def test_a_drawing_of_an_editor_is_written_as_ours_are() -> None:
    """Metadata, style and foreign names go; what shows stays and passes the check of our own."""
    (found,) = moodle(INKSCAPE.encode()).understood
    assert found.question is not None
    assert ("denah-kantor", "Denah kantor", "Lihat denah.") == (
        found.question.picture,
        found.question.alt,
        found.question.stem.markdown,
    )
    assert found.picture is not None
    assert [] == checks.faults(found.picture, ())
    assert 'fill="url(#denah-kantor-1)"' in found.picture.svg
    assert "inkscape" not in found.picture.svg


HOSTILE = {
    "a script": f'<svg {SVG} viewBox="0 0 1 1"><script>alert(1)</script></svg>',
    "a handler": f'<svg {SVG} viewBox="0 0 1 1" onload="alert(1)"></svg>',
    "a link": f'<svg {SVG} viewBox="0 0 1 1"><a href="javascript:alert(1)"><path d="M0 0"/></a></svg>',
    "HTML": f'<svg {SVG} viewBox="0 0 1 1"><foreignObject><b xmlns="http://www.w3.org/1999/xhtml"/></foreignObject></svg>',
    "a file from elsewhere": f'<svg {SVG} viewBox="0 0 1 1"><image href="https://jahat.example/x.png"/></svg>',
    "a style sheet": f'<svg {SVG} viewBox="0 0 1 1"><style>*{{fill:url(//jahat.example)}}</style></svg>',
    "an entity": f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {SVG} viewBox="0 0 1 1">&a;</svg>',
    "too much": f'<svg {SVG} viewBox="0 0 1 1">{"<path d=" + chr(34) + "M0 0h1v1z" + chr(34) + "/>"}'
    + '<path d="M0 0"/>' * 3000
    + "</svg>",
    "no picture": "<html><body>x</body></html>",
    "no XML": "GIF89a",
    "a broken photograph": "\x89PNG\r\n\x1a\n" + "x" * 50,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_and_told(name: str) -> None:
    """The question comes in without it; its words and the reason stay."""
    (found,) = moodle(HOSTILE[name].encode("latin-1")).understood
    assert found.question is not None
    assert (None, "") == (found.picture, found.question.picture)
    assert any("Denah Kantor.svg" in each for each in found.losses)
    assert "Denah kantor" in found.question.stem.markdown


def test_a_large_photograph_is_made_light_and_told() -> None:
    """Twelve hundred pixels of noise become what a telephone loads at once."""
    buffer = io.BytesIO()
    Image.effect_noise((1400, 900), 90).convert("RGB").save(buffer, "JPEG", quality=95)
    picture = pictures.picture_of("Foto Kantor.JPG", buffer.getvalue())
    assert [] == checks.faults(picture, ())
    assert ("foto-kantor.jpg", True) == (pictures.file_of(picture)[0], len(picture.svg) < 56_000)
    shown, notes = pictures.Shown(lambda _: buffer.getvalue()), Notes()
    assert "" == shown.out_of('<img src="a.jpg" alt="x">', notes)
    assert any("lebih ringan" in each for each in notes.all)


def test_a_photograph_loses_what_tells_of_its_maker() -> None:
    """The place where it was taken does not come along."""
    exif = Image.Exif()
    exif[0x010E] = "di rumah Budi"
    picture = pictures.picture_of("x.jpg", a_photograph("JPEG", exif=exif))
    assert b"Budi" not in pictures.file_of(picture)[1]


def test_one_question_has_one_picture() -> None:
    """The first that is sound; what else there is, is told."""
    shown, notes = pictures.Shown(lambda _: DRAWING.encode()), Notes()
    left = shown.out_of('<img src="denah.svg"> dan <img src="b.svg" alt="B">', notes)
    assert ("denah", 'dan <img src="b.svg" alt="B">') == (shown.picture and shown.picture.id, left.strip())
    assert [pictures.NO_ALT, pictures.ONE_ONLY.format("b.svg")] == list(notes.all)


def test_a_picture_of_a_taken_name_gets_another() -> None:
    """Its ids go with its name, so that it stays sound."""
    renamed = pictures.renamed(Picture("denah", DRAWING), "denah-2")
    assert ("denah-2", []) == (renamed.id, checks.faults(renamed, ()))


def test_a_path_that_leads_out_of_the_package_is_nowhere() -> None:
    """An item that asks for a file outside gets none, and keeps its words."""
    chosen, drawn = pictured(a_question_of(QuestionKind.SINGLE), Picture("denah", DRAWING), "Denah")
    content = files.write(files.bank_of(chosen, drawn), "qti-2.1").content
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).replace(b"../images/denah.svg", b"../../../etc/denah.svg"))
    (found,) = files.read(buffer.getvalue()).understood
    assert (None, True) == (found.picture, any("tinggal keterangannya" in each for each in found.losses))


CANVAS = """<questestinterop><assessment ident="a"><section ident="s"><item ident="i" title="t"><presentation>
<material><mattext texttype="text/html">&lt;p&gt;Lihat.&lt;/p&gt;&lt;p&gt;
&lt;img src="$IMS-CC-FILEBASE$/Uploads/x.svg" alt="Denah"&gt;&lt;/p&gt;</mattext></material>
<response_lid ident="r" rcardinality="Single"><render_choice><response_label ident="a"><material>
<mattext>Ya</mattext></material></response_label><response_label ident="b"><material>
<mattext>Tidak</mattext></material></response_label></render_choice></response_lid></presentation><resprocessing><outcomes><decvar/></outcomes>
<respcondition><conditionvar><varequal respident="r">a</varequal></conditionvar><setvar>100</setvar></respcondition>
</resprocessing></item></section></assessment></questestinterop>"""


def test_a_package_of_canvas_brings_its_pictures() -> None:
    """Canvas calls them from the top of the package, in a folder of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("g1/g1.xml", CANVAS)
        archive.writestr("web_resources/Uploads/x.svg", DRAWING.replace("denah-a", "x-a"))
    (found,) = files.read(buffer.getvalue()).understood
    assert found.question is not None
    assert ("x", "Denah", "Lihat.") == (found.question.picture, found.question.alt, found.question.stem.markdown)
