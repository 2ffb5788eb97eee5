"""Whose attempts, of which module, over which time: what an address asks of the figures, in values and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from elearn.agencies import queries as agencies
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.rules import Visible
from elearn.assessment.figures import Which
from elearn.content import queries as content
from elearn.content.modules import Module
from elearn.core import clock
from elearn.core.errors import NotFound, RuleBroken
from elearn.core.permissions import Actor, Permission
from elearn.core.speech import say
from elearn.quiz.models import Attempt

SMALLEST_GROUP = 5
"""Of fewer people no figures are shown, so that nobody's result can be guessed."""


class UnreadableTime(RuleBroken):
    """A time begins before it ends, and both are days."""

    sentence = say("Masa ditulis tahun-bulan-hari, misalnya 2026-11-22, dan awalnya tidak sesudah akhirnya.")


@dataclass(frozen=True)
class Asked:
    """The attempts submitted from `since` (None: ever) to `until` by people who serve within sight on that last day.

    Who sees the whole regency and narrows nothing sees also those who serve nowhere any more.
    """

    reader: Actor
    module: Module
    since: date | None
    until: date
    which: Which
    visible: Visible
    agency: Agency | None

    @property
    def accounts(self) -> Select[UUID] | None:
        """The accounts of whose attempts count, as a statement; None for everybody's."""
        if self.visible.all and self.agency is None:
            return None
        inside = [agencies.within(Agency.id, self.visible), *([agencies.below(self.agency)] if self.agency else [])]
        query = select(Employee.account_id).join(Placement, Placement.employee_id == Employee.id)
        return query.join(Agency, Agency.id == Placement.agency_id).where(agencies.covers(self.until), *inside)

    @property
    def conditions(self) -> list[Any]:
        """What an attempt must meet to count."""
        found = [Attempt.module_slug == self.module.slug, Attempt.submitted_at <= clock.end_of(self.until)]
        if self.since is not None:
            found.append(Attempt.submitted_at >= clock.start_of(self.since))
        if (accounts := self.accounts) is not None:
            found.append(Attempt.learner_id.in_(accounts))
        return found

    @cached_property
    def may_narrow(self) -> bool:
        """Whether the reader may look at one agency: not authors, whom the rest would tell the few of a small one."""
        return self.reader.has(Permission.REPORT_ANY_READ)

    @cached_property
    def choices(self) -> Sequence[Agency]:
        """The agencies the figures can be narrowed to."""
        return agencies.list_tops(visible=self.visible) if self.may_narrow else ()

    @property
    def span(self) -> str:
        """The time, in words."""
        if self.since is None:
            return say("sampai %(until)s", until=self.until)
        return say("%(since)s sampai %(until)s", since=self.since, until=self.until)

    @property
    def filters(self) -> dict[str, str]:
        """What was asked, in words, for a file."""
        return {
            "Modul": self.module.title,
            "Masa": self.span,
            "Perangkat daerah": self.agency.name if self.agency else say("Semua yang dapat dilihat pembuatnya"),
            "Yang dihitung": self.which.words,
        }

    @property
    def address(self) -> dict[str, Any]:
        """What was asked, as the address says it."""
        told = {
            "sejak": self.since.isoformat() if self.since else "",
            "sampai": self.until.isoformat() if self.until != clock.today() else "",
            "opd": self.agency.code if self.agency else "",
            "percobaan": self.which.value if self.which is not Which.FIRST else "",
        }
        return {name: value for name, value in told.items() if value}


def asked(args: Mapping[str, str], reader: Actor, slug: str) -> Asked:
    """What an address asks about a module; NotFound for what is not in sight, UnreadableTime for no time."""
    _, module = content.current_module(slug)
    since, until = _day(args.get("sejak", "")), _day(args.get("sampai", "")) or clock.today()
    if since is not None and since > until:
        raise UnreadableTime
    which = args.get("percobaan") or Which.FIRST.value
    if which not in set(Which):
        raise NotFound
    visible = agencies.visible_to(reader, Permission.ASSESSMENT_ANY_READ)
    whole = Asked(reader, module, since, until, Which(which), visible, None)
    code = args.get("opd", "").strip()
    if not code:
        return whole
    found = next((each for each in whole.choices if each.code == code), None)
    if found is None:
        raise NotFound
    return Asked(reader, module, since, until, Which(which), visible, found)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UnreadableTime from None
