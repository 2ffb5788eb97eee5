"""Rules are found, stories are left alone, and the traps of the subject are refused however they are spelled."""

import pytest

from elearn.content.checks import norms, prose, wording
from elearn.content.checks.prose import blocks
from elearn.content.rules import Prose

STATED = [
    "Pegawai ASN dilarang memberi dukungan.",
    "- Tidak boleh mengunggah foto bersama calon.",
    "ASN wajib netral, juga pada hari libur.",
    "Bila Anda mendampingi, Anda harus mengambil cuti.",
    "Untuk calon, akibatnya disiplin berat.",
    "Penerima politik uang diancam penjara.",
    "Anda boleh mengajak warga datang ke TPS.",
    "Akibatnya sanksi moral.",
    "Sanksinya bertingkat sampai pemutusan kontrak.",
    "Aturan ini ada dalam Pasal 71.",
    "ASN mempunyai hak pilih, berbeda dari TNI dan Polri.",
    "> Ingat: kepala desa dilarang ikut kampanye.",
    "Ingat: “ASN dilarang berfoto bersama calon.”",
    "Pelajaran ini menegaskan bahwa ASN dilarang berfoto.",
    "Tahukah Anda bahwa ASN dilarang berfoto?",
    "ASN di**larang** berfoto.",
    "PNS tidak diperkenankan hadir.",
    "Undang-undangnya kini UU 20/2023.",
    "Laporan disampaikan paling lambat 7 hari.",
    "Kehadiran itu dipandang sebagai dukungan.",
]
NOT_STATED = [
    "Ibu Ratmi tidak perlu tahu itu, dan ia tidak boleh merasakannya.",
    "“Saya cuma PPPK, aturan itu untuk PNS.” Kalimat ini keliru.",
    "1. Sebut dengan tenang: “Mohon izin, Pak, ini dilarang.”",
    "Bolehkah Anda datang melihat?",
    "Anda perlu tahu ukuran sanksinya, agar tidak tertipu.",
    "Pelajaran ini menjawab apa yang dilarang bagi ASN.",
    "## Yang jelas dilarang",
    "- **Simpan buktinya.** Catat siapa, kapan, dan dari mana.",
    "Panggungnya di lapangan dekat rumah, dan Anda harum gorengan.",
    "Pilihan paling aman adalah tidak bereaksi.",
]


@pytest.mark.parametrize("text", STATED)
def test_a_rule_is_found(text: str) -> None:
    """What is forbidden, free, due or punished, and every article."""
    assert all(map(norms.states_rule, blocks(text)))


@pytest.mark.parametrize("text", NOT_STATED)
def test_a_story_is_no_rule(text: str) -> None:
    """Nor is a heading, a question, what somebody says, advice, or a word on the lesson itself."""
    assert not any(map(norms.states_rule, blocks(text)))


@pytest.mark.parametrize("text", ["pada 30 Oktober 2024", "Juli–Oktober 2024", "sejak november 2024"])
def test_a_month_of_a_year_is_a_date(text: str) -> None:
    """The day may be left out."""
    assert prose.has_date("", text)


@pytest.mark.parametrize("text", ["pada 2024", "30 Oktober", "bulan lalu", "Oktoberfest 2024"])
def test_less_is_no_date(text: str) -> None:
    """A year or a day alone does not say which rule held."""
    assert not prose.has_date(text)


REFUSED = [
    "SKB 22/2022 melarangnya.",
    "SKB Nomor 22 melarangnya.",
    "SKB No. 22 Tahun 2022 melarangnya.",
    "SKB No 22/2022",
    "SKB-22 berlaku.",
    "SKB lima menteri\nNomor 22 Tahun 2022",
    "Keputusan Bersama Menteri PANRB dan lainnya Nomor 22 Tahun 2022",
    "Keputusan Bersama nomor 22",
    "skb 22 / 2022",
    "SKB MenPANRB dkk. No. 22 Thn. 2022",
    "Laporkan kepada KASN.",
    "KASN menangani laporan netralitas.",
    "Komisi Aparatur Sipil Negara akan memeriksa Anda.",
    "Dahulu begitu. Sekarang KASN memeriksa.",
    "Mulai 2025 laporkan kepada KASN.",
    "Sebelum melapor kepada KASN, kumpulkan bukti.",
    "Menurut SKB 2022, laporkan kepada KASN.",
    "Sejak 2023 KASN menangani laporan.",
    "K**A**SN menangani laporan.",
    "ASN boleh datang ke kampanye, asal diam di pinggir.",
    "ASN boleh hadir pasif dalam kampanye.",
    "Kehadiran pasif dilarang.",
    "Menghadiri kampanye secara pasif dipandang sebagai dukungan.",
    "# Judul",
    "Halo <b>dunia</b>.",
    "  ",
]
ACCEPTED = [
    "SKB 2/2022 tanggal 22 September 2022 melarangnya.",
    "SKB 22 September 2022 memuat dua daftar.",
    "Keputusan Bersama Menteri PANRB Nomor 2 Tahun 2022 dan Kepala BKN Nomor 246 Tahun 2022",
    "Dahulu KASN memberi rekomendasi.",
    "KASN berhenti bertugas pada akhir Agustus 2024, dan BKN melanjutkan penanganannya.",
    "Pada 2020–2022 KASN mencatat jenis pelanggaran.",
    "KASN tidak lagi menerima laporan.",
    "Menurut Mendagri pada 9 Juli 2024, ASN boleh hadir pasif.",
    "Peserta kampanye yang memakai atribut melanggar aturan.",
    "Soal hadir pasif, pilihan paling aman adalah tidak datang.",
    "“Hadir pasif kan boleh,” kata Pak Sutan.",
    "Apakah hadir pasif dilarang?",
    "## Hadir pasif",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_trap_is_refused(text: str) -> None:
    """The wrong decree, KASN as if it worked today, passive attendance without its date, and what is no prose."""
    assert list(wording.faults(("body",), Prose(text)))


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_right_is_left_alone(text: str) -> None:
    """The right decree, KASN as history, passive attendance with its date, in quotes or in a question."""
    assert [] == list(wording.faults(("body",), Prose(text)))


def test_the_surroundings_may_tell_the_date() -> None:
    """A scene of 6 October 2024 dates what its choices say."""
    assert [] == list(wording.faults(("why",), Prose("ASN boleh hadir pasif."), is_dated=True))


def test_a_wrong_answer_may_err_as_people_do() -> None:
    """A distractor may name KASN; the wrong number of the decree is not even a distractor."""
    assert [] == list(wording.label_faults(("text",), Prose("Melapor kepada KASN"), is_claim=False))
    assert list(wording.label_faults(("text",), Prose("SKB Nomor 22 Tahun 2022"), is_claim=False))


def test_a_label_holds_no_citation() -> None:
    """An option or a choice is read as it is; its law stands beside it."""
    assert list(wording.label_faults(("text",), Prose("Menolak [@pp-94]")))
