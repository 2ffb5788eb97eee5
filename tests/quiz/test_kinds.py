"""Every kind of question on screen: answered by its form, saved, shown again, graded and explained."""

from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.content import items
from elearn.content.modules import Module
from elearn.content.questions import Draw, Question, QuestionKind
from elearn.core.permissions import Role
from elearn.quiz import papers, queries
from elearn.quiz.models import Attempt
from tests.factories.accounts import an_account
from tests.factories.content import a_policy, published_module
from tests.factories.items import one_of_each
from tests.factories.learning import as_learner
from tests.factories.quiz import an_attempt

JSON = {"Accept": "application/json"}
PUT = [QuestionKind.CLASSIFY, QuestionKind.MATCH, QuestionKind.ORDER]
BANK = {question.kind: question for question in one_of_each()}
TOTAL = len(BANK)


@pytest.fixture
def account(app: Flask) -> Any:
    """Somebody who takes a quiz that asks one question of every kind, all of which must be right."""
    quiz = a_policy(questions=TOTAL, blueprint=(Draw("dasar", TOTAL),), pass_percent=100)
    published_module(questions=one_of_each(), quiz=quiz)
    return an_account(Role.ASN)


@pytest.fixture
def attempt(account: Any) -> Attempt:
    """Her open attempt."""
    return an_attempt(as_learner(account), queries.content.find_current("module", "netralitas-asn").id)


@pytest.fixture
def browser(sign_in: Any, account: Any) -> FlaskClient:
    """Her browser."""
    return sign_in(account)


def module_of(attempt: Attempt) -> Module:
    """The published module, with its HTML."""
    return queries.content.get_module(attempt.publication_id)


def address(attempt: Attempt, kind: QuestionKind) -> str:
    """The page of the question of that kind."""
    paper = [item.question_id for item in papers.read(attempt.paper)]
    return f"/kuis/{attempt.id}/soal/{paper.index(kind.value) + 1}"


