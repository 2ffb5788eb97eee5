"""The rules of quizzes that directives set otherwise than the modules: in words, and as the quiz asks for them.

Of several directives that bind a learner the one issued last decides, as a whole, so that everybody can tell which.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from elearn.content.modules import Module
from elearn.content.questions import ReviewTime
from elearn.core import clock
from elearn.core.speech import Sentence, say, tally
from elearn.directives import binding, queries
from elearn.directives.models import Directive

REVIEWS = {
    ReviewTime.AT_ONCE: say("pembahasan dibuka segera setelah kuis dikumpulkan"),
    ReviewTime.AFTER_PASSING: say("pembahasan dibuka setelah lulus"),
    ReviewTime.AFTER_DEADLINE: say("pembahasan dibuka setelah tenggat"),
}


def terms_of(learner_id: UUID | None, slug: str) -> Mapping[str, Any]:
    """What the directives in force say of a learner's quiz in a module; empty when none does."""
    today = clock.today()
    if not _speaking(queries.list_issued(today, Directive.quiz_terms != {}), slug):
        return {}
    speaking = _speaking(binding.list_directives(learner_id, today), slug)
    latest = max(speaking, key=lambda each: (each.issued_at, each.number), default=None)
    return {} if latest is None else latest.quiz_terms


def deadline_of(learner_id: UUID | None, slug: str) -> datetime | None:
    """The end of the last day on which a learner must be done with a module; None when no directive asks for it."""
    _, owed = binding.list_obligations(learner_id, clock.today())
    days = [each.deadline_on for each in owed if each.module_slug == slug]
    return clock.end_of(max(days)) if days else None


def told(terms: Mapping[str, Any], modules: Iterable[Module]) -> list[Sentence]:
    """The rules set in a directive as parts of a sentence; empty when it sets none."""
    return list(_phrases(terms, {topic.id: topic.title for each in modules for topic in each.topics}))


def _speaking(directives: Iterable[Directive], slug: str) -> list[Directive]:
    return [each for each in directives if each.quiz_terms and slug in each.modules]


def _phrases(terms: Mapping[str, Any], topics: Mapping[str, str]) -> Iterator[Sentence]:
    if "attempts" in terms:
        yield tally("paling banyak %(num)s kesempatan", terms["attempts"])
    if "wait_minutes" in terms:
        yield _wait(terms["wait_minutes"])
    if "minutes" in terms:
        yield tally("waktu %(num)s menit", terms["minutes"])
    if "pass_percent" in terms:
        yield say("batas lulus %(percent)s %%", percent=terms["pass_percent"])
    for mark in terms.get("must_pass", ()):
        title = topics.get(mark["topic"], mark["topic"])
        yield say("topik %(title)s harus mencapai %(percent)s %%", title=title, percent=mark["percent"])
    if "review" in terms:
        yield REVIEWS[ReviewTime(terms["review"])]


def _wait(minutes: int) -> Sentence:
    if not minutes:
        return say("tanpa jeda antara dua percobaan")
    return say("jeda %(wait)s antara dua percobaan", wait=timedelta(minutes=minutes))
