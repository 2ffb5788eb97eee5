"""A wrong question: reported by a learner, ruled upon by its author, and her result follows; an attempt more."""

import re

import pytest
from flask import Flask

from elearn.core.permissions import Role
from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import NARROW, Demo, Visitor, sign_in, sign_pact

WHILE = 90_000

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def wait_for(desk: Visitor, text: str) -> None:
    """Stay at a page that loads itself again until it shows a heading."""
    desk.page.get_by_role("heading", name=text, exact=True).wait_for(timeout=WHILE)
    desk.page.wait_for_load_state()


def test_a_wrong_question_is_reported_ruled_upon_and_graded_again(
    visit: Visit, people: dict[Role, Demo], inside: Flask
) -> None:
    """From the learner's report to her new result."""
    learner, attempt = cast.graded(inside, right=13)
    question_id, _ = cast.stem_at(inside, attempt, 14)
    phone, author = visit(NARROW), visit()
    sign_in(phone, learner)
    phone.open(f"{attempt}/hasil")
    phone.sees("Belum lulus kali ini")
    phone.follow("Laporkan soal 14", exact=True)
    phone.page.get_by_label("Isi atau kuncinya keliru").check()
    phone.fill("Jelaskan dengan kata-kata Anda", "Pasal yang dirujuk sudah diganti.")
    phone.press("Kirim laporan")
    phone.sees("Laporan Anda sudah masuk")

    sign_in(author, people[Role.AUTHOR])
    author.sees("2 soal dilaporkan peserta")  # this one, and one of the demo's
    author.follow("2 soal dilaporkan peserta")
    author.follow(question_id, within="main")
    author.sees("Pasal yang dirujuk sudah diganti.")
    assert 0 == author.page.get_by_text(learner.name).count()
    author.follow("Buat putusan atas soal ini")
    author.page.get_by_label("Semua benar").check()
    author.fill("Alasan", "Pasal yang dirujuk sudah diganti sebelum soal terbit.")
    author.press("Lihat akibatnya")
    author.sees("Yang akan berubah", "Belum lulus menjadi lulus")
    author.press("Terapkan putusan")
    wait_for(author, "Yang berubah")
    author.open(f"/penilaian/laporan-soal/{cast.SLUG}/{question_id}")
    author.page.get_by_label("Soal diperbaiki").check()
    author.fill("Jawaban untuk pelapor", "Terima kasih, nilainya sudah dihitung ulang.")
    author.press("Jawab", exact=True)
    author.sees("Sudah dijawab")

    phone.open(f"{attempt}/hasil")
    phone.sees("Lulus", "Hasil ini dinilai ulang")
    assert phone.page.get_by_role("link", name="Lanjut ke pakta").count()


def test_a_wrong_key_is_mended_and_its_victim_is_certified(
    visit: Visit, people: dict[Role, Demo], inside: Flask
) -> None:
    """Failed by a wrong key; another key is ruled; she passes, signs the pact and holds her certificate."""
    learner, attempt, question_id, (key, chosen) = cast.misled(inside)
    phone, author = visit(NARROW), visit()
    sign_in(phone, learner)
    phone.open(f"{attempt}/hasil")
    phone.sees("Belum lulus kali ini", "13 dari 20 jawaban benar")
    sign_in(author, people[Role.AUTHOR])
    author.open(f"/penilaian/{cast.SLUG}/soal/{question_id}/putusan")
    author.page.get_by_label("Kuncinya lain").check()
    author.page.locator(f"#kunci-{key}").uncheck()
    author.page.locator(f"#kunci-{chosen}").check()
    author.fill("Alasan", "Kunci soal ini tertukar dengan pilihan lain.")
    author.press("Lihat akibatnya")
    author.sees("Yang akan berubah", "Belum lulus menjadi lulus")
    author.press("Terapkan putusan")
    wait_for(author, "Yang berubah")
    phone.open(f"{attempt}/hasil")
    phone.sees("Lulus", "Hasil ini dinilai ulang")
    phone.follow("Lanjut ke pakta")
    sign_pact(phone, learner.password)
    phone.sees("Pakta sudah ditandatangani", "Catatannya utuh.")
    phone.follow("Lihat sertifikat saya")
    phone.page.get_by_role("link", name="Unduh PDF").first.wait_for(timeout=WHILE)
    phone.follow("Netralitas ASN", within="main")
    phone.sees("Sah", learner.name)


def test_hr_gives_one_attempt_more(visit: Visit, people: dict[Role, Demo], inside: Flask) -> None:
    """Found in the list of people, allowed with cause and reason; the learner may sit once more."""
    learner, _ = cast.graded(inside, right=3)
    desk = visit()
    sign_in(desk, people[Role.HR])
    desk.open(f"/pegawai?cari={learner.username}")
    desk.follow(re.compile(re.escape(learner.name.split(",")[0])), within="main")
    desk.follow("Keringanan kuis", within="main")
    desk.fill("Tambahan kesempatan", "1")
    desk.page.get_by_label("Gangguan jaringan atau peladen").check()
    desk.fill("Alasan", "Listrik padam di kantor.")
    desk.press("Catat keringanan")
    desk.sees("1 kesempatan", "Listrik padam di kantor.")
    desk.open("/penilaian/keringanan")
    desk.sees(learner.name.split(",")[0])
