"""The author's journey: the whole module as published, and a question corrected while others answer it."""

import io
import zipfile

import pytest
from flask import Flask

from elearn.content import queries as content
from elearn.core.permissions import Role
from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import NARROW, Demo, Visitor, sign_in

WORDS = "Baca baik-baik. "

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def test_the_module_is_previewed(visit: Visit, people: dict[Role, Demo], inside: Flask) -> None:
    """Lessons, stories, questions with their keys and law are all on one page."""
    desk = visit()
    with inside.app_context():
        publication, module = content.current_module(cast.SLUG)
        fingerprint = publication.fingerprint
    sign_in(desk, people[Role.AUTHOR])
    desk.follow("Semua materi")
    desk.sees(fingerprint)
    desk.follow(module.title, within="main")
    desk.sees(fingerprint, module.lessons[-1].title, module.scenarios[-1].title, module.questions[-1].id)
    keys = sum(len(question.correct_ids) for question in module.questions)
    assert keys == desk.page.get_by_text("Kunci", exact=True).count()


def corrected(packed: bytes, question_id: str, beginning: str) -> bytes:
    """The pack with a few words before the stem of one question, as an author would type them."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            before, mark, after = old.read(name).decode().partition(f"- id: {question_id}\n")
            new.writestr(name, before + mark + (after.replace(beginning, WORDS + beginning, 1) if mark else after))
    return changed.getvalue()


def upload(desk: Visitor, packed: bytes) -> None:
    """Bring a pack and look at what it would change."""
    desk.open("/materi")
    desk.follow("Unggah pak materi")
    file = {"name": "koreksi.zip", "mimeType": "application/zip", "buffer": packed}
    desk.page.get_by_label("Pak materi").set_input_files(file)
    desk.press("Periksa pak")


def test_a_question_is_corrected_while_a_quiz_is_running(
    visit: Visit, people: dict[Role, Demo], inside: Flask
) -> None:
    """Taken as a pack, edited, compared, previewed, published; who is answering keeps the old words."""
    learner, attempt = cast.sitting(inside)
    question_id, beginning = cast.stem_at(inside, attempt, 1)
    phone, desk = visit(NARROW), visit()
    sign_in(phone, learner)
    phone.open(f"{attempt}/soal/1")
    phone.sees(beginning)

    sign_in(desk, people[Role.AUTHOR])
    desk.open(f"/materi/{cast.SLUG}")
    packed = desk.download(desk.page.get_by_role("link", name="Unduh sebagai berkas yang dapat disunting"))
    upload(desk, corrected(packed, question_id, beginning))
    desk.sees("Siap diterbitkan", "Soal: 1 diubah", WORDS.strip(), "kuis sedang dikerjakan")
    desk.follow(f"Pratinjau {question_id}")
    desk.sees(WORDS.strip())
    desk.page.go_back()
    desk.press("Terbitkan")
    desk.sees("Diterbitkan", "Pekerjaan yang sedang berjalan memakai versinya sendiri.")

    phone.open(f"{attempt}/soal/1")
    phone.sees(beginning)
    assert 0 == phone.page.get_by_text(WORDS.strip()).count()
    phone.open(attempt)
    phone.press("Kumpulkan jawaban")
    phone.sees("Belum lulus kali ini")
    assert 0 == phone.page.get_by_text(WORDS.strip()).count()

    newcomer, address = cast.meeting(inside, question_id)
    other = visit(NARROW)
    sign_in(other, newcomer)
    other.open(address)
    other.sees(WORDS.strip())


def test_a_broken_pack_says_where_to_mend_it(visit: Visit, people: dict[Role, Demo]) -> None:
    """Complaints by file and line, no button to publish, on a phone as well; the pack is put aside."""
    phone = visit(NARROW)
    sign_in(phone, people[Role.AUTHOR])
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as pack:
        pack.writestr("modules/contoh/module.yaml", "slug: contoh\ntitle: [Contoh\n")
    upload(phone, broken.getvalue())
    phone.sees("Ada keluhan", "modules/contoh/module.yaml", "kurung siku atau kurung kurawal belum ditutup")
    assert 0 == phone.page.get_by_role("button", name="Terbitkan").count()
    phone.press("Buang pak ini")
    phone.sees("Pak dibuang.", "Dibuang")


def test_questions_of_another_system_become_part_of_a_module(
    visit: Visit, people: dict[Role, Demo], inside: Flask
) -> None:
    """Brought as GIFT, looked through, given topic and law, put into a pack that waits for its check; on a phone."""
    desk = visit(NARROW)
    sign_in(desk, people[Role.AUTHOR])
    desk.open("/materi")
    desk.follow("Soal dari berkas lain")
    gift = (
        b"Siapa yang wajib netral?{=Semua ASN#Tepat. ~Pejabat saja#Staf juga. ~Guru saja#Semua.}\n\nTulis pendapat.{}"
    )
    desk.page.get_by_label("Berkas soal").set_input_files(
        {"name": "soal.gift", "mimeType": "text/plain", "buffer": gift}
    )
    desk.press("Baca berkas")
    desk.sees("Siapa yang wajib netral?", "Soal uraian tidak dapat dibawa", "belum ada dasar hukum")
    with inside.app_context():
        _, module = content.current_module(cast.SLUG)
    desk.page.get_by_label("Topik").select_option(f"{module.slug}/{module.topics[0].id}")
    desk.fill("Dasar hukum", module.questions[0].cites[0])
    desk.page.get_by_label("Pilih soal 1").check()
    desk.press("Terapkan", exact=True)
    desk.sees("1 draf diperbarui.", module.questions[0].cites[0])
    desk.press("Masukkan ke naskah")
    desk.sees("Belum ada yang diterbitkan", "soal-soal.gift.zip")
