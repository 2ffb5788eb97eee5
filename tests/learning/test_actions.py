"""A learner's way is remembered, and the version she began with stays hers."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.transaction import transaction
from elearn.learning import actions, queries, rules
from elearn.learning.models import LessonRead
from tests.factories.content import SLUG, a_module, publish, published_module
from tests.factories.learning import a_learner, a_passed_module, all_parts_done


def test_ticking_twice_is_ticking_once(app: Flask) -> None:
    """A repeated post changes nothing."""
    published_module()
    learner = a_learner()
    for _ in range(2):
        with transaction():
            actions.tick(learner, slug=SLUG, lesson_id="mengapa-netral")
    assert 1 == db.session.scalar(select(func.count()).select_from(LessonRead))
    assert 1 == queries.progress_of(learner.account_id, SLUG).done


def test_a_new_version_does_not_move_who_has_begun(app: Flask) -> None:
    """The enrolment pins the version; newcomers meet the new one."""
    old = published_module()
    begun, newcomer = a_learner(), a_learner()
    with transaction():
        actions.tick(begun, slug=SLUG, lesson_id="mengapa-netral")
    publish(a_module(summary="Diperbarui."))
    assert old.id == queries.publication_for(begun.account_id, SLUG)
    assert old.id != queries.publication_for(newcomer.account_id, SLUG)
    assert 1 == queries.progress_of(begun.account_id, SLUG).done


def test_the_quiz_waits_for_every_part(app: Flask) -> None:
    """Then it opens, and starting again returns the same attempt."""
    published_module()
    learner = a_learner()
    with pytest.raises(rules.PartsUndone):
        actions.start_quiz(learner, slug=SLUG)
    all_parts_done(learner)
    with transaction():
        first = actions.start_quiz(learner, slug=SLUG)
    with transaction():
        assert first.id == actions.start_quiz(learner, slug=SLUG).id


def test_what_is_not_in_the_module_is_not_found(app: Flask) -> None:
    """Unknown modules, lessons and stories."""
    published_module()
    learner = a_learner()
    with pytest.raises(NotFound):
        actions.tick(learner, slug=SLUG, lesson_id="tidak-ada")
    with pytest.raises(NotFound):
        actions.start_scenario(learner, slug=SLUG, scenario_id="tidak-ada")
    with pytest.raises(NotFound):
        actions.tick(learner, slug="tidak-ada", lesson_id="mengapa-netral")


def test_milestones_tell_who_began_and_who_passed(app: Flask) -> None:
    """As of an instant: what came later is not told."""
    published_module()
    before, passed, begun, _absent = now(), a_learner(), a_learner(), a_learner()
    attempt = a_passed_module(passed)
    with transaction():
        actions.start_scenario(begun, slug=SLUG, scenario_id="satu-jempol")
    found = queries.milestones(SLUG, now())
    assert {passed.account_id: attempt.submitted_at, begun.account_id: None} == {
        account_id: each.passed_at for account_id, each in found.items()
    }
    assert {} == queries.milestones(SLUG, before)
    just_before = queries.milestones(SLUG, attempt.submitted_at - timedelta(microseconds=1))
    assert just_before[passed.account_id].passed_at is None
    assert queries.passed_attempt(passed.account_id, SLUG).id == attempt.id
