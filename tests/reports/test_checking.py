"""What is told of each kind of file: unchanged, saved anew, sorted, changed anywhere, patched, hostile, of nobody."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from elearn.core.permissions import SYSTEM, Grant, Role
from elearn.core.tables import Column, Table, to_csv, to_json, to_xlsx
from elearn.reports import checking, papers, proofs
from elearn.reports.checking import Answer, Finding
from elearn.reports.papers import CHECKED_AT, Paper
from tests.factories.files import Sheets, as_csv, bare, lines_of, resaved, sheets_of

AT = datetime(2026, 11, 22, 3, 32, 59, 999_700, tzinfo=UTC)
COLUMNS = (
    Column("name", "Nama"),
    Column("nip", "NIP", "nip"),
    Column("days", "Hari", "count"),
    Column("share", "Bagian", "percent"),
    Column("on", "Tenggat", "date"),
    Column("at", "Saat", "instant"),
)
FILTERS = {"Per tanggal": "22 November 2026", "Jenis pegawai": "PNS"}
NOTES = (*FILTERS.items(), ("Koreksi", "satu"), ("Koreksi", "dua"), ("Dibuat oleh", "Ratna Dewi"))
KINDS = ("csv", "xlsx", "json")


def a_row(number: int) -> dict[str, Any]:
    """One person's row, with a name that a spreadsheet would run."""
    return {
        "name": f"=Orang {9 - number}",
        "nip": f"19860926201505100{number}",
        "days": number * 1000,
        "share": number / 7,
        "on": date(2026, 11, 20) + timedelta(days=number),
        "at": AT + timedelta(hours=number),
    }


TOTAL = {**dict.fromkeys(column.key for column in COLUMNS), "name": "Jumlah", "days": 3000}
TABLE = Table("Pegawai yang terlambat", COLUMNS, [a_row(n) for n in (1, 2, 3)], NOTES, TOTAL)


def asked_by(*roles: Role) -> Any:
    """What somebody in these roles asks for, as far as a paper tells it."""
    reader = replace(SYSTEM, name="Ratna Dewi", grants=tuple(Grant(role) for role in roles))
    return SimpleNamespace(
        reader=reader, scope="Seluruh perangkat daerah", day=date(2026, 11, 22), at=AT, offices=None
    )


@pytest.fixture(autouse=True)
def _inside(built_app_once: Flask) -> Iterator[None]:
    """All tests of this file are inside the application; none needs a database."""
    with built_app_once.app_context():
        yield


def filed(table: Table = TABLE) -> Table:
    """The table with all that its files carry."""
    return papers.filed(table, asked_by(Role.HR))


def a_file(kind: str, table: Table | None = None) -> bytes:
    """The file of a table that carries what it can be checked by."""
    table = table or filed()
    if kind == "csv":
        return to_csv(table)
    return to_xlsx(table) if kind == "xlsx" else to_json(table, as_of=date(2026, 11, 22), filters=FILTERS)


def told(content: bytes) -> Answer:
    """What is told of a file that claims to be ours."""
    answer = checking.check(content)
    assert answer is not None
    return answer


def altered(kind: str, change: Callable[[Sheets], None]) -> bytes:
    """A file whose data and notes somebody changed and saved with another program."""
    if kind == "json":
        return _altered_json(change)
    if kind == "xlsx":
        sheets = sheets_of(a_file("xlsx"))
        change(sheets)
        return resaved(sheets)
    lines = lines_of(a_file("csv"))
    gap = lines.index([])
    sheets = {"Data": lines[:gap], "Keterangan": [["Judul", ""], *lines[gap + 1 :]]}
    change(sheets)
    return as_csv([*sheets["Data"], [], *sheets["Keterangan"][1:]])


