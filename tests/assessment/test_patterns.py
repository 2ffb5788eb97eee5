"""What is unusual, and what only looks so."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from elearn.assessment import patterns
from elearn.assessment.patterns import Kind, Trace

NOON = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)
PAPER = [f"q{number}" for number in range(8)]


def trace(
    number: int, *, seconds: float = 600, after: float = 0, learner: int | None = None, **facts: object
) -> Trace:
    """An attempt of eight questions that passed in ten minutes."""
    start = NOON + timedelta(minutes=after)
    standard = {"questions": 8, "passed": True}
    ids = UUID(int=number), UUID(int=learner or number)
    return Trace(*ids, start, start + timedelta(seconds=seconds), **{**standard, **facts})


def answered(letters: str, wrong: int = 2, order: list[str] | None = None) -> dict[str, object]:
    """A device, eight answers in an order, of which the first few are wrong."""
    answers = dict(zip(PAPER, map(frozenset, letters), strict=True))
    kept = {question: answers[question] for question in order or PAPER}
    return {"device": "d1", "answers": kept, "wrong": frozenset(PAPER[:wrong])}


def kinds(*traces: Trace) -> list[Kind]:
    """What was noticed."""
    return [sign.kind for sign in patterns.signs(traces)]


def test_a_pass_faster_than_reading() -> None:
    """Below four seconds a question; at four it is only quick, and who failed passed nothing."""
    found = patterns.signs([trace(1, seconds=31), trace(2, seconds=32), trace(3, seconds=20, passed=False)])
    assert [(Kind.SWIFT, "Lulus 8 soal dalam 31 detik.")] == [(sign.kind, sign.sentence) for sign in found]


def test_equal_papers_with_equal_mistakes_on_one_device() -> None:
    """The order is told when that is the same too."""
    one, other = trace(1, **answered("bbaaaaaa")), trace(2, after=20, **answered("bbaaaaaa"))
    backwards = trace(3, after=200, **answered("bbaaaaaa", order=PAPER[::-1]))
    found = patterns.signs([one, other])
    assert ["8 soal yang sama dijawab sama, dalam urutan yang sama, 2 di antaranya keliru."] == [
        s.sentence for s in found
    ]
    assert "urutan" not in patterns.signs([one, backwards])[0].sentence


def test_what_is_no_twin() -> None:
    """All right, one mistake, one difference, another device, no device, the same person, few questions in common."""
    base = answered("bbaaaaaa")
    one = trace(1, **base)
    others = [
        trace(2, **answered("bbaaaaab")),
        trace(3, **{**base, "device": "d2"}),
        trace(4, **{**base, "device": ""}),
        trace(5, learner=1, **base),
        trace(6, **{**base, "answers": {each: frozenset("a") for each in ("x", "y", *PAPER[2:6])}}),
    ]
    assert [] == [kinds(one, other) for other in others if kinds(one, other)]
    assert [] == kinds(trace(1, **answered("aaaaaaaa", 0)), trace(2, **answered("aaaaaaaa", 0)))
    assert [] == kinds(trace(1, **answered("baaaaaaa", 1)), trace(2, **answered("baaaaaaa", 1)))


def test_many_accounts_on_one_device() -> None:
    """Four people in turn within an hour; not one person four times, nor four over a day, nor four side by side."""
    crowd = [trace(n, after=n * 15, device="d1") for n in range(1, 5)]
    assert [Kind.CROWD] == kinds(*crowd)
    assert [] == kinds(*(trace(n, after=n * 15, device="d1", learner=9) for n in range(1, 5)))
    assert [] == kinds(*(trace(n, after=n * 60, device="d1") for n in range(1, 5)))
    assert [] == kinds(*(trace(n, after=n * 5, device="d1") for n in range(1, 5)))


def test_every_kind_says_its_bound_and_its_innocent_reason() -> None:
    """And none of them accuses anybody."""
    for kind in Kind:
        words = f"{kind.title} {kind.bound} {kind.innocence}".lower()
        assert "bertanyalah" in words
        assert not {"curang", "menyontek", "pelanggaran", "mencurigakan"} & set(words.split())
