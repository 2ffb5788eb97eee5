"""What a report on paper says of itself to anybody, signed by this installation, without a person's name."""

from datetime import date, datetime

import pytest
from flask import Flask

from elearn.core import clock
from elearn.reports import proofs
from elearn.reports.proofs import Statement

TOLD = Statement(
    "Ketuntasan per perangkat daerah",
    "Seluruh perangkat daerah",
    date(2026, 11, 22),
    datetime(2026, 11, 22, 10, 32, tzinfo=clock.zone()),
    37,
    "0123456789abcdef" * 4,
)


@pytest.fixture(autouse=True)
def _inside(built_app_once: Flask) -> object:
    """All tests of this file are inside the application; none needs a database."""
    with built_app_once.app_context():
        yield


def token() -> str:
    """The last part of the address of a proof."""
    return str(proofs.proof(TOLD)["address"]).rsplit("/", 1)[1]


def test_what_is_written_is_read() -> None:
    """All of it, and as much of the fingerprint as tells two reports apart."""
    told = proofs.read(token())
    assert told is not None
    assert (TOLD.title, TOLD.scope, TOLD.as_of, TOLD.made_at, TOLD.rows) == (
        told.title,
        told.scope,
        told.as_of,
        told.made_at,
        told.rows,
    )
    assert TOLD.fingerprint[: proofs.SIGNS] == told.fingerprint


def test_the_address_is_of_this_installation_and_small_enough_for_paper() -> None:
    """A code that a cheap telephone reads from 26 mm."""
    proof = proofs.proof(TOLD)
    assert proof["address"].startswith("http")
    assert proofs.PATH in proof["address"]
    assert proof["size"] <= 85
    assert proof["path"].startswith("M")


def test_nobody_else_writes_an_address(built_app_once: Flask) -> None:
    """Neither by changing a sign, nor with another secret, nor with nothing."""
    whole = token()
    assert proofs.read(f"{'A' if whole[0] != 'A' else 'B'}{whole[1:]}") is None
    assert [None] * 3 == [proofs.read(each) for each in ("", "apa-saja", whole[:-1])]
    secret = built_app_once.config["SECRET_KEY"]
    try:
        built_app_once.config["SECRET_KEY"] = "y" * 40
        assert proofs.read(whole) is None
    finally:
        built_app_once.config["SECRET_KEY"] = secret
