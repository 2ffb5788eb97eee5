"""Questions of our own as others may tell them, and back; pure.

What others have no word for (topic, difficulty, law, rules, ids of our own) goes along as tags: "topik:…", "dasar:…".
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from elearn.content import items, numbers
from elearn.content.checks import demands, names
from elearn.content.formats import texts
from elearn.content.formats.neutral import ANY, PUT, TRUE, Choice, Item, Kind, number_of, share, told_number
from elearn.content.modules import Picture
from elearn.content.questions import Group, Option, Question, QuestionKind
from elearn.content.rules import Line, Prose

KIND, TOPIC, LEVEL, LAW, RULE = "jenis", "topik", "tingkat", "dasar", "aturan"
PICTURE, ALT, OPTIONS, GROUPS, ORDER = "gambar", "keterangan-gambar", "id-pilihan", "id-kelompok", "urutan-kelompok"
OURS = frozenset({KIND, TOPIC, LEVEL, LAW, RULE, PICTURE, ALT, OPTIONS, GROUPS, ORDER})
"""What stands before the colon of a tag that is ours."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
PICTURE_BY_NAME = "Gambar soal hanya ikut sebagai nama; berkasnya tidak."

NO_PLACE = {
    Kind.SHORT_ANSWER: "Soal isian kata tidak dapat dibawa: jawaban yang diketik bebas tidak dinilai di sini. "
    "Ubah menjadi pilihan tunggal atau angka.",
    Kind.ESSAY: "Soal uraian tidak dapat dibawa: jawabannya perlu dinilai orang.",
    Kind.DESCRIPTION: "Keterangan tanpa pertanyaan tidak dapat dibawa; pindahkan ke pelajaran.",
    Kind.UNKNOWN: "Soal ini tidak dipahami, maka tidak menjadi draf.",
}
PARTIAL = "Nilai sebagian untuk satu pilihan tidak ikut; pilihan itu menjadi {}."
WEIGHTS = "Bobot pilihan yang berbeda-beda tidak ikut; semua kunci berbobot sama."
OTHER_TAGS = "Tag tidak ikut: {}."
OTHER_ANSWERS = "Umpan balik untuk jawaban lain menjadi umpan balik untuk jawaban salah."
NO_REASONS = "Soal benar atau salah di sini memerlukan alasan; tambahkan empat alasan sebagai pilihan."


@dataclass(frozen=True, slots=True)
class Understood:
    """What becomes of an item: a question of ours or None, what it loses, and what it still lacks for its kind."""

    question: Question | None
    losses: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    picture: Picture | None = None


def item_of(question: Question, category: str = "", picture: Picture | None = None) -> Item:
    """A question of ours as an item, with its picture where that is at hand."""
    kind = Kind(question.kind.value)
    worded = {group.id: group.text.markdown for group in question.groups}
    is_reasoned = kind is Kind.TRUE_FALSE
    options = [_choice(question, option, worded) for option in question.options]
    return Item(
        Kind.SINGLE if is_reasoned else kind,
        question.stem.markdown,
        tuple(options),
        title=question.id,
        ident=question.id,
        general_feedback=question.explanation.markdown,
        combined=(question.if_right.markdown, question.if_partial.markdown, question.if_wrong.markdown),
        groups=() if is_reasoned else tuple(worded.values()),
        category=category,
        tags=tuple(_tags(question)),
        losses=(PICTURE_BY_NAME,) if question.picture and picture is None else (),
        picture=picture,
        alt=question.alt if picture else "",
    )


def _choice(question: Question, option: Option, worded: Mapping[str, str]) -> Choice:
    text, tolerance, group = option.text.markdown, "", ""
    if question.kind is QuestionKind.TRUE_FALSE:
        text = f"{worded.get(option.group, option.group)}, {text}"
    elif question.kind is QuestionKind.NUMERIC:
        text, tolerance = numbers.canonical(text), numbers.canonical(option.tolerance)
    elif items.is_put(question):
        group = worded.get(option.group, "")
    return Choice(text, _fraction(question, option), option.feedback.markdown, tolerance, group, option.id)


def _fraction(question: Question, option: Option) -> float:
    """What an option earns; several right ones share, and wrong ones take away what they share."""
    if question.kind is QuestionKind.MULTIPLE:
        rights = len(question.correct_ids)
        return share(rights) if option.correct else -share(len(question.options) - rights)
    return 100.0 if option.correct or items.is_put(question) else 0.0


