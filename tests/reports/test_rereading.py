"""A report's file read back: each kind of cell means what it meant, however another program wrote it."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.core.grid import LiveSheet
from elearn.core.tables import Column, Kind, Table, lines_of, to_csv, to_json, to_xlsx
from elearn.reports import proofs, rereading
from elearn.reports.rereading import NotReadable, meant
from tests.factories.files import bare, resaved, sheets_of

TODAY = date(2026, 11, 22)
KINDS: tuple[Kind, ...] = get_args(Kind)
COLUMNS = tuple(Column(kind, kind.title(), kind) for kind in KINDS)
NOTES = (("Per tanggal", "22 November 2026"), ("Arti", "=dua\nbaris; dan titik koma"), ("SHA-256 data", "0" * 64))

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)
values = {
    "text": texts.map(str.strip),
    "code": st.from_regex(r"[A-Z]{1,3}-[0-9]{2}", fullmatch=True),
    "nip": st.from_regex(r"[0-9]{18}", fullmatch=True) | st.just("=1+1"),
    "count": st.integers(-9, 99_999),
    "percent": st.integers(0, 60).flatmap(lambda m: st.integers(0, m).map(lambda n: n / m if m else 0.0)),
    "date": st.dates(date(2010, 1, 1), date(2040, 1, 1)),
    "instant": st.datetimes(datetime(2010, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
}
rows = st.fixed_dictionaries({kind: st.none() | values[kind] for kind in KINDS})
tables = st.builds(
    lambda each, total: Table("Uji", COLUMNS, [{**row, "nip": "1" * 18} for row in each], NOTES, total),
    st.lists(rows, min_size=1, max_size=4),
    st.none() | rows.map(lambda row: {**row, "text": "Jumlah"}),
)


def written(table: Table) -> list[bytes]:
    """The files of a table, and its workbook by two other writers."""
    book = to_xlsx(table)
    return [to_csv(table), book, to_json(table, as_of=TODAY, filters={}), bare(book), resaved(sheets_of(book))]


@given(tables)
@settings(max_examples=25, deadline=None)
def test_what_was_written_is_read(table: Table) -> None:
    """Every table in every kind of file: the same lines, the same notes, nothing strange."""
    for content in written(table):
        found = rereading.read(content)
        assert lines_of(table) == found.lines(KINDS)
        assert proofs.print_of_notes(NOTES) == proofs.print_of_notes(found.notes)
        assert not found.strange


@pytest.mark.parametrize(
    ("kind", "cell", "told"),
    [
        ("count", "12,0", "12"),
        ("count", 12.0, "12"),
        ("count", "'-5", "'-5"),
        ("count", 12.5, "12.5"),
        ("count", "dua", "dua"),
        ("percent", "72,80%", "72,8%"),
        ("percent", "72.8 %", "72,8%"),
        ("percent", 0.728, "72,8%"),
        ("percent", "0,728", "0,728"),
        ("percent", 1e300, str(int(1e300))),
        ("percent", float("inf"), "inf"),
        ("date", "22/11/2026", "2026-11-22"),
        ("date", "22-11-2026 00:00", "2026-11-22"),
        ("date", 46348.0, "2026-11-22"),
        ("date", 46348.25, "46348.25"),
        ("date", "31/31/2026", "31/31/2026"),
        ("date", float("nan"), "nan"),
        ("instant", "22/11/2026 10:32", "2026-11-22 10:32"),
        ("instant", "2026-11-22 10:31:59.999999", "2026-11-22 10:32"),
        ("instant", "2026-11-22T03:32:00+00:00", "2026-11-22 10:32"),
        ("instant", 10**400, str(10**400)),
        ("nip", "198609262015051001", "\t198609262015051001"),
        ("nip", 198609262015051001.0, f"\t{int(198609262015051001.0)}"),
        ("text", 7.0, "7"),
        ("text", "=1+1", "=1+1"),
    ],
)
def test_a_cell_means_what_it_meant(kind: Kind, cell: Any, told: str) -> None:
    """As far as nothing else could have been meant; a formula that lost its apostrophe is another text."""
    assert told == meant(cell, kind)


def test_a_csv_that_became_a_workbook_is_read_like_the_csv() -> None:
    """Its notes are below its rows, on its only sheet."""
    table = Table("Uji", (Column("name", "Nama"),), [{"name": "Ani"}, {"name": "Budi"}], NOTES)
    lines = [line.split(";") for line in to_csv(table).decode("utf-8-sig").splitlines()[:4]]
    found = rereading.read(resaved({"laporan": [*lines, ["Per tanggal", "22 November 2026"]]}))
    assert lines_of(table) == found.lines(("text",))
    assert [("Per tanggal", "22 November 2026")] == found.notes


def test_what_stands_beside_the_columns_is_read_too() -> None:
    """And so is what stands beside a note; a sheet of somebody's own is named."""
    sheets = {
        "Data": [["Nama"], ["Ani", None, "lagi"]],
        "Keterangan": [["Judul", "Uji"], ["a", "b", "c"]],
        "Lain": [],
    }
    found = rereading.read(resaved(sheets))
    assert [["Nama"], ["Ani", "", "lagi"]] == found.lines(("text",))
    assert [("a", "b\tc")] == found.notes
    assert ["Lain"] == found.strange


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A workbook with one more part."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return file.getvalue()


