"""The civil servant's journey: on a phone, without JavaScript, by keyboard, on a line that breaks."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.files import signatures
from tests.journeys.pages import NARROW, Form, Visitor, choose, is_chosen, sign_in, sign_pact

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

COMING = 60_000
MET = "nodes => nodes.map((node) => [node.name, node.matches('[type=radio], [type=checkbox]') ? node.value : ''])"
"""The fields of a form in the order in which Tab meets them, each with the value it stands for, if it does."""
SHOWN = """[document.activeElement, document.activeElement.closest("label")].some(
    (node) => node && getComputedStyle(node).outlineStyle !== "none")"""


def study(visitor: Visitor) -> None:
    """Go through every part of the module, taking the first choice of each scene, until the quiz opens."""
    while visitor.page.get_by_role("button", name="Mulai kuis").count() == 0:
        if visitor.path.startswith("/skenario/"):
            play(visitor)
        elif "/pelajaran/" in visitor.path:
            visitor.press("Tandai selesai dan lanjut")
        else:
            visitor.press(re.compile("^(Mulai belajar|Lanjutkan)$"))


def play(visitor: Visitor) -> None:
    """Decide in the scene on the screen, or leave a story that has ended."""
    scene = visitor.page.locator("button[name=choice]")
    if not scene.count():
        return visitor.follow("Lanjutkan modul")
    visitor.click(scene.first)
    visitor.sees("Mengapa")
    return visitor.follow("Lanjut", exact=True)


def take_quiz(visitor: Visitor, keys: dict[int, Form]) -> None:
    """Answer every question rightly, seeing each saved, and submit."""
    for position, right in keys.items():
        choose(visitor, right)
        expect(visitor.page.locator("[data-saved]")).to_contain_text("Tersimpan pukul")
        visitor.press("Berikutnya" if position < len(keys) else "Simpan dan periksa")
    visitor.sees("Semua soal sudah dijawab.")
    visitor.press("Kumpulkan jawaban")


def test_from_the_first_page_to_the_certificate(visit: Visit, inside: Flask) -> None:
    """Lessons, stories, quiz, pact and certificate on a small phone; the file's signature is valid."""
    who, phone = cast.newcomer(inside), visit(NARROW)
    sign_in(phone, who)
    phone.sees("Netralitas ASN", f"0 dari {cast.count_parts(inside)} bagian")
    phone.follow("Mulai belajar")
    study(phone)
    phone.press("Mulai kuis")
    take_quiz(phone, cast.keys(inside, phone.path))
    phone.sees("Lulus", "20 dari 20 jawaban benar", "Pembahasan")
    phone.follow("Lanjut ke pakta")
    sign_pact(phone, who.password)
    phone.sees("Pakta sudah ditandatangani", "Catatannya utuh.")
    phone.follow("Lihat sertifikat saya")
    link = phone.page.get_by_role("link", name="Unduh PDF").first
    link.wait_for(timeout=COMING)
    phone.follow("Netralitas ASN", within="main")
    phone.sees("Sah", who.name)
    pdf = phone.download(phone.page.get_by_role("link", name="Unduh PDF"))
    assert "Signature is Valid" in signatures(pdf)
    phone.open("/")
    phone.sees("Semua tugas Anda sudah selesai", "Selesai, bersertifikat")


def test_quiz_without_javascript(visit: Visit, inside: Flask) -> None:
    """Every answer by the buttons of the form alone, there and back, to the result."""
    who, plain = cast.ready_for_quiz(inside), visit(NARROW, javascript=False)
    sign_in(plain, who)
    plain.follow("Kerjakan kuis")
    plain.press("Mulai kuis")
    keys = cast.keys(inside, plain.path)
    for position, right in keys.items():
        choose(plain, right)
        plain.press("Berikutnya" if position < len(keys) else "Simpan dan periksa")
    plain.follow(re.compile("^3 ?, sudah dijawab"))
    plain.sees("Tersimpan pukul")
    is_chosen(plain, keys[3])
    plain.follow("Periksa jawaban dan kumpulkan")
    plain.press("Kumpulkan jawaban")
    plain.sees("Lulus", "20 dari 20 jawaban benar")


