"""Indonesian dates, numbers and lists."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from elearn.core import bahasa, voice

AT = datetime(2026, 11, 22, 3, 32, tzinfo=UTC)


def test_dates_and_times() -> None:
    """A day has its month in words, a time has a dot and its zone."""
    assert "22 November 2026" == bahasa.tanggal(date(2026, 11, 22))
    assert "Minggu, 22 November 2026" == bahasa.hari_tanggal(date(2026, 11, 22))
    assert "10.32" == bahasa.jam(AT)
    assert "22 November 2026 pukul 10.32 WIB" == bahasa.waktu(AT)
    assert ("–", "–") == (bahasa.tanggal(None), bahasa.waktu(None))


@pytest.mark.parametrize(("number", "words"), [(12345.67, "12.345,67"), (4000, "4.000"), (0, "0"), (None, "–")])
def test_numbers(number: float | None, words: str) -> None:
    """Thousands have dots, decimals a comma."""
    assert words == bahasa.angka(number)


def test_shares() -> None:
    """A share is a whole percent unless decimals are asked for."""
    assert ("73 %", "72,9 %", "–") == (bahasa.persen(0.729), bahasa.persen(0.729, 1), bahasa.persen(None))


def test_lists() -> None:
    """One, two, many."""
    assert ["", "a", "a dan b", "a, b, dan c"] == [bahasa.daftar(x) for x in ("", "a", "ab", "abc")]


def test_lengths_of_time() -> None:
    """The largest fitting units."""
    assert ["40 detik", "18 menit", "1 jam", "1 jam 5 menit"] == [bahasa.durasi(s) for s in (40, 1100, 3600, 3900)]


def test_deadlines() -> None:
    """Before, on, and after the day."""
    day = date(2026, 11, 22)
    words = [bahasa.tenggat(date(2026, 11, d), day) for d in (27, 22, 20)]
    assert ["5 hari lagi", "hari ini", "lewat 2 hari"] == words


def test_a_nip_is_masked_and_grouped() -> None:
    """A stranger sees the first four and last three digits only."""
    nip = "198609262015059001"
    assert "1986•••••••••••001" == bahasa.samarkan_nip(nip)
    assert "19860926 201505 9 001" == bahasa.nip_terbaca(nip)


@pytest.mark.parametrize(
    ("points", "expected"),
    [(13, "13"), (13.5, "13,5"), (Decimal("0.66"), "0,66"), ("17.5", "17,5"), ("20", "20"), (None, "–"), (0, "0")],
)
def test_points_are_told_to_hundredths(points: object, expected: str) -> None:
    """As whole numbers where they are, else with a comma; however they are kept."""
    assert expected == bahasa.poin(points)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Menandatangani", "Menan-data-ngani"),
        ("Bersertifikat", "Ber-serti-fikat"),
        ("Hari terlambat", "Hari ter-lambat"),
        ("Belum mulai", "Belum mulai"),
        ("Kenyataan", "Kenya-taan"),
        ("BPKPPKBN", "BPKPPKBN"),
    ],
)
def test_long_words_may_part_between_syllables(words: str, expected: str) -> None:
    """Where a heading is wider than its column; a word of English is left as it is."""
    assert expected == bahasa.bersuku(words).replace("\u00ad", "-")
    with voice.speaking(voice.Voice("en")):
        assert "Certificate" == bahasa.bersuku("Certificate")
        assert expected == bahasa.bersuku(words, is_original=True).replace("\u00ad", "-")
