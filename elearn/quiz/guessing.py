"""What somebody earns who answers a question blindly: the random guess score; pure.

Every complete answer is as likely as any other, and nobody uses one partner or one number twice. Where one option is
right this is Moodle's random guess score (1 / options); the other kinds follow the same thought, counted out.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, permutations, product

from elearn.content import credit, items
from elearn.content.questions import Question, QuestionKind


def answers(question: Question) -> Iterator[frozenset[str]]:
    """Every complete answer that can be given without knowing anything; none for a number, which nobody guesses."""
    ids = [option.id for option in question.options]
    if question.kind in items.ONE_RIGHT:
        yield from (frozenset({each}) for each in ids)
    elif question.kind is QuestionKind.MULTIPLE:
        sizes = range(1, len(ids) + 1)
        yield from (frozenset(chosen) for size in sizes for chosen in combinations(ids, size))
    elif items.is_put(question):
        places, count = items.places(question), len(ids)
        is_free = question.kind is QuestionKind.CLASSIFY
        for way in product(places, repeat=count) if is_free else permutations(places, count):
            yield frozenset(items.put(each, place) for each, place in zip(ids, way, strict=True))


@lru_cache(maxsize=1024)
def score(question: Question, *, is_partial: bool) -> float | None:
    """The share of the points a blind guess earns on average, 0 to 1; None where nobody can guess."""
    guesses = list(answers(question))
    if not guesses:
        return None
    if not is_partial:
        return sum(items.is_right(question, guess) for guess in guesses) / len(guesses)
    return float(sum(credit.of(question, guess) for guess in guesses) / len(guesses))
