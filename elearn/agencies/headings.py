"""The columns of a roster: the spellings met in practice, their Indonesian names and lengths; pure."""

from collections.abc import Sequence

from elearn.core.grid import Cell
from elearn.core.speech import say, term

SPELLINGS: dict[str, tuple[str, ...]] = {
    "nip": ("NIP BARU", "NIP", "NI PPPK", "NIP/NI PPPK", "NIP NI PPPK", "NIPPPK", "NOMOR INDUK PEGAWAI"),
    "name": ("NAMA", "NAMA LENGKAP", "NAMA PEGAWAI"),
    "title_before": ("GELAR DEPAN", "GLR DEPAN"),
    "title_after": ("GELAR BELAKANG", "GLR BELAKANG"),
    "kind": ("JENIS PEGAWAI", "JENIS PEGAWAI NAMA", "STATUS KEPEGAWAIAN", "STATUS PEGAWAI", "STATUS", "KEDUDUKAN"),
    "service": ("KEDUDUKAN HUKUM NAMA", "KEDUDUKAN HUKUM", "KEDUDUKAN", "STATUS KEAKTIFAN", "KEAKTIFAN",
                "STATUS AKTIF", "STATUS", "STATUS PEGAWAI", "STATUS KEPEGAWAIAN"),
    "service_on": ("TMT KEDUDUKAN HUKUM", "TMT KEDUDUKAN", "TMT STATUS", "TMT KETERANGAN"),
    "note": ("KETERANGAN", "KET"),
    "rank": ("GOL AKHIR NAMA", "GOL AKHIR", "GOLONGAN", "GOL", "GOLONGAN RUANG", "GOL RUANG", "PANGKAT GOLONGAN"),
    "post": ("JABATAN NAMA", "JABATAN", "NAMA JABATAN"),
    "unit": ("UNOR NAMA", "UNOR", "UNIT KERJA", "NAMA UNOR", "UNIT ORGANISASI"),
    "opd": ("SATUAN KERJA NAMA", "SATUAN KERJA", "SATKER", "OPD", "PERANGKAT DAERAH", "NAMA OPD"),
    "email": ("EMAIL", "E-MAIL", "SUREL", "ALAMAT EMAIL"),
    "birth": ("TANGGAL LAHIR", "TGL LAHIR"),
    "post_group": ("KELOMPOK JABATAN", "ESELON", "ESELON NAMA", "JENJANG JABATAN"),
    "post_kind": ("JENIS JABATAN", "JENIS JABATAN NAMA"),
    "phone": ("NOMOR HP", "NO HP", "HP", "NOMOR TELEPON", "NO TELEPON", "TELEPON", "NO WA", "NOMOR WA"),
}  # fmt: skip
NAMES = {
    "nip": say("NIP"),
    "name": say("Nama"),
    "kind": say("Jenis pegawai"),
    "service": say("Keadaan bertugas"),
    "service_on": say("Mulai keadaan itu"),
    "note": say("Keterangan"),
    "title_before": say("Gelar depan"),
    "title_after": say("Gelar belakang"),
    "rank": say("Golongan"),
    "post": say("Jabatan"),
    "unit": say("Unit kerja"),
    "opd": term("one", "OPD"),
    "email": say("Alamat email"),
    "birth": say("Tanggal lahir"),
    "post_group": say("Kelompok jabatan"),
    "post_kind": say("Jenis jabatan"),
    "phone": say("Nomor HP"),
}
LONGEST = {"name": 200, "title_before": 60, "title_after": 120, "post": 200, "unit": 200, "opd": 200}


def columns(headings: Sequence[Cell]) -> dict[str, int]:
    """Where each known field stands; of several spellings present the first listed wins."""
    found = {_plain(str(heading)): place for place, heading in reversed(list(enumerate(headings)))}
    return {
        field: next(found[_plain(spelling)] for spelling in spellings if _plain(spelling) in found)
        for field, spellings in SPELLINGS.items()
        if any(_plain(spelling) in found for spelling in spellings)
    }


def _plain(heading: str) -> str:
    return "".join(sign for sign in heading.casefold() if sign.isalnum())
