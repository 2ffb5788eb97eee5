"""A quiz on a dead network: people go on, nothing they answered is lost, and the server's clock decides."""

import re
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from elearn.quiz import queries
from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import NARROW, Form, Visitor, ask, choose, is_chosen, sign_in
from tests.journeys.site import Site
from tests.journeys.test_offline import COMING, KEPT, WAITING, cut, fragile, has_worker, mend, until

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.xdist_group("browser")]

__all__ = ["fragile"]
LOST = "Koneksi terputus. Jawaban Anda aman di perangkat ini dan dikirim saat tersambung."
QUESTIONS = 20


def seat(phone: Visitor, who: cast.Demo, attempt: str) -> Visitor:
    """Open the first question and wait until the device has all of them."""
    sign_in(phone, who)
    has_worker(phone.page)
    phone.open(f"{attempt}/soal/1")
    until(phone.page, f"async () => (await ({KEPT})()) > {QUESTIONS}")
    return phone


def reply(phone: Visitor, form: Form, *, sentence: str | re.Pattern[str] = LOST) -> None:
    """Answer the question on the screen and wait for what the page says of it."""
    choose(phone, form)
    expect(phone.page.locator("[data-saved]")).to_contain_text(sentence, timeout=COMING)


def follow(phone: Visitor, name: str, to: str) -> None:
    """Press a button and arrive, with or without a network."""
    phone.page.get_by_role("button", name=name, exact=True).click()
    phone.page.wait_for_url(f"**{to}", timeout=COMING)


def stored(app: Flask, attempt: str) -> dict[int, tuple[str, ...]]:
    """The answers that the server holds, by position."""
    with app.app_context():
        return {place: each.choice for place, each in queries.list_saved(UUID(attempt.rsplit("/", 1)[1])).items()}


def test_a_cut_in_the_middle_of_a_quiz_loses_nothing(visit: Visit, inside: Flask) -> None:
    """Answered on, marked, looked through and not handed in without a line; sent, and handed in with it."""
    who, attempt = cast.sitting(inside)
    keys = cast.keys(inside, attempt)
    phone = seat(visit(NARROW), who, attempt)
    reply(phone, keys[1], sentence="Tersimpan pukul")
    follow(phone, "Berikutnya", f"{attempt}/soal/2")
    cut(phone)
    for position in range(2, QUESTIONS + 1):
        choose(phone, keys[position])
        if position == 2:
            expect(phone.page.locator("[data-saved]")).to_contain_text(LOST, timeout=COMING)
            phone.page.get_by_role("button", name="Tandai untuk diperiksa lagi").click()
            expect(phone.page.get_by_role("button", name="Hapus tanda")).to_be_visible()
        last = position == QUESTIONS
        follow(
            phone,
            "Simpan dan periksa" if last else "Berikutnya",
            attempt if last else f"{attempt}/soal/{position + 1}",
        )
    assert [1] == list(stored(inside, attempt))

    phone.sees("20 dari 20 soal terjawab", "Ditandai untuk diperiksa lagi: soal 2.")
    two = phone.page.get_by_role("link", name=re.compile("^2, sudah dijawab, ditandai.*, tersimpan di perangkat"))
    expect(two).to_be_visible()
    phone.page.get_by_role("button", name="Kumpulkan jawaban").click()
    expect(phone.page.locator("[data-saved]")).to_contain_text("masih tersimpan di perangkat ini", timeout=COMING)
    two.click()
    is_chosen(phone, keys[2])
    expect(phone.page.get_by_role("button", name="Hapus tanda")).to_be_visible()

    mend(phone)
    until(phone.page, f"async () => (await ({WAITING})()) === 0")
    assert list(range(1, QUESTIONS + 1)) == sorted(stored(inside, attempt))
    phone.open(attempt)
    phone.press("Kumpulkan jawaban")
    phone.sees("Lulus", "20 dari 20 jawaban benar")


def test_a_server_that_dies_in_the_middle_of_a_quiz_loses_nothing(chromium: Browser, fragile: Site) -> None:
    """Answers given meanwhile are on the device, shown there again after a reload, and arrive when it is back."""
    app = fragile.app()
    who, attempt = cast.sitting(app)
    keys = cast.keys(app, attempt)
    context = chromium.new_context(viewport={"width": NARROW, "height": 800}, locale="id-ID")
    phone = seat(Visitor(context, fragile.url), who, attempt)
    reply(phone, keys[1], sentence="Tersimpan pukul")
    fragile.end()
    follow(phone, "Berikutnya", f"{attempt}/soal/2")
    reply(phone, keys[2])
    phone.page.reload()
    is_chosen(phone, keys[2])
    phone.page.locator(".dots a", has_text="1").first.click()
    phone.page.wait_for_url(f"**{attempt}/soal/1")
    is_chosen(phone, keys[1])
    phone.page.get_by_role("link", name=re.compile("^2, .*tersimpan di perangkat")).wait_for()

    fragile.start()
    phone.page.goto(f"{fragile.url}{attempt}/soal/2")
    until(phone.page, f"async () => (await ({WAITING})()) === 0")
    phone.page.goto(f"{fragile.url}{attempt}/soal/2")
    expect(phone.page.locator("[data-saved]")).to_contain_text("Tersimpan pukul", timeout=COMING)
    is_chosen(phone, keys[2])
    assert [1, 2] == sorted(stored(app, attempt))
    context.close()


def test_nothing_of_a_quiz_is_left_at_sign_out(visit: Visit, inside: Flask) -> None:
    """Neither answers nor pages nor what the pages noted."""
    who, attempt = cast.sitting(inside)
    phone = seat(visit(NARROW), who, attempt)
    reply(phone, cast.keys(inside, attempt)[1], sentence="Tersimpan pukul")
    phone.page.get_by_role("button", name="Menu").first.click()
    phone.press("Keluar")
    assert 0 == ask(phone.page, KEPT)
    assert 0 == ask(phone.page, WAITING.replace('"deeds"', '"facts"'))
