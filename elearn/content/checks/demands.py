"""What each kind of question demands of its author, pure: options, key, groups, feedback, numbers."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from elearn.content import items, numbers
from elearn.content.checks import names
from elearn.content.items import GROUPED, ONE_RIGHT, TRUE_FALSE, is_put
from elearn.content.questions import Option, Question, QuestionKind
from elearn.content.shape import Fault, Where

SIZES = {
    QuestionKind.SINGLE: (3, 4),
    QuestionKind.MULTIPLE: (4, 6),
    QuestionKind.TRUE_FALSE: (4, 4),
    QuestionKind.CLASSIFY: (3, 5),
    QuestionKind.MATCH: (3, 5),
    QuestionKind.ORDER: (3, 5),
    QuestionKind.NUMERIC: (1, 6),
}
"""The least and the greatest number of options of each kind."""


def faults(question: Question, where: Where) -> Iterator[Fault]:
    """What the question lacks for its kind, or has too much: options, key, groups, feedback."""
    yield from _size(question, where)
    yield from _key(question, where)
    yield from _groups(question, where)
    yield from _membership(question, where)
    yield from _feedback(question, where)
    yield from _numbers(question, where)


def _size(question: Question, where: Where) -> Iterator[Fault]:
    (least, most), found = SIZES[question.kind], len(question.options)
    if not least <= found <= most:
        wanted = str(least) if least == most else f"{least} sampai {most}"
        sentence = f"Soal jenis {question.kind.value} memerlukan {wanted} pilihan; di sini ada {found}."
        yield Fault((*where, "options"), sentence)


def _key(question: Question, where: Where) -> Iterator[Fault]:
    found = len(question.correct_ids)
    if question.kind in ONE_RIGHT and found != 1:
        yield Fault((*where, "options"), f"Kunci jawaban harus tepat satu; di sini ada {found}.")
    if question.kind is QuestionKind.NUMERIC and not found:
        yield Fault((*where, "options"), "Soal jenis numeric memerlukan sedikitnya satu angka yang benar.")
    if question.kind is QuestionKind.MULTIPLE and found < 2:
        yield Fault((*where, "options"), f"Soal jenis multiple memerlukan sedikitnya dua kunci; di sini ada {found}.")
    if question.kind is QuestionKind.MULTIPLE and found == len(question.options):
        yield Fault((*where, "options"), "Sedikitnya satu pilihan harus keliru.")
    if is_put(question):
        for index, option in enumerate(question.options):
            if option.correct:
                sentence = f"Soal jenis {question.kind.value} tidak memakai “correct”."
                yield Fault((*where, "options", index, "correct"), sentence)


def _groups(question: Question, where: Where) -> Iterator[Fault]:
    ids, place = [group.id for group in question.groups], (*where, "groups")
    if question.kind is QuestionKind.TRUE_FALSE and set(ids) != TRUE_FALSE:
        yield Fault(place, "Kelompok soal benar atau salah adalah benar dan salah.")
    if question.kind is QuestionKind.CLASSIFY and not 2 <= len(ids) <= 4:
        yield Fault(place, f"Soal jenis classify memerlukan 2 sampai 4 kelompok; di sini ada {len(ids)}.")
    if question.kind is QuestionKind.MATCH and len(ids) - len(question.options) not in (0, 1):
        yield Fault(place, "Jumlah pasangan harus sama dengan jumlah butir, atau lebih satu.")
    if question.kind not in GROUPED and ids:
        yield Fault(place, f"Soal jenis {question.kind.value} tidak memakai kelompok.")
    yield from _group_names(question, place)


def _group_names(question: Question, place: Where) -> Iterator[Fault]:
    yield from names.faults(place, [group.id for group in question.groups])
    told = Counter(group.text.markdown.strip().casefold() for group in question.groups)
    for index, group in enumerate(question.groups):
        if told[group.text.markdown.strip().casefold()] > 1:
            yield Fault((*place, index, "text"), "Dua kelompok berbunyi sama.")


def _membership(question: Question, where: Where) -> Iterator[Fault]:
    known, used = {group.id for group in question.groups}, Counter(option.group for option in question.options)
    for index, option in enumerate(question.options):
        place = (*where, "options", index)
        if question.kind not in GROUPED and option.group:
            yield Fault((*place, "group"), f"Soal jenis {question.kind.value} tidak memakai kelompok.")
        if question.kind in GROUPED and option.group not in known:
            yield Fault((*place, "group"), f"Kelompok “{option.group}” tidak ada di bagian groups.")
        elif question.kind is QuestionKind.MATCH and used[option.group] > 1:
            yield Fault((*place, "group"), f"Pasangan “{option.group}” dipakai lebih dari satu kali.")
    if question.kind is QuestionKind.TRUE_FALSE and TRUE_FALSE - used.keys():
        yield Fault((*where, "options"), "Sediakan sedikitnya satu alasan untuk benar dan satu untuk salah.")


def _feedback(question: Question, where: Where) -> Iterator[Fault]:
    for index, option in enumerate(question.options):
        if _needs_feedback(question, option) and not option.feedback.markdown.strip():
            yield Fault((*where, "options", index), "Pilihan ini memerlukan feedback sendiri.")


def _needs_feedback(question: Question, option: Option) -> bool:
    """Whatever can be got wrong is explained, but for the places of an order, which explain one another."""
    return question.kind is not QuestionKind.ORDER and (is_put(question) or not option.correct)


def _numbers(question: Question, where: Where) -> Iterator[Fault]:
    """Numbers and tolerances that can be read, and no number that two options claim."""
    for index, option in enumerate(question.options):
        place = (*where, "options", index)
        if not items.is_numeric(question):
            if option.tolerance:
                yield Fault((*place, "tolerance"), f"Soal jenis {question.kind.value} tidak memakai “tolerance”.")
            continue
        sentence = numbers.misfit(option.text.markdown)
        if sentence is not None:
            yield Fault((*place, "text"), sentence)
        elif _is_ambiguous(question, option):
            yield Fault((*place, "text"), "Angka ini termasuk toleransi pilihan lain.")
        yield from _tolerance(option, (*place, "tolerance"))


def _tolerance(option: Option, where: Where) -> Iterator[Fault]:
    slack, named = numbers.read(option.tolerance), numbers.read(option.text.markdown)
    if option.tolerance and (slack is None or slack <= 0):
        yield Fault(where, "Toleransi adalah angka di atas nol, misalnya 0,5; kosongkan bila tidak ada.")
    elif slack and named and slack >= abs(named):
        yield Fault(where, "Toleransi harus lebih kecil daripada angkanya sendiri.")


def _is_ambiguous(question: Question, option: Option) -> bool:
    """Whether the reach of an option touches that of an earlier one."""
    named, slack = _reach(option)
    earlier = question.options[: question.options.index(option)]
    return any(abs(named - other) <= slack + reach for other, reach in map(_reach, earlier))


def _reach(option: Option) -> tuple[Decimal, Decimal]:
    return numbers.read(option.text.markdown) or Decimal(), numbers.read(option.tolerance) or Decimal()
