"""Who sets the rules of a quiz otherwise for a learner, and by when she must be done: a port.

The room knows nobody but accounts. Whoever knows more (today the directives) provides it when the application is
made; without a provider every quiz is held as its module says. See docs/decisions/0009.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID


class Provider(Protocol):
    """What a room above says of a learner and a module."""

    def terms_of(self, learner_id: UUID | None, slug: str) -> Mapping[str, Any]:
        """The rules of the quiz that hold for her otherwise, as `rules.policy_of` reads them; none is empty."""

    def deadline_of(self, learner_id: UUID | None, slug: str) -> datetime | None:
        """The instant by which she must be done; None when nothing binds her."""


_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Take the word of this provider from now on, of each only once."""
    if provider not in _providers:
        _providers.append(provider)


def of(learner_id: UUID | None, slug: str) -> dict[str, Any]:
    """The rules of a quiz that hold otherwise for a learner now; empty when all are the module's."""
    told: dict[str, Any] = {}
    for provider in _providers:
        told |= provider.terms_of(learner_id, slug)
    return told


def deadline_of(learner_id: UUID | None, slug: str) -> datetime | None:
    """The instant by which a learner must be done, the last that anybody tells."""
    found = (provider.deadline_of(learner_id, slug) for provider in _providers)
    return max((each for each in found if each is not None), default=None)
