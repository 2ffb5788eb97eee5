"""A page may be kept only by the browser of the person it was made for."""

from typing import Any

from elearn.core.offline import KEEP
from elearn.core.permissions import Role
from tests.factories.accounts import an_active_account


def mark(browser: Any) -> str:
    """Whose device a page says it is on."""
    return browser.get("/akun").get_data(as_text=True).partition('data-who="')[2][:16]


def test_a_device_is_marked_by_account(sign_in: Any) -> None:
    """The same in each session of an account, another for everybody else, and no id in it."""
    account = an_active_account()
    one, again, other = sign_in(account), sign_in(account), sign_in(Role.ASN)
    assert mark(one) == mark(again) != mark(other)
    assert mark(one) not in account.id.hex


def test_only_a_learners_pages_are_kept(sign_in: Any, client: Any) -> None:
    """Her tasks are; her account, a desk and a stranger's page are not."""
    learner = sign_in(Role.ASN)
    assert mark(learner) == learner.get("/").headers[KEEP]
    assert KEEP not in learner.get("/akun").headers
    assert KEEP not in sign_in(Role.HR).get("/").headers
    assert KEEP not in client.get("/").headers


def test_leaving_clears_the_device(sign_in: Any) -> None:
    """The browser is told to forget what pages stored, script or not."""
    assert '"storage"' == sign_in(Role.ASN).post("/keluar").headers["Clear-Site-Data"]