def _altered_json(change: Callable[[Sheets], None]) -> bytes:
    """The same for the file for programs."""
    file = json.loads(a_file("json"))
    keys = [column["key"] for column in file["columns"]]
    rows = [[row[key] for key in keys] for row in (*file["rows"], file["total"])]
    notes = [["Judul", file["title"]], *([name, text] for name, text in file["notes"].items())]
    sheets: Sheets = {"Data": [[column["title"] for column in file["columns"]], *rows], "Keterangan": notes}
    change(sheets)
    *rows, total = [dict(zip(keys, row, strict=True)) for row in sheets["Data"][1:]]
    more = {"title": notes[0][1], "rows": rows, "total": total, "notes": dict(sheets["Keterangan"][1:])}
    return json.dumps({**file, **more}, indent=1).encode()


@pytest.mark.parametrize("kind", KINDS)
def test_an_unchanged_file_is_the_same(kind: str) -> None:
    """It says what it is, as of when, made when and by which office, and nobody's name."""
    answer = told(a_file(kind))
    assert (Finding.SAME, 3, ()) == (answer.finding, answer.rows, answer.strange)
    made = answer.statement
    assert made is not None
    assert made.marks is not None
    assert ("Pegawai yang terlambat", date(2026, 11, 22), "BKPSDM") == (made.title, made.as_of, made.marks.office)
    assert AT.replace(microsecond=0) == made.made_at
    assert "Ratna" not in str(made)


def test_each_kind_may_be_saved_anew() -> None:
    """By programs that drop styles, keep no tab, write days and shares in their own way."""
    book = a_file("xlsx")
    lines = lines_of(a_file("csv"))
    for line in lines[1:4]:
        line[1], line[3] = line[1].strip(), line[3].replace("%", "0 %")
        line[4] = "/".join(reversed(line[4].split("-")))
    again = [resaved(sheets_of(book)), bare(book), as_csv(lines, separator=",", encoding="utf-16")]
    again += [altered(kind, lambda _: None) for kind in KINDS]
    assert [Finding.SAME] * 6 == [told(content).finding for content in again]


def test_an_instant_is_compared_to_the_minute() -> None:
    """Also where the seconds of a workbook are almost the next minute."""
    assert AT.second == 59
    assert Finding.SAME is told(bare(a_file("xlsx"))).finding


@pytest.mark.parametrize("kind", KINDS)
def test_rows_in_another_order_are_the_same_rows(kind: str) -> None:
    """Sorting changes no data, so it is said and not held against the file; a column elsewhere is a change."""

    def by_name(sheets: Sheets) -> None:
        sheets["Data"][1:4] = reversed(sheets["Data"][1:4])

    def by_column(sheets: Sheets) -> None:
        for row in sheets["Data"]:
            row[0], row[1] = row[1], row[0]

    assert Finding.SORTED is told(altered(kind, by_name)).finding
    if kind != "json":
        assert Finding.CHANGED is told(altered(kind, by_column)).finding


def test_any_changed_cell_is_a_change() -> None:
    """In whichever column, in the titles and in the total."""
    for kind in KINDS:
        for line in (1, 2, 3):
            for place in range(len(COLUMNS)):
                content = altered(kind, lambda sheets, line=line, place=place: _nudge(sheets["Data"][line], place))
                assert Finding.CHANGED is told(content).finding, (kind, line, place)
        assert Finding.CHANGED is told(altered(kind, lambda sheets: _nudge(sheets["Data"][4], 2))).finding
    for kind in ("csv", "xlsx"):
        assert Finding.CHANGED is told(altered(kind, lambda sheets: _nudge(sheets["Data"][0], 0))).finding


