"""The form in which a draft is edited, with rows for its options; the question in it; faults at their fields."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from wtforms import HiddenField

from elearn.authoring.forms import PlaceForm
from elearn.authoring.layout import Layout
from elearn.content import items
from elearn.content.questions import Group, Option, Question, QuestionKind
from elearn.content.rules import Line, Prose
from elearn.content.shape import Fault, Where
from elearn.core.fields import CheckField, ChoiceField, LongTextField, TextField, length, optional, required
from elearn.core.speech import say, term

KINDS = {
    QuestionKind.SINGLE: say("Satu jawaban tepat"),
    QuestionKind.MULTIPLE: say("Beberapa jawaban tepat"),
    QuestionKind.TRUE_FALSE: say("Benar atau salah"),
    QuestionKind.CLASSIFY: say("Kelompokkan"),
    QuestionKind.MATCH: say("Pasangkan"),
    QuestionKind.ORDER: say("Urutkan"),
    QuestionKind.NUMERIC: say("Angka"),
}
TRUTHS = {"benar": "Benar", "salah": "Salah"}
NO_TEXT = say("Tulis isi pilihan ini, atau hapus pilihannya.")
NO_GROUP = say("Tulis nama kelompok ini, atau hapus kelompoknya.")


class EditForm(PlaceForm):
    """One draft with its texts; the rows of its options and groups are added by `form_of`."""

    kind = ChoiceField(say("Jenis soal"))
    stem = LongTextField(term("one", "Soal"), validators=[required(), length(max=20_000)])
    alt = TextField(say("Keterangan gambar"), validators=[length(max=500)])
    drops_picture = CheckField(say("Buang gambar ini"))
    explanation = LongTextField(say("Penjelasan"), validators=[length(max=20_000)])
    if_right = TextField(say("Bila benar"), validators=[length(max=4_000)])
    if_partial = TextField(say("Bila sebagian benar"), validators=[length(max=4_000)])
    if_wrong = TextField(say("Bila keliru"), validators=[length(max=4_000)])
    options = HiddenField()
    groups = HiddenField()


def form_of(layout: Layout, told: Mapping[str, object], formdata: Any) -> EditForm:
    """The form with these rows, filled with what was sent, else with what is told."""
    rows = dict(_rows(layout))
    form: EditForm = type("FilledEditForm", (EditForm,), rows)(formdata, data=dict(told))
    form.kind.choices = [(kind.value, name) for kind, name in KINDS.items()]
    form.options.data, form.groups.data = ",".join(layout.options), ",".join(layout.groups)
    names = {each: _group_name(form, layout, each) for each in layout.groups}
    for each in layout.options if layout.is_grouped else ():
        form[f"group-{each}"].choices = [("", say("Pilih kelompok")), *names.items()]
    return form


def _rows(layout: Layout) -> Iterator[tuple[str, object]]:
    for number, each in enumerate(layout.groups if layout.has_own_groups else (), start=1):
        yield f"group-text-{each}", TextField(say("Kelompok %(number)s", number=number), [length(max=4_000)])
    for number, each in enumerate(layout.options, start=1):
        yield f"text-{each}", TextField(say("Isi pilihan %(number)s", number=number), [length(max=4_000)])
        if layout.kind is QuestionKind.NUMERIC:
            yield f"tolerance-{each}", TextField(say("Toleransi pilihan %(number)s", number=number), [length(max=40)])
        if layout.is_grouped:
            yield f"group-{each}", ChoiceField(say("Kelompok pilihan %(number)s", number=number), [optional()])
        if layout.kind is QuestionKind.ORDER:
            yield f"place-{each}", TextField(say("Nomor urut pilihan %(number)s", number=number), [length(max=4)])
        elif layout.kind not in items.PUT:
            yield f"correct-{each}", CheckField(say("Pilihan %(number)s adalah kunci", number=number))
        label = say("Umpan balik pilihan %(number)s", number=number)
        yield f"feedback-{each}", TextField(label, [length(max=4_000)])


def _group_name(form: EditForm, layout: Layout, ident: str) -> Any:
    if not layout.has_own_groups:
        return TRUTHS[ident]
    return form[f"group-text-{ident}"].data or form[f"group-text-{ident}"].label.text


def told_by(question: Question) -> dict[str, object]:
    """What a question says, by the fields of the form."""
    told: dict[str, object] = {
        "kind": question.kind.value,
        "stem": question.stem.markdown,
        "alt": question.alt,
        "explanation": question.explanation.markdown,
        **{name: getattr(question, name).markdown for name in ("if_right", "if_partial", "if_wrong")},
        **{f"group-text-{group.id}": group.text.markdown for group in question.groups},
    }
    for place, option in enumerate(question.options, start=1):
        told |= {f"text-{option.id}": option.text.markdown, f"feedback-{option.id}": option.feedback.markdown}
        told |= {f"tolerance-{option.id}": option.tolerance, f"group-{option.id}": option.group}
        told |= {f"place-{option.id}": str(place), f"correct-{option.id}": option.correct}
    return told


def question_in(form: EditForm, layout: Layout, question: Question) -> Question:
    """The question that a form says."""

    def told(name: str) -> str:
        return (form[name].data or "") if name in form else ""

    options = [
        Option(
            each,
            Line(told(f"text-{each}")),
            bool(form[f"correct-{each}"].data) if f"correct-{each}" in form else False,
            Line(told(f"feedback-{each}")),
            told(f"group-{each}"),
            told(f"tolerance-{each}"),
        )
        for each in layout.options
    ]
    if layout.kind is QuestionKind.ORDER:
        options.sort(key=lambda option: _number(told(f"place-{option.id}")) or len(options) + 1)
    named = TRUTHS if not layout.has_own_groups else {each: told(f"group-text-{each}") for each in layout.groups}
    keeps = bool(question.picture) and not form.drops_picture.data
    return replace(
        question,
        kind=layout.kind,
        stem=Prose(form.stem.data or ""),
        options=tuple(options),
        explanation=Prose(told("explanation")),
        groups=tuple(Group(each, Line(named[each])) for each in layout.groups),
        picture=question.picture if keeps else "",
        alt=told("alt") if keeps else "",
        if_right=Line(told("if_right")),
        if_partial=Line(told("if_partial")),
        if_wrong=Line(told("if_wrong")),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def has_slips(form: EditForm, layout: Layout) -> bool:
    """Whether something was written that no question can be made of; each slip is told at its field."""
    slips = [*_empty(form, layout), *_misplaced(form, layout)]
    for name, sentence in slips:
        tell(form, name, sentence)
    return bool(slips)


def _empty(form: EditForm, layout: Layout) -> Iterator[tuple[str, str]]:
    yield from ((f"text-{each}", NO_TEXT) for each in layout.options if not form[f"text-{each}"].data)
    for each in layout.groups if layout.has_own_groups else ():
        if not form[f"group-text-{each}"].data:
            yield f"group-text-{each}", NO_GROUP


def _misplaced(form: EditForm, layout: Layout) -> Iterator[tuple[str, str]]:
    if layout.kind is not QuestionKind.ORDER:
        return
    given, seen = {each: _number(form[f"place-{each}"].data or "") for each in layout.options}, set[int]()
    for each, number in given.items():
        if not 1 <= number <= len(given) or number in seen:
            sentence = say("Tulis nomor urut dari 1 sampai %(most)s, setiap nomor satu kali.", most=len(given))
            yield f"place-{each}", sentence
        seen.add(number)


NUMBERS = {"text", "tolerance"}
"""What must be a number in a question that is answered by one, however unfinished it is."""


def is_slip(fault: Fault, question: Question) -> bool:
    """Whether a fault is something miswritten, rather than something that is still to come."""
    return question.kind is QuestionKind.NUMERIC and fault.where[-1:] != () and fault.where[-1] in NUMBERS


def tell_faults(form: EditForm, question: Question, faults: Iterable[Fault]) -> None:
    """Each fault of the question at the field it is about; those of the whole above the form."""
    for fault in faults:
        tell(form, field_of(fault.where, question), fault.sentence)


def field_of(where: Where, question: Question) -> str:
    """The field that says what is at a place in a question; empty for none."""
    head, *rest = where or ("",)
    if head == "options" and rest:
        ident = question.options[int(rest[0])].id
        return f"{rest[1] if len(rest) > 1 else 'feedback'}-{ident}"
    if head == "groups" and rest:
        return f"group-text-{question.groups[int(rest[0])].id}"
    return {"picture": "alt", "topic": "where"}.get(str(head), str(head))


def tell(form: EditForm, name: str, sentence: str) -> None:
    """Say a sentence at a field, or above the form where it has none; each once."""
    found = form[name] if name in form and name not in ("options", "groups") else None
    told = form.form_errors if found is None else list(found.errors)
    if sentence not in told:
        told.append(sentence)
    if found is not None:
        found.errors = told
