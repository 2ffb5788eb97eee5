"""Quiz and question statistics as Moodle's quiz statistics report defines them; pure and exact.

The definitions are those of https://docs.moodle.org/dev/Quiz_statistics_calculations (what they mean to a reader:
https://docs.moodle.org/en/Quiz_statistics_report), where the words leave a choice those of Moodle's own code
(mod/quiz/report/statistics and question/classes/statistics/questions):

- variances and covariances are of a sample, divided by n - 1;
- skewness and kurtosis come from the k-statistics k2, k3, k4: k3 / k2^(3/2) and k4 / k2^2, the kurtosis of a normal
  distribution being 0;
- the median of an even number of attempts is the mean of the two in the middle;
- an answer that was not given counts as no points;
- a question's discrimination is measured against the points of all other questions of the same paper.

Marks are whole numbers of some unit (hundredths of a point, say), so that every sum is exact and "no variance" is
never a matter of rounding; only the last step of each figure is a float. `scale` is how many units make a point.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt
from operator import mul

FULL = 100


@dataclass(frozen=True, slots=True)
class Quiz:
    """How a quiz as a whole went, in points of a paper; None where a figure has no meaning (too few, all alike).

    `consistency` is the coefficient of internal consistency (Cronbach's alpha) in percent, `error_ratio` the part of
    the spread that is chance in percent, `standard_error` the uncertainty of one result in points.
    """

    attempts: int
    maximum: float
    mean: float | None = None
    median: float | None = None
    deviation: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    consistency: float | None = None
    error_ratio: float | None = None
    standard_error: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """How one question (or slot of a paper) went among those who met it; all but the points in percent.

    `facility` is the mean in percent of the most points, `deviation` the spread in points. `effective_weight` is what
    part of the differences between people the question makes, None where it works against the rest (`is_contrary`).
    """

    attempts: int
    maximum: float
    mean: float | None
    facility: float | None
    deviation: float | None
    intended_weight: float | None
    effective_weight: float | None
    is_contrary: bool
    discrimination: float | None
    efficiency: float | None


@dataclass(frozen=True, slots=True)
class Sums:
    """What one question's figures are made of: n(n - 1) times its variances and covariances, in squared units.

    `own` and `others` are the variances of its marks and of the other marks of the same papers, `both` their
    covariance, `most` the greatest covariance the same marks could have had, `whole` that with the totals.
    """

    count: int
    marks: int
    own: int
    others: int
    both: int
    most: int

    @property
    def whole(self) -> int:
        """The covariance of the marks with the totals, of which they are a part."""
        return self.own + self.both

    @property
    def pairs(self) -> int:
        """By what the sums are divided to be variances; at least 1, as a single attempt has sums of zero."""
        return max(1, self.count * (self.count - 1))


def sums(marks: Sequence[int], totals: Sequence[int]) -> Sums:
    """The sums of one question, from its marks and the totals of the same papers in the same order."""
    count, of_marks = len(marks), sum(marks)
    others = [total - mark for mark, total in zip(marks, totals, strict=True)]
    of_others = sum(others)
    return Sums(
        count,
        of_marks,
        own=count * sum(map(mul, marks, marks)) - of_marks * of_marks,
        others=count * sum(map(mul, others, others)) - of_others * of_others,
        both=count * sum(map(mul, marks, others)) - of_marks * of_others,
        most=count * sum(map(mul, sorted(marks), sorted(others))) - of_marks * of_others,
    )


def paper(columns: Sequence[Sequence[int]], maxima: Sequence[int], scale: int) -> tuple[Quiz, list[Item]]:
    """The figures of a quiz in which everybody had the same slots: a column of marks and a most for each slot.

    The columns are equally long, an attempt at the same place of each.
    """
    totals = [sum(row) for row in zip(*columns, strict=True)]
    found = [sums(column, totals) for column in columns]
    return quiz(totals, sum(maxima), found, scale), items(found, maxima, sum(maxima), len(totals), scale)


def quiz(totals: Sequence[int], maximum: int, slots: Iterable[Sums], scale: int) -> Quiz:
    """The figures of a whole quiz, from the totals of all attempts and the sums of each of its slots.

    Moodle, "Test statistics": mean, median, standard deviation, skewness, kurtosis, coefficient of internal
    consistency, error ratio, standard error.
    """
    count = len(totals)
    if count == 0:
        return Quiz(0, maximum / scale)
    mean, middle = Fraction(sum(totals), count), _median(sorted(totals))
    known = Quiz(count, maximum / scale, mean=_points(mean, scale), median=_points(middle, scale))
    if count == 1:
        return known
    k2, skewness, kurtosis = _shape(totals)
    deviation = sqrt(k2) / scale
    consistency = _consistency(k2, list(slots), count)
    error_ratio = None if consistency is None else sqrt(max(0.0, 1 - consistency / FULL)) * FULL
    return replace(
        known,
        deviation=deviation,
        skewness=skewness,
        kurtosis=kurtosis,
        consistency=consistency,
        error_ratio=error_ratio,
        standard_error=None if error_ratio is None else error_ratio / FULL * deviation,
    )


def _points(units: Fraction, scale: int) -> float:
    return float(units / scale)


def _median(ordered: Sequence[int]) -> Fraction:
    """The one in the middle, or the mean of the two there."""
    half, is_odd = divmod(len(ordered), 2)
    return Fraction(ordered[half]) if is_odd else Fraction(ordered[half - 1] + ordered[half], 2)


def _shape(totals: Sequence[int]) -> tuple[Fraction, float | None, float | None]:
    """The variance of two totals or more in squared units, and skewness and kurtosis by the k-statistics."""
    n, whole = len(totals), sum(totals)
    away = [n * total - whole for total in totals]
    squares = [each * each for each in away]
    m2 = Fraction(sum(squares), n**3)
    k2 = m2 * n / (n - 1)
    if n < 3 or not k2:
        return k2, None, None
    m3 = Fraction(sum(map(mul, squares, away)), n**4)
    k3 = m3 * n**2 / ((n - 1) * (n - 2))
    skewness = float(k3 / k2) / sqrt(k2)
    if n < 4:
        return k2, skewness, None
    m4 = Fraction(sum(map(mul, squares, squares)), n**5)
    k4 = n**2 * ((n + 1) * m4 - 3 * (n - 1) * m2**2) / ((n - 1) * (n - 2) * (n - 3))
    return k2, skewness, float(k4 / k2**2)


def _consistency(k2: Fraction, slots: Sequence[Sums], count: int) -> float | None:
    """Cronbach's alpha in percent; Moodle asks for three attempts, two slots and some variance."""
    if count < 3 or len(slots) < 2 or not k2:
        return None
    spread = sum((Fraction(each.own, each.pairs) for each in slots), Fraction())
    return float(FULL * Fraction(len(slots), len(slots) - 1) * (1 - spread / k2))


def items(found: Sequence[Sums], maxima: Sequence[int], paper_maximum: int, papers: int, scale: int) -> list[Item]:
    """The figures of each question from its sums and its most points, in a quiz of so many `papers`.

    Moodle, "Position statistics". Where everybody has every question the effective weights are Moodle's. Where papers
    are drawn each question counts as often as it was drawn, so that the weights of the questions of an average paper
    add up to 100 %; with nothing drawn that is the same number.
    """
    parts = [_part(each) for each in found]
    drawn = [(part, each.count) for part, each in zip(parts, found, strict=True) if part is not None]
    whole = sum(part * count for part, count in drawn) / papers if papers else 0.0
    rows = zip(found, maxima, parts, strict=True)
    return [_item(each, most, paper_maximum, part, whole, scale) for each, most, part in rows]


def _part(found: Sums) -> float | None:
    """The root of the covariance with the totals; None where that is negative or nobody met the question."""
    return sqrt(found.whole / found.pairs) if found.count and found.whole >= 0 else None


def _item(found: Sums, maximum: int, paper_maximum: int, part: float | None, whole: float, scale: int) -> Item:
    product = found.own * found.others
    return Item(
        attempts=found.count,
        maximum=maximum / scale,
        mean=found.marks / found.count / scale if found.count else None,
        facility=FULL * found.marks / (found.count * maximum) if found.count and maximum else None,
        deviation=sqrt(found.own / found.pairs) / scale if found.count > 1 else None,
        intended_weight=FULL * maximum / paper_maximum if paper_maximum else None,
        effective_weight=FULL * part / whole if part is not None and whole else None,
        is_contrary=found.whole < 0,
        discrimination=FULL * found.both / sqrt(product) if product else None,
        efficiency=FULL * found.both / found.most if found.most else None,
    )


@dataclass(frozen=True, slots=True)
class Averages:
    """The mean points of the first, of all, of the last and of the best attempt of each person."""

    people: int
    first: float
    all: float
    last: float
    highest: float


def averages(sittings: Mapping[str, Sequence[int]], scale: int) -> Averages | None:
    """The four averages Moodle shows, from the totals of each person in the order of sitting; None for nobody."""
    people = [totals for totals in sittings.values() if totals]
    if not people:
        return None

    def mean(chosen: Sequence[int]) -> float:
        return _points(Fraction(sum(chosen), len(chosen)), scale)

    return Averages(
        len(people),
        first=mean([totals[0] for totals in people]),
        all=mean([total for totals in people for total in totals]),
        last=mean([totals[-1] for totals in people]),
        highest=mean([max(totals) for totals in people]),
    )
