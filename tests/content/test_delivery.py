"""What a release is delivered with is published once, and never over what somebody here has published."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from elearn.content import actions, delivery, queries
from elearn.content.rules import Complaint, UnsoundContent
from elearn.content.source import Source
from elearn.core.permissions import SYSTEM, Actor, Grant, Role
from elearn.core.transaction import transaction
from tests.factories.content import SLUG, a_module, a_pact, a_register

AUTHOR = Actor(None, "penyusun", "Penyusun", (Grant(Role.AUTHOR),))


def a_source(title: str) -> Source:
    """Everything a release brings, with a module of that title."""
    return Source(modules=(a_module(title=title),), pacts=(a_pact(),), complaints=(), register=a_register())


def delivered(source: Source) -> list[str]:
    """The kinds of what a delivery changed."""
    with transaction():
        return [each.kind for each in delivery.deliver(SYSTEM, source=source)]


def test_a_release_brings_what_is_new(app: Flask) -> None:
    """All of it at first, nothing the second time, the changed module with the next release."""
    assert ["register", "pact", "module"] == delivered(a_source("Satu"))
    assert [] == delivered(a_source("Satu"))
    assert ["module"] == delivered(a_source("Dua"))
    assert "Dua" == queries.current_module(SLUG)[1].title


def test_what_an_author_published_stays(app: Flask) -> None:
    """The module she published is hers; the rest follows the release."""
    delivered(a_source("Satu"))
    with transaction():
        actions.publish(AUTHOR, source=replace(a_source("Milik daerah"), register=None, pacts=()))
    assert [] == delivered(a_source("Tiga"))
    assert "Milik daerah" == queries.current_module(SLUG)[1].title


def test_unsound_content_is_not_delivered(app: Flask) -> None:
    """A complaint stops all of it."""
    unsound = replace(a_source("Satu"), complaints=(Complaint("module.yaml", 1, "Keliru."),))
    with pytest.raises(UnsoundContent):
        delivered(unsound)


def test_the_digest_is_of_the_files(tmp_path: Path) -> None:
    """Any change of a file is another digest; touching it is not."""
    file = tmp_path / "module.yaml"
    file.write_text("slug: contoh\n")
    before = delivery.digest(tmp_path)
    file.touch()
    assert before == delivery.digest(tmp_path)
    file.write_text("slug: lain\n")
    assert before != delivery.digest(tmp_path)
