"""Files of marks as people and systems write them, sound and hostile."""

import codecs
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.quiz import marks
from elearn.quiz.marks import Marks, UnreadableMarks

PLAIN = "nama,slot1/1,slot2/2\nAna,1,0.5\nBudi,0,2\n"


def points(found: Marks) -> list[list[float]]:
    """The marks of each attempt in points."""
    return [[mark / found.scale for mark in row] for row in zip(*(s.marks for s in found.slots), strict=True)]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.replace(",", ";").replace(".", ",").encode(),
        PLAIN.replace(",", "\t").replace("\n", "\r\n").encode(),
        PLAIN.replace(",", ";").replace("\n", "\r").encode(),
        PLAIN.replace("Ana", "José").encode("cp1252"),
        PLAIN.replace(",", "\t").encode("utf-16"),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
        b"\n\n,,\n" + PLAIN.encode() + b"\n,,\n  \n",
        PLAIN.replace("0.5", '" 0,50 "').encode(),
        PLAIN.replace("slot1/1", " SLOT 01 ").replace("slot2/2", '"Slot2 / 2,0"').encode(),
        b"slot2/2,catatan,slot1\n0.5,x,1\n2,y,0\n",
    ],
)
def test_one_table_however_it_is_written(content: bytes) -> None:
    """Separators, decimals, encodings, line ends, empty lines, quotes, spaces, columns in any order."""
    found = marks.read(content)
    assert [[1.0, 0.5], [0.0, 2.0]] == points(found)
    assert [(1, 1.0), (2, 2.0)] == [(slot.number, slot.maximum / found.scale) for slot in found.slots]
    assert () == found.doubts


def test_missing_marks_are_no_points_and_are_told() -> None:
    """Empty, a dash of any length, and cells that a spreadsheet left off at the end of a line."""
    found = marks.read("slot1;slot2;slot3\n1;;-\n–; ;1\n1\n".encode())
    assert [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]] == points(found)
    assert [1, 3, 2] == [slot.missing for slot in found.slots]
    told = ("6 nilai tidak ada dan dihitung nol.", "1 baris lebih pendek daripada baris judul; ")
    assert all(told[place] in doubt for place, doubt in enumerate(found.doubts))


def test_marks_above_the_most_are_kept_and_told() -> None:
    """They may be a bonus, or a heading without its most points."""
    found = marks.read(b"slot1,slot2/10\n1,10\n5,3\n")
    assert [[1.0, 10.0], [5.0, 3.0]] == points(found)
    assert ("1 nilai pada slot1 melebihi nilai maksimumnya, 1.",) == found.doubts


def test_people_are_told_apart_by_the_column_that_is_named() -> None:
    """Whoever has no name is somebody of her own."""
    content = b"NIP,slot1\n1,0\n2,1\n1,1\n,1\n,0\n"
    assert {"1": [0, 1], "2": [1], "baris 5": [1], "baris 6": [0]} == marks.read(content, person="nip").sittings()
    assert {} == marks.read(content).sittings()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas nilai ini kosong."),
        (b"\xef\xbb\xbf \r\n;;\r\n", "Berkas nilai ini kosong."),
        (b"sep=;", "Berkas nilai ini kosong."),
        (b"slot1,slot2\n", "tidak memuat satu pun baris percobaan"),
        (b"nama,nilai\nAna,1\n", "Tidak ada kolom bernama slot1"),
        (b"slot1,slot1/2\n1,1\n", "Kolom slot1 ada lebih dari satu."),
        (b"slot1/x\n1\n", "Nilai maksimum pada judul kolom “slot1/x” bukan angka."),
        (b"slot1/-1\n1\n", "bukan angka."),
        (b"slot1\n1\nbagus\n", "Baris 3, kolom slot1: “bagus” bukan angka."),
        (b"slot1\nnan\n", "Baris 2, kolom slot1: “nan” bukan angka."),
        (b"slot1\n1e999999999\n", "Baris 2, kolom slot1"),
        (b"slot1\n" + b"9" * 400, "Baris 2, kolom slot1"),
        (b"slot1\n\x1b[31mmerah\n", "“?[31mmerah” bukan angka."),
        (b"slot1,slot2\n0,5,1\n", "Baris 2 memuat lebih banyak kolom daripada baris judul."),
        (b'slot1,slot2\n1,"1\n0,0\n', "Tanda kutip sesudah baris"),
        (b'slot1\n"' + b"x" * 200_000 + b'"\n', "Tanda kutip sesudah baris"),
        (b"PK\x03\x04rest of a workbook", "Berkas ini bukan CSV."),
        (b"slot1\n\x00\n", "Berkas ini bukan CSV."),
        (",".join(f"slot{n}" for n in range(600)).encode() + b"\n1\n", "lebih dari 500 kolom slot"),
    ],
)
def test_a_file_that_says_nothing_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    """With the line and the column, and nothing that a screen would obey."""
    with pytest.raises(UnreadableMarks) as refusal:
        marks.read(content)
    assert sentence in refusal.value.sentence


def test_a_column_of_people_that_is_not_there_is_named() -> None:
    """Rather than counting everybody as one."""
    with pytest.raises(UnreadableMarks, match="Tidak ada kolom bernama “nip”"):
        marks.read(b"slot1\n1\n", person="nip")


@given(st.binary(max_size=200) | st.text(alphabet="slot12/;,.\t\n\"'-=0e–", max_size=60).map(str.encode))
def test_whatever_comes_is_read_or_refused(content: bytes) -> None:
    """There is no third way out."""
    with suppress(UnreadableMarks):
        found = marks.read(content)
        assert len({len(slot.marks) for slot in found.slots}) == 1


def test_five_thousand_lines_take_a_moment() -> None:
    """Reading costs about as much as counting."""
    head = ";".join(f"slot{n}/1" for n in range(1, 21))
    content = (head + "\n" + (";".join(["0,33333", "1"] * 10) + "\n") * 5000).encode()
    began = time.process_time()
    found = marks.read(content)
    assert (5000, True) == (len(found.totals), time.process_time() - began < 1.0)


@pytest.mark.parametrize(
    "content",
    [
        b"slot1/1\n" + b"1\n" * 600_000,
        b";".join(b"slot%d" % each for each in range(1, 501)) + b"\n" + b"0\n" * 10_500,
    ],
    ids=["lines", "marks"],
)
def test_more_than_a_quiz_ever_had_is_refused_soon(content: bytes) -> None:
    """Fifty megabytes of short rows took minutes, and gigabytes of memory."""
    with pytest.raises(UnreadableMarks, match="terlalu banyak"):
        marks.read(content)
