"""Bytes from anybody become text, XML or a package within bounds, or are refused with a sentence; never a crash."""

import io
import stat
import zipfile
from random import Random
from time import process_time
from tracemalloc import get_traced_memory, start, stop

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.content.formats import files, opening
from elearn.content.formats.neutral import UnreadableQuestions

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]><quiz><question><name><text>&lol9;</text></name></question></quiz>"
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
PARAMETER = '<!DOCTYPE quiz [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><quiz/>'
QUESTION = (
    '<quiz><question type="truefalse"><name><text>N</text></name><questiontext format="html"><text>{}</text>'
    '</questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer>'
    "</question></quiz>"
)
ITEM = (
    '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a" title="A"><itemBody><p>Teks</p>'
    "</itemBody></assessmentItem>"
)
MANIFEST = (
    '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources><resource identifier="r" '
    'type="imsqti_item_xmlv2p1" href="{0}"><file href="{0}"/></resource></resources></manifest>'
)


def a_zip(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(content: bytes, form: str = "") -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UnreadableQuestions) as refused:
        files.read(content, form)
    return refused.value.sentence


@pytest.mark.parametrize("xml", [LAUGHS, EXTERNAL, PARAMETER])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_a_document_type_of_its_own_is_refused(xml: str, encoding: str) -> None:
    """Bombs and outward entities are not even parsed, in whatever encoding they hide."""
    content = xml.replace('<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{encoding[:6]}"?>')
    assert "DOCTYPE" in refusal(content.encode(encoding))


def test_a_bomb_in_a_package_stays_unread() -> None:
    """One hostile file of a package is told as not understood; the others are read."""
    package = a_zip({"imsmanifest.xml": MANIFEST.format("a.xml"), "a.xml": EXTERNAL, "b.xml": ITEM})
    reading = files.read(package)
    assert (True, "unknown") == ("DOCTYPE" in reading.bank.items[0].losses[0], reading.bank.items[0].kind.value)


def test_a_named_document_type_is_passed_over() -> None:
    """What only names the format's own definition is read, and nothing is fetched."""
    xml = (
        '<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2p1.dtd"><questestinterop><item ident="a"/></questestinterop>'
    )
    assert "qti-1.2" == files.read(xml.encode()).format


