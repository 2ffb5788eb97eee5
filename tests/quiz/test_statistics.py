"""The figures of a quiz, against Moodle's published examples and against a slow reference that is plainly right."""

import time
from fractions import Fraction
from math import sqrt
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.quiz import marks, statistics
from elearn.quiz.statistics import Item, Quiz

SAMPLES = Path(__file__).parent.parent / "samples"
CLOSE = 1e-6

# Published with Moodle's own tests of its report (mod/quiz/report/statistics/tests): 25 attempts at 7 questions,
# worked out in a spreadsheet independently of any code.
WHOLE_25 = {
    "attempts": 25,
    "mean": 4.617333332,
    "median": 4.5,
    "deviation": 0.8117265554,
    "skewness": -0.092502502,
    "kurtosis": -0.7073968557,
    "consistency": -87.2230935542,
    "error_ratio": 136.8294900795,
    "standard_error": 1.1106813066,
}
ITEMS_25 = [  # facility, deviation, effective weight, discrimination index, discriminative efficiency
    (70.4, 0.4513682901, 21.2922742344, -7.0650767526, -9.4550536967),
    (48.0, 0.5099019514, 18.8979800309, -28.8982125772, -36.7834118938),
    (97.3333332, 0.13333334, 4.443012573, -9.1230674268, -21.6545012165),
    (68.0, 0.4760952286, 18.9347251357, -22.6306444113, -31.4411395613),
    (52.0, 0.3055050463, 11.1450138688, -17.6997047674, -21.1794802584),
    (64.0, 0.4898979486, 9.8081339177, -45.3785178421, -56.9365974439),
    (62.0, 0.331662479, 15.4788602394, -5.6543166602, -6.5043742058),
]
# The same of 22 attempts at 20 questions of unequal weight, three of them without marks (statistics_test.php).
NONE3, NONE7 = [None] * 3, [None] * 7
FACILITY_22 = [0, 0, 0, 0, *NONE3, 41.19318182, 81.36363636, 71.36363636, 65.45454545, 65.90909091, 36.36363636]
FACILITY_22 += [59.09090909, 50, 59.09090909, 63.63636364, 45.45454545, 27.27272727, 50]
DEVIATION_22 = [0, 0, 0, 0, 0, 0, 0, 1.912733589, 0.2512738111, 0.3226312277, 0.3334199022, 0.3375811591]
DEVIATION_22 += [0.4923659639, 0.5032362797, 0.5117663157, 0.5032362797, 0.4923659639, 0.5096471914, 0.4558423058]
DEVIATION_22 += [0.5117663157]
WEIGHT_22 = [0, 0, 0, 0, 0, 0, 0, 26.58464457, 3.368456046, 3.253955259, 7.584083694, 3.79658376, 3.183278505]
WEIGHT_22 += [4.532356904, 7.78856243, 10.08351572, 8.381139345, 8.727645713, 7.946277111, 4.769500946]
DISCRIMINATION_22 = [*NONE7, 25.88327077, 1.170256965, -4.207816809, 28.16930644, -2.513606859, -12.99017581]
DISCRIMINATION_22 += [-8.900638238, 8.670004606, 29.63337745, 15.18945843, 16.21079629, 15.52451404, -8.396734802]
EFFICIENCY_22 = [*NONE7, 27.23492723, 1.382386552, -4.691171307, 31.12404354, -2.877487579, -17.5074184]
EFFICIENCY_22 += [-10.27568922, 10.86956522, 34.58997279, 17.4790556, 20.14359793, 22.06477733, -10]


def near(value: float | None) -> object:
    """The same to a millionth; None is only itself."""
    return None if value is None else pytest.approx(value, abs=CLOSE, rel=1e-9)


def of_sample(name: str) -> tuple[Quiz, list[Item]]:
    """The figures of a file of marks."""
    found = marks.read((SAMPLES / name).read_bytes())
    return statistics.paper([s.marks for s in found.slots], [s.maximum for s in found.slots], found.scale)


def test_the_published_figures_of_a_quiz() -> None:
    """Every figure of the quiz as a whole agrees to a millionth."""
    quiz, _ = of_sample("marks-25-attempts.csv")
    assert pytest.approx(WHOLE_25, abs=CLOSE) == {name: getattr(quiz, name) for name in WHOLE_25}


def test_the_published_figures_of_seven_questions() -> None:
    """Every figure of each question agrees to a millionth."""
    _, items = of_sample("marks-25-attempts.csv")
    found = [(i.facility, i.deviation, i.effective_weight, i.discrimination, i.efficiency) for i in items]
    assert [pytest.approx(row, abs=CLOSE) for row in ITEMS_25] == found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("facility", FACILITY_22),
        ("deviation", DEVIATION_22),
        ("effective_weight", WEIGHT_22),
        ("discrimination", DISCRIMINATION_22),
        ("efficiency", EFFICIENCY_22),
    ],
)
def test_the_published_figures_of_twenty_unequal_questions(name: str, expected: list[float | None]) -> None:
    """Questions without variance, without marks, and one worth eight."""
    _, items = of_sample("marks-22-attempts.csv")
    found = [getattr(item, name) for item in items]
    assert list(map(near, expected)) == found


