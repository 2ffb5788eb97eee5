"""A small module, a small pact and a small register of law, sound as they come, and a way to publish them."""

from datetime import date
from typing import Any

from elearn.content import actions, queries
from elearn.content.law import Citation, Confidence, Instrument, LegalForm, Register, Rule, RuleKind
from elearn.content.models import Publication
from elearn.content.modules import Lesson, Module, Part, PartKind, Topic
from elearn.content.pacts import Clause, PactText
from elearn.content.questions import Draw, Option, Question, QuestionKind, QuizPolicy
from elearn.content.rules import Line, Prose
from elearn.content.source import Source
from elearn.content.stories.scenes import Choice, Ending, Scenario, Scene, Verdict
from elearn.content.versions import Content
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction

SLUG = "netralitas-asn"
LAW = "pp-94-2021-5-n"


def a_citation(**facts: Any) -> Citation:
    """A place in the law that is in force and well proven."""
    standard = {
        "id": LAW,
        "instrument": "PP 94/2021",
        "full": "Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil",
        "article": "Pasal 5 huruf n",
        "says": "PNS dilarang memberikan dukungan kepada calon.",
        "in_force_from": date(2021, 8, 31),
        "in_force_until": None,
        "replaced_by": None,
        "confidence": Confidence.B_PLUS,
        "sources": ("contoh",),
        "checked_on": date(2026, 11, 21),
        "instrument_id": "pp-94-2021",
    }
    return Citation(**{**standard, **facts})


def an_instrument(**facts: Any) -> Instrument:
    """The regulation on discipline, in force."""
    standard = {
        "id": "pp-94-2021",
        "short": "PP 94/2021",
        "full": "Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil",
        "form": LegalForm.REGULATION,
        "in_force_from": date(2021, 8, 31),
    }
    return Instrument(**{**standard, **facts})


def a_rule(rule_id: str = "P-01", **facts: Any) -> Rule:
    """A prohibition that is well proven."""
    standard = {
        "id": rule_id,
        "kind": RuleKind.PROHIBITION,
        "text": "Memasang alat peraga untuk calon.",
        "phase": "Calon",
        "confidence": Confidence.B,
        "cites": (LAW,),
    }
    return Rule(**{**standard, **facts})


def a_register(**facts: Any) -> Register:
    """One instrument, one citation of it, one rule."""
    standard = {
        "slug": queries.REGISTER,
        "title": "Dasar hukum",
        "instruments": (an_instrument(),),
        "citations": (a_citation(),),
        "rules": (a_rule(),),
    }
    return Register(**{**standard, **facts})


def a_question(question_id: str = "soal-1", **facts: Any) -> Question:
    """A question with three options, of which `a` is right."""
    standard = {
        "id": question_id,
        "topic": "dasar",
        "difficulty": 1,
        "kind": QuestionKind.SINGLE,
        "stem": Prose(f"Apa yang tepat pada {question_id}?"),
        "options": (
            Option("a", Line(f"Yang tepat di {question_id}"), correct=True, feedback=Line("Tepat.")),
            Option("b", Line("Yang keliru"), feedback=Line("Belum tepat.")),
            Option("c", Line("Yang keliru juga"), feedback=Line("Ini pun belum tepat.")),
        ),
        "explanation": Prose(f"Begini penjelasannya [@{LAW}]."),
        "cites": (LAW,),
    }
    return Question(**{**standard, **facts})


def a_choice(choice_id: str, target: str, **facts: Any) -> Choice:
    """A safe choice that leads to a scene."""
    standard = {
        "id": choice_id,
        "text": Line(f"Memilih {choice_id}"),
        "verdict": Verdict.SAFE,
        "next": target,
        "then": Prose("Orang-orang mengangguk."),
        "why": Prose(f"Ini sesuai aturan [@{LAW}]."),
        "cites": (LAW,),
    }
    return Choice(**{**standard, **facts})


def an_ending(scene_id: str, ending: Ending = Ending.GOOD) -> Scene:
    """The last scene of a story."""
    debrief = Prose(f"Ingat aturannya [@{LAW}].")
    return Scene(scene_id, f"Akhir {scene_id}", Prose("Cerita selesai."), (), ending, debrief, (LAW,))


