"""The roster as HR exports it: headings in any order, spellings of practice, complaints that help."""

import datetime as dt
import json

import pytest

from config import ROOT
from elearn.agencies import days, particulars, roster
from elearn.agencies.complaints import Doubt
from elearn.agencies.nip import parse
from elearn.agencies.roster import RUINED, UnknownColumns
from elearn.agencies.rules import AbsenceKind, EmployeeKind, LeaveReason, PostGroup
from elearn.agencies.service import OnDuty
from tests.factories.agencies import HEADINGS, a_csv, a_nip, a_workbook, an_xlsx

PNS, PPPK = a_nip(1), a_nip(2, is_pppk=True)
LINE = [
    PNS,
    "SITI AMINAH",
    "Dr.",
    "S.Pd.",
    "PNS",
    "III/c",
    "Guru",
    "SDN 1",
    "Dinas Pendidikan",
    "s@a.go.id",
    "0812 3456 789",
]


def read(*rows: list, headings: list = HEADINGS) -> roster.Roster:
    """The roster in a CSV with these rows under the headings."""
    return roster.read(a_csv([headings, *rows]))


def test_a_line_is_read_whole() -> None:
    """Every known column lands in its field."""
    (line,) = read(LINE).lines
    assert (
        roster.RosterLine(
            line=2,
            nip=PNS,
            name="SITI AMINAH",
            kind=EmployeeKind.PNS,
            title_before="Dr.",
            title_after="S.Pd.",
            rank="III/c",
            post="Guru",
            unit="SDN 1",
            opd="Dinas Pendidikan",
            email="s@a.go.id",
            phone="+628123456789",
        )
        == line
    )


def test_titles_written_with_the_name_are_parted() -> None:
    """Where the file has no titles of their own."""
    told = {"NIP": PNS, "NAMA": "Drs. Rusdi Hamzah, M.Si.", "OPD": "Dinas"}
    (line,) = read([*told.values()], headings=[*told]).lines
    assert ("Rusdi Hamzah", "Drs.", "M.Si.") == (line.name, line.title_before, line.title_after)


def test_who_is_away_is_read() -> None:
    """From a column of its own or that of kinds; the kind then comes from the number."""
    for heading, text in (("KEDUDUKAN HUKUM NAMA", "Tugas Belajar"), ("STATUS", "tugas belajar")):
        told = {"NIP": PNS, "NAMA": "Siti", "OPD": "Dinas", heading: text, "TMT STATUS": "1 September 2026"}
        found = read([*told.values()], headings=[*told])
        (line,) = found.lines
        assert (EmployeeKind.PNS, False, ()) == (line.kind, line.is_kind_told, found.complaints)
        assert (AbsenceKind.STUDY, dt.date(2026, 9, 1)) == (line.state, line.state_on)
        assert line == roster.line_of(json.loads(json.dumps(roster.stored(line))))


def test_who_has_gone_needs_no_place() -> None:
    """Rosters empty the unit of pensioners."""
    told = {"NIP": PNS, "NAMA": "Siti", "OPD": "", "KETERANGAN": "Meninggal dunia"}
    (line,) = read([*told.values()], headings=[*told]).lines
    assert LeaveReason.DIED is line.state


def test_a_state_that_is_not_understood_is_told() -> None:
    """But not what stands in a column of notes."""
    told = {"NIP": PNS, "NAMA": "Siti", "OPD": "Dinas", "KEDUDUKAN HUKUM": "Titipan", "KET": "lihat SK"}
    found = read([*told.values()], headings=[*told])
    assert ["Keadaan bertugas “Titipan” tidak dikenali dan diabaikan; bagian lain baris ini tetap dipakai."] == [
        each.sentence for each in found.complaints
    ]
    assert None is found.lines[0].state


