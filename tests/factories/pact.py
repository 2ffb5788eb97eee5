"""People on the way to a pact, made by the rooms' own actions: a module of one question, a pact of two clauses."""

from datetime import date
from typing import Any

from elearn.accounts import activation
from elearn.accounts import queries as people
from elearn.agencies.models import Employee
from elearn.content import actions as content
from elearn.content import queries as published
from elearn.content.law import Citation, Confidence
from elearn.content.modules import Module, Topic
from elearn.content.pacts import Clause, PactText
from elearn.content.questions import Draw, Option, Question, QuestionKind, QuizPolicy
from elearn.content.rules import Line, Prose
from elearn.content.source import Source
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Actor
from elearn.core.transaction import transaction
from elearn.pact import actions, queries
from elearn.pact.models import Pact
from elearn.quiz import actions as quiz
from tests.factories.accounts import PASSWORD
from tests.factories.agencies import an_employee

SLUG = "netralitas-asn"
LAW = Citation(
    id="uu-20-2023-24",
    instrument="UU 20/2023",
    full="Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
    article="Pasal 24",
    says="Pegawai ASN menjaga netralitas.",
    in_force_from=date(2023, 10, 31),
    in_force_until=None,
    replaced_by=None,
    confidence=Confidence.B,
    sources=("contoh",),
    checked_on=date(2026, 11, 21),
)
QUESTION = Question(
    id="satu",
    topic="dasar",
    difficulty=1,
    kind=QuestionKind.SINGLE,
    stem=Prose("Siapa yang wajib netral?"),
    options=(
        Option("a", Line("Setiap pegawai ASN"), correct=True),
        Option("b", Line("Hanya pejabat")),
        Option("c", Line("Hanya guru")),
        Option("d", Line("Tidak seorang pun")),
    ),
    explanation=Prose("Kewajiban ini berlaku bagi setiap pegawai ASN."),
    cites=(LAW.id,),
)
MODULE = Module(
    slug=SLUG,
    title="Netralitas ASN",
    summary="Modul uji.",
    minutes=5,
    topics=(Topic("dasar", "Dasar"),),
    parts=(),
    lessons=(),
    scenarios=(),
    questions=(QUESTION,),
    quiz=QuizPolicy(1, 70, 30, 30, 5, 10, (Draw("dasar", 1),)),
    pact=SLUG,
    citations=(LAW,),
)
PACT = PactText(
    slug=SLUG,
    title="Pakta Integritas Netralitas ASN",
    opening="Saya yang bertanda tangan di bawah ini:",
    clauses=(
        Clause("netral", "Netral dalam melayani", "Saya melayani setiap warga sama baiknya."),
        Clause("bermedia", "Bijak bermedia sosial", "Saya tidak menyebarkan kabar bohong."),
    ),
    closing="Pernyataan ini saya jalankan dengan penuh tanggung jawab.",
    cites=(LAW.id,),
    citations=(LAW,),
)
CLAUSES = [clause.id for clause in PACT.clauses]


def published_texts(pact: PactText = PACT) -> str:
    """Publish the module and its pact, and give the fingerprint of the pact."""
    with transaction():
        content.publish(SYSTEM, source=Source(modules=(MODULE,), pacts=(pact,), complaints=()))
    return published.current_pact(SLUG)[0].fingerprint


def actor_of(employee: Employee) -> Actor:
    """An employee as an actor."""
    return people.get_actor(employee.account_id)


def a_learner(**facts: Any) -> Employee:
    """An employee with a password, before the quiz; the texts are published."""
    published_texts()
    employee = an_employee(**facts)
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=employee.account_id)
    with transaction():
        activation.activate(username=employee.nip, code=code, password=PASSWORD, address="127.0.0.1")
    return employee


def who_passed(**facts: Any) -> Employee:
    """An employee with a password who has passed the quiz."""
    employee = a_learner(**facts)
    actor, publication_id = actor_of(employee), published.current_module(SLUG)[0].id
    with transaction():
        attempt = quiz.start(actor, publication_id=publication_id)
    with transaction():
        quiz.save_answer(actor, attempt_id=attempt.id, position=1, choice=["a"])
    with transaction():
        quiz.submit(actor, attempt_id=attempt.id)
    return employee


def signing(**changes: Any) -> dict[str, Any]:
    """What the action needs for a signing without fault."""
    return {
        "slug": SLUG,
        "password": PASSWORD,
        "shown": published.current_pact(SLUG)[0].fingerprint,
        "consents": CLAUSES,
        "address": "127.0.0.1",
        "agent": "tests",
        **changes,
    }


def a_pact(employee: Employee | None = None, **facts: Any) -> Pact:
    """A signed pact, its certificate asked for but not made."""
    employee = employee or who_passed(**facts)
    with transaction():
        pact = actions.sign(actor_of(employee), **signing())
    db.session.rollback()
    return queries.get_by_id(pact.id)