def a_scenario(**facts: Any) -> Scenario:
    """Two scenes and two endings: from `awal` one can end badly at once or go on to `tengah`."""
    first = (a_choice("maju", "tengah"), a_choice("salah", "buruk", verdict=Verdict.BREACH))
    second = (a_choice("tenang", "baik"), a_choice("ragu", "buruk", verdict=Verdict.RISKY))
    standard = {
        "id": "satu-jempol",
        "title": "Satu jempol",
        "summary": "Sebuah unggahan.",
        "minutes": 3,
        "topic": "medsos",
        "start": "awal",
        "scenes": (
            Scene("awal", "Sabtu sore", Prose("Anda melihat unggahan."), first),
            Scene("tengah", "Senin pagi", Prose("Atasan bertanya."), second),
            an_ending("baik"),
            an_ending("buruk", Ending.BAD),
        ),
    }
    return Scenario(**{**standard, **facts})


def a_lesson(lesson_id: str = "mengapa-netral", topic: str = "dasar", **facts: Any) -> Lesson:
    """A lesson of two paragraphs that cites the law."""
    standard = {
        "title": f"Pelajaran {lesson_id}",
        "minutes": 2,
        "cites": (LAW,),
        "body": Prose(f"Sebuah cerita pendek.\n\nASN dilarang memihak [@{LAW}]."),
    }
    return Lesson(lesson_id, topic=topic, **{**standard, **facts})


def a_policy(**facts: Any) -> QuizPolicy:
    """Four questions in ten minutes, three right to pass, two attempts with ten minutes between."""
    standard = {
        "questions": 4,
        "pass_percent": 75,
        "minutes": 10,
        "grace_seconds": 30,
        "attempts": 2,
        "wait_minutes": 10,
        "blueprint": (Draw("dasar", 2), Draw("medsos", 2)),
    }
    return QuizPolicy(**{**standard, **facts})


def a_module(**facts: Any) -> Module:
    """Two lessons, one story and eight questions on two topics."""
    standard = {
        "slug": SLUG,
        "title": "Netralitas ASN",
        "summary": "Apa yang boleh dan apa yang dilarang.",
        "minutes": 20,
        "topics": (Topic("dasar", "Dasar netralitas"), Topic("medsos", "Media sosial")),
        "parts": (
            Part(PartKind.LESSON, "mengapa-netral"),
            Part(PartKind.SCENARIO, "satu-jempol"),
            Part(PartKind.LESSON, "jejak-digital"),
        ),
        "lessons": (a_lesson(), a_lesson("jejak-digital", "medsos")),
        "scenarios": (a_scenario(),),
        "questions": tuple(
            a_question(f"{topic}-{number}", topic=topic) for topic in ("dasar", "medsos") for number in range(1, 5)
        ),
        "quiz": a_policy(),
        "pact": SLUG,
        "citations": (a_citation(),),
    }
    return Module(**{**standard, **facts})


def a_pact(**facts: Any) -> PactText:
    """A pact of two clauses."""
    standard = {
        "slug": SLUG,
        "title": "Pakta Integritas Netralitas ASN",
        "opening": "Saya yang bertanda tangan menyatakan:",
        "clauses": (
            Clause("netral", "Netral", "Saya menjaga netralitas."),
            Clause("bijak", "Bijak", "Saya bijak bermedia sosial."),
        ),
        "closing": "Pernyataan ini saya jalankan dengan tanggung jawab.",
        "cites": (LAW,),
        "citations": (a_citation(),),
    }
    return PactText(**{**standard, **facts})


def publish(*contents: Content) -> None:
    """Publish modules, pacts and a register as they are given."""
    modules = tuple(each for each in contents if isinstance(each, Module))
    pacts = tuple(each for each in contents if isinstance(each, PactText))
    register = next((each for each in contents if isinstance(each, Register)), None)
    with transaction():
        actions.publish(SYSTEM, source=Source(modules, pacts, (), register))


def published_module(**facts: Any) -> Publication:
    """The current version of a small module, published now with its pact."""
    module = a_module(**facts)
    publish(a_pact(slug=module.pact), module)
    publication = queries.find_current("module", module.slug)
    assert publication is not None
    return publication
