"""The way out of the house: SMTP when a server is set, else one `.eml` file a message in `instance/outbox/`."""

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from uuid import UUID

from flask import current_app

from config import Settings
from elearn.notices import queries
from elearn.notices.models import Notice
from elearn.notices.rules import Failure

SECONDS_TO_WAIT = 20
Send = Callable[[EmailMessage], object]

REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError, ValueError)
"""What is wrong with one message only; any other failure of SMTP ends the conversation."""
PERMANENT = 500
"""From this code on a mail server says that trying again is in vain (RFC 5321, section 4.2.1)."""


def deliver(notices: Sequence[Notice]) -> Iterator[tuple[UUID, Failure | None]]:
    """Send messages in one conversation and say of each what went wrong, None for nothing."""
    waiting = list(notices)
    try:
        with conversation() as send:
            while waiting:
                failure = _try(send, waiting[0])
                yield waiting.pop(0).id, failure
    except OSError as broken:
        for notice in waiting:
            yield notice.id, Failure(f"{type(broken).__name__}: {broken}")


def _try(send: Send, notice: Notice) -> Failure | None:
    """Send one message; the server's complaint about it, if it has one."""
    try:
        send(compose(notice))
    except REFUSED as refused:
        return Failure(f"{type(refused).__name__}: {refused}", is_final=_is_final(refused))
    return None


def _is_final(refused: Exception) -> bool:
    """Whether the message itself, or its only recipient, is refused for good; a refused sender is our own fault."""
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in refused.recipients.values())
    if isinstance(refused, smtplib.SMTPDataError):
        return refused.smtp_code >= PERMANENT
    return isinstance(refused, ValueError)


def compose(notice: Notice) -> EmailMessage:
    """The message as mail: plain text and its files, marked as automatic, with an identity that outlives a retry."""
    sender = _settings().mail_from
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, notice.recipient, notice.subject
    letter["Date"] = format_datetime(notice.created_at)
    letter["Message-ID"] = f"<{notice.id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(notice.body, cte="quoted-printable")
    for file in queries.list_files(notice.id):
        kind, _, form = file.media_type.partition("/")
        letter.add_attachment(file.content, maintype=kind, subtype=form, filename=file.filename)
    return letter


@contextmanager
def conversation() -> Iterator[Send]:
    """A function that sends one message at a time; OSError (which SMTP's errors are) when the way is blocked."""
    settings = _settings()
    if not settings.smtp_host:
        yield _into_folder
        return
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SECONDS_TO_WAIT) as server:
        if settings.smtp_starttls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        yield server.send_message


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _into_folder(letter: EmailMessage) -> None:
    """Keep a message as a file that any mail program opens; written whole or not at all, for the owner's eyes."""
    folder = _settings().instance_dir / "outbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = letter["Message-ID"].strip("<>").partition("@")[0]
    draft = folder / f".{name}.part"
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        file.write(letter.as_bytes())
    draft.replace(folder / f"{name}.eml")
