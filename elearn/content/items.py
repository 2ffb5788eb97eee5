"""What the kinds of question are made of, how each is answered, and what its right answer is; pure.

An answer is a set of strings, the key like a learner's own. Where options are chosen (single, multiple, true-false)
they are option ids: "a". Where options are put somewhere (classify, match, order) they say where: "a=boleh", "b=2".
A form says the same in fields: one `choice` for each option chosen, one `choice-<option id>` for each option put.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from elearn.content import names
from elearn.content.rules import Option, Question, QuestionKind
from elearn.content.shape import Fault, Where

FIELD = "choice"
TRUE_FALSE = {"benar", "salah"}

PUT = frozenset({QuestionKind.CLASSIFY, QuestionKind.MATCH, QuestionKind.ORDER})
GROUPED = frozenset({QuestionKind.TRUE_FALSE, QuestionKind.CLASSIFY, QuestionKind.MATCH})
ONE_RIGHT = frozenset({QuestionKind.SINGLE, QuestionKind.TRUE_FALSE})
SIZES = {
    QuestionKind.SINGLE: (3, 4),
    QuestionKind.MULTIPLE: (4, 6),
    QuestionKind.TRUE_FALSE: (4, 4),
    QuestionKind.CLASSIFY: (3, 5),
    QuestionKind.MATCH: (3, 5),
    QuestionKind.ORDER: (3, 5),
}
"""The least and the greatest number of options of each kind."""

PICK_ONE = "Pilih satu jawaban yang tersedia."
PICK_SOME = "Pilih sedikitnya satu dari jawaban yang tersedia."
PUT_SOME = "Isi sedikitnya satu baris dengan pilihan yang tersedia."
NUMBER_TWICE = "Satu nomor dipakai dua kali. Perubahan ini tersimpan setelah setiap baris bernomor berbeda."


def is_put(question: Question) -> bool:
    """Whether its options are put somewhere, rather than chosen."""
    return question.kind in PUT


def places(question: Question) -> tuple[str, ...]:
    """Where its options can be put: the ids of the groups, or the numbers from "1" of an order."""
    if question.kind is QuestionKind.ORDER:
        return tuple(str(number) for number in range(1, len(question.options) + 1))
    return tuple(group.id for group in question.groups)


def put(option_id: str, place: str) -> str:
    """An option at its place, as answers write it: "a=boleh"."""
    return f"{option_id}={place}"


def placed(answer: Iterable[str]) -> dict[str, str]:
    """The place by option of an answer that puts options somewhere."""
    return {option_id: place for option_id, _, place in (each.partition("=") for each in answer)}


def right_answer(question: Question) -> frozenset[str]:
    """The one answer that is right."""
    if question.kind is QuestionKind.ORDER:
        pairs = zip(question.options, places(question), strict=True)
        return frozenset(put(option.id, place) for option, place in pairs)
    if is_put(question):
        return frozenset(put(option.id, option.group) for option in question.options)
    return question.correct_ids


def slips(question: Question) -> list[frozenset[str]]:
    """The complete answers that are one mistake away from the right one, in the order of the file."""
    right, ids = right_answer(question), [option.id for option in question.options]
    if question.kind in ONE_RIGHT:
        return [frozenset({each}) for each in ids if each not in right]
    if question.kind is QuestionKind.MULTIPLE:
        return [right ^ {each} for each in ids if right != {each}]
    if question.kind is QuestionKind.ORDER:
        return [_swapped(ids, first) for first in range(len(ids) - 1)]
    moves = [(option, place) for option in question.options for place in places(question) if place != option.group]
    return [right - {put(option.id, option.group)} | {put(option.id, place)} for option, place in moves]


def _swapped(ids: list[str], first: int) -> frozenset[str]:
    order = [*ids[:first], ids[first + 1], ids[first], *ids[first + 2 :]]
    return frozenset(put(each, str(number)) for number, each in enumerate(order, start=1))


def misfit(question: Question, answer: Sequence[str]) -> str | None:
    """Why this is no answer to the question, as a sentence for who gave it; None when it is one, complete or not."""
    ids = [option.id for option in question.options]
    offered = {put(each, place) for each in ids for place in places(question)} if is_put(question) else set(ids)
    is_known = bool(answer) and set(answer) <= offered and len(answer) == len(set(answer))
    if question.kind in ONE_RIGHT:
        return None if is_known and len(answer) == 1 else PICK_ONE
    if question.kind is QuestionKind.MULTIPLE:
        return None if is_known else PICK_SOME
    where = placed(answer)
    if not is_known or len(where) < len(answer):
        return PUT_SOME
    is_twice = question.kind is QuestionKind.ORDER and len(set(where.values())) < len(where)
    return NUMBER_TWICE if is_twice else None


def is_complete(question: Question, answer: Sequence[str]) -> bool:
    """Whether an answer leaves nothing open; one that does can be kept, but never be right."""
    return len(answer) == len(question.options) if is_put(question) else bool(answer)


def form_fields(question: Question, answer: Iterable[str]) -> list[tuple[str, str]]:
    """The names and values by which a form gives this answer."""
    if is_put(question):
        return [(f"{FIELD}-{option_id}", place) for option_id, place in placed(sorted(answer)).items()]
    return [(FIELD, option_id) for option_id in sorted(answer)]


def answer_in(fields: Iterable[tuple[str, str]]) -> list[str]:
    """The answer that the fields of a form give, sorted; it may be none, or a `misfit`."""
    answer = []
    for name, value in fields:
        if name == FIELD:
            answer.append(value)
        elif value and name.startswith(f"{FIELD}-"):
            answer.append(put(name.removeprefix(f"{FIELD}-"), value))
    return sorted(answer)


def faults(question: Question, where: Where) -> Iterator[Fault]:
    """What the question lacks for its kind, or has too much: options, key, groups, feedback."""
    yield from _size(question, where)
    yield from _key(question, where)
    yield from _groups(question, where)
    yield from _membership(question, where)
    yield from _feedback(question, where)


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
