"""What group a post belongs to: read where a roster names it, guessed only where the title is certain; pure."""

import re

from elearn.agencies.rules import PostGroup

_NAMED = (
    (PostGroup.TOP, r"pimpinan tinggi|\bjpt\b|eselon (i|ii) ?[ab]?$|^(i|ii) ?[ab]?$"),
    (PostGroup.ADMINISTRATOR, r"\badministrator\b|eselon iii ?[ab]?$|^iii ?[ab]?$"),
    (PostGroup.SUPERVISOR, r"\bpengawas\b|eselon iv ?[ab]?$|^iv ?[ab]?$"),
    (PostGroup.GENERAL, r"\bpelaksana\b|fungsional umum|\bjfu\b"),
    (PostGroup.FUNCTIONAL, r"\bfungsional\b|\bjf\b|\bjft\b"),
)
_SILENT = re.compile(r"|non ?eselon|(jabatan )?(struktural|manajerial|non ?manajerial)|tidak ada")
_CERTAIN: dict[PostGroup, tuple[str, ...]] = {
    PostGroup.TOP: (
        r"sekretaris daerah$",
        r"asisten (pemerintahan|perekonomian|administrasi)\b",
        r"staf ahli (bupati|wali ?kota)\b",
        r"kepala (dinas|badan)\b",
        r"inspektur( (daerah|kabupaten|kota)\b.*)?$",
        r"sekretaris (dprd|dewan perwakilan)\b",
        r"kepala satuan polisi pamong praja\b",
    ),
    PostGroup.ADMINISTRATOR: (
        r"camat\b",
        r"sekretaris (camat|kecamatan|dinas|badan|inspektorat|satuan)\b",
        r"kepala (bidang|bagian)\b",
        r"inspektur pembantu\b",
    ),
    PostGroup.SUPERVISOR: (
        r"lurah\b",
        r"sekretaris (lurah|kelurahan)\b",
        r"kepala seksi\b",
        r"kepala sub ?(bagian|bidang)\b",
    ),
    PostGroup.FUNCTIONAL: (
        r"(guru|kepala sekolah|pengawas sekolah)\b",
        r"(perawat|bidan|dokter|apoteker|asisten apoteker|nutrisionis|sanitarian)\b",
        r"(penyuluh|auditor|arsiparis|pustakawan)\b",
        r".* (ahli (pertama|muda|madya|utama)|terampil|mahir|penyelia)$",
    ),
    PostGroup.GENERAL: (
        r"pengadministrasi\b",
        r"pramu(\b|bakti|saji)",
        r"pengemudi\b",
        r"(penata|operator|pengelola) layanan operasional\b",
        r"pengelola umum operasional\b",
    ),
}
_NAMES = tuple((group, re.compile(pattern)) for group, pattern in _NAMED)
_TITLES = tuple((group, re.compile("|".join(patterns))) for group, patterns in _CERTAIN.items())


def group_of(text: str) -> PostGroup | None:
    """The group a cell names, by its words or by the former echelon (II is JPT, III administrator, IV pengawas)."""
    words = _words(text)
    return next((group for group, pattern in _NAMES if pattern.search(words)), None)


def is_silent(text: str) -> bool:
    """Whether a cell says nothing of the group, such as `Struktural` or `Non Eselon`."""
    return _SILENT.fullmatch(_words(text)) is not None


def guess(post: str) -> PostGroup | None:
    """The group of a post whose title leaves no doubt; None for any other, and for whoever only acts in it."""
    words = _words(post)
    return next((group for group, pattern in _TITLES if pattern.match(words)), None)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
