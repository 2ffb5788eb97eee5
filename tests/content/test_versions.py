"""Versions: the same content has the same bytes and the same name, other content another."""

import json
from dataclasses import replace
from hashlib import sha256

from elearn.content import shape, versions
from elearn.content.modules import Module
from elearn.content.questions import ReviewTime
from tests.factories.content import a_module, a_policy


def test_the_fingerprint_is_the_hash_of_the_canonical_bytes() -> None:
    """Anybody can recompute it from the stored body."""
    module = a_module()
    assert sha256(versions.canonical(module)).hexdigest() == versions.fingerprint(module)


def test_any_change_gives_another_fingerprint() -> None:
    """One letter in one option is another version."""
    assert versions.fingerprint(a_module()) != versions.fingerprint(replace(a_module(), summary="Lain."))
    assert versions.fingerprint(a_module()) == versions.fingerprint(a_module())


def test_fields_of_today_leave_the_bytes_of_older_versions_alone() -> None:
    """What an older version does not say is not written, so it keeps its fingerprint when it is read and written."""
    body = json.loads(versions.canonical(a_module()))
    assert not {"must_pass", "review", "per_page", "partial_credit"} & body["quiz"].keys()
    assert not {"picture", "alt", "if_right"} & body["questions"][0].keys()
    assert "tolerance" not in body["questions"][0]["options"][0]
    again, faults = shape.build(Module, body)
    assert [] == faults
    assert again is not None
    assert versions.canonical(a_module()) == versions.canonical(again)


def test_fields_of_today_are_written_where_they_say_something() -> None:
    """Partial credit and a late review come back as they were published."""
    policy = a_policy(partial_credit=True, review=ReviewTime.AFTER_PASSING)
    body = json.loads(versions.canonical(a_module(quiz=policy)))
    again, _ = shape.build(Module, body)
    assert again is not None
    assert policy == again.quiz
