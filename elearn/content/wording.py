"""Sentences as they may stand in the content, pure: which state a rule, which tell a date, which are traps.

The words are chosen so that rules are found and stories left alone: what people say in quotes, questions, and
sentences about the lesson itself state no rule; weak words such as "boleh" count only beside whom they bind.
"""

import re
from collections.abc import Iterator

from elearn.content.prose import Block, Kind, blocks, sentences, unquoted
from elearn.content.rules import Prose
from elearn.content.shape import Fault, Where

CITED = re.compile(r"\[@([^\]]*)\]")
RAW_HTML = re.compile(r"</?[a-zA-Z][^>]*>|<!--")
MONTH = r"(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember)"
DATE = re.compile(rf"\b{MONTH}\s+(?:19|20)\d\d\b", re.IGNORECASE)

ARTICLE = re.compile(r"\bPasal \d")
STRONG = re.compile(
    r"\b(?:(?:di|ter|me)larang|larangan\w*|(?:di|me)?wajib\w*|dijatuhi|dikenai|dihukum|diancam|ancaman\w*|dipidana"
    r"|pidana|kurungan|penjara|hukuman (?:disiplin|ringan|sedang|berat)|disiplin (?:ringan|sedang|berat)"
    r"|sanksi(?:nya)? (?:moral|disiplin|administrati[fv]|pidana|bertingkat|ringan|sedang|berat|mulai|berupa|adalah)"
    r"|diberhentikan|pemberhentian|(?:melanggar|pelanggaran) (?:kode etik|disiplin|pidana|aturan)"
    r"|mempunyai hak|berhak|hak pilih)\b",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"\b(?:harus|(?:di|diper)?boleh(?:kan)?|diizinkan|hukuman\w*|kewajiban\w*|terikat|melanggar|pelanggaran)\b",
    re.IGNORECASE,
)
BOUND = re.compile(
    r"\b(?:C?PNS|ASN|PPPK|(?:pegawai|pejabat|atasan|bawahan|anda|kita|kepala (?:daerah|desa|dinas)|perangkat desa"
    r"|bupati|camat|lurah|honorer|tenaga|pasangan calon|penerima|pemberi)\w*)\b",
    re.IGNORECASE,
)
ABOUT_ITSELF = re.compile(r"\b(?:pelajaran|modul|bagian) ini\b|\bpertanyaan\b", re.IGNORECASE)

DECREE_22 = re.compile(
    r"\b(?:SKB|Keputusan Bersama)\b(?:[^.]|(?<=\bNo)\.){0,60}?\b22\s*(?:/|Tahun)\s*2022\b"
    r"|\b(?:SKB|Keputusan Bersama)\b(?:[^.]|(?<=\bNo)\.){0,30}?\b(?:Nomor|Nomer|No\.?)\s*22\b"
    rf"|\bSKB[\s-]?22\b(?!\s+{MONTH})",
    re.IGNORECASE,
)
COMMISSION = re.compile(r"\bKASN\b|\bKomisi (?:ASN|Aparatur Sipil Negara)\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:dahulu|dulu|semula|pernah|(?:ketika|waktu|saat|masa) itu|berhenti|berakhir|bubar|dibubarkan|dihapus\w*"
    r"|(?:di)?gantikan|diganti|menggantikan|beralih|dialihkan|(?:tidak|bukan) lagi|sudah (?:tidak|bukan)|sebelum\w*"
    r"|19\d\d|20[01]\d|202[0-4])\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(r"\b(?:ke|meng)?hadir\w*\b[^.]{0,20}?\bpasif\b", re.IGNORECASE)
CLAIM = re.compile(
    r"\b(?:(?:di|ter|me)larang|(?:di|diper|mem)?boleh(?:kan)?|diizinkan|melanggar|pelanggaran|dipandang|dianggap)\b",
    re.IGNORECASE,
)


def states_rule(block: Block) -> bool:
    """Whether a paragraph or list item tells what is forbidden, free, due or punished, or names an article."""
    if block.kind is Kind.HEADING:
        return False
    told = (each for each in sentences(unquoted(block.text)) if not _is_aside(each))
    return bool(ARTICLE.search(block.text)) or any(_binds(each, block.kind) for each in told)


def has_date(*texts: str) -> bool:
    """Whether one of the texts names a month of a year, such as "30 Oktober 2024"."""
    return any(DATE.search(text) for text in texts)


def faults(where: Where, text: Prose, *, is_dated: bool = False, is_claim: bool = True) -> Iterator[Fault]:
    """Nothing at all, headings of the page, HTML, and the traps of this subject.

    `is_dated` when the surroundings tell the date. What is no claim, such as a wrong answer, may err as people do.
    """
    if not text.markdown.strip():
        yield Fault(where, "Teks di sini masih kosong.")
    for block in blocks(text.markdown):
        if block.text.startswith("# "):
            yield Fault(where, "Judul tingkat satu (#) milik halaman; mulailah dari ##.", block.offset)
        if RAW_HTML.search(block.text):
            yield Fault(where, "HTML tidak dipakai di dalam materi.", block.offset)
        if DECREE_22.search(block.text):
            yield Fault(where, "Nomor SKB netralitas adalah 2 Tahun 2022, bukan 22 Tahun 2022.", block.offset)
        if is_claim:
            yield from (Fault(where, sentence, block.offset) for sentence in _traps(block.text, is_dated))


def label_faults(where: Where, text: Prose, *, is_dated: bool = False, is_claim: bool = True) -> Iterator[Fault]:
    """What must not stand in a label, such as an option: besides the faults of any text, citations."""
    if CITED.search(text.markdown):
        yield Fault(where, "Rujukan [@…] tidak dapat dipakai di sini.")
    yield from faults(where, text, is_dated=is_dated, is_claim=is_claim)


def _is_aside(sentence: str) -> bool:
    return sentence.rstrip("*_ ").endswith("?") or bool(ABOUT_ITSELF.search(sentence))


def _binds(sentence: str, kind: Kind) -> bool:
    if STRONG.search(sentence):
        return True
    return bool(WEAK.search(sentence)) and (kind is Kind.ITEM or bool(BOUND.search(sentence)))


def _traps(text: str, is_dated: bool) -> Iterator[str]:
    if any(COMMISSION.search(each) and not PAST.search(each) for each in sentences(text)):
        yield (
            "KASN berhenti bertugas pada akhir Agustus 2024. Sebutkan bahwa itu dahulu, atau sebut BKN sebagai "
            "yang menangani sekarang."
        )
    told = (each for each in sentences(unquoted(text)) if not _is_aside(each))
    if not (is_dated or has_date(text)) and any(PASSIVE.search(each) and CLAIM.search(each) for each in told):
        yield (
            "Aturan tentang hadir pasif berubah pada 30 Oktober 2024. Sebutkan tanggal pendapat ini, misalnya "
            "“menurut Mendagri pada 9 Juli 2024”."
        )
