"""The words of every reminder: templates filled with plain facts, and a sample of each for HR to read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import current_app

from elearn.agencies.models import Agency
from elearn.content.modules import Module
from elearn.core.speech import say
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


@dataclass(frozen=True, slots=True)
class Sample:
    """A message as somebody would get it."""

    title: str
    to: str
    subject: str
    body: str


def to_dos(duties: Iterable[OpenDuty], modules: Modules) -> list[ToDo]:
    """Open duties in words; a module that nobody can open any more is left out."""
    known = ((duty, modules[duty.module_slug]) for duty in duties if duty.module_slug in modules)
    return [ToDo(module.title, module.minutes, duty.deadline_on) for duty, module in known]


def digest(recipient: Recipient, duties: Sequence[ToDo], today: date) -> Message:
    """All that somebody has not finished, once a day.

    The day stands first in the key, so that those of a day lie together.
    """
    key = f"{digest_keys(today)}{recipient.account_id}"
    return _message(key, recipient, "digest", duties=duties, today=today)


def digest_keys(today: date) -> str:
    """How the keys of a day's digests begin; the account's id follows."""
    return f"digest:{today}:"


def issue_keys(directive: Directive) -> str:
    """How the keys of the mails about a directive's issue begin; the account's id follows."""
    return f"directive:{directive.id}:issued:"


def joined(recipient: Recipient, agency: str, directive: Directive, duties: Sequence[ToDo]) -> Message:
    """What a directive issued earlier asks of somebody who came later; by key the same as the mail at its issue."""
    facts = {"agency": agency, "duties": duties, "deadline_on": min(duty.deadline_on for duty in duties)}
    key = f"{issue_keys(directive)}{recipient.account_id}"
    return _message(key, recipient, "joined", **(_directive_facts(directive) | facts))


def opd_behind(
    recipient: Recipient, directive: Directive, rank: Rank, code: str, *, percent: int, today: date
) -> Message:
    """Shortly before the deadline, that an OPD is behind."""
    key = f"behind:{directive.id.hex}:{rank.opd_id.hex}:{recipient.account_id.hex}"
    facts = {"agency": rank.name, "code": code, "done": rank.done, "bound": rank.bound, "share": rank.share}
    return _message(
        key, recipient, "opd_behind", **_directive_facts(directive), **facts, percent=percent, today=today
    )


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


def samples(today: date) -> list[Sample]:
    """One of every message, about people and offices that do not exist."""
    whom = Recipient(UUID(int=1), "Siti Contoh, S.Pd.", "siti.contoh@example.test")
    due, late = today + timedelta(days=3), today - timedelta(days=2)
    duties = [ToDo("Modul Contoh", 25, due)]
    directive = _sample_directive(today, due)
    ranks = [Rank(UUID(int=3), "Dinas Contoh", 31, 50), Rank(UUID(int=4), "Badan Contoh", 45, 50)]
    asked: dict[str, Any] = {"percent": current_app.config["SETTINGS"].escalation_percent, "today": today}
    number, office = "800/12/TEGURAN", Agency(id=UUID(int=3), code="OPD-01", name="Dinas Contoh")  # never stored
    of_opd, of_all = {"done": 31, "bound": 50, "late": 0}, {"done": 76, "bound": 100, "late": 4}
    staff, keepers, sekda = say("pegawai"), say("kepala dan pengelola OPD"), say("Sekretaris Daerah")
    mails = (
        (say("Pengingat harian sebelum tenggat"), staff, digest(whom, duties, today)),
        (say("Pengingat harian sesudah tenggat"), staff,
         digest(whom, [ToDo("Modul Lain", 20, late), *duties], today)),
        (say("Edaran berlaku bagi pegawai baru"), staff, joined(whom, "Dinas Contoh", directive, duties)),
        (say("OPD tertinggal, tiga hari sebelum tenggat"), keepers,
         opd_behind(whom, directive, ranks[0], "OPD-01", **asked)),
        (say("Urutan OPD pada hari tenggat"), sekda, ranking(whom, directive, ranks, **asked)),
        (say("Surat teguran terbit"), keepers,
         reprimand(whom, directive, UUID(int=5), number, "Dinas Contoh")),
        (say("Angka mingguan OPD, dengan PDF"), keepers, bulletin(whom, office, due, of_opd, today)),
        (say("Angka harian pada pekan terakhir, dengan PDF"), sekda,
         bulletin(whom, None, due, of_all, today)),
    )  # fmt: skip
    shown = [Sample(title, to, message.subject, message.body) for title, to, message in mails]
    return [*shown, Sample(say("Pesan WhatsApp"), staff, "", whatsapp(whom.name, directive.number, duties, today))]


def _sample_directive(today: date, deadline_on: date) -> Directive:
    """A directive for samples, never stored."""
    return Directive(
        id=UUID(int=2),
        number="800/1/CONTOH",
        subject="Netralitas ASN",
        issued_on=today - timedelta(days=11),
        deadline_on=deadline_on,
        signatory_title="Sekretaris Daerah",
    )


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
