"""Whether somebody serves, as HR writes it."""

import datetime as dt

import pytest

from elearn.agencies import service
from elearn.agencies.rules import AbsenceKind, LeaveReason
from elearn.agencies.service import OnDuty, State, Told

OCTOBER = dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("text", "state", "since"),
    [
        ("Aktif", OnDuty.ACTIVE, None),
        ("PNS Aktif", OnDuty.ACTIVE, None),
        ("CLTN", AbsenceKind.UNPAID_LEAVE, None),
        ("Cuti Luar Tanggungan Negara", AbsenceKind.UNPAID_LEAVE, None),
        ("PNS - CLTN", AbsenceKind.UNPAID_LEAVE, None),
        ("sedang tugas belajar", AbsenceKind.STUDY, None),
        ("MPP", AbsenceKind.PRE_RETIREMENT, None),
        ("Pemberhentian Sementara", AbsenceKind.SUSPENDED, None),
        ("TUGAS_BELAJAR", AbsenceKind.STUDY, None),
        ("Pensiun", LeaveReason.RETIRED, None),
        ("Sudah pensiun (BUP)", LeaveReason.RETIRED, None),
        ("Pensiun TMT 01-10-2026", LeaveReason.RETIRED, OCTOBER),
        ("pensiun per tanggal 1 Oktober 2026.", LeaveReason.RETIRED, OCTOBER),
        ("Pensiun Janda/Duda", LeaveReason.DIED, None),
        ("Meninggal dunia 2026-10-01", LeaveReason.DIED, OCTOBER),
        ("Pindah", LeaveReason.MOVED, None),
        ("Mutasi keluar", LeaveReason.MOVED, None),
        ("Diberhentikan tidak dengan hormat", LeaveReason.DISMISSED, None),
        ("Diberhentikan atas permintaan sendiri", LeaveReason.RESIGNED, None),
        ("PPPK kontrak habis", LeaveReason.CONTRACT_ENDED, None),
    ],
)
def test_states_are_read_as_hr_writes_them(text: str, state: State, since: dt.date | None) -> None:
    """By itself, behind a kind, with a day after it."""
    assert Told(state, since) == service.told(text)


@pytest.mark.parametrize(
    "text",
    ["", "PNS", "belum pensiun", "calon pensiun", "pindah ke Dinas Kesehatan", "mutasi", "izin belajar", "Kawin"],
)
def test_what_is_not_clear_is_not_read(text: str) -> None:
    """A word that may mean something else within the regency is no state."""
    assert None is service.told(text)


def test_columns_that_agree_tell_one_state_and_its_day() -> None:
    """The day of its own column wins; a day that is none is told, but not for who is active."""
    cells = {"kind": "PNS", "service": "Pensiun", "note": "pensiun per 1-9-2026", "service_on": "1 Oktober 2026"}
    assert (Told(LeaveReason.RETIRED, OCTOBER), []) == service.of(cells)
    state, (remark,) = service.of(cells | {"service_on": "segera"})
    assert (Told(LeaveReason.RETIRED), True) == (state, "“segera” tidak dikenali" in remark)
    assert (Told(OnDuty.ACTIVE), []) == service.of({"service": "Aktif", "service_on": "-"})


def test_a_note_yields_to_the_columns() -> None:
    """Many note there what comes later."""
    state, (remark,) = service.of({"kind": "PNS", "service": "Aktif", "note": "Pensiun TMT 1-1-2027"})
    assert (Told(OnDuty.ACTIVE), True) == (state, "“Pensiun TMT 1-1-2027” diabaikan" in remark)
    assert (Told(LeaveReason.RETIRED), []) == service.of({"kind": "PNS", "note": "Pensiun"})


def test_columns_that_contradict_each_other_tell_nothing() -> None:
    """But that they do."""
    state, (remark,) = service.of({"kind": "Aktif", "service": "CLTN"})
    assert (None, True) == (state, "dua keadaan" in remark)