def test_the_order_of_columns_is_free_and_others_are_passed_over() -> None:
    """Columns are known by name; lines above the headings and unknown columns do no harm."""
    order = [*reversed(range(len(HEADINGS)))]
    rows = [
        ["Daftar Pegawai per 1 November 2026"],
        [],
        ["AGAMA", *(HEADINGS[place] for place in order)],
        ["-", *(LINE[place] for place in order)],
    ]
    found = roster.read(an_xlsx(rows))
    assert (4, PNS, "Guru", ()) == (found.lines[0].line, found.lines[0].nip, found.lines[0].post, found.complaints)


@pytest.mark.parametrize(
    "headings",
    [
        ["NIP", "NAMA", "OPD"],
        ["nip_baru", "Nama Lengkap", "Perangkat Daerah"],
        ["NI PPPK", "NAMA PEGAWAI", "Satuan Kerja"],
        ["Nip Baru ", "nama", "SATKER"],
        ["NIP LAMA", "NIP", "NAMA", "UNIT KERJA"],
    ],
)
def test_common_spellings_are_accepted(headings: list[str]) -> None:
    """The same columns under the names HR gives them."""
    cells = [PNS, "Siti", "Dinas Sosial"]
    found = read(["", *cells] if len(headings) == 4 else cells, headings=headings)
    assert [PNS] == [line.nip for line in found.lines]
    assert "Dinas Sosial" in (found.lines[0].opd, found.lines[0].unit)


def test_without_headings_nothing_is_guessed() -> None:
    """A file without known headings is refused with the columns it needs."""
    with pytest.raises(UnknownColumns):
        roster.read(a_csv([[PNS, "Siti", "Dinas Sosial"]]))
    with pytest.raises(UnknownColumns):
        roster.read(b"")


@pytest.mark.parametrize("ruined", [198609262015051901, "1.98609E+17", "1,98609E+17", "1.98609262015052e+17"])
def test_a_nip_that_excel_has_ruined_is_refused_with_the_reason(ruined: object) -> None:
    """Numbers and scientific notation are complained about, and nobody may be called absent."""
    found = roster.read(an_xlsx([HEADINGS, LINE, [ruined, *LINE[1:]]]))
    assert [(3, RUINED)] == [(each.line, each.sentence) for each in found.complaints]
    assert (1, False) == (len(found.lines), found.is_complete)
    assert "15 angka" in RUINED


def test_a_rounded_nip_in_a_csv_is_recognised() -> None:
    """A number saved again as text ends in 000."""
    (complaint,) = read(["198609262015051000", *LINE[1:]]).complaints
    assert "dibulatkan oleh Excel" in complaint.sentence


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("NIP BARU", "12345", "18 angka"),
        ("NAMA", "", "Nama kosong"),
        ("NAMA", "x" * 201, "lebih panjang dari 200"),
        ("NAMA", "x" * 195, "Nama beserta gelar lebih panjang dari 200"),
        ("JENIS PEGAWAI", "HONORER", "bukan PNS, CPNS, PPPK"),
        ("JENIS PEGAWAI", "PPPK", "tidak cocok dengan susunan angka NIP"),
    ],
)
def test_a_line_that_cannot_be_trusted_is_skipped(column: str, value: str, sentence: str) -> None:
    """The complaint names the line; the other lines are read."""
    spoilt = [value if heading == column else cell for heading, cell in zip(HEADINGS, LINE, strict=True)]
    found = read(spoilt, [PPPK, "BUDI", "", "", "PPPK", "IX", "Guru", "", "Dinas Pendidikan", "", ""])
    assert [(2, True)] == [(each.line, each.is_skipped) for each in found.complaints]
    assert sentence in found.complaints[0].sentence
    assert [PPPK] == [line.nip for line in found.lines]


def test_a_remark_does_not_cost_the_line() -> None:
    """An unreadable rank, address or number is left out, the person stays."""
    found = read([*LINE[:5], "Penata", *LINE[6:9], "bukan-email", "telepon"])
    assert 3 == len(found.complaints)
    assert not any(each.is_skipped for each in found.complaints)
    assert (None, None, None) == (found.lines[0].rank, found.lines[0].email, found.lines[0].phone)


