"""Making the signed letters of issued directives."""

from uuid import UUID

from elearn.core import jobs
from elearn.core.transaction import reading, transaction
from elearn.directives import actions, letter, queries
from elearn.documents import actions as documents


@jobs.task("directives.make_letter")
def make_letter(directive_id: str) -> None:
    """Print, sign and keep the letter of one directive; nothing when it has one."""
    with reading():
        directive = queries.get_directive(UUID(directive_id))
        html = None if directive.document_id else letter.html(directive)
    if html is None:
        return
    pdf = documents.make_pdf(html, reason="Surat edaran diterbitkan")
    with transaction():
        document = documents.store("directive", pdf)
        actions.attach_letter(directive_id=UUID(directive_id), document_id=document.id)


@jobs.every("directives.make_missing_letters", minutes=1)
def make_missing_letters() -> None:
    """Make the letters that a lost job left unmade."""
    with reading():
        missing = queries.list_without_letter()
    for directive_id in missing:
        make_letter(str(directive_id))