BOOK = to_xlsx(Table("Uji", (Column("name", "Nama"),), [{"name": "Ani"}], NOTES))
BOMB = b'<!DOCTYPE a [<!ENTITY b "lol">' + b"".join(
    b'<!ENTITY b%d "%s">' % (n, b"&b%s;" % (b"" if n == 0 else b"%d" % (n - 1)) * 10) for n in range(9)
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
HOSTILE = {
    "nothing": b"PK\x03\x04",
    "old": b"\xd0\xcf\x11\xe0" + bytes(600),
    "unpacked": with_part(BOOK, "xl/big.xml", b"<a>" + b" " * 50_000_000 + b"</a>"),
    "entities": with_part(BOOK, "xl/bomb.xml", BOMB + b"]><a>&b8;</a>"),
    "twice": with_part(
        BOOK.replace(b"xl/sharedStrings.xml", b"XL/worksheets/Sh.XML"), "xl/worksheets/sh.xml", b"<a/>"
    ),
    "elements": with_part(BOOK, "xl/many.xml", b"<a>" + b"<b/>" * 2_000_000 + b"</a>"),
    "deep": b'{"a":' + b"[" * 50_000,
    "wide": b'{"rows":[' + b"{}," * 100_000 + b"{}]}",
    "commas": b'{"rows":[' + b"1," * 700_000 + b"1]}",
    "number": b'{"a":' + b"9" * 5_000 + b"}",
    "names": b'{"columns":[],"rows":[],"notes":{},"notes":{}}',
    "half": b'{"columns":[],"rows":[],"notes":{"a":"\\ud800"}}',
    "list": b'{"columns":[1],"rows":[],"notes":{}}',
    "other": b'{"halo": 1}',
    "open": b'a;b\n"c;d\n',
    "lines": b"a;b\n" * 40_000,
    "cells": b";" * 400_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(name: str) -> None:
    """Whatever it claims, nothing breaks and nothing large is made of it."""
    with pytest.raises(NotReadable) as refused:
        rereading.read(HOSTILE[name])
    assert "file" == refused.value.field


def test_no_part_of_a_workbook_reads_a_file_of_ours() -> None:
    """An entity that points outside stays closed."""
    assert "root:" not in str(rereading.read(with_part(BOOK, "xl/out.xml", OUTSIDE)))


def test_a_workbook_that_reckons_is_told_apart() -> None:
    """What its cells hold is not what they would show."""
    sheets = sheets_of(BOOK)
    sheets["Data"][1][0] = '="An"&"i"'
    with pytest.raises(LiveSheet):
        rereading.read(resaved(sheets))


def test_one_part_given_out_as_many_sheets_is_refused() -> None:
    """Each sheet counts, wherever its cells come from."""
    with pytest.raises(NotReadable):
        rereading.read(resaved({f"S{n}": [["a"]] for n in range(101)}))


def test_a_file_for_programs_may_be_written_otherwise() -> None:
    """With spaces, in another order of its parts, in plain ASCII."""
    table = Table("Uji", (Column("name", "Nama"),), [{"name": "Café 😀"}], NOTES)
    told = json.loads(to_json(table, as_of=TODAY, filters={}))
    again = json.dumps(dict(reversed(told.items())), indent=2).encode("utf-8-sig")
    assert lines_of(table) == rereading.read(again).lines(("text",))


def test_every_kind_of_column_has_a_sign() -> None:
    """So that an address can name it, and no two are alike."""
    assert set(KINDS) == set(proofs.SIGN_OF) == set(proofs.KIND_OF.values())