def test_sign_in_and_answer_by_keyboard(visit: Visit, inside: Flask) -> None:
    """Tab, typing, space, arrows and enter are enough; the focus is always to be seen."""
    who, desk = cast.ready_for_quiz(inside), visit()
    desk.open("/masuk")
    tab_to(desk, "input[name=username]")
    desk.page.keyboard.type(who.username)
    tab_to(desk, "input[name=password]")
    desk.page.keyboard.type(who.password)
    desk.key("Enter")
    tab_to(desk, "a:text('Kerjakan kuis')")
    desk.key("Enter")
    tab_to(desk, "button:text('Mulai kuis')")
    desk.key("Enter")
    number = cast.first_single(inside, desk.path)
    tab_to(desk, f".dots li:nth-child({number}) a")
    desk.key("Enter")
    tab_to(desk, "input[name=choice]")
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("ArrowDown")
    expect(desk.page.locator("input[name=choice]").nth(1)).to_be_checked()
    expect(desk.page.locator("[data-saved]")).to_contain_text("Tersimpan pukul")
    tab_to(desk, "button:text('Berikutnya')")
    desk.key("Enter")
    desk.sees(f"Soal {number + 1} dari 20")


def test_a_whole_quiz_by_keyboard(visit: Visit, inside: Flask) -> None:
    """Every kind of question answered rightly, one marked, all handed in, and the pointer never touched."""
    who, attempt = cast.sitting(inside)
    desk, keys = visit(), cast.keys(inside, attempt)
    sign_in(desk, who)
    desk.open(f"{attempt}/soal/1")
    for position, right in keys.items():
        for name, value in desk.page.locator("main form [name]").evaluate_all(MET):
            if value in right.get(name, ()) or (name in right and not value):
                set_by_keys(desk, name, value or right[name][0])
        if position == 1:
            tab_to(desk, "button[data-mark]")
            desk.page.keyboard.press("Enter")
            expect(desk.page.get_by_role("button", name="Hapus tanda")).to_be_focused()
            desk.page.keyboard.press("Shift+Tab")
        else:
            tab_to(desk, "main button.main")
        desk.key("Enter")
    desk.sees("20 dari 20 soal terjawab", "Ditandai untuk diperiksa lagi: soal 1.")
    tab_to(desk, "button:text('Kumpulkan jawaban')")
    desk.key("Enter")
    desk.sees("Lulus", "20 dari 20 jawaban benar")


def set_by_keys(visitor: Visitor, name: str, value: str) -> None:
    """Come to a field by Tab and give it a value: digits are typed, boxes take space, all else takes arrows."""
    keys, field = visitor.page.keyboard, visitor.page.locator(f"[name='{name}']").first
    kind = field.evaluate("node => node.inputMode || node.type")
    if kind == "decimal":
        tab_to(visitor, f"[name='{name}']")
        return keys.type(value.replace(".", ","))
    if kind == "checkbox":
        tab_to(visitor, f"[name='{name}'][value='{value}']")
        return keys.press("Space")
    tab_to(visitor, f"[name='{name}']")
    if kind == "radio":
        keys.press("Space")
    here = f"[name='{name}'][value='{value}']:checked, select[name='{name}']"
    wanted = f"document.querySelector(\"{here}\")?.value === '{value}'"
    for _ in range(10):
        if visitor.page.evaluate(wanted):
            return None
        keys.press("ArrowDown")
    raise AssertionError(f"{visitor.path}: {name} cannot become {value} by keys")


def tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until the first element of that kind has the focus, which must be visible on each stop."""
    target = visitor.page.locator(selector).first
    for _ in range(80):
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate(SHOWN), f"{visitor.path}: no visible focus on the way to {selector}"
        if target.evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"{visitor.path}: {selector} cannot be reached by Tab")


def test_answer_while_the_line_is_cut(visit: Visit, inside: Flask) -> None:
    """The page says that the answer is not sent, sends it when the line is back, and it is there afterwards."""
    who, attempt = cast.sitting(inside)
    phone = visit(NARROW)
    sign_in(phone, who)
    phone.open(f"{attempt}/soal/1")
    saved, right = phone.page.locator("[data-saved]"), cast.keys(inside, attempt)[1]
    phone.context.set_offline(True)
    choose(phone, right)
    expect(saved).to_contain_text("Koneksi terputus.")
    phone.context.set_offline(False)
    expect(saved).to_contain_text("Tersimpan pukul", timeout=COMING)
    phone.open(f"{attempt}/soal/1")
    is_chosen(phone, right)
