"""Activation slips: the same form sent twice gets the same slips, and a renewal says what it ends."""

import base64
import datetime as dt
import re
import subprocess
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts import activation
from elearn.accounts.models import ActivationCode
from elearn.agencies import slips
from elearn.agencies.models import Agency, Employee
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from tests.factories.agencies import an_employee

URL = "/opd/DINKES/kode-aktivasi"
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b")


@pytest.fixture(autouse=True)
def now(app: Flask) -> Iterator[time_machine.Traveller]:
    """On 22 November 2026 at ten."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)) as traveller:
        yield traveller


@pytest.fixture
def people(opd: Agency) -> list[Employee]:
    """Three who wait for a code."""
    return [an_employee(opd, name=f"Pegawai {number}") for number in range(3)]


def form(officer: FlaskClient, whom: str = "tanpa-kode") -> dict[str, str]:
    """What the page would send."""
    batch = re.search(r'name="batch"[^>]* value="([^"]+)"', officer.get(URL).text)
    assert batch
    return {"whom": whom, "batch": batch[1]}


def codes(page: str) -> set[str]:
    """The codes on a page, which are also those of its paper."""
    paper = re.search(r"data:application/pdf;base64,([A-Za-z0-9+/=]+)", page)
    assert paper
    text = subprocess.run(["pdftotext", "-", "-"], input=base64.b64decode(paper[1]), capture_output=True, check=True)
    found = set(CODE.findall(page))
    assert found == set(CODE.findall(text.stdout.decode()))
    return found


def opens(employee: Employee, printed: set[str]) -> bool:
    """Whether one of these codes opens the account."""
    return any(activation._find_code(activation.queries.get_account(employee.account_id), code) for code in printed)


@pytest.mark.parametrize("whom", ["tanpa-kode", "semua"])
def test_a_form_sent_twice_gets_the_same_slips(officer: FlaskClient, people: list[Employee], whom: str) -> None:
    """Whichever answer is printed, its codes hold, and the page says that nothing was replaced."""
    data = form(officer, whom)
    first, second = (officer.post(URL, data=data).text for _ in range(2))
    assert codes(first) == codes(second)
    assert [False, True] == ["slip yang sama" in page for page in (first, second)]
    assert 3 == db.session.scalar(db.select(db.func.count(ActivationCode.id)))
    assert all(opens(each, codes(first)) for each in people)


def test_each_form_has_codes_of_its_own(officer: FlaskClient, people: list[Employee]) -> None:
    """A renewal ends the earlier slips, and says so on the page and on the paper."""
    first = officer.post(URL, data=form(officer)).text
    assert "3 orang masih memegang kode yang berlaku" in officer.get(URL).text
    second = officer.post(URL, data=form(officer, "semua")).text
    assert not codes(first) & codes(second)
    assert [False, True] == ["Slip yang lama tidak berlaku lagi" in page for page in (first, second)]
    assert [False, True] == [opens(people[0], codes(page)) for page in (first, second)]


def test_another_choice_in_the_same_form_is_another_deed(officer: FlaskClient, people: list[Employee]) -> None:
    """Back in the browser, everybody chosen: that is a renewal."""
    data = form(officer)
    first, second = (officer.post(URL, data=data | {"whom": whom}).text for whom in ("tanpa-kode", "semua"))
    assert not codes(first) & codes(second)


def test_a_form_sent_again_much_later_ends_nothing(
    officer: FlaskClient, people: list[Employee], now: time_machine.Traveller
) -> None:
    """Its slips are no longer shown, and the paper that is out remains good."""
    data = form(officer, "semua")
    printed = codes(officer.post(URL, data=data).text)
    now.shift(slips.AGAIN + dt.timedelta(seconds=1))
    answer = officer.post(URL, data=data)
    assert (409, "sudah dicetak") == (answer.status_code, re.findall("sudah dicetak", answer.text)[0])
    assert data["batch"] not in answer.text
    assert opens(people[0], printed)


def test_a_part_sent_twice_does_not_begin_the_round_anew(
    officer: FlaskClient, people: list[Employee], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever got a slip in the first part keeps it."""
    monkeypatch.setattr(slips, "AT_ONCE", 2)
    first = officer.post(URL, data=form(officer, "semua")).text
    rest = dict(re.findall(r'name="(whom|since|batch)" value="([^"]*)"', first))
    second, again = (officer.post(URL, data=rest).text for _ in range(2))
    assert codes(second) == codes(again)
    assert all("Ini bagian terakhir" in page for page in (second, again))
    assert 3 == len(codes(first) | codes(second))


def test_the_codes_of_a_batch_follow_from_the_secret(app: Flask, opd: Agency, people: list[Employee]) -> None:
    """Nobody can make them who only knows the batch; what was replaced meanwhile is not shown again."""
    with transaction():
        printed = slips.issue(SYSTEM, agency=opd, batch="a").slips
        activation.issue_code(SYSTEM, account_id=people[0].account_id)
    with transaction():
        again = slips.issue(SYSTEM, agency=opd, batch="a")
    assert (printed[1:], True) == (again.slips, again.is_repeated)
    app.secret_key = "another"
    with transaction():
        others = slips.issue(SYSTEM, agency=opd, batch="a", since=clock.now()).slips
    assert not {each.code for each in printed} & {each.code for each in others}
