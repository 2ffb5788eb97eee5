"""What a new version changes is told thing by thing, and what decides is told first."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from elearn.authoring import difference
from elearn.authoring.difference import Change, Item, State
from elearn.content.modules import Module, Picture
from elearn.content.pacts import Clause
from elearn.content.questions import Draw, Option, QuestionKind, ReviewTime, TopicMark
from elearn.content.rules import Line, Prose
from elearn.content.stories.scenes import Condition, Route, Variable, Verdict
from tests.factories.content import LAW, a_choice, a_citation, a_module, a_pact, a_policy, a_register, a_scenario

OLD = a_module()


def changed(name: str, place: int, **facts: Any) -> Module:
    """The small module with one of its things otherwise."""
    things = list(getattr(OLD, name))
    things[place] = replace(things[place], **facts)
    return replace(OLD, **{name: tuple(things)})


def only(new: Any, old: Any = OLD) -> tuple[Item, Change]:
    """The one thing that differs and the one fact about it."""
    (item,) = difference.between(old, new).items
    (change,) = item.changes
    return item, change


def test_nothing_differs_from_itself() -> None:
    """A module, a pact and a register compared with themselves."""
    for each in (OLD, a_pact(), a_register()):
        assert () == difference.between(each, each).items


def test_everything_is_new_at_first() -> None:
    """Without a published version each thing is added, counted by its sort."""
    found = difference.between(None, OLD)
    assert {State.ADDED} == {item.state for item in found.items}
    assert ("Soal", {State.ADDED: 8}) in found.counts
    assert [] == found.weighty


def test_a_new_word_in_a_lesson() -> None:
    """The lesson is changed in its text; that is not weighty by itself."""
    item, change = only(changed("lessons", 0, body=Prose(f"Cerita lain.\n\nASN dilarang memihak [@{LAW}].")))
    assert ("Pelajaran", "Isi", False) == (item.sort, change.name, change.is_weighty)
    assert ("isi berubah.", {"removed", "added", "same"}) == (change.told, {run.kind for run in change.runs})


def test_a_key_that_moves_is_weighty() -> None:
    """For every kind of question the right answer is one fact."""
    question = OLD.questions[0]
    options = tuple(replace(each, correct=each.id == "b") for each in question.options)
    item, change = only(changed("questions", 0, options=options))
    assert ("Soal", "Kunci", True) == (item.sort, change.name, change.is_weighty)
    assert "kunci berubah dari “a” menjadi “b”." == change.told


@pytest.mark.parametrize("kind", [QuestionKind.CLASSIFY, QuestionKind.MATCH])
def test_a_thing_that_belongs_elsewhere_is_a_key_too(kind: QuestionKind) -> None:
    """Where options are put, their places are the key."""
    options = tuple(replace(each, group="boleh") for each in OLD.questions[0].options)
    question = replace(OLD.questions[0], kind=kind, options=options)
    other = replace(question, options=(replace(options[0], group="tidak"), *options[1:]))
    _, change = only(replace(OLD, questions=(other,)), replace(OLD, questions=(question,)))
    told = "kunci berubah dari “a = boleh, b = boleh, c = boleh” menjadi “a = tidak, b = boleh, c = boleh”."
    assert (told, True) == (change.told, change.is_weighty)


def test_another_order_of_steps_is_another_key() -> None:
    """Of steps in order the sequence is the key."""
    question = replace(OLD.questions[0], kind=QuestionKind.ORDER)
    other = replace(question, options=tuple(reversed(question.options)))
    _, change = only(replace(OLD, questions=(other,)), replace(OLD, questions=(question,)))
    assert "kunci berubah dari “a, b, c” menjadi “c, b, a”." == change.told


def test_a_verdict_that_turns_is_weighty() -> None:
    """A choice that was safe and is a breach now."""
    first, *rest = OLD.scenarios[0].scenes
    choices = (replace(first.choices[0], verdict=Verdict.BREACH), *first.choices[1:])
    _, change = only(changed("scenarios", 0, scenes=(replace(first, choices=choices), *rest)))
    assert "adegan awal, pilihan maju, penilaian berubah dari “aman” menjadi “melanggar”." == change.told
    assert change.is_weighty


def test_all_that_moves_a_story_is_told() -> None:
    """Variables, effects, conditions and routes, in words."""
    first, *rest = OLD.scenarios[0].scenes
    when = (Condition(variable="risiko", at_least=50), Condition(chose="awal/salah"))
    choice = a_choice("maju", "tengah", effects={"risiko": -5}, when=when, routes=(Route("buruk", when),))
    new = a_scenario(
        variables=(Variable("risiko", "Risiko", 10, is_good=False),),
        scenes=(replace(first, choices=(choice, *first.choices[1:])), *rest),
    )
    (item,) = difference.between(OLD, replace(OLD, scenarios=(new,))).items
    told = {change.name.rpartition(", ")[2]: change.after for change in item.changes}
    assert {
        "Ukuran risiko": "Risiko, mulai 10, baik bila rendah",
        "pengaruh": "risiko -5",
        "syarat": "risiko sedikitnya 50 dan memilih awal/salah",
        "lanjut ke": "buruk bila risiko sedikitnya 50 dan memilih awal/salah\ntengah",
    } == told


def test_the_rules_of_the_quiz_are_weighty() -> None:
    """Each of them is told with its old and its new value."""
    policy = a_policy(pass_percent=80, attempts=3, blueprint=(Draw("dasar", 3), Draw("medsos", 1)))
    found = difference.between(OLD, replace(OLD, quiz=policy))
    assert ["batas lulus berubah dari “75 %” menjadi “80 %”.", "kesempatan berubah dari “2” menjadi “3”."] == [
        change.told for _, change in found.weighty
    ][:2]
    assert "Soal setiap topik" == found.weighty[2][1].name


def test_all_that_decides_about_a_quiz_is_weighty() -> None:
    """Topics that must be passed, the time of review, partial credit; not the order of the questions."""
    marks = (TopicMark("dasar", 80),)
    rest = {"review": ReviewTime.AFTER_PASSING, "partial_credit": True, "shuffles_questions": False, "per_page": 5}
    lines = (Draw("dasar", 3, 1, ("soal-1",)), *OLD.quiz.blueprint[1:])
    new = replace(OLD, quiz=replace(OLD.quiz, must_pass=marks, blueprint=lines, **rest))
    found = difference.between(OLD, new)
    (item,) = found.items
    told = {change.name: change.after for change in item.changes}
    assert "Dasar netralitas: 3, tingkat 1, selalu soal-1" in told["Soal setiap topik"]
    assert "Dasar netralitas: 80 %" == told["Topik yang harus lulus"]
    assert ("setelah-lulus", "ya") == (told["Pembahasan dibuka"], told["Nilai sebagian"])
    assert ("tidak", "5") == (told["Urutan soal diacak"], told["Soal satu halaman"])
    assert {"Urutan soal diacak", "Soal satu halaman"} == told.keys() - {each.name for _, each in found.weighty}


def test_a_number_a_picture_and_a_word_of_a_question() -> None:
    """The key of a numeric question with its tolerance; what is shown and said besides."""
    number = Option("a", Line("2,5"), correct=True, tolerance="0,1")
    facts = {
        "kind": QuestionKind.NUMERIC,
        "options": (number,),
        "picture": "map",
        "alt": "Peta.",
        "if_wrong": Line("Hitung."),
    }
    (item,) = difference.between(OLD, changed("questions", 0, **facts)).items
    told = {change.name: change.after for change in item.changes}
    assert ("2,5 ± 0,1", "map Peta.", "Hitung.") == (told["Kunci"], told["Gambar"], told["Bila keliru"])


def test_the_law_is_weighty() -> None:
    """A citation that ends, in a module and in the register."""
    ended = a_citation(in_force_until=date(2026, 12, 1))
    _, change = only(replace(OLD, citations=(replace(OLD.citations[0], in_force_until=date(2026, 12, 1)),)))
    assert "berlaku sampai “2026-12-01” ditambah." == change.told
    register = a_register()
    law = replace(register, citations=(ended, *register.citations[1:]))
    assert difference.between(replace(register, citations=(a_citation(), *register.citations[1:])), law).weighty


def test_the_words_of_a_pact_are_weighty() -> None:
    """Opening, clauses and their order."""
    old = a_pact()
    new = replace(
        old, clauses=(Clause("netral", "Netral", "Saya netral."), *old.clauses[1:], Clause("baru", "Baru", "Baru."))
    )
    found = difference.between(old, new)
    assert {"Isi", "Urutan butir"} == {change.name for _, change in found.weighty}
    assert ("Butir pakta", {State.CHANGED: 1, State.ADDED: 1}) in found.counts


def test_what_comes_and_goes_is_named() -> None:
    """Questions and drawings; the old ones last."""
    question = replace(OLD.questions[0], id="soal-baru")
    new = replace(OLD, questions=(question, *OLD.questions[1:]), pictures=(Picture("ponsel", "<svg/>"),))
    assert [
        ("Soal", "soal-baru", State.ADDED),
        ("Soal", "dasar-1", State.REMOVED),
        ("Gambar", "ponsel", State.ADDED),
    ] == [(item.sort, item.id, item.state) for item in difference.between(OLD, new).items]


def test_parts_are_compared_as_learners_see_them() -> None:
    """By their titles, in their order, and whether they are optional."""
    parts = (OLD.parts[1], replace(OLD.parts[0], optional=True), OLD.parts[2])
    _, change = only(replace(OLD, parts=parts))
    assert ("Urutan bagian", True) == (change.name, "Pelajaran mengapa-netral (tidak wajib)" in change.after)


def test_an_empty_text_is_told_as_removed() -> None:
    """Feedback that is no longer there."""
    option = replace(OLD.questions[0].options[0], feedback=Line(""))
    _, change = only(changed("questions", 0, options=(option, *OLD.questions[0].options[1:])))
    assert "umpan balik a “Tepat.” dihapus." == change.told