def _tags(question: Question) -> Iterator[str]:
    is_told_apart = len({option.group for option in question.options}) == len(question.options)
    if question.kind is QuestionKind.TRUE_FALSE or (question.kind is QuestionKind.CLASSIFY and is_told_apart):
        yield f"{KIND}:{question.kind.value}"
    facts = ((TOPIC, question.topic), (LEVEL, str(question.difficulty)))
    yield from (f"{name}:{value}" for name, value in facts if value)
    yield from (f"{LAW}:{each}" for each in question.cites)
    yield from (f"{RULE}:{each}" for each in question.covers)
    pictured = ((PICTURE, question.picture), (ALT, question.alt))
    yield from (f"{name}:{value}" for name, value in pictured if value)
    ids = [option.id for option in question.options]
    if ids != list(LETTERS[: len(ids)]):
        yield f"{OPTIONS}:{','.join(ids)}"
    groups = [group.id for group in question.groups]
    mentioned = list(dict.fromkeys([*(option.group for option in question.options if option.group), *groups]))
    worded = {group.id: group.text.markdown for group in question.groups}
    if mentioned != ids_of([worded.get(each, each) for each in mentioned]):
        yield f"{GROUPS}:{','.join(mentioned)}"
    if items.is_put(question) and mentioned != groups:
        yield f"{ORDER}:{','.join(groups)}"


def ids_of(words: Sequence[str]) -> list[str]:
    """Short ids for groups, made of their words, each once."""
    found: list[str] = []
    for place, text in enumerate(words, start=1):
        bare = re.sub(r"[^a-z0-9]+", "-", text.casefold())[:40].strip("-") or f"kelompok-{place}"
        found.append(bare if bare not in found else f"{bare}-{place}")
    return found


def tag_values(tags: Iterable[str]) -> dict[str, list[str]]:
    """The values of our own tags by their name."""
    found: dict[str, list[str]] = {}
    for tag in tags:
        name, colon, value = tag.partition(":")
        if colon and name.strip() in OURS:
            found.setdefault(name.strip(), []).append(value.strip())
    return found


def question_of(item: Item) -> Understood:
    """An item as a question of ours, its topic, difficulty and law as far as its tags tell them."""
    losses = list(_losses(item))
    if item.kind in NO_PLACE or not item.options:
        return Understood(None, (*losses, NO_PLACE.get(item.kind, NO_PLACE[Kind.UNKNOWN])))
    tags = tag_values(item.tags)
    kind = QuestionKind(next((each for each in tags.get(KIND, []) if each in {*QuestionKind}), item.kind.value))
    groups, options = _placed(item, kind, tags)
    right, partial, wrong = (Line(each) for each in item.combined)
    other = next((option.feedback for option in item.options if option.text == ANY), "")
    level = next(iter(tags.get(LEVEL, [])), "")
    question = Question(
        id=item.ident if names.KEBAB.fullmatch(item.ident) else "",
        topic=next(iter(tags.get(TOPIC, [])), ""),
        difficulty=int(level) if level in {"1", "2", "3"} else 2,
        kind=kind,
        stem=Prose(item.text),
        options=options,
        explanation=Prose(item.general_feedback),
        cites=tuple(tags.get(LAW, ())),
        groups=groups,
        covers=tuple(tags.get(RULE, ())),
        picture=item.picture.id if item.picture else next(iter(tags.get(PICTURE, [])), ""),
        alt=item.alt if item.picture else next(iter(tags.get(ALT, [])), ""),
        if_right=right,
        if_partial=partial,
        if_wrong=wrong if wrong.markdown or item.kind is not Kind.NUMERIC else Line(other),
    )
    return Understood(question, tuple(losses), tuple(lacks(question)), item.picture)


def lacks(question: Question) -> Iterator[str]:
    """What the question lacks for its kind, or has too much, as sentences; its law is another matter."""
    if question.kind is QuestionKind.TRUE_FALSE and len(question.options) < 4:
        yield NO_REASONS
        return
    yield from dict.fromkeys(fault.sentence for fault in demands.faults(question, ()))
    if not question.explanation.markdown.strip():
        yield "Soal ini memerlukan penjelasan."


