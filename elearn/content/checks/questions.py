"""Is a question of the bank sound? Pure: its law, its words and its options; what its kind needs, `demands` knows."""

import re
from collections import Counter
from collections.abc import Iterator

from elearn.content.checks import demands, names, wording
from elearn.content.checks.laws import Laws
from elearn.content.checks.prose import has_date, plain, sentences, unquoted
from elearn.content.questions import Option, Question, QuestionKind
from elearn.content.shape import Fault, Where

LUMPED = re.compile(
    r"\b(?:semua|seluruh|kedua|ketiga|keempat)(?:nya)? (?:jawaban |pilihan |pernyataan )?(?:(?:di|ter)sebut )?"
    r"(?:di atas )?(?:benar|salah|tepat|keliru)\b|\b(?:benar|salah) (?:semua|keduanya)"
    r"|\btidak (?:ada|satu ?pun) (?:jawaban |pilihan )?(?:yang )?(?:benar|salah|tepat)\b"
    r"|\b(?:semua|salah satu|bukan) (?:jawaban |pilihan )?(?:yang )?di atas\b"
    r"|\b[a-d](?:,? (?:dan|atau)|,| &) [a-d]\b",
    re.IGNORECASE,
)
EMPHASIS = re.compile(r"\*\*(?:TIDAK|BUKAN|KECUALI)\*\*")
NEGATIVE = re.compile(
    r"\bkecuali\b|\bselain\W*$"
    r"|\b(?:mana|pilih|tentukan|sebutkan|tandai)(?:kah|lah)?\b(?:(?!\byang\b)[^?]){0,80}\byang (?:tidak|bukan)\b"
    r"|\b(?:apa|siapa)(?:kah)? (?:saja )?yang (?:tidak|bukan)\b"
    r"|\b(?:mana(?:kah)?|berikut)(?: \w+){0,3} (?:tidak (?:tepat|benar|termasuk|sesuai)|bukan termasuk)\b",
    re.IGNORECASE,
)


def faults(question: Question, where: Where, laws: Laws) -> Iterator[Fault]:
    """Why the question `where` must not be asked; empty when it is sound."""
    is_dated = has_date(question.stem.markdown, question.explanation.markdown)
    yield from _law(question, where, laws)
    yield from _telling(question, where, laws, is_dated)
    yield from _options(question, where, laws, is_dated)
    yield from demands.faults(question, where)
    yield from names.faults((*where, "options"), [option.id for option in question.options])
    if not 1 <= question.difficulty <= 3:
        yield Fault((*where, "difficulty"), "Tingkat kesulitan adalah 1, 2, atau 3.")


def _law(question: Question, where: Where, laws: Laws) -> Iterator[Fault]:
    texts = (question.stem.markdown, question.explanation.markdown)
    yield from laws.proven((*where, "cites"), question.cites)
    yield from laws.dated((*where, "cites"), question.cites, *texts)
    yield from laws.covered((*where, "covers"), question.covers, is_asked=True)


def _telling(question: Question, where: Where, laws: Laws, is_dated: bool) -> Iterator[Fault]:
    told = (("stem", question.stem, _is_true(question)), ("explanation", question.explanation, True))
    for name, text, is_claim in told:
        yield from laws.told((*where, name), text, question.cites, is_dated=is_dated, is_claim=is_claim)
    if question.kind is not QuestionKind.TRUE_FALSE and _is_negative(question.stem.markdown):
        yield Fault((*where, "stem"), "Soal bernada ingkar menulis **TIDAK**, **BUKAN**, atau **KECUALI** tebal.")
    for index, group in enumerate(question.groups):
        yield from wording.label_faults((*where, "groups", index, "text"), group.text, is_claim=False)
    for name in ("if_right", "if_partial", "if_wrong"):
        if (said := getattr(question, name)).markdown:
            yield from laws.told((*where, name), said, question.cites, is_dated=is_dated)


def _options(question: Question, where: Where, laws: Laws, is_dated: bool) -> Iterator[Fault]:
    texts = Counter(_read(option.text.markdown) for option in question.options)
    feedbacks = Counter(_read(option.feedback.markdown) for option in question.options)
    for index, option in enumerate(question.options):
        place = (*where, "options", index)
        is_claim = _is_right(question, option)
        yield from wording.label_faults((*place, "text"), option.text, is_dated=is_dated, is_claim=is_claim)
        if option.feedback.markdown:
            yield from laws.told((*place, "feedback"), option.feedback, question.cites, is_dated=is_dated)
            if feedbacks[_read(option.feedback.markdown)] > 1:
                yield Fault((*place, "feedback"), "Dua pilihan mendapat feedback yang sama; jelaskan masing-masing.")
        if texts[_read(option.text.markdown)] > 1:
            yield Fault((*place, "text"), "Dua pilihan berbunyi sama.")
        if LUMPED.search(option.text.markdown):
            yield Fault((*place, "text"), "Pilihan diacak, maka “semua benar” atau “a dan b” tidak dapat dipakai.")


def _is_negative(stem: str) -> bool:
    """Whether a sentence that asks, or the last one, has a negation that is not emphasised."""
    *told, last = sentences(unquoted(stem).strip())
    asked = [*(each for each in told if each.endswith("?")), last]
    return any(NEGATIVE.search(EMPHASIS.sub("", each)) for each in asked)


def _is_true(question: Question) -> bool:
    """Whether the stem says what is so; only the statement of a true-false question may be wrong."""
    rights = [option.group for option in question.options if option.correct]
    return question.kind is not QuestionKind.TRUE_FALSE or rights == ["benar"]


def _is_right(question: Question, option: Option) -> bool:
    """Whether the option says what is so; a wrong answer, or a thing to classify, may err."""
    if question.kind in (QuestionKind.MATCH, QuestionKind.ORDER):
        return True
    return option.correct


def _read(markdown: str) -> str:
    """A text as it is told from another: by its letters and digits."""
    return re.sub(r"\W+", " ", plain(markdown)).strip().casefold()