@pytest.mark.parametrize("size", [10_000_001, 50_000_000])
@pytest.mark.parametrize("sign", [b"a", b"<", b"PK\x03\x04", b"\x00"])
def test_what_is_too_large_is_refused_at_once(size: int, sign: bytes) -> None:
    """Nobody looks into it."""
    content = (sign * (size // len(sign) + 1))[:size]
    begun = process_time()
    assert "10 MB" in refusal(content)
    assert process_time() - begun < 1


def test_a_zip_that_swells_is_refused() -> None:
    """A file of zeros shrinks a thousandfold; it is never unpacked."""
    bomb = a_zip({"imsmanifest.xml": MANIFEST.format("a.xml"), "a.xml": b"0" * 9_000_000})
    start()
    sentence = refusal(bomb)
    peak = get_traced_memory()[1]
    stop()
    assert "mengembang" in sentence
    assert peak < 5_000_000


def test_many_zips_that_swell_are_refused_by_their_sum() -> None:
    """Nine times five megabytes is more than a package may hold."""
    noise = Random(1).randbytes(200).hex()
    bomb = a_zip({f"{n}.xml": (noise + str(n)) * 12_000 for n in range(9)})
    assert "lebih besar dari 40 MB" in refusal(bomb)


@pytest.mark.parametrize(
    "name", ["../jahat.xml", "a/../../jahat.xml", "/etc/jahat.xml", "..\\jahat.xml", "C:\\j.xml"]
)
def test_no_path_leads_out_of_a_package(name: str) -> None:
    """Neither upwards nor to the root, in either notation."""
    assert "ke luar paket" in refusal(a_zip({"imsmanifest.xml": MANIFEST.format("a.xml"), name: ITEM}))


@pytest.mark.parametrize(
    "href", ["../../etc/passwd.xml", "/etc/passwd.xml", "file:///etc/passwd.xml", "http://x/y.xml"]
)
def test_a_manifest_cannot_point_outside(href: str) -> None:
    """What it names and the package does not hold is told as missing."""
    reading = files.read(a_zip({"imsmanifest.xml": MANIFEST.format(href), "a.xml": ITEM}))
    assert (1, True) == (len(reading.bank.items), any("tidak ada" in each for each in reading.bank.losses))


def test_a_link_is_refused() -> None:
    """A package brings files only."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("imsmanifest.xml")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert "bukan berkas biasa" in refusal(buffer.getvalue())


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_what_was_cut_off_is_refused(share: float) -> None:
    """Half a file is no file, in any format that can tell."""
    whole = a_zip({"imsmanifest.xml": MANIFEST.format("a.xml"), "a.xml": ITEM * 5})
    assert "rusak" in refusal(whole[: int(len(whole) * share)])
    xml = QUESTION.format("Soal").encode()
    assert "tidak utuh" in refusal(xml[: int(len(xml) * share)])


def test_binary_garbage_is_refused() -> None:
    """A picture, a program, random bytes: one sentence."""
    noise = Random(7).randbytes(20_000)
    for content in (
        b"\x89PNG\r\n\x1a\n" + noise,
        b"\x7fELF\x02" + noise,
        noise,
        b"\x00" * 5_000,
        b"PK\x03\x04" + noise,
    ):
        assert refusal(content).endswith(".")


def test_nothing_is_no_question() -> None:
    """An empty file, blanks, a page of the web, a letter."""
    for content in (b"", b"  \n\n", b"\xef\xbb\xbf", b"<html><body>Halo</body></html>", b"Salam hangat dari kami"):
        assert refusal(content).endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252"])
def test_text_is_read_in_its_encoding(encoding: str) -> None:
    """With and without a mark; what is not Unicode is read as Windows-1252, and that is said."""
    reading = files.read("Apa itu “café”?{=Kedai –kopi ~Sekolah}".encode(encoding))
    (item,) = reading.bank.items
    assert ("Apa itu “café”?", "Kedai –kopi") == (item.text, item.options[0].text)
    assert (encoding == "windows-1252") == bool(reading.bank.losses)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("UTF-8", "utf-8"), ("UTF-16", "utf-16"), ("windows-1252", "windows-1252"), ("UTF-8", "windows-1252")],
)
def test_xml_is_read_in_its_encoding(declared: str, encoding: str) -> None:
    """As declared; a wrong declaration is made good and told."""
    xml = f'<?xml version="1.0" encoding="{declared}"?>' + QUESTION.format("“Café” itu apa?")
    reading = files.read(xml.encode(encoding))
    assert "“Café” itu apa?" == reading.bank.items[0].text
    assert (declared.lower() != encoding.replace("utf-8", "utf-8").lower()) == bool(reading.bank.losses)


def test_too_many_tags_are_refused() -> None:
    """A million empty elements would fill the memory."""
    assert "terlalu banyak tag" in refusal(b"<quiz>" + b"<a/>" * 700_000 + b"</quiz>")


def test_bottomless_nesting_ends_in_a_sentence() -> None:
    """Neither XML nor HTML can sink the reader."""
    assert "tidak utuh" in refusal(b"<quiz>" + b"<a>" * 100_000)
    deep = QUESTION.format("&lt;div&gt;" * 8_000 + "dasar")
    assert "dasar" in files.read(deep.encode()).bank.items[0].text


def test_a_spreadsheet_with_endless_cells_is_refused() -> None:
    """A cell far out claims a whole sheet."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576">'
    )
    sheet += '<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    content = a_zip(
        {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", "xl/worksheets/s.xml": sheet}
    )
    assert "terlalu besar" in refusal(content)


def test_scripts_do_not_come_along() -> None:
    """What could run is gone, and that is said."""
    hostile = (
        "<script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:alert(3)'>klik</a> <b>Soal</b>"
    )
    item = files.read(QUESTION.format(f"<![CDATA[{hostile}]]>").encode()).bank.items[0]
    assert not [word for word in ("alert", "script", "onerror") if word in item.text]
    assert ("**Soal**" in item.text, len(item.losses) >= 3) == (True, True)


@given(st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """There is no third way."""
    for prefix in (b"", b"<quiz>", b"PK\x03\x04", b"\xff\xfe", b"::a::{"):
        for form in ("", *files.NAMES):
            try:
                files.plain(files.read(prefix + content, form))
            except UnreadableQuestions as refused:
                assert refused.sentence.endswith(".")  # noqa: PT017 - either is right, a third thing is not


def test_the_line_of_a_fault_is_told() -> None:
    """Whoever mends the file knows where."""
    assert "baris 3" in refusal(b"<quiz>\n<question>\n</quiz>")


def test_bounds_are_those_of_the_page() -> None:
    """The page says ten megabytes."""
    assert 10 == opening.MOST_BYTES // 1_000_000