def _losses(item: Item) -> Iterator[str]:
    yield from item.losses
    others = [tag for tag in item.tags if tag.partition(":")[0].strip() not in OURS]
    if others:
        yield OTHER_TAGS.format(", ".join(others))
    if item.kind in (Kind.SINGLE, Kind.NUMERIC) and any(0 < option.fraction < 100 for option in item.options):
        yield PARTIAL.format("keliru")
    if item.kind is Kind.SINGLE and any(option.fraction < 0 for option in item.options):
        yield PARTIAL.format("keliru tanpa nilai minus")
    if item.kind is Kind.MULTIPLE and not _is_even(item):
        yield WEIGHTS
    if item.kind is Kind.NUMERIC and any(option.text == ANY and option.feedback for option in item.options):
        yield OTHER_ANSWERS


def _is_even(item: Item) -> bool:
    """Whether all right options earn the same and all wrong ones take the same."""
    rights = {round(option.fraction, 1) for option in item.rights}
    wrongs = {round(option.fraction, 1) for option in item.options if not option.is_right}
    return len(rights) <= 1 and len(wrongs) <= 1


def _placed(
    item: Item, kind: QuestionKind, tags: Mapping[str, list[str]]
) -> tuple[tuple[Group, ...], tuple[Option, ...]]:
    """The groups and the options with their ids."""
    worded, shown = _worded(item, kind)
    known = [each for value in tags.get(GROUPS, []) for each in value.split(",")]
    group_ids = known if len(known) == len(worded) and len(set(known)) == len(known) else ids_of(worded)
    by_text = dict(zip(worded, group_ids, strict=True))
    told = [each for value in tags.get(OPTIONS, []) for each in value.split(",")]
    ids = told if len(told) == len(shown) and len(set(told)) == len(told) else _letters(len(shown))
    options = tuple(
        Option(
            ident,
            Line(_text(kind, option)),
            _is_right(item, kind, option),
            Line(option.feedback),
            by_text.get(option.group, ""),
            _number(option.tolerance) if kind is QuestionKind.NUMERIC else "",
        )
        for ident, option in zip(ids, shown, strict=True)
    )
    order = [each for value in tags.get(ORDER, []) for each in value.split(",")]
    groups = [Group(ident, Line(text)) for text, ident in by_text.items()]
    if sorted(order) == sorted(group_ids):
        groups.sort(key=lambda group: order.index(group.id))
    return tuple(groups), options


def _letters(count: int) -> list[str]:
    return [LETTERS[place] if place < 26 else f"p{place + 1}" for place in range(count)]


def _worded(item: Item, kind: QuestionKind) -> tuple[list[str], list[Choice]]:
    """The texts of the groups, and the options as they stand under them."""
    if item.kind in PUT:
        mentioned = [each.group for each in item.options if each.group]
        return list(dict.fromkeys([*mentioned, *item.groups])), [*item.options]
    if kind is not QuestionKind.TRUE_FALSE:
        return [], [option for option in item.options if option.text != ANY or item.kind is not Kind.NUMERIC]
    if item.kind is Kind.TRUE_FALSE:
        return [each.text for each in item.options], [
            Choice(each.text, each.fraction, each.feedback, group=each.text) for each in item.options
        ]
    parted = [(option, *option.text.partition(", ")[::2]) for option in item.options]
    shown = [Choice(rest, option.fraction, option.feedback, group=head) for option, head, rest in parted]
    return sorted({each.group for each in shown}, key=lambda text: (text != TRUE, text)), shown


def _text(kind: QuestionKind, option: Choice) -> str:
    return _number(option.text) if kind is QuestionKind.NUMERIC else option.text


def _number(text: str) -> str:
    """A number as our authors write it, with a comma."""
    number = number_of(text)
    return text if number is None else told_number(number).replace(".", ",")


def _is_right(item: Item, kind: QuestionKind, option: Choice) -> bool:
    if kind in (QuestionKind.CLASSIFY, QuestionKind.MATCH, QuestionKind.ORDER):
        return False
    return option.is_right if item.kind is Kind.MULTIPLE else option.fraction >= 100


def told(question: Question) -> str:
    """The first words of a question, for a list."""
    text = " ".join(texts.to_plain(question.stem.markdown).split())
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"
