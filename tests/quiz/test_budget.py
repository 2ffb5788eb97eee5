"""The busiest doors of the house stay lean: few statements, however many questions there are."""

from typing import Any

import pytest
from flask import Flask

from elearn.content.questions import Draw, QuestionKind
from elearn.core.permissions import Role
from tests.factories.accounts import an_account
from tests.factories.content import a_policy, published_module
from tests.factories.items import a_question_of
from tests.factories.learning import as_learner
from tests.factories.quiz import an_attempt

ANSWERS = {
    QuestionKind.SINGLE: {"choice": "a"},
    QuestionKind.MULTIPLE: {"choice": ["a", "d"]},
    QuestionKind.TRUE_FALSE: {"choice": "c"},
    QuestionKind.CLASSIFY: {"choice-a": "boleh", "choice-b": "tidak"},
    QuestionKind.MATCH: {"choice-a": "ringan"},
    QuestionKind.ORDER: {"choice-a": "1", "choice-b": "2", "choice-c": "3", "choice-d": "4"},
    QuestionKind.NUMERIC: {"choice": "14,0"},
}


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_question_takes_three_statements_and_an_answer_four(
    app: Flask, sign_in: Any, statements: list[str], kind: QuestionKind
) -> None:
    """Who is it, which attempt, and its answers; or who, which, into the history and as the one that counts."""
    bank = tuple(a_question_of(kind, f"soal-{number}") for number in (1, 2))
    quiz = a_policy(questions=1, blueprint=(Draw("dasar", 1),))
    account, publication = an_account(Role.ASN), published_module(questions=bank, quiz=quiz)
    attempt, browser = an_attempt(as_learner(account), publication.id), sign_in(account)
    address = f"/kuis/{attempt.id}/soal/1"
    browser.get(address)
    counts = []
    for open_page in (browser.get, browser.post):
        statements.clear()
        open_page(address, data={**ANSWERS[kind], "go": "next"})
        counts.append(len(statements))
    assert [3, 4] == counts


def test_a_page_of_twenty_questions_is_small(app: Flask, sign_in: Any) -> None:
    """At most 8 kB once styles and scripts are known to the browser (performance goal for a warm quiz page)."""
    account, publication = an_account(Role.ASN), published_module()
    attempt = an_attempt(as_learner(account), publication.id)
    assert 8_000 > len(sign_in(account).get(f"/kuis/{attempt.id}/soal/1").data)
