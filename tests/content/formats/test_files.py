"""All formats together: which a file is in, our own bank out and in again, and what is lost is told."""

import io
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.content import source
from elearn.content.formats import files, own
from elearn.content.formats.neutral import Bank, Notes, UnreadableQuestions
from elearn.content.formats.texts import from_plain
from elearn.content.questions import Group, Option, Question, QuestionKind
from elearn.content.rules import Line, Prose

PUT = {QuestionKind.MATCH, QuestionKind.CLASSIFY}
LOSSLESS = ("qti-1.2", "qti-2.1", "qti-2.2", "qti-3.0", "xlsx")


@cache
def shipped() -> tuple[tuple[str, Question], ...]:
    """The bank that comes with the house."""
    found = source.load(Path("content"), date(2026, 11, 22))
    return tuple((module.slug, question) for module in found.modules for question in module.questions)


def bare(question: Question, *, is_put_mute: bool = False, is_combined: bool = True) -> Question:
    """A question without what a format tells to lose."""
    mute = is_put_mute and question.kind in PUT | {QuestionKind.ORDER}
    options = tuple(replace(each, feedback=Line("")) if mute else each for each in question.options)
    none = Line("")
    return (
        replace(question, options=options)
        if is_combined
        else replace(question, options=options, if_right=none, if_partial=none, if_wrong=none)
    )


@pytest.mark.parametrize("form", LOSSLESS)
def test_the_shipped_bank_comes_back_whole(form: str) -> None:
    """All kinds, with topic, difficulty, law, rules, feedback of options and by outcome."""
    reading = files.read(files.write(files.bank_of(shipped()), form).content)
    wanted = [question for _, question in shipped()]
    assert (form, wanted) == (reading.format, [each.question for each in reading.understood])


@pytest.mark.parametrize(("form", "kinds"), [("gift", PUT | {QuestionKind.ORDER}), ("moodle-xml", PUT)])
def test_the_shipped_bank_comes_back_but_for_what_is_told(form: str, kinds: set[QuestionKind]) -> None:
    """Feedback of single things that are put somewhere is lost, and each such question is named."""
    written = files.write(files.bank_of(shipped()), form)
    reading = files.read(written.content)
    named = {loss.item for loss in written.losses if "umpan balik per butir" in loss.reason}
    for number, ((_, question), each) in enumerate(zip(shipped(), reading.understood, strict=True), 1):
        is_mute = question.kind in kinds
        assert bare(question, is_put_mute=is_mute, is_combined=form == "moodle-xml") == each.question
        assert (number in named) == (is_mute and any(one.feedback.markdown for one in question.options))


def test_aiken_names_everything_it_leaves_out() -> None:
    """Every question of the bank loses something there; none is left out without a word."""
    written = files.write(files.bank_of(shipped()), "aiken")
    assert len(shipped()) == len({loss.item for loss in written.losses})
    single = [question for _, question in shipped() if question.kind.value in ("single", "true-false")]
    assert len(single) == len(files.read(written.content).bank.items)


