"""A session that ends while a form is filled in, and a password that one may look at."""

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import update

from elearn.accounts.models import SignInSession
from elearn.core import clock
from elearn.core.db import db
from elearn.core.transaction import transaction
from tests.journeys import cast
from tests.journeys.conftest import Visit
from tests.journeys.pages import NARROW, Demo, Visitor, sign_in
from tests.journeys.test_learner_access import small_targets

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

PACT = f"/pakta/{cast.SLUG}"


def end_sessions(app: Flask) -> None:
    """Let every session be over, as after twelve hours."""
    with app.app_context():
        with transaction():
            db.session.execute(update(SignInSession).values(expires_at=clock.now()))
        db.session.remove()


def come_back(visitor: Visitor, who: Demo) -> None:
    """Sign in on the page that asks for it."""
    visitor.fill("NIP atau nama pengguna", who.username)
    visitor.fill("Kata sandi", who.password)
    visitor.press("Masuk")


def ticks(visitor: Visitor) -> list[bool]:
    """Which boxes of the page are ticked, in order."""
    return [box.is_checked() for box in visitor.page.get_by_label("Saya setuju").all()]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_ticks_of_a_pact_that_was_sent_come_back(visit: Visit, inside: Flask, javascript: bool) -> None:
    """She sends it too late, signs in, finds her ticks, and signs with one more press."""
    who, phone = cast.graded(inside, right=20)[0], visit(NARROW, javascript=javascript)
    sign_in(phone, who)
    phone.open(PACT)
    for box in phone.page.get_by_label("Saya setuju").all():
        box.check()
    phone.fill("Kata sandi Anda", who.password)
    end_sessions(inside)
    phone.press("Tanda tangani pakta")
    phone.sees("Centang Anda dijaga")
    come_back(phone, who)
    assert PACT == phone.path
    phone.sees("Belum ada yang ditandatangani")
    assert all(ticks(phone))
    phone.fill("Kata sandi Anda", who.password)
    phone.press("Tanda tangani pakta")
    phone.sees("Pakta sudah ditandatangani")


def test_ticks_that_were_never_sent_stay_on_the_device(visit: Visit, inside: Flask) -> None:
    """A page that is left or loaded anew keeps them for her; after she has signed out they are gone."""
    who, phone = cast.graded(inside, right=20)[0], visit(NARROW)
    sign_in(phone, who)
    phone.open(PACT)
    phone.page.get_by_label("Saya setuju").nth(1).check()
    phone.page.wait_for_timeout(300)
    end_sessions(inside)
    phone.open(PACT)
    come_back(phone, who)
    phone.sees("Centang Anda tadi dipasang lagi.")
    assert [False, True] == ticks(phone)[:2]
    phone.open("/akun")
    phone.page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    phone.page.wait_for_url("**/masuk")
    come_back(phone, who)
    phone.open(PACT)
    phone.page.wait_for_timeout(300)
    assert not any(ticks(phone))


def test_a_password_can_be_looked_at(visit: Visit, inside: Flask) -> None:
    """A button shows and hides it, says so, can be touched, and hides it again before it is sent."""
    who, phone = cast.newcomer(inside), visit(NARROW)
    phone.open("/masuk")
    secret = phone.page.get_by_label("Kata sandi", exact=True)
    phone.fill("NIP atau nama pengguna", who.username)
    secret.fill("keliru sekali")
    phone.page.get_by_role("button", name="Tampilkan kata sandi").click()
    expect(secret).to_have_attribute("type", "text")
    phone.sees("Kata sandi terlihat di layar.")
    assert [] == small_targets(phone.page)
    phone.page.evaluate("addEventListener('submit', (event) => event.preventDefault(), { once: true })")
    secret.press("Enter")
    expect(secret).to_have_attribute("type", "password")
    expect(phone.page.get_by_role("button", name="Tampilkan kata sandi")).to_be_visible()
    sign_in(phone, who)
    phone.open("/akun/sandi")
    phone.page.get_by_role("button", name="Tampilkan kata sandi").click()
    assert 3 == phone.page.locator("main input[type=text]").count()


def test_without_scripts_there_is_no_button(visit: Visit) -> None:
    """Nothing is offered that could not work."""
    plain = visit(NARROW, javascript=False)
    plain.open("/masuk")
    expect(plain.page.get_by_role("button", name="Tampilkan kata sandi")).to_have_count(0)
