"""What is written on a day, composed by reading only: the digests of all, and what newcomers are told first."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from elearn.calendar import queries as calendar
from elearn.directives import binding
from elearn.directives import queries as directives
from elearn.directives.binding import Lineages
from elearn.directives.duties import Target
from elearn.directives.models import Directive
from elearn.notices.rules import Message
from elearn.reminders import messages, queries, rules
from elearn.reminders.messages import Modules, Recipient
from elearn.reminders.queries import Debtor, Somebody
from elearn.reminders.rules import Escalation, OpenDuty

NEW_FOR = timedelta(days=30)
"""Who joined longer ago is no newcomer any more, however late she was entered."""
Reminder = Callable[[date], date | None]
"""The last day up to today on which somebody with a deadline was to be reminded."""


def compose(today: date) -> list[Message]:
    """All that is to be posted to those who owe something and have an address; nothing that was posted already."""
    asking = directives.list_issued(today)
    if not asking:
        return []
    debtors = [each for each in queries.list_debtors(today, asking) if each[0].email]
    modules = queries.modules()
    return [*_first_words(debtors, asking, modules, today), *_digests(debtors, modules, today)]


def list_escalations(today: date) -> list[tuple[UUID, Escalation]]:
    """The escalations of directives in force that are due by their own deadline, today's and those missed."""
    asking = directives.list_issued(today)
    first = min((each.deadline_on for each in asking), default=today)
    days = calendar.office_days(min(first, today), today)
    done = queries.list_escalated()
    return [
        (each.id, step)
        for each in asking
        for step in rules.due_escalations(
            each.deadline_on, each.issued_on or today, done.get(each.id, ()), today, days
        )
    ]


def _reminders(today: date) -> Reminder:
    """The last reminder up to today, of a deadline or of a phase that began; worked out once for each deadline."""
    back = timedelta(days=rules.LOOK_BACK)
    days = calendar.office_days(today - 2 * back, today + back)
    of_phase = rules.phase_reminder(calendar.list_begun(today - back, today, rules.STRICTER), today, days)

    @cache
    def latest(deadline_on: date) -> date | None:
        of_deadline = rules.latest_reminder(deadline_on, today, days)
        return max((day for day in (of_deadline, of_phase) if day), default=None)

    return latest


def _digests(debtors: Iterable[Debtor], modules: Modules, today: date) -> list[Message]:
    """One digest for each who has a deadline to be told of today, or was not told when she should have been."""
    told, reminder = queries.last_digests(today - timedelta(days=rules.LOOK_BACK)), _reminders(today)

    def is_owed(person: Somebody, duty: OpenDuty) -> bool:
        begun_on = max(duty.asked_on, person.joined_on)
        told_on = told.get(person.account_id)
        return rules.is_owed(reminder(duty.deadline_on), begun_on=begun_on, told_on=told_on, today=today)

    due = (
        (person, messages.to_dos(duties, modules))
        for person, duties in debtors
        if any(is_owed(person, duty) for duty in duties)
    )
    phase = calendar.find_phase(today)
    return [messages.digest(_recipient(person), duties, today, phase) for person, duties in due if duties]


def _first_words(
    debtors: Iterable[Debtor], asking: Sequence[Directive], modules: Modules, today: date
) -> list[Message]:
    """For each directive, a message to those who came after its issue and were not told of it."""
    people = [person for person, _ in debtors]
    targets = [(one, directives.order_of(one, today).target) for one in asking]
    newcomers = [(*each, found) for each in targets if (found := _newcomers(*each, people, today))]
    if not newcomers:
        return []
    above = binding.lineages(today)
    return [each for found in newcomers for each in _first_words_of(*found, above, modules, today)]


def _newcomers(directive: Directive, target: Target, people: Iterable[Somebody], today: date) -> list[Somebody]:
    """Whom the directive has reached lately, and after its issue."""
    latest = max(today - NEW_FOR, directive.issued_on or today)
    return [each for each in people if (target.reached_on(each.employee_id) or each.joined_on) > latest]


def _is_taken_over(person: Somebody, target: Target) -> bool:
    """Whether it was a reorganisation that brought her and the directive together."""
    return target.taken_over.get(person.employee_id, person.joined_on) > person.joined_on


def _first_words_of(
    directive: Directive,
    target: Target,
    newcomers: Iterable[Somebody],
    above: Lineages,
    modules: Modules,
    today: date,
) -> list[Message]:
    told = queries.posted(messages.issue_keys(directive))
    untold = [each for each in newcomers if f"{messages.issue_keys(directive)}{each.account_id}" not in told]
    due = (
        (person, messages.to_dos(rules.open_duties(owes, person.reached, today), modules))
        for person, owes in binding.obligations([directive], untold, above, today)
    )
    return [
        messages.joined(
            _recipient(person),
            person.agency_name,
            directive,
            duties,
            by_reorganisation=_is_taken_over(person, target),
        )
        for person, duties in due
        if duties
    ]


def _recipient(person: Somebody) -> Recipient:
    return Recipient(person.account_id, person.name, person.email or "")
