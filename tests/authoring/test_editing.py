"""A draft edited without JavaScript: rows come and go, what is wrong stands at its field, nothing typed is lost."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from elearn.accounts import queries as accounts
from elearn.authoring import drafts, intake
from elearn.authoring.editing import form_of, has_slips, question_in, told_by
from elearn.authoring.layout import Layout
from elearn.authoring.models import QuestionDraft
from elearn.content import items
from elearn.content.formats import files
from elearn.content.questions import Question, QuestionKind
from elearn.core.db import db
from elearn.core.transaction import transaction
from tests.factories.accounts import signed_in_client
from tests.factories.authoring import an_author, publish_curriculum
from tests.factories.items import a_question_of


@pytest.fixture(autouse=True)
def _curriculum(app: Flask) -> None:
    publish_curriculum()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """An author's browser."""
    return signed_in_client(app, accounts.get_account(an_author().account_id))


def a_draft(question: Question) -> UUID:
    """A draft of that question."""
    content = files.write(files.bank_of([("modul", question)]), "xlsx").content
    with transaction():
        intake.take(an_author("penulis-lain"), filename="a.xlsx", content_=content)
    return db.session.scalars(select(QuestionDraft.id)).one()


def fields(question: Question) -> dict[str, Any]:
    """What the browser sends when nothing was changed."""
    layout = Layout.of(question)
    told = {name: value for name, value in told_by(question).items() if value not in ("", False)}
    lists = {"options": ",".join(layout.options), "groups": ",".join(layout.groups)}
    return {"difficulty": "2", **{name: "y" if value is True else value for name, value in told.items()}, **lists}


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_form_says_the_question_it_was_filled_with(app: Flask, kind: QuestionKind) -> None:
    """Of every kind, with its key, its pairs, its order and its numbers."""
    question = a_question_of(kind)
    layout = Layout.of(question)
    with app.test_request_context():
        form = form_of(layout, told_by(question), None)
        assert not has_slips(form, layout)
        assert question == question_in(form, layout, question)


def test_a_row_is_added_and_removed_without_saving(browser: FlaskClient) -> None:
    """What was typed stays; the draft is as it was until it is saved."""
    question = a_question_of(QuestionKind.SINGLE)
    edit = f"/materi/soal/butir/{a_draft(question)}"
    typed = {**fields(question), "stem": "Ditulis baru?"}
    page = browser.post(edit, data={**typed, "deed": "tambah-pilihan"})
    assert (200, True) == (page.status_code, "Ditulis baru?" in page.text)
    assert f"Pilihan {len(question.options) + 1}" in page.text
    last = question.options[-1].id
    assert f'name="text-{last}"' not in browser.post(edit, data={**typed, "deed": f"hapus-pilihan:{last}"}).text
    assert "Ditulis baru?" not in browser.get(edit).text


def test_the_key_is_changed(browser: FlaskClient) -> None:
    """Another option is right, one is new, one is gone; kept although something is still to come."""
    question = a_question_of(QuestionKind.SINGLE)
    draft_id = a_draft(question)
    first, second, *_ = [option.id for option in question.options]
    sent = {name: value for name, value in fields(question).items() if not name.startswith("correct-")}
    ids = [each for each in sent["options"].split(",") if each != first]
    sent |= {f"correct-{second}": "y", "options": ",".join([*ids, "z"]), "text-z": "Pilihan baru"}
    assert 302 == browser.post(f"/materi/soal/butir/{draft_id}", data={**sent, "deed": "simpan-dulu"}).status_code
    saved = drafts.get_draft(draft_id).question
    assert ([*ids, "z"], frozenset({second})) == ([each.id for each in saved.options], saved.correct_ids)


