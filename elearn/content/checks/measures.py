"""What a bank of questions betrays or lacks as a whole, measured; pure. A small bank shows no habit yet."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from elearn.content.checks.prose import plain
from elearn.content.questions import Option, Question, QuestionKind

ENOUGH = 20
"""From how many questions on a share tells of a habit."""

LETTERS = "abcd"
LEAST_KEY, MOST_KEY = 0.15, 0.35
MOST_LONGEST, MOST_SHORTEST = 0.35, 0.40
LEAST_KINDS, MOST_OF_ONE_KIND = 3, 0.80


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts of a bank: questions by kind; keys by letter of those with one right option out of four; how often
    the right one of a single question is strictly the longest, or strictly the shortest, of its options."""

    kinds: Mapping[QuestionKind, int]
    keys: Mapping[str, int]
    longest: int
    shortest: int

    @property
    def total(self) -> int:
        """All questions."""
        return sum(self.kinds.values())

    @property
    def single(self) -> int:
        """Questions with one right option, whatever the number of options."""
        return self.kinds.get(QuestionKind.SINGLE, 0)

    @property
    def lettered(self) -> int:
        """Questions with one right option out of four."""
        return sum(self.keys.values())


def measure(questions: Sequence[Question]) -> Measures:
    """The counts of a bank."""
    single = [each for each in questions if each.kind is QuestionKind.SINGLE and len(each.correct_ids) == 1]
    four = [each for each in single if len(each.options) == len(LETTERS)]
    keys = Counter(LETTERS[_key(each)] for each in four)
    return Measures(
        kinds=Counter(question.kind for question in questions),
        keys={letter: keys[letter] for letter in LETTERS},
        longest=sum(_right(each) > max(_wrong(each)) for each in single),
        shortest=sum(_right(each) < min(_wrong(each)) for each in single),
    )


def faults(measures: Measures) -> Iterator[str]:
    """What a learner could use instead of knowing the answer, and what the bank is too poor in, in sentences."""
    if measures.lettered >= ENOUGH:
        yield from _key_faults(measures)
    if measures.single >= ENOUGH:
        yield from _length_faults(measures)
    if measures.total >= ENOUGH:
        yield from _kind_faults(measures)


def told(measures: Measures) -> Iterator[str]:
    """The figures as lines for who writes the questions."""
    yield "jenis soal: " + ", ".join(f"{kind.value} {measures.kinds.get(kind, 0)}" for kind in QuestionKind)
    if measures.lettered:
        letters = (f"{letter} {_percent(count / measures.lettered)}" for letter, count in measures.keys.items())
        yield f"letak kunci dari {measures.lettered} soal empat pilihan: {', '.join(letters)}"
    if measures.single:
        single, longest, shortest = measures.single, measures.longest, measures.shortest
        shares = f"terpanjang {_percent(longest / single)}, terpendek {_percent(shortest / single)}"
        yield f"kunci {shares} dari {single} soal single"


def _key_faults(measures: Measures) -> Iterator[str]:
    for letter, count in measures.keys.items():
        share = count / measures.lettered
        if not LEAST_KEY <= share <= MOST_KEY:
            yield (
                f"Kunci soal single terletak di {letter} pada {_percent(share)} soal; "
                f"seharusnya antara {_percent(LEAST_KEY)} dan {_percent(MOST_KEY)}."
            )


def _length_faults(measures: Measures) -> Iterator[str]:
    for word, count, most in (
        ("terpanjang", measures.longest, MOST_LONGEST),
        ("terpendek", measures.shortest, MOST_SHORTEST),
    ):
        share = count / measures.single
        if share > most:
            found, bound = _percent(share), _percent(most)
            yield f"Jawaban benar adalah yang {word} pada {found} soal single; paling banyak {bound}."


def _kind_faults(measures: Measures) -> Iterator[str]:
    kind, count = max(measures.kinds.items(), key=lambda pair: pair[1])
    if sum(count > 0 for count in measures.kinds.values()) < LEAST_KINDS:
        yield f"Bank soal memerlukan sedikitnya {LEAST_KINDS} jenis soal."
    if count / measures.total > MOST_OF_ONE_KIND:
        share = count / measures.total
        yield f"Jenis {kind.value} mencakup {_percent(share)} bank soal; paling banyak {_percent(MOST_OF_ONE_KIND)}."


def _key(question: Question) -> int:
    return next(index for index, option in enumerate(question.options) if option.correct)


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _right(question: Question) -> int:
    return max(_length(option) for option in question.options if option.correct)


def _wrong(question: Question) -> list[int]:
    return [_length(option) for option in question.options if not option.correct] or [0]


def _length(option: Option) -> int:
    """The number of signs as it is read, without those of Markdown."""
    return len(plain(option.text.markdown.strip()))