def form_of(page: str) -> Any:
    """The form of a question page, as a browser reads it."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    return parser.parse(page).getroot().find(".//main//form")


def offered(page: str) -> dict[str, set[str]]:
    """What the fields of the form can be set to; an empty value is none."""
    found: dict[str, set[str]] = {}
    for node in form_of(page).iter("input", "select"):
        options = (
            [o.get("value", o.text) for o in node.iter("option")] if node.tag == "select" else [node.get("value")]
        )
        if node.get("name").startswith(items.FIELD):
            found.setdefault(node.get("name"), set()).update(filter(None, options))
    return found


def filled(page: str) -> list[tuple[str, str]]:
    """What the form would send as it is shown."""
    form = form_of(page)
    ticked = [(node.get("name"), node.get("value")) for node in form.iter("input") if "checked" in node.attrib]
    picked = [
        (s.get("name"), o.get("value", o.text)) for s in form.iter("select") for o in s if "selected" in o.attrib
    ]
    written = [(node.get("name"), node.get("value")) for node in form.iter("input") if node.get("inputmode")]
    return sorted(ticked + picked + [pair for pair in written if pair[1]])


def submitted(browser: FlaskClient, attempt: Attempt) -> str:
    """The result page."""
    browser.post(f"/kuis/{attempt.id}/kumpulkan")
    return browser.get(f"/kuis/{attempt.id}/hasil").text


def send(browser: FlaskClient, url: str, question: Question, answer: Any, **options: Any) -> Any:
    """Send the form with an answer, by the button "Berikutnya"."""
    fields: dict[str, list[str]] = {"go": ["next"]}
    for name, value in items.form_fields(question, answer):
        fields.setdefault(name, []).append(value)
    return browser.post(url, data=fields, **options)


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_page_offers_every_answer_and_has_none(browser: FlaskClient, attempt: Attempt, kind: QuestionKind) -> None:
    """The fields are those of the form encoding, whatever the right answer is."""
    page, question = browser.get(address(attempt, kind)).text, BANK[kind]
    wanted: dict[str, set[str]] = {}
    for answer in [items.right_answer(question), *items.slips(question)]:
        for name, value in items.form_fields(question, answer):
            wanted.setdefault(name, set()).add(value)
    shown = offered(page)
    assert wanted.keys() == shown.keys()
    assert kind is QuestionKind.NUMERIC or all(wanted[name] <= shown[name] for name in wanted)
    assert [] == filled(page)


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("headers", [{}, JSON])
def test_an_answer_is_saved_and_shown_again(
    browser: FlaskClient, attempt: Attempt, kind: QuestionKind, headers: dict
) -> None:
    """By the buttons of the form and by the script alike; a second answer replaces the first."""
    url, question = address(attempt, kind), BANK[kind]
    for answer in (items.slips(question)[-1], items.right_answer(question)):
        assert send(browser, url, question, answer, headers=headers).status_code in (200, 302)
        page = browser.get(url).text
        assert items.form_fields(question, answer) == filled(page)
        assert "Tersimpan pukul" in page
        assert "belum lengkap." not in page


@pytest.mark.parametrize("kind", PUT)
def test_an_unfinished_answer_is_kept_and_said_to_be_so(
    browser: FlaskClient, attempt: Attempt, kind: QuestionKind
) -> None:
    """On the page, to the script, in the list of questions; and it is no point."""
    url, question = address(attempt, kind), BANK[kind]
    answer = sorted(items.right_answer(question))[1:]
    told = send(browser, url, question, answer, headers=JSON).json["sentence"]
    page = browser.get(url).text
    assert told.endswith(", belum lengkap.")
    assert told in page
    assert items.form_fields(question, answer) == filled(page)
    position = url.rpartition("/")[2]
    listed = browser.get(f"/kuis/{attempt.id}").text
    assert f"Belum lengkap: soal {position}." in listed
    assert f"0 dari {TOTAL} soal terjawab" in listed
    assert f"0 dari {TOTAL} jawaban benar" in submitted(browser, attempt)


@pytest.mark.parametrize("headers", [{}, JSON])
def test_one_number_for_two_steps_is_refused_but_not_lost(
    browser: FlaskClient, attempt: Attempt, headers: dict
) -> None:
    """The page keeps what was entered; what was saved before stays saved."""
    url, question = address(attempt, QuestionKind.ORDER), BANK[QuestionKind.ORDER]
    send(browser, url, question, ["a=2", "b=1"])
    answer = send(browser, url, question, ["a=2", "b=2"], headers=headers)
    assert (422, True) == (answer.status_code, items.NUMBER_TWICE in answer.text)
    if not headers:
        assert [("choice-a", "2"), ("choice-b", "2")] == filled(answer.text)
        assert "Jawaban sebelumnya tersimpan" in answer.text
    assert [("choice-a", "2"), ("choice-b", "1")] == filled(browser.get(url).text)


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("field", ["choice", "choice-a", "choice-z", "choice-"])
def test_what_the_page_does_not_offer_gets_a_sentence(
    browser: FlaskClient, attempt: Attempt, kind: QuestionKind, field: str
) -> None:
    """An invented field or value; nothing is saved."""
    answer = browser.post(address(attempt, kind), data={field: "zzz"}, headers=JSON)
    assert (422, items.misfit(BANK[kind], ["zzz"])) == (answer.status_code, answer.json["detail"])
    assert {} == queries.list_saved(attempt.id)


@pytest.mark.parametrize("kind", QuestionKind)
def test_right_answers_of_every_kind_pass(browser: FlaskClient, attempt: Attempt, kind: QuestionKind) -> None:
    """All right is a pass; one mistake in one kind is not."""
    for each, question in BANK.items():
        answer = items.slips(question)[0] if each is kind else items.right_answer(question)
        send(browser, address(attempt, each), question, answer)
    page = submitted(browser, attempt)
    assert f"{TOTAL - 1} dari {TOTAL} jawaban benar" in page
    assert "Belum lulus kali ini" in page


WRONG = {
    QuestionKind.SINGLE: (["a"], ["Butir a", "Jawaban Anda, belum tepat", "Sebab a.", "Jawaban yang tepat"]),
    QuestionKind.MULTIPLE: (["a", "b"], ["Jawaban Anda, tepat", "Jawaban Anda, belum tepat", "Jawaban yang tepat"]),
    QuestionKind.TRUE_FALSE: (
        ["a"],
        ["<strong>Benar</strong>, Butir a", "<strong>Salah</strong>, Butir c", "Sebab c."],
    ),
    QuestionKind.CLASSIFY: (
        ["a=tahap", "b=tidak"],
        ["Belum tepat: Tergantung tahap", "Yang tepat: Boleh", "Tepat: Tidak boleh", "Belum diisi", "Belum lengkap<"],
    ),
    QuestionKind.MATCH: (["a=pidana", "c=berat"], ["Belum tepat: Pidana pemilihan", "Tepat: Hukuman <em>berat</em>"]),
    QuestionKind.ORDER: (
        ["a=2", "b=1", "c=3", "d=4"],
        ["Belum tepat: nomor 2", "Yang tepat: nomor 1", "Tepat: nomor 3", "Belum benar<"],
    ),
    QuestionKind.NUMERIC: (["3,0"], ["Jawaban Anda, belum tepat", "Sebab b.", "14", "Jawaban yang tepat"]),
}


@pytest.mark.parametrize("kind", QuestionKind)
def test_the_result_says_what_was_answered_and_what_is_right(
    browser: FlaskClient, attempt: Attempt, kind: QuestionKind
) -> None:
    """Option by option, with the feedback of each."""
    answer, words = WRONG[kind]
    send(browser, address(attempt, kind), BANK[kind], answer)
    page = submitted(browser, attempt).replace('<span lang="id">', "").replace("</span>", "")
    assert [] == [word for word in words if word not in page]


def test_authors_see_every_kind_with_its_key(app: Flask, account: Any, sign_in: Any) -> None:
    """Keys, places, numbers, headings, and the partner that nothing belongs to."""
    page = sign_in(Role.AUTHOR).get("/materi/netralitas-asn").text
    kinds = (
        "Satu jawaban tepat",
        "Beberapa jawaban tepat",
        "Benar atau salah",
        "Kelompokkan",
        "Pasangkan",
        "Urutkan",
        "Angka",
    )
    keys = ("Pengecoh", "Tergantung tahap", "Hukuman <em>berat</em>", "Nomor 4", "<strong>Salah</strong>, Butir c")
    wanted = (*kinds, *keys, "Pasangan tambahan tanpa butir:</span> Pidana pemilihan")
    assert [] == [word for word in wanted if word not in page]
    assert 1 + 2 + 1 + 1 == page.count(" Kunci</span>")


def test_the_pages_of_one_attempt_show_partners_in_one_order(browser: FlaskClient, attempt: Attempt) -> None:
    """Shuffled by the seed of the attempt, not by each visit."""
    url = address(attempt, QuestionKind.MATCH)
    question = module_of(attempt).question_by_id["match"]
    shown = [group.text.html for group in papers.groups(question, attempt.seed)]
    for page in (browser.get(url).text, browser.get(url).text):
        listed = form_of(page).find(".//ol")
        assert [text.replace("<em>", "").replace("</em>", "") for text in shown] == [
            "".join(item.itertext()) for item in listed
        ]


@pytest.mark.parametrize("kind", QuestionKind)
def test_a_page_of_any_kind_is_small(browser: FlaskClient, attempt: Attempt, kind: QuestionKind) -> None:
    """At most 8 kB once styles and scripts are known to the browser (performance goal for a warm quiz page)."""
    assert 8_000 > len(browser.get(address(attempt, kind)).data)