def test_the_order_is_changed(browser: FlaskClient) -> None:
    """By numbers; a number twice is told at its field."""
    question = a_question_of(QuestionKind.ORDER)
    draft_id, sent = a_draft(question), fields(question)
    ids = [option.id for option in question.options]
    turned = {f"place-{each}": str(len(ids) - place) for place, each in enumerate(ids)}
    edit = f"/materi/soal/butir/{draft_id}"
    assert 302 == browser.post(edit, data={**sent, **turned, "deed": "simpan-dulu"}).status_code
    assert ids[::-1] == [each.id for each in drafts.get_draft(draft_id).question.options]
    twice = browser.post(edit, data={**sent, f"place-{ids[1]}": "1", "deed": "simpan-dulu"})
    assert (422, True) == (twice.status_code, f'id="place-{ids[1]}-error"' in twice.text)


def test_a_number_that_is_none_stands_at_its_field(browser: FlaskClient) -> None:
    """Neither saved nor lost, not even by the button that keeps what is unfinished."""
    question = a_question_of(QuestionKind.NUMERIC)
    draft_id, ident = a_draft(question), question.options[0].id
    sent = {**fields(question), f"text-{ident}": "empat belas", f"tolerance-{ident}": "-3", "deed": "simpan-dulu"}
    page = browser.post(f"/materi/soal/butir/{draft_id}", data=sent)
    assert (422, True) == (page.status_code, "empat belas" in page.text)
    assert all(f'id="{name}-{ident}-error"' in page.text for name in ("text", "tolerance"))
    assert items.right_answer(question) == items.right_answer(drafts.get_draft(draft_id).question)


def test_the_checks_of_a_pack_stop_a_finished_draft(browser: FlaskClient) -> None:
    """No key, no feedback, no law: each has its sentence, and the draft is as it was."""
    question = a_question_of(QuestionKind.SINGLE)
    draft_id, wrong = a_draft(question), question.options[-1].id
    kept = {name: value for name, value in fields(question).items() if not name.startswith("correct-")}
    kept |= {f"feedback-{option.id}": "" for option in question.options}
    page = browser.post(f"/materi/soal/butir/{draft_id}", data=kept)
    assert 422 == page.status_code
    assert "Kunci jawaban harus tepat satu; di sini ada 0." in page.text
    assert f'id="feedback-{wrong}-error"' in page.text
    assert question.correct_ids == drafts.get_draft(draft_id).question.correct_ids


def test_a_missing_explanation_is_said_once(browser: FlaskClient) -> None:
    """That it is empty says no more than that the question needs one."""
    question = a_question_of(QuestionKind.SINGLE)
    page = browser.post(f"/materi/soal/butir/{a_draft(question)}", data={**fields(question), "explanation": ""})
    assert (422, 2) == (page.status_code, page.text.count("Soal ini memerlukan penjelasan."))
    assert "masih kosong" not in page.text


def test_another_kind_has_other_fields(browser: FlaskClient) -> None:
    """One of several becomes a number: its options get tolerances."""
    question = a_question_of(QuestionKind.SINGLE)
    edit = f"/materi/soal/butir/{a_draft(question)}"
    page = browser.post(edit, data={**fields(question), "kind": "numeric", "deed": "tampilkan"}).text
    assert f'name="tolerance-{question.options[0].id}"' in page


def test_groups_come_and_go(browser: FlaskClient) -> None:
    """A pair more, named and chosen."""
    question = a_question_of(QuestionKind.CLASSIFY)
    draft_id, sent = a_draft(question), fields(question)
    page = browser.post(f"/materi/soal/butir/{draft_id}", data={**sent, "deed": "tambah-kelompok"}).text
    assert 'name="group-text-kelompok-1"' in page
    more = {"groups": f"{sent['groups']},kelompok-1", "group-text-kelompok-1": "Baru"}
    more[f"group-{question.options[0].id}"] = "kelompok-1"
    saved = browser.post(f"/materi/soal/butir/{draft_id}", data={**sent, **more, "deed": "simpan-dulu"})
    assert 302 == saved.status_code
    assert "kelompok-1" == drafts.get_draft(draft_id).question.options[0].group
