"""Sentences that teach wrongly however well they are meant, pure: the traps of this subject."""

import re
from collections.abc import Iterator

from elearn.content.checks.norms import is_aside
from elearn.content.checks.prose import MONTH, any_of, has_date, sentences, unquoted

DECREE_22 = re.compile(
    r"\b(?:SKB|Keputusan Bersama)\b.{0,60}?\b22\s*(?:/|Tahun|Th[.n]*)\s*2022\b"
    r"|\b(?:SKB|Keputusan Bersama)\b.{0,30}?\b(?:Nomor|Nomer|No\.?)\s*22\b"
    rf"|\bSKB[\s-]?22\b(?!\s+{MONTH})",
    re.IGNORECASE,
)
COMMISSION = any_of("KASN, Komisi (?:ASN|Aparatur Sipil Negara)")
GONE = any_of(
    r"""
    dahulu, dulu, semula, sebelumnya, pernah, mantan, (?:ketika|waktu|saat|masa) itu, berhenti, berakhir, dibubarkan,
    dihapus\w*, (?:di)?gantikan, diganti, menggantikan, beralih, dialihkan, (?:tidak|bukan) lagi,
    sudah (?:tidak|bukan)
    """
)
ITS_YEARS = any_of("20(?:1[4-9]|2[0-4])")
TODAY = any_of(
    r"""
    (?:lapor\w*|melapor\w*|adukan|mengadu\w*)\b.{0,80}?\b(?:ke|kepada|pada) (?:KASN|Komisi),
    sekarang, kini, (?:saat|hari) ini, sejak, mulai, akan
    """
)
PASSIVE = any_of(
    r"""
    (?:ke|meng)?hadir\w*\b.{0,80}?\bpasif,
    (?:\w*hadir\w*|datang|menonton|menyaksikan)\b.{0,80}?\bkampanye\b.{0,80}?\b(?:pasif|diam|tanpa atribut|sekadar)
    """
)
CLAIM = any_of(
    r"""
    (?:di|ter|me)larang, (?:di|diper|mem)?boleh(?:kan)?, diizinkan, melanggar, pelanggaran, dipandang, dianggap
    """
)


def in_any(text: str) -> Iterator[str]:
    """What is wrong wherever it stands: the decree with a number it never had."""
    if DECREE_22.search(text):
        yield "Nomor SKB netralitas adalah 2 Tahun 2022, bukan 22 Tahun 2022."


def in_claims(text: str, *, is_dated: bool) -> Iterator[str]:
    """What is wrong when it is meant: KASN as if it worked today, passive attendance as if it had no date."""
    if any(COMMISSION.search(each) and not _is_former(each) for each in sentences(text)):
        yield (
            "KASN berhenti bertugas pada akhir Agustus 2024. Sebutkan bahwa itu dahulu, atau sebut BKN sebagai "
            "yang menangani sekarang."
        )
    told = (each for each in sentences(unquoted(text)) if not is_aside(each))
    if not (is_dated or has_date(text)) and any(PASSIVE.search(each) and CLAIM.search(each) for each in told):
        yield (
            "Aturan tentang hadir pasif berubah pada 30 Oktober 2024. Sebutkan tanggal pendapat ini, misalnya "
            "“menurut Mendagri pada 9 Juli 2024”."
        )


def _is_former(sentence: str) -> bool:
    """Whether it tells of the past: by a word, or by a year when there is no word of today."""
    return bool(GONE.search(sentence)) or (bool(ITS_YEARS.search(sentence)) and not TODAY.search(sentence))