def test_a_nip_counts_once_and_blank_lines_not_at_all() -> None:
    """The second line of a person is skipped and says where the first is."""
    found = read(LINE, [""] * 11, LINE)
    assert ["NIP ini sudah ada di baris 2; baris ini dilewati."] == [each.sentence for each in found.complaints]
    assert ({PNS}, True) == (found.seen, found.is_complete)


def test_remarks_below_an_empty_line_are_nobody() -> None:
    """As our own list of employees has them; a person below it is read, and a torn number still complained about."""
    person, torn = [a_nip(1), "Sari", *[""] * (len(HEADINGS) - 2)], ["1,98E+17", "Budi", *[""] * (len(HEADINGS) - 2)]
    remark = ["22 November 2026", "Per tanggal"]
    above = read(remark, person)
    below = read(person, [""] * len(HEADINGS), remark, ["Seluruh perangkat daerah", "OPD"])
    assert (1, False) == (len(above.complaints) - len(below.complaints), above.is_complete)
    assert (True, frozenset({a_nip(1)})) == (below.is_complete, below.seen)
    assert not read(person, [""] * len(HEADINGS), torn).is_complete


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("PNS", PNS, EmployeeKind.PNS),
        ("PNS Daerah Kabupaten", PNS, EmployeeKind.PNS),
        ("CPNS", PNS, EmployeeKind.CPNS),
        ("C", PNS, EmployeeKind.CPNS),
        ("Calon PNS", PNS, EmployeeKind.CPNS),
        ("P3K", PPPK, EmployeeKind.PPPK),
        ("PPPK Paruh Waktu", PPPK, EmployeeKind.PPPK_PARUH_WAKTU),
        ("PPPK_PARUH_WAKTU", PPPK, EmployeeKind.PPPK_PARUH_WAKTU),
        ("Aktif", PNS, EmployeeKind.PNS),
        ("", PPPK, EmployeeKind.PPPK),
        ("Kepala Desa", PNS, None),
    ],
)
def test_kinds_are_read_as_hr_writes_them(text: str, number: str, kind: EmployeeKind | None) -> None:
    """Spellings of the kinds; a mere `Aktif` leaves it to the number."""
    assert kind == particulars.kind_of(text, parse(number))


@pytest.mark.parametrize(
    ("text", "rank"),
    [("III/c", "III/c"), ("IIIC", "III/c"), ("iv / E", "IV/e"), ("Penata, III/c", "III/c"), ("ix", "IX"),
     ("XVII", "XVII"), ("III/e", None), ("XVIII", None), ("Penata Muda", None)],
)  # fmt: skip
def test_ranks_are_written_in_one_way(text: str, rank: str | None) -> None:
    """`III/c` for PNS, a Roman number for PPPK."""
    assert rank == particulars.rank_of(text)


@pytest.mark.parametrize(
    ("text", "phone"),
    [("0812-3456-7890", "+6281234567890"), ("+62 812 3456 7890", "+6281234567890"), ("81234567890", "+6281234567890"),
     ("081", None), ("(0739) 21234", "+6273921234"), ("tidak ada", None)],
)  # fmt: skip
def test_phone_numbers_are_written_in_one_way(text: str, phone: str | None) -> None:
    """As `+62…`."""
    assert phone == particulars.phone_of(text)


def test_hidden_signs_are_left_out() -> None:
    """A name is read as it is seen, and a database can keep it."""
    line = [*LINE]
    line[1] = "SITI\u202e AMI\0NAH\x07"
    assert "SITI AMINAH" == read(line).lines[0].name


