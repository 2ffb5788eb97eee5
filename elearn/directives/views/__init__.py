"""Pages of directives: reading, writing, issuing and ending them; whom they bind, who is exempt; the public proof."""

from flask import Flask

from elearn.calendar import consequences
from elearn.directives import quizzes
from elearn.directives.views import exempting, following, life, pages, proof, reach, writing
from elearn.directives.views.blueprint import blueprint
from elearn.documents import enquiries
from elearn.quiz import terms

__all__ = ["blueprint", "exempting", "install", "life", "pages", "proof", "reach", "writing"]


def install(_app: Flask) -> None:
    """Let quizzes and the calendar know what directives say of them, and the page that checks files our letters."""
    terms.provide(quizzes)
    enquiries.provide(proof.tell)
    consequences.provide(following.tell)