def _nudge(row: list[Any], place: int) -> None:
    """Change a cell as little as is told apart."""
    cell = row[place]
    if isinstance(cell, datetime):
        row[place] = cell + (timedelta(days=1) if (cell.hour, cell.minute) == (0, 0) else timedelta(minutes=1))
    elif isinstance(cell, int):
        row[place] = cell + 1
    elif isinstance(cell, float):
        row[place] = cell + 0.001
    else:
        digit = max((n for n, sign in enumerate(cell[:16]) if sign.isdigit()), default=0)
        row[place] = f"{cell[:digit]}{'4' if cell[digit] != '4' else '5'}{cell[digit + 1 :]}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_or_column_less_or_more_is_a_change(kind: str) -> None:
    """And how many rows there are is told."""
    answer = told(altered(kind, lambda sheets: sheets["Data"].pop(2)))
    assert (Finding.CHANGED, 2) == (answer.finding, answer.rows)
    answer = told(altered(kind, lambda sheets: sheets["Data"].insert(2, sheets["Data"][2])))
    assert (Finding.CHANGED, 4) == (answer.finding, answer.rows)
    if kind != "json":
        assert Finding.CHANGED is told(altered(kind, lambda sheets: sheets["Data"][2].append("lagi"))).finding
        assert Finding.CHANGED is told(altered(kind, lambda sheets: [row.pop() for row in sheets["Data"]])).finding


@pytest.mark.parametrize("kind", KINDS)
def test_changed_notes_are_told_apart_from_changed_data(kind: str) -> None:
    """Another day, a filter taken out, another fingerprint, a note more."""

    def without_filter(sheets: Sheets) -> None:
        del sheets["Keterangan"][2]

    def of_another_day(sheets: Sheets) -> None:
        sheets["Keterangan"][1][1] = "23 November 2026"

    def with_one_more(sheets: Sheets) -> None:
        sheets["Keterangan"].insert(1, ["Diperiksa oleh", "Bupati"])

    for change in (without_filter, of_another_day, with_one_more):
        assert Finding.RELABELLED is told(altered(kind, change)).finding


def test_a_file_for_programs_tells_the_same_in_each_part() -> None:
    """Its title, day, filters, columns and fingerprint are compared as well, and what it has beside them is named."""
    whole = json.loads(a_file("json"))
    swapped = [
        {**column, "key": {"days": "share", "share": "days"}.get(column["key"], column["key"])}
        for column in whole["columns"]
    ]
    rows = [{**row, "days": row["share"], "share": row["days"]} for row in (*whole["rows"], whole["total"])]
    for other in (
        {"title": "Pegawai"},
        {"as_of": "2026-11-21"},
        {"filters": {"Per tanggal": "21 November 2026"}},
        {"filters": []},
        {"sha256": "0" * 64},
        {"columns": swapped, "rows": rows[:-1], "total": rows[-1]},
    ):
        assert Finding.RELABELLED is told(json.dumps({**whole, **other}).encode()).finding
    answer = told(json.dumps({**whole, "catatan": "asli"}).encode())
    assert (Finding.EXTENDED, ("catatan",)) == (answer.finding, answer.strange)
    rows = [{**row, "bonus": 1} for row in whole["rows"]]
    assert ("bonus",) == told(json.dumps({**whole, "rows": rows}).encode()).strange


def test_a_workbook_says_its_own_title_and_no_other_sheet() -> None:
    """A sheet laid over ours is named; a title of another report is a change of the notes."""
    answer = told(altered("xlsx", lambda sheets: sheets.update({"Ringkasan": [["Semua selesai"]]})))
    assert (Finding.EXTENDED, ("Ringkasan",)) == (answer.finding, answer.strange)

    def retitled(sheets: Sheets) -> None:
        sheets["Keterangan"][0][1] = "Pegawai teladan"

    assert Finding.RELABELLED is told(altered("xlsx", retitled)).finding
    assert Finding.LIVE is told(altered("xlsx", lambda sheets: _reckon(sheets["Data"][1]))).finding


def _reckon(row: list[Any]) -> None:
    row[2] = "=500+500"


