"""Publishing makes immutable versions, one of which is current."""

import datetime as dt

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from elearn.content import actions, queries
from elearn.content.models import Publication
from elearn.content.rules import Complaint, UnsoundContent
from elearn.content.source import Source
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM
from elearn.ledger.models import LedgerEntry
from tests import statements
from tests.factories.content import SLUG, a_module, a_pact, publish


def versions() -> list[tuple[int, bool]]:
    """Number and currency of each version of the module."""
    return [(each.number, each.is_current) for each in queries.list_publications("module", SLUG)]


def morning(day: int) -> dt.datetime:
    """Ten o'clock on a day of March 2026."""
    return dt.datetime(2026, 3, day, 3, 0, tzinfo=dt.UTC)


def test_a_published_module_reads_back(app: Flask) -> None:
    """What was written is what learners meet, with its HTML."""
    publish(a_pact(), a_module())
    publication, module = queries.current_module(SLUG)
    assert (1, a_module().title) == (publication.number, module.title)
    assert "<p>" in module.lessons[0].body.html
    assert a_pact() == queries.current_pact(SLUG)[1]


def test_the_same_bytes_are_the_same_version(app: Flask) -> None:
    """Publishing again changes nothing."""
    publish(a_module())
    publish(a_module())
    assert [(1, True)] == versions()


def test_a_change_is_a_new_version_and_the_old_one_stays(app: Flask) -> None:
    """Exactly one version is current."""
    publish(a_module())
    publish(a_module(summary="Diperbarui."))
    assert [(2, True), (1, False)] == versions()


def test_going_back_brings_the_old_version_back(app: Flask) -> None:
    """A version is its bytes, whenever they are published."""
    publish(a_module())
    publish(a_module(summary="Diperbarui."))
    publish(a_module())
    assert [(2, False), (1, True)] == versions()


def test_publishing_is_recorded(app: Flask) -> None:
    """The ledger names slug, number and fingerprint."""
    publish(a_module())
    entry = db.session.scalars(select(LedgerEntry)).one()
    assert "content:published" == entry.event
    assert queries.current_module(SLUG)[0].fingerprint in entry.payload


def test_unsound_content_is_not_published(app: Flask) -> None:
    """One complaint is enough."""
    source = Source((a_module(),), (), (Complaint("a.yaml", 1, "Salah."),))
    with pytest.raises(UnsoundContent):
        actions.publish(SYSTEM, source=source)
    assert 0 == db.session.scalar(select(func.count()).select_from(Publication))


def test_what_is_not_published_is_not_found(app: Flask) -> None:
    """An unknown slug has neither a current version nor words."""
    assert queries.find_current("module", "tidak-ada") is None
    with pytest.raises(NotFound):
        queries.current_pact("tidak-ada")


def test_the_modules_of_a_day_are_those_of_its_end(app: Flask) -> None:
    """Each as it was current then, one brought back included; before the first as that was; today's as today."""
    first, second = a_module(), a_module(title="Judul Kedua")
    for day, module in ((4, first), (6, second), (8, first)):
        with time_machine.travel(morning(day)):
            publish(module)
    with time_machine.travel(morning(10)):
        told = {day: queries.list_modules_on(dt.date(2026, 3, day)) for day in range(3, 11)}
    titles = {day: [module.title for module in modules] for day, modules in told.items()}
    assert {day: [second.title if day in (6, 7) else first.title] for day in range(3, 11)} == titles


def test_the_modules_of_a_day_are_read_in_one_statement(app: Flask) -> None:
    """Of today as of a day that is over, once each version was read."""
    publish(a_module())
    for day in (clock.today(), clock.today() - dt.timedelta(days=1)):
        queries.list_modules_on(day)
        with statements.noted() as sent:
            queries.list_modules_on(day)
        assert 1 == len(sent)
