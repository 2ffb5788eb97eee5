"""The words by which people are told what was allowed to them, answered, or decided about their results."""

from typing import Any

from flask import current_app

from elearn.notices import rules as mail
from elearn.notices.rules import Message

LONGEST_SUBJECT = 200


def message(template: str, *, key: str, recipient: str, **facts: Any) -> Message:
    """A message from the template of that name, whose first line is its subject."""
    page = current_app.jinja_env.get_template(f"assessment/mail/{template}.txt")
    subject, body = mail.from_template(page.render(address=current_app.config["PUBLIC_URL"], **facts))
    return Message(key=key, recipient=recipient, subject=subject[:LONGEST_SUBJECT], body=body)
