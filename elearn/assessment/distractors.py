"""How often each answer to a question was given, and by whom in thirds: the strong, the middle and the weak; pure.

A wrong option that nobody takes distracts nobody; one that the strong take more often than the weak may be right.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from elearn.assessment.figures import Third
from elearn.content import items
from elearn.content.questions import Question, QuestionKind
from elearn.core.speech import say

FEWEST = 5
"""Of a third with fewer papers no shares are told."""
MOST_NUMBERS = 8
"""As many different numbers given are told one by one."""
SELDOM = 0.03
"""A wrong option that fewer take than this share distracts nobody."""

Given = tuple[Third, tuple[str, ...]]
"""Whose answer it was, and the answer as `content.items` writes it; an empty one was left open."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that could be answered: its words in HTML, where it was put if anywhere, and who answered it."""

    html: str
    place: str
    is_right: bool
    count: int
    share: float
    thirds: Mapping[Third, float | None]
    remark: str = ""
    is_open: bool = False


def lines(question: Question, given: Sequence[Given]) -> list[Line]:
    """Every answer in the order of the file, then what was left open; shares are of the papers with the question."""
    sizes = Counter(third for third, _ in given)
    counts = Counter(token for _, answer in given for token in answer or ("",))
    by_third = Counter((third, token) for third, answer in given for token in answer or ("",))
    told = []
    for token, html, place, is_right in _tokens(question, counts):
        thirds = {each: _share(by_third[each, token], sizes[each]) for each in Third}
        share = counts[token] / len(given) if given else 0.0
        remark = _remark(share, thirds, bool(token), is_right)
        told.append(Line(html, place, is_right, counts[token], share, thirds, remark, is_open=not token))
    return told


def _share(count: int, of: int) -> float | None:
    return count / of if of >= FEWEST else None


def _remark(share: float, thirds: Mapping[Third, float | None], is_answer: bool, is_right: bool) -> str:
    """What is worth a look about an answer."""
    strong, weak = thirds[Third.STRONG], thirds[Third.WEAK]
    if not is_answer or strong is None or weak is None:
        return ""
    if is_right:
        return say("Yang lemah lebih sering memilihnya daripada yang kuat.") if strong < weak else ""
    if strong > weak:
        return say("Yang kuat lebih sering memilihnya; mungkin ini juga benar.")
    return say("Hampir tidak ada yang memilihnya.") if share < SELDOM else ""


def _tokens(question: Question, counts: Counter[str]) -> Iterable[tuple[str, str, str, bool]]:
    """Each answer as it is written, its words, its place, and whether it is right; an open one last."""
    right = items.right_answer(question)
    if question.kind is QuestionKind.NUMERIC:
        numbers = [token for token, _ in counts.most_common() if token][:MOST_NUMBERS]
        yield from ((each, each.replace(".", ","), "", items.is_right(question, {each})) for each in numbers)
    elif items.is_put(question):
        names = {group.id: group.text.html or group.text.markdown for group in question.groups}
        for option in question.options:
            for place in items.places(question):
                token = items.put(option.id, place)
                yield (
                    token,
                    _words(option.text),
                    names.get(place, say("nomor %(place)s", place=place)),
                    token in right,
                )
    else:
        names = {group.id: group.text.html or group.text.markdown for group in question.groups}
        for option in question.options:
            yield option.id, _words(option.text), names.get(option.group, ""), option.id in right
    if counts[""]:
        yield "", say("Tidak dijawab"), "", False


def _words(text: object) -> str:
    return str(getattr(text, "html", "") or getattr(text, "markdown", ""))