# A slow reference: every definition written down as it reads, in exact fractions.


def mean(values: list[Fraction]) -> Fraction:
    """The arithmetic mean."""
    return sum(values, Fraction()) / len(values)


def covariance(one: list[Fraction], other: list[Fraction]) -> Fraction:
    """The covariance of a sample."""
    a, b = mean(one), mean(other)
    return sum(((x - a) * (y - b) for x, y in zip(one, other, strict=True)), Fraction()) / (len(one) - 1)


def moment(values: list[Fraction], power: int) -> Fraction:
    """The central moment of a population."""
    middle = mean(values)
    return mean([(value - middle) ** power for value in values])


def slow_quiz(rows: list[list[Fraction]]) -> dict[str, float | None]:
    """The figures of a quiz of three attempts or more."""
    totals, n = [sum(row, Fraction()) for row in rows], len(rows)
    ordered = sorted(totals)
    told: dict[str, float | None] = dict.fromkeys(WHOLE_25)
    told |= {"attempts": n, "mean": float(mean(totals)), "deviation": sqrt(covariance(totals, totals))}
    told["median"] = float((ordered[(n - 1) // 2] + ordered[n // 2]) / 2)
    m2, m3, m4 = (moment(totals, power) for power in (2, 3, 4))
    k2, k3 = Fraction(n, n - 1) * m2, Fraction(n**2, (n - 1) * (n - 2)) * m3
    if not k2:
        return told
    told["skewness"] = float(k3) / float(k2) ** 1.5
    if n > 3:
        k4 = Fraction(n**2, (n - 1) * (n - 2) * (n - 3)) * ((n + 1) * m4 - 3 * (n - 1) * m2**2)
        told["kurtosis"] = float(k4 / k2**2)
    slots = [list(column) for column in zip(*rows, strict=True)]
    if len(slots) > 1:
        shares = sum((covariance(slot, slot) for slot in slots), Fraction()) / k2
        told["consistency"] = 100 * float(Fraction(len(slots), len(slots) - 1) * (1 - shares))
        told["error_ratio"] = 100 * sqrt(max(0.0, 1 - told["consistency"] / 100))
        told["standard_error"] = told["error_ratio"] / 100 * told["deviation"]
    return told


def slow_items(rows: list[list[Fraction]], maxima: list[Fraction]) -> list[tuple[float | None, ...]]:
    """Facility, deviation, effective weight, discrimination and efficiency of each slot."""
    totals = [sum(row, Fraction()) for row in rows]
    slots = [list(column) for column in zip(*rows, strict=True)]
    parts = [covariance(slot, totals) for slot in slots]
    whole = sum(sqrt(part) for part in parts if part >= 0)
    told = []
    for slot, maximum, part in zip(slots, maxima, parts, strict=True):
        rest = [total - mark for total, mark in zip(totals, slot, strict=True)]
        both, most = covariance(slot, rest), covariance(sorted(slot), sorted(rest))
        spread = covariance(slot, slot) * covariance(rest, rest)
        told.append(
            (
                100 * float(mean(slot) / maximum),
                sqrt(covariance(slot, slot)),
                100 * sqrt(part) / whole if whole and part >= 0 else None,
                100 * float(both) / sqrt(spread) if spread else None,
                100 * float(both / most) if most else None,
            )
        )
    return told


@st.composite
def papers(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    """Marks in hundredths, some below zero, of a few attempts at a few slots; and the most of each slot."""
    slots = draw(st.integers(1, 5))
    cells = st.sampled_from((-33, 0, 25, 50, 100, 100, 250))
    rows = draw(st.lists(st.lists(cells, min_size=slots, max_size=slots), min_size=3, max_size=12))
    return rows, draw(st.lists(st.sampled_from((50, 100, 300)), min_size=slots, max_size=slots))


@given(papers())
def test_the_fast_figures_are_those_of_the_slow_reference(case: tuple[list[list[int]], list[int]]) -> None:
    """Whatever the marks, to a billionth, and none where the other has none."""
    rows, maxima = case
    quiz, items = statistics.paper(list(zip(*rows, strict=True)), maxima, 100)
    exact = [[Fraction(mark, 100) for mark in row] for row in rows]
    expected = slow_quiz(exact)
    assert {name: near(value) for name, value in expected.items()} == {n: getattr(quiz, n) for n in expected}
    found = [(i.facility, i.deviation, i.effective_weight, i.discrimination, i.efficiency) for i in items]
    slow = slow_items(exact, [Fraction(each, 100) for each in maxima])
    assert [tuple(map(near, row)) for row in slow] == found


@settings(deadline=None)
@given(papers(), st.randoms(use_true_random=False))
def test_neither_order_nor_unit_matters(case: tuple[list[list[int]], list[int]], random: Random) -> None:
    """Attempts in another order, and marks written in a finer unit, give the same figures."""
    rows, maxima = case
    shuffled = random.sample(rows, len(rows))
    finer = [[mark * 1000 for mark in row] for row in shuffled]
    plain = statistics.paper(list(zip(*rows, strict=True)), maxima, 100)
    again = statistics.paper(list(zip(*finer, strict=True)), [each * 1000 for each in maxima], 100_000)
    for one, other in zip((plain[0], *plain[1]), (again[0], *again[1]), strict=True):
        assert {name: near(value) for name, value in _facts(one).items()} == _facts(other)


def _facts(figures: Quiz | Item) -> dict[str, float | None]:
    return {name: getattr(figures, name) for name in type(figures).__slots__}


@given(papers())
def test_efficiency_and_discrimination_stay_within_their_bounds(case: tuple[list[list[int]], list[int]]) -> None:
    """No correlation is beyond 100, none beats its own best case; the weights of all add up to 100."""
    rows, maxima = case
    _, items = statistics.paper(list(zip(*rows, strict=True)), maxima, 100)
    assert all(abs(i.discrimination) <= 100 + CLOSE for i in items if i.discrimination is not None)
    assert all(i.efficiency <= 100 + CLOSE for i in items if i.efficiency is not None)
    weights = [i.effective_weight for i in items if i.effective_weight is not None]
    assert not weights or pytest.approx(100) == sum(weights)


def test_nothing_is_made_up_of_too_little() -> None:
    """One attempt has a mean; two have a spread; none has nothing."""
    none, _ = statistics.paper([[], []], [1, 1], 1)
    one, items = statistics.paper([[1], [0]], [1, 1], 1)
    two, _ = statistics.paper([[1, 0], [1, 0]], [1, 1], 1)
    assert (0, None, None) == (none.attempts, none.mean, none.median)
    assert (1.0, 1.0, None, None) == (one.mean, one.median, one.deviation, one.consistency)
    assert [(100.0, None, None, None), (0.0, None, None, None)] == [
        (i.facility, i.deviation, i.discrimination, i.effective_weight) for i in items
    ]
    assert (pytest.approx(sqrt(2)), None, None) == (two.deviation, two.skewness, two.consistency)


def test_all_alike_have_no_shape() -> None:
    """No variance, no skewness, no consistency, no discrimination: None, and never a division by zero."""
    quiz, items = statistics.paper([[1] * 6, [1] * 6], [1, 1], 1)
    assert (0.0, None, None, None) == (quiz.deviation, quiz.skewness, quiz.consistency, quiz.standard_error)
    assert {(0.0, None, None, None)} == {
        (i.deviation, i.discrimination, i.efficiency, i.effective_weight) for i in items
    }


def test_a_question_against_the_rest_has_no_effective_weight() -> None:
    """Where who knows more gets it wrong, Moodle says so instead of a weight; the others share the whole."""
    contrary, good = [0, 0, 1, 1], [[1, 1, 0, 0], [1, 1, 0, 0], [1, 0, 0, 0]]
    _, items = statistics.paper([contrary, *good], [1] * 4, 1)
    assert [(True, None), (False, pytest.approx(100))] == [
        (items[0].is_contrary, items[0].effective_weight),
        (items[1].is_contrary, sum(i.effective_weight or 0 for i in items)),
    ]


def test_drawn_questions_weigh_as_often_as_they_are_drawn() -> None:
    """Of papers with all questions the weights are Moodle's; of drawn ones those of an average paper sum to 100."""
    columns, maxima = [[1, 0, 1, 0], [1, 1, 0, 0]], [1, 1]
    totals = [sum(row) for row in zip(*columns, strict=True)]
    whole = [statistics.sums(column, totals) for column in columns]
    _, expected = statistics.paper(columns, maxima, 1)
    assert expected == statistics.items(whole, maxima, 2, 4, 1)
    drawn = [statistics.sums([1, 0], [2, 1]), statistics.sums([1, 1, 0], [2, 1, 1])]
    weights = [(i.effective_weight or 0) * i.attempts for i in statistics.items(drawn, maxima, 2, 4, 1)]
    assert pytest.approx(100) == sum(weights) / 4


def test_averages_of_first_last_and_best_attempts() -> None:
    """Three people, of whom two came again; the mean of all counts attempts and not people."""
    found = statistics.averages({"a": [50, 100], "b": [100], "c": [200, 100, 150], "d": []}, 100)
    assert found is not None
    assert (3, 3.5 / 3, 7.0 / 6, 3.5 / 3, 4.0 / 3) == pytest.approx(
        (found.people, found.first, found.all, found.last, found.highest)
    )
    assert statistics.averages({}, 100) is None


def test_five_thousand_attempts_take_a_moment() -> None:
    """Twenty questions, in processor time far below the two seconds that are allowed."""
    random = Random(7)
    columns = [[random.choice((0, 33, 50, 100)) for _ in range(5000)] for _ in range(20)]
    began = time.process_time()
    statistics.paper(columns, [100] * 20, 100)
    assert 1.0 > time.process_time() - began
