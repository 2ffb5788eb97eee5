"""The words of every reminder: templates filled with plain facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from elearn.agencies.models import Agency
from elearn.calendar.queries import Present
from elearn.content.modules import Module
from elearn.directives.models import Directive
from elearn.notices import rules as mail
from elearn.notices.rules import Message
from elearn.reminders.rules import OpenDuty, Rank

LONGEST_SUBJECT = 200
Modules = Mapping[str, Module]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who can be written to."""

    account_id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """An open duty in words: the module's title, how long it takes, and by when."""

    title: str
    minutes: int
    deadline_on: date


def to_dos(duties: Iterable[OpenDuty], modules: Modules) -> list[ToDo]:
    """Open duties in words; a module that nobody can open any more is left out."""
    known = ((duty, modules[duty.module_slug]) for duty in duties if duty.module_slug in modules)
    return [ToDo(module.title, module.minutes, duty.deadline_on) for duty, module in known]


def digest(recipient: Recipient, duties: Sequence[ToDo], today: date, phase: Present | None = None) -> Message:
    """All that somebody has not finished, once a day, and the phase of an election that it is.

    The day stands first in the key, so that those of a day lie together.
    """
    key = f"{digest_keys(today)}{recipient.account_id}"
    return _message(key, recipient, "digest", duties=duties, today=today, phase=phase)


def digest_keys(today: date) -> str:
    """How the keys of a day's digests begin; the account's id follows."""
    return f"digest:{today}:"


def issue_keys(directive: Directive) -> str:
    """How the keys of the mails about a directive's issue begin; the account's id follows."""
    return f"directive:{directive.id}:issued:"


def joined(
    recipient: Recipient,
    agency: str,
    directive: Directive,
    duties: Sequence[ToDo],
    *,
    by_reorganisation: bool = False,
) -> Message:
    """What a directive issued earlier asks of somebody whom it reaches later, `by_reorganisation` or as she came.

    By key it is the same as the mail at its issue.
    """
    facts: dict[str, Any] = {"agency": agency, "duties": duties, "by_reorganisation": by_reorganisation}
    facts["deadline_on"] = min(duty.deadline_on for duty in duties)
    key = f"{issue_keys(directive)}{recipient.account_id}"
    return _message(key, recipient, "joined", **(_directive_facts(directive) | facts))


def opd_behind(
    recipient: Recipient, directive: Directive, rank: Rank, code: str, *, percent: int, today: date
) -> Message:
    """Shortly before the deadline, that an OPD is behind."""
    key = f"behind:{directive.id.hex}:{rank.agency_id.hex}:{recipient.account_id.hex}"
    facts = {"agency": rank.name, "code": code, "done": rank.done, "bound": rank.bound, "share": rank.share}
    return _message(
        key, recipient, "opd_behind", **_directive_facts(directive), **facts, percent=percent, today=today
    )


def units_behind(
    recipient: Recipient,
    directive: Directive,
    ranks: Sequence[Rank],
    codes: Sequence[str],
    *,
    percent: int,
    today: date,
) -> Message:
    """Shortly before the deadline, that units are behind, for the officer who answers for them."""
    key = f"behind-units:{directive.id.hex}:{recipient.account_id.hex}"
    facts = {"units": list(zip(ranks, codes, strict=True)), "percent": percent, "today": today}
    return _message(key, recipient, "units_behind", **_directive_facts(directive), **facts)


def ranking(
    recipient: Recipient, directive: Directive, ranks: Sequence[Rank], *, percent: int, today: date
) -> Message:
    """On the deadline, how all OPD stand."""
    facts = {
        "ranks": ranks,
        "done": sum(rank.done for rank in ranks),
        "bound": sum(rank.bound for rank in ranks),
        "behind": sum(rank.is_behind(percent) for rank in ranks),
    }
    key = f"ranking:{directive.id.hex}:{recipient.account_id.hex}"
    return _message(key, recipient, "ranking", **_directive_facts(directive), **facts, percent=percent, today=today)


def reprimand(recipient: Recipient, directive: Directive, reprimand_id: UUID, number: str, agency: str) -> Message:
    """That a letter of reprimand was issued to an OPD."""
    facts = {"letter_number": number, "agency": agency, "reprimand_id": reprimand_id}
    key = f"reprimand:{reprimand_id.hex}:{recipient.account_id.hex}"
    return _message(key, recipient, "reprimand", **_directive_facts(directive), **facts)


def whatsapp(name: str, number: str, duties: Sequence[ToDo], today: date) -> str:
    """The text an officer sends by WhatsApp about a directive."""
    return _filled("whatsapp", name=name, number=number, duties=duties, today=today).strip()


def bulletin_keys(opd_id: UUID | None, today: date) -> str:
    """How the keys of the figures sent on a day begin; the account follows. A week has one for each OPD."""
    return f"bulletin:{opd_id.hex}:{today:%G-%V}:" if opd_id else f"bulletin:regency:{today}:"


def bulletin_key(opd_id: UUID | None, today: date, recipient: Recipient) -> str:
    """The key of one of them."""
    return f"{bulletin_keys(opd_id, today)}{recipient.account_id.hex}"


def bulletin(
    recipient: Recipient, opd: Agency | None, deadline_on: date, figures: Mapping[str, int], today: date
) -> Message:
    """The figures of an OPD in a new week, or of the regency shortly before a deadline."""
    facts = {"agency": opd.name if opd else "", "code": opd.code if opd else "", "deadline_on": deadline_on}
    key = bulletin_key(opd.id if opd else None, today, recipient)
    return _message(key, recipient, "bulletin", **facts, **figures, today=today)


def _directive_facts(directive: Directive) -> dict[str, Any]:
    return {
        "directive_id": directive.id,
        "number": directive.number,
        "subject": directive.subject,
        "issued_on": directive.issued_on,
        "deadline_on": directive.deadline_on,
        "signatory_title": directive.signatory_title,
    }


def _message(key: str, recipient: Recipient, template: str, **facts: Any) -> Message:
    subject, body = mail.from_template(_filled(template, name=recipient.name, **facts))
    return Message(key, recipient.email, subject[:LONGEST_SUBJECT], body)


def _filled(template: str, **facts: Any) -> str:
    """A template that is given plain facts only: no request, no signed-in person."""
    page = current_app.jinja_env.get_template(f"reminders/mail/{template}.txt")
    return page.render(address=current_app.config["PUBLIC_URL"], **facts)
