"""The rounds of reminders: every half hour it is looked whether anything of the day is still to be written."""

from uuid import UUID

from flask import current_app

from elearn.core import clock, jobs
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import reading, transaction
from elearn.documents import actions as documents
from elearn.notices import actions as notices
from elearn.reminders import actions, bulletins, letter, queries, rounds, rules
from elearn.reminders.rules import Quiet

BATCH = 300
"""Few enough that nobody else waits long for the right to write."""


@jobs.every("reminders.send_digests", minutes=30)
def send_digests() -> None:
    """Post to everybody who is to be reminded today, or was missed, once; nothing in the quiet hours."""
    now, quiet = clock.local(clock.now()), _quiet()
    if not rules.is_time(now, quiet):
        return
    with reading():
        messages = rounds.compose(now.date())
    for start in range(0, len(messages), BATCH):
        with transaction():
            notices.post_many(messages[start : start + BATCH], not_before=rules.leaves_at(now, quiet))


@jobs.every("reminders.escalate", minutes=30)
def escalate() -> None:
    """Three days before a deadline write to the OPD that are behind, on the deadline to the Sekda; each once.

    What fell into days without a round is made up.
    """
    now, quiet = clock.local(clock.now()), _quiet()
    if not rules.is_time(now, quiet):
        return
    today, not_before = now.date(), rules.leaves_at(now, quiet)
    with reading():
        due = rounds.list_escalations(today)
    for directive_id, step in due:
        with transaction():
            actions.escalate(SYSTEM, directive_id=directive_id, step=step, today=today, not_before=not_before)


@jobs.every("reminders.send_bulletins", minutes=30)
def send_bulletins() -> None:
    """Send the figures of the week to the OPD, and before a deadline those of the day to the Sekda, each once."""
    now, quiet = clock.local(clock.now()), _quiet()
    if not current_app.config["SETTINGS"].scheduled_reports or not rules.is_time(now, quiet):
        return
    today, not_before = now.date(), rules.leaves_at(now, quiet)
    with reading():
        due = bulletins.list_due(today)
    for bulletin in due:
        with reading():
            file, figures = bulletins.printed(bulletin)
        with transaction():
            bulletins.post(bulletin, file, figures, today=today, not_before=not_before)


@jobs.task("reminders.make_reprimand")
def make_reprimand(reprimand_id: str) -> None:
    """Print, sign and keep the paper of one issued reprimand; nothing when it has one."""
    with reading():
        html = letter.html_of(UUID(reprimand_id))
    if html is None:
        return
    pdf = documents.make_pdf(html, reason="Surat teguran diterbitkan")
    with transaction():
        document = documents.store("reprimand", pdf)
        actions.attach_paper(reprimand_id=UUID(reprimand_id), document_id=document.id)


@jobs.every("reminders.make_missing_reprimands", minutes=5)
def make_missing_reprimands() -> None:
    """Make the papers that a lost job left unmade."""
    with reading():
        missing = queries.list_without_letter()
    for reprimand_id in missing:
        make_reprimand(str(reprimand_id))


def _quiet() -> Quiet:
    settings = current_app.config["SETTINGS"]
    return Quiet(settings.quiet_from, settings.quiet_until)