def test_all_sheets_with_headings_are_read_and_named() -> None:
    """Complaints name the sheet when several are read; a sheet without headings is passed over."""
    book = {
        "PNS": [HEADINGS, LINE],
        "Rekap": [["Jumlah", 2]],
        "PPPK": [HEADINGS, [PPPK, "Budi", "", "", "PPPK", "IX", "Guru", "", "Dinas Pendidikan"], LINE, ["1", "X"]],
    }
    found = roster.read(a_workbook(book))
    assert [("PNS", 2), ("PPPK", 2)] == [line.spot for line in found.lines]
    assert [
        ("PPPK", 3, "NIP ini sudah ada di lembar PNS baris 2; baris ini dilewati."),
        ("PPPK", 4, "NIP harus terdiri atas 18 angka."),
    ] == [(each.sheet, each.line, each.sentence) for each in found.complaints]


def test_two_people_with_one_nip_are_asked_about() -> None:
    """The first line counts, the second is skipped, and both names are told."""
    (complaint,) = read(LINE, [PNS, "Budi Santoso", *LINE[2:]]).complaints
    assert (Doubt.SHARED_NIP, True) == (complaint.doubt, complaint.is_skipped)
    assert "“SITI AMINAH” di baris 2 dipakai juga oleh “Budi Santoso”" in complaint.sentence


@pytest.mark.parametrize(
    ("birth", "doubts"),
    [("1985-01-01", []), ("01/01/1985", []), ("31048", []), ("", []), ("2-1-1985", [Doubt.BIRTH]), ("1985", [None])],
)
def test_a_birth_date_that_contradicts_the_nip_is_asked_about(birth: str, doubts: list) -> None:
    """However the day is written; the person is kept."""
    found = read([*LINE, birth], headings=[*HEADINGS, "TANGGAL LAHIR"])
    assert doubts == [each.doubt for each in found.complaints]
    assert 1 == len(found.lines)


def test_a_birth_date_as_excel_keeps_it_is_read() -> None:
    """A real date in a workbook."""
    assert dt.date(1985, 1, 31) == days.read(f"{dt.date(1985, 1, 31)} 00:00:00")
    assert None is days.read("31-02-1985")


@pytest.mark.parametrize(
    ("headings", "cells", "group", "complaints"),
    [
        (["ESELON"], ["III.a"], PostGroup.ADMINISTRATOR, 0),
        (["KELOMPOK JABATAN"], ["Pengawas"], PostGroup.SUPERVISOR, 0),
        (["ESELON", "JENIS JABATAN NAMA"], ["-", "Jabatan Fungsional"], PostGroup.FUNCTIONAL, 0),
        (["ESELON", "JENIS JABATAN"], ["Non Eselon", "Struktural"], None, 0),
        (["ESELON"], ["XX"], None, 1),
    ],
)
def test_the_group_of_a_post_is_read(headings: list, cells: list, group: PostGroup | None, complaints: int) -> None:
    """From the echelon, or else from the kind of post."""
    found = read([*LINE, *cells], headings=[*HEADINGS, *headings])
    assert (group, complaints) == (found.lines[0].post_group, len(found.complaints))


def test_a_kind_that_is_not_told_is_known_as_such() -> None:
    """`Aktif` says nothing of the kind."""
    for text, is_told in (("PNS", True), ("Aktif", False), ("", False)):
        assert is_told is read([*LINE[:4], text, *LINE[5:]]).lines[0].is_kind_told


def test_the_sample_in_the_documentation_is_sound() -> None:
    """Every line of it is read, with its groups."""
    found = roster.read((ROOT / "docs/samples/daftar-pegawai.csv").read_bytes())
    assert ((), True) == (found.complaints, found.is_complete)
    groups = [PostGroup.TOP, PostGroup.FUNCTIONAL, PostGroup.FUNCTIONAL, PostGroup.GENERAL, PostGroup.FUNCTIONAL]
    assert groups == [line.post_group for line in found.lines]
    states = [OnDuty.ACTIVE, OnDuty.ACTIVE, AbsenceKind.UNPAID_LEAVE, OnDuty.ACTIVE, LeaveReason.RETIRED]
    assert states == [line.state for line in found.lines]