@pytest.mark.parametrize("kind", KINDS)
def test_without_its_address_nothing_is_certain(kind: str, built_app_once: Flask) -> None:
    """Cut out, or signed by somebody else."""
    assert Finding.UNSIGNED is told(altered(kind, lambda sheets: sheets["Keterangan"].pop())).finding

    def forged(sheets: Sheets) -> None:
        sheets["Keterangan"][-1][1] += "x"

    def on_paper_only(sheets: Sheets) -> None:
        made = told(a_file(kind)).statement
        assert made is not None
        sheets["Keterangan"][-1][1] = proofs.proof(made)["address"]

    assert Finding.FOREIGN is told(altered(kind, forged)).finding
    assert Finding.FOREIGN is told(altered(kind, on_paper_only)).finding
    whole, secret = a_file(kind), built_app_once.config["SECRET_KEY"]
    try:
        built_app_once.config["SECRET_KEY"] = "y" * 40
        assert Finding.FOREIGN is told(whole).finding
    finally:
        built_app_once.config["SECRET_KEY"] = secret


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_of_another_file_does_not_fit(kind: str) -> None:
    """It tells of the other report, and that this is not it; two addresses do not help."""
    other = filed(replace(TABLE, title="Peringkat", rows=TABLE.rows[:2], notes=NOTES[:2]))
    name, address = other.notes[-1]
    assert CHECKED_AT == name

    def patched(sheets: Sheets) -> None:
        sheets["Keterangan"][-1][1] = address

    def with_both(sheets: Sheets) -> None:
        sheets["Keterangan"].append(["Juga", address])

    for change in (patched, with_both):
        answer = told(altered(kind, change))
        assert answer.statement is not None
        assert (Finding.CHANGED, "Peringkat") == (answer.finding, answer.statement.title)


@pytest.mark.parametrize(
    "content", [b"", b"halo", b"Nama;NIP\nAni;1\n", b"\xff\xd8\xff\xe0JFIF" + bytes(range(256)) * 9, b"%PDF-1.7 lain"]
)
def test_what_never_was_a_report_is_nobodys(content: bytes) -> None:
    """The page then says that it is not known."""
    assert checking.check(content) is None


def test_an_office_is_told_by_its_roles() -> None:
    """Each once, only those that show reports, with the agency they are held in; without any, the government."""
    assert "Sekretaris Daerah" == papers.office(asked_by(Role.ASN, Role.SEKDA, Role.SEKDA))
    assert papers.office(asked_by())
    narrow = asked_by()
    narrow.reader = replace(SYSTEM, grants=(Grant(Role.OPD_OFFICER, agency_id=proofs.PATH),))  # type: ignore[arg-type]
    narrow.offices = SimpleNamespace(name=lambda _: "Dinas Kesehatan")
    assert "Pengelola kepegawaian OPD, Dinas Kesehatan" == papers.office(narrow)


def test_a_paper_is_whole_or_changed() -> None:
    """Its seal covers each byte, and carries the address that tells which report it is."""
    made = told(a_file("csv")).statement
    assert made is not None
    paper = Paper(TABLE, {}, proofs.address(made)).seal(_a_page())
    answer = told(paper)
    assert (Finding.SAME, True) == (answer.finding, answer.is_pdf)
    assert made == answer.statement
    for changed in (paper.replace(b"%PDF-1.7", b"%PDF-1.6"), paper + b"\n"):
        assert Finding.CHANGED is told(changed).finding
    nameless = told(Paper(TABLE, {}).seal(_a_page()))
    assert (Finding.SEALED, None, True) == (nameless.finding, nameless.statement, nameless.is_known)
    foreign = told(Paper(TABLE, {}, f"https://contoh.id{proofs.PATH}asing").seal(_a_page())[:-1])
    assert (Finding.FOREIGN, False) == (foreign.finding, foreign.is_known)


def _a_page() -> bytes:
    from elearn.core.pdf import render_pdf

    return render_pdf('<!doctype html><html lang="id"><head><title>Uji</title></head><body><p>Isi.</p></body></html>')