SIGNS = "ab1 *_#[]()<>&=~{}:\\-.|`$\"'“é²"
WORDS = st.text(alphabet=SIGNS, min_size=1, max_size=24).map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A question of any kind, its texts plain signs that every format might trip over."""

    def text(before: str = "") -> str:
        return from_plain(before + draw(WORDS), Notes())

    kind = draw(st.sampled_from(list(QuestionKind)))
    size = draw(st.integers(3, 5))
    words = [text(f"{place} ") for place in range(size)]
    groups: tuple[Group, ...] = ()
    if kind in PUT:
        groups = tuple(
            Group(f"kelompok-{place}", Line(f"k{place} {draw(st.sampled_from('abc'))}")) for place in range(size)
        )
        groups = tuple(replace(each, id=own.ids_of([each.text.markdown])[0]) for each in groups)
    if kind is QuestionKind.TRUE_FALSE:
        groups = (Group("benar", Line("Benar")), Group("salah", Line("Salah")))
    chosen = draw(st.integers(0, size - 1))
    options = []
    for place, word in enumerate(words):
        group = groups[place % len(groups)].id if groups else ""
        right = place == chosen or (kind is QuestionKind.MULTIPLE and place == (chosen + 1) % size)
        told = str(place * 10) + (",5" if place % 2 else "") if kind is QuestionKind.NUMERIC else word
        is_right = right and kind not in PUT | {QuestionKind.ORDER}
        feedback = "" if kind in PUT | {QuestionKind.ORDER} else text()
        options.append(Option("abcde"[place], Line(told), is_right, Line(feedback), group, ""))
    return Question(
        "s-1", "topik", draw(st.integers(1, 3)), kind, Prose(text()), tuple(options), Prose(text()), ("uu-1",), groups
    )


@given(questions())
@settings(max_examples=50, deadline=None)
def test_any_question_comes_back(question: Question) -> None:
    """Whatever signs its texts hold, in each format but Aiken, once it tells of no loss."""
    bank = files.bank_of([("modul", question)])
    for form in (each for each in files.NAMES if each != "aiken"):
        written = files.write(bank, form)
        (read,) = files.read(written.content, form).understood
        assert (form, (), question) == (form, written.losses, read.question)


@pytest.mark.parametrize("form", files.NAMES)
def test_a_format_is_found_out(form: str) -> None:
    """Nobody has to tell which it is."""
    assert form == files.read(files.write(files.bank_of(shipped()[:3]), form).content).format


@pytest.mark.parametrize(("form", "told"), [("gift", "moodle-xml"), ("moodle-xml", "qti-1.2"), ("xlsx", "qti-2.1")])
def test_a_wrong_format_is_refused(form: str, told: str) -> None:
    """With a sentence, not with nonsense."""
    with pytest.raises(UnreadableQuestions):
        files.read(files.write(files.bank_of(shipped()[:2]), form).content, told)


@pytest.mark.parametrize("form", ["qti-2.1", "qti-2.2", "qti-3.0"])
def test_a_single_item_stands_without_a_package(form: str) -> None:
    """One question is one file; a package of QTI 1.2 is one ZIP."""
    bank = files.bank_of(shipped()[:1])
    written = files.write(bank, form, is_item=True)
    assert (True, form) == (written.content.startswith(b"<?xml"), files.read(written.content).format)
    assert "qti-1.2" == files.read(files.write(bank, "qti-1.2", is_package=True).content).format


def test_the_same_bank_gives_the_same_bytes() -> None:
    """Files can be compared."""
    bank = files.bank_of(shipped()[:20])
    for form in (each for each in files.NAMES if each != "xlsx"):
        assert files.write(bank, form).content == files.write(bank, form).content


def test_what_others_can_and_we_cannot_is_told() -> None:
    """Each kind without a place here has its reason, and is listed."""
    text = b"A?{=ya =iya}\n\nB?{}\n\nC.\n\nD?{~%50%x ~%25%y ~%25%z}\n\nE?{=x ~%50%y ~z}"
    reading = files.read(text, "gift")
    assert [False, False, False, True, True] == [each.question is not None for each in reading.understood]
    assert {1, 2, 3, 4, 5} == {loss.item for loss in reading.losses}


def test_the_template_is_filled_in_by_hand() -> None:
    """Kinds by their names, keys as letters, pairs in their columns; a formula stays a text."""
    book = openpyxl.load_workbook(io.BytesIO(files.write(Bank(), "xlsx").content))
    sheet = book["Soal"]
    place = {cell.value: cell.column for cell in sheet[1]}
    rows = [
        {
            "Jenis": "pilihan tunggal",
            "Soal": "Satu?",
            "Kunci": "b",
            "Pilihan A": "x",
            "Pilihan B": "y",
            "Pilihan C": 3,
        },
        {"Jenis": "Pilihan Majemuk", "Soal": "Dua?", "Kunci": "A, C", **{f"Pilihan {each}": each for each in "ABCD"}},
        {"Jenis": "benar/salah", "Soal": "Tiga.", "Kunci": "Salah"},
        {"Jenis": "angka", "Soal": "Empat?", "Pilihan A": 2.5, "Pasangan A": "0,5"},
        {
            "Jenis": "jodohkan",
            "Soal": "Lima",
            "Pilihan A": "a",
            "Pasangan A": "1",
            "Pilihan B": "b",
            "Pasangan B": "2",
        },
        {"Jenis": "tebakan", "Soal": "Enam"},
        {"Jenis": "pilihan tunggal", "Soal": "Tujuh", "Kunci": "E", "Pilihan A": "a", "Pilihan B": "b"},
    ]
    for number, row in enumerate(rows, start=2):
        for title, value in row.items():
            sheet.cell(number, place[title], value)
    filled = io.BytesIO()
    book.save(filled)
    items = files.read(filled.getvalue()).bank.items
    kinds = ["single", "multiple", "true-false", "numeric", "match", "unknown", "single"]
    assert kinds == [item.kind.value for item in items]
    assert [["y"], ["A", "C"], ["Salah"], ["2.5"]] == [[each.text for each in item.rights] for item in items[:4]]
    assert ("3", "0.5", ("1", "2")) == (items[0].options[2].text, items[3].options[0].tolerance, items[4].groups)
    assert [True, True] == [bool(item.losses) for item in items[5:]]
