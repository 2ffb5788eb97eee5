"""The rules of quizzes that directives set otherwise than the modules: in words, and as the quiz asks for them.

Of several directives that bind a learner the one issued last decides, as a whole, so that everybody can tell which.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from elearn.content.rules import Module, ReviewTime
from elearn.core import clock
from elearn.core.bahasa import daftar, durasi
from elearn.directives import queries
from elearn.directives.models import Directive

REVIEWS = {
    ReviewTime.AT_ONCE: "segera setelah kuis dikumpulkan",
    ReviewTime.AFTER_PASSING: "setelah lulus",
    ReviewTime.AFTER_DEADLINE: "setelah tenggat",
}


def terms_of(learner_id: UUID | None, slug: str) -> Mapping[str, Any]:
    """What the directives in force say of a learner's quiz in a module; empty when none does."""
    today = clock.today()
    if not _speaking(queries.list_issued(today, Directive.quiz_terms != {}), slug):
        return {}
    binding = _speaking(queries.list_binding(learner_id, today), slug)
    latest = max(binding, key=lambda each: (each.issued_at, each.number), default=None)
    return {} if latest is None else latest.quiz_terms


def deadline_of(learner_id: UUID | None, slug: str) -> datetime | None:
    """The end of the last day on which a learner must be done with a module; None when no directive asks for it."""
    _, owed = queries.list_obligations(learner_id, clock.today())
    days = [each.deadline_on for each in owed if each.module_slug == slug]
    return clock.end_of(max(days)) if days else None


def told(terms: Mapping[str, Any], modules: Iterable[Module]) -> str:
    """The rules set in a directive as part of a sentence; empty when it sets none."""
    return daftar(list(_phrases(terms, {topic.id: topic.title for each in modules for topic in each.topics})))


def _speaking(directives: Iterable[Directive], slug: str) -> list[Directive]:
    return [each for each in directives if each.quiz_terms and slug in queries.modules_of(each)]


def _phrases(terms: Mapping[str, Any], topics: Mapping[str, str]) -> Iterator[str]:
    if "attempts" in terms:
        yield f"paling banyak {terms['attempts']} kesempatan"
    if "wait_minutes" in terms:
        wait = terms["wait_minutes"]
        yield f"jeda {durasi(wait * 60)} antara dua percobaan" if wait else "tanpa jeda antara dua percobaan"
    if "minutes" in terms:
        yield f"waktu {terms['minutes']} menit"
    if "pass_percent" in terms:
        yield f"batas lulus {terms['pass_percent']} %"
    for mark in terms.get("must_pass", ()):
        yield f"topik {topics.get(mark['topic'], mark['topic'])} harus mencapai {mark['percent']} %"
    if "review" in terms:
        yield f"pembahasan dibuka {REVIEWS[ReviewTime(terms['review'])]}"
