"""Drawings: what an illustrator needs passes, what could run, load or speak in a page does not."""

from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.content.checks import pictures
from elearn.content.modules import Picture
from elearn.content.shape import Fault

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 160">'


def faults(inner: str = "", head: str = HEAD) -> list[Fault]:
    """What is wrong with a drawing named “kantor” that holds this."""
    return pictures.faults(Picture("kantor", f"{head}\n{inner}\n</svg>"), ("pictures", 0, "svg"))


SOUND = [
    "",
    '<g fill="#0b4f7d" transform="translate(140 66) scale(0.7)"><path d="M0 1h2l-3 4-5.5 6e-2Z"/></g>',
    '<circle cx="1" cy="2" r="3" stroke="currentColor" stroke-dasharray="1 6" opacity=".5"/>',
    '<defs><radialGradient id="kantor-a"><stop offset="50%"/></radialGradient></defs><g fill="url(#kantor-a)"/>',
]
REFUSED = [
    ("<script>alert(1)</script>", "Elemen “script”"),
    ("<style>path{fill:red}</style>", "Elemen “style”"),
    ("<foreignObject/>", "Elemen “foreignObject”"),
    ("<image/>", "Foto di dalam gambar harus PNG atau JPEG"),
    ('<image href="https://jahat.example/a.png"/>', "Foto di dalam gambar harus PNG atau JPEG"),
    ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "Foto di dalam gambar harus PNG atau JPEG"),
    ('<image href="data:image/png;base64,AAAA"/>', "rusak atau bukan PNG"),
    ("<text>Halo</text>", "Elemen “text”"),
    ("<title/>", "Elemen “title”"),
    ("<a/>", "Elemen “a”"),
    ("<use/>", "Elemen “use”"),
    ("<animate/>", "Elemen “animate”"),
    ("<svg/>", "Elemen “svg”"),
    ('<path xmlns="http://www.w3.org/1999/xhtml"/>', "harus milik SVG"),
    ('<s:path xmlns:s="http://www.w3.org/2000/svg"/>', "harus milik SVG"),
    ("Halo", "tidak memuat teks"),
    ("<g>Halo</g>", "tidak memuat teks"),
    ('<path onclick="alert(1)"/>', "Atribut “onclick”"),
    ('<path style="fill:red"/>', "Atribut “style”"),
    ('<path class="x"/>', "Atribut “class”"),
    ('<path href="#a"/>', "Atribut “href”"),
    ('<path xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>', "Atribut “href”"),
    ('<path fill="url(https://contoh.id/a)"/>', "memuat tanda atau alamat"),
    ('<path fill="url(lain)"/>', "memuat tanda atau alamat"),
    ('<path fill="URL(#kantor-x)"/>', "memuat tanda atau alamat"),
    ('<path fill="u\\72l(lain)"/>', "memuat tanda atau alamat"),
    ('<path fill="javascript:alert(1)"/>', "memuat tanda atau alamat"),
    ('<path fill="&#106;avascript&#58;alert(1)"/>', "memuat tanda atau alamat"),
    ('<path fill="url(#kantor-x)"/>', "Acuan “#kantor-x”"),
    ('<g id="atap"/>', "Id “atap”"),
    ('<g id="kantor-atap-satu"/>', "Id “kantor-atap-satu”"),
    ('<g id="kantor-a"/><g id="kantor-a"/>', "lebih dari satu kali"),
    ("<!-- catatan -->", "deklarasi"),
    ("<![CDATA[x]]>", "deklarasi"),
    ("<?xml-stylesheet href='a.css'?>", "deklarasi"),
    ("<g>", "tidak terbaca"),
    ("&nbsp;", "tidak terbaca"),
    ("<g>" * 300 + "</g>" * 300, "tidak terbaca"),
    ("<path d='" + "1 " * 4000 + "'/>", "bita"),
]


@pytest.mark.parametrize("inner", SOUND)
def test_a_plain_drawing_is_sound(inner: str) -> None:
    """Shapes, groups, colours and gradients of its own."""
    assert [] == faults(inner)


@pytest.mark.parametrize(("inner", "word"), REFUSED)
def test_what_is_no_drawing_is_refused(inner: str, word: str) -> None:
    """Script, style, text, links, addresses, strange names, entities, and too much of it."""
    assert any(word in fault.sentence for fault in faults(inner)), faults(inner)


@pytest.mark.parametrize(
    ("head", "word"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg">', "viewBox"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320">', "viewBox"),
        ('<svg viewBox="0 0 1 1">', "harus milik SVG"),
        (f"<?xml version='1.0' encoding='utf-7'?>{HEAD}", "deklarasi"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}', "deklarasi"),
    ],
)
def test_the_frame_is_a_plain_svg(head: str, word: str) -> None:
    """Its space, its name, and nothing declared before it."""
    assert any(word in fault.sentence for fault in faults(head=head))


def test_a_picture_that_is_no_svg_is_refused() -> None:
    """The outermost element is the frame."""
    html = Picture("kantor", '<g xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    assert pictures.faults(html, ("svg",))


def test_a_fault_knows_its_line() -> None:
    """The offset counts the lines before the element."""
    assert [2] == [fault.offset for fault in faults("<g/>\n<text/>")]


@given(element=st.sampled_from(sorted(pictures.ELEMENTS)), attribute=st.text(max_size=12), value=st.text(max_size=30))
def test_whatever_passes_is_made_of_what_is_allowed(element: str, attribute: str, value: str) -> None:
    """Any attribute that is let through is on the list, and no value holds an address or closes its quotes."""
    if faults(f"<{element} {attribute}={quoteattr(value)}/>"):
        return
    assert attribute.strip().split("=")[0].strip() in pictures.ATTRIBUTES
    assert not set(value) & set(":/\\\"'<>;@&")


@given(st.text(alphabet="<>/=\"'& svgpathxmln:!?[]-#", max_size=60))
def test_no_file_is_an_error(svg: str) -> None:
    """Whatever stands in a file, it is judged."""
    pictures.faults(Picture("kantor", svg), ("svg",))
