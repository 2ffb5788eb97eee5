"""Boxes joined by lines, laid out from top to bottom, pure: in rows, with few crossings and short ways.

The steps are those of Sugiyama, Tagawa and Toda (1981): rows by the longest way, order by the middle of the
neighbours, places as near to the neighbours as the order allows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import accumulate, combinations, pairwise
from typing import TypeAlias

Size: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float]
Edge: TypeAlias = tuple[str, str]
Rows: TypeAlias = list[list[str]]
Ties: TypeAlias = Mapping[str, Sequence[str]]

BESIDE, BELOW = 18.0, 40.0
"""The least distance between two boxes of a row, and the distance between two rows."""
WAY = 12.0
"""The room that a long line needs where it passes a row."""
STRAIGHT = 4.0
"""How much more a waypoint insists on its place than a box does."""
SWEEPS = 16


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of the whole, the middle of the top of each box, and the points along each line."""

    width: float
    height: float
    places: Mapping[str, Point]
    ways: Mapping[Edge, tuple[Point, ...]]


def laid_out(sizes: Mapping[str, Size], edges: Iterable[Edge]) -> Plan:
    """Places for boxes of these sizes, each below all that lead to it; the graph has no loop."""
    edges = list(dict.fromkeys(edges))
    row_of = _row_of(sizes, edges)
    chains = {edge: _chain(edge, row_of) for edge in edges}
    rows = _first_order(sizes, row_of, chains.values())
    above, below = _neighbours(chains.values())
    rows = _ordered(rows, above, below)
    widths = {name: sizes[name][0] if name in sizes else WAY for row in rows for name in row}
    x = _spread(rows, widths, above, below)
    heights = [max((sizes[name][1] for name in row if name in sizes), default=0.0) for row in rows]
    tops = [0.0, *accumulate(height + BELOW for height in heights)]
    places = {name: (x[name], tops[number]) for number, row in enumerate(rows) for name in row}
    ways = {edge: tuple(_points(chain, places, sizes, row_of, heights)) for edge, chain in chains.items()}
    width = max(x[row[-1]] + widths[row[-1]] / 2 for row in rows)
    return Plan(width, tops[-1] - BELOW, {name: places[name] for name in sizes}, ways)


def _row_of(sizes: Mapping[str, Size], edges: Iterable[Edge]) -> dict[str, int]:
    """The row of each box: one below the lowest that leads to it."""
    leading: dict[str, set[str]] = {name: set() for name in sizes}
    for upper, lower in edges:
        leading[lower].add(upper)
    rows: dict[str, int] = {}
    for name in TopologicalSorter(leading).static_order():
        rows[name] = max((rows[each] + 1 for each in leading[name]), default=0)
    return rows


def _chain(edge: Edge, row_of: Mapping[str, int]) -> tuple[str, ...]:
    """The edge with a waypoint in every row it passes."""
    upper, lower = edge
    return (upper, *(f"{upper}>{lower}@{row}" for row in range(row_of[upper] + 1, row_of[lower])), lower)


def _first_order(sizes: Iterable[str], row_of: Mapping[str, int], chains: Iterable[tuple[str, ...]]) -> Rows:
    """The rows in the order in which the boxes and lines are given."""
    rows: Rows = [[] for _ in range(max(row_of.values()) + 1)]
    for name in sizes:
        rows[row_of[name]].append(name)
    for chain in chains:
        for number, name in enumerate(chain[1:-1], start=row_of[chain[0]] + 1):
            rows[number].append(name)
    return rows


def _neighbours(chains: Iterable[tuple[str, ...]]) -> tuple[Ties, Ties]:
    """For each box or waypoint those it hangs from, and those that hang from it."""
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for chain in chains:
        for upper, lower in pairwise(chain):
            below[upper].append(lower)
            above[lower].append(upper)
    return above, below


def _ordered(rows: Rows, above: Ties, below: Ties) -> Rows:
    """The best order that some sweeps down and up find."""
    best, fewest = rows, _crossings(rows, below)
    for sweep in range(SWEEPS):
        is_down = sweep % 2 == 0
        rows = _swept(rows, above if is_down else below, is_down=is_down)
        count = _crossings(rows, below)
        if count < fewest:
            best, fewest = rows, count
    return best


def _swept(rows: Rows, ties: Ties, *, is_down: bool) -> Rows:
    """Each row by the mean place of its neighbours in the row before; who has none stays."""
    done: Rows = []
    for row in rows if is_down else reversed(rows):
        place = {name: number for number, name in enumerate(done[-1] if done else ())}
        own = {name: number for number, name in enumerate(row)}
        done.append(sorted(row, key=lambda name: _mean([place[each] for each in ties.get(name, ())], own[name])))
    return done if is_down else done[::-1]


def _crossings(rows: Rows, below: Ties) -> int:
    """How often two lines cross."""
    count = 0
    for upper, lower in pairwise(rows):
        place = {name: number for number, name in enumerate(lower)}
        ends = [[place[each] for each in below.get(name, ())] for name in upper]
        count += sum(one > other for left, right in combinations(ends, 2) for one in left for other in right)
    return count


def _spread(rows: Rows, widths: Mapping[str, float], above: Ties, below: Ties) -> dict[str, float]:
    """The middle of every box and waypoint, from 0 on."""
    x = {name: place for row in rows for name, place in zip(row, _settled(row, {}, widths), strict=True)}
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wanted = {name: _pull(name, x, (*above.get(name, ()), *below.get(name, ()))) for name in row}
            x.update(zip(row, _settled(row, wanted, widths), strict=True))
    left = min(x[row[0]] - widths[row[0]] / 2 for row in rows)
    return {name: place - left for name, place in x.items()}


def _pull(name: str, x: Mapping[str, float], neighbours: Sequence[str]) -> float:
    """Where a box wants to be: amid its neighbours; a waypoint in line with its own kind, to keep lines straight."""
    kin = [each for each in neighbours if _is_waypoint(name) and _is_waypoint(each)]
    return _mean([x[each] for each in kin or neighbours], x[name])


def _settled(row: Sequence[str], wanted: Mapping[str, float], widths: Mapping[str, float]) -> list[float]:
    """The places nearest to those wanted (least squares) that keep order and distance: isotonic regression."""
    steps = [0.0, *((widths[left] + widths[right]) / 2 + BESIDE for left, right in pairwise(row))]
    offsets = list(accumulate(steps))
    blocks: list[tuple[float, float, int]] = []  # sum of weighted places, sum of weights, number
    for name, offset in zip(row, offsets, strict=True):
        weight, size = STRAIGHT if _is_waypoint(name) else 1.0, 1
        total = weight * (wanted.get(name, offset) - offset)
        while blocks and blocks[-1][0] / blocks[-1][1] > total / weight:
            before = blocks.pop()
            total, weight, size = total + before[0], weight + before[1], size + before[2]
        blocks.append((total, weight, size))
    level = [total / weight for total, weight, size in blocks for _ in range(size)]
    return [place + offset for place, offset in zip(level, offsets, strict=True)]


def _points(
    chain: tuple[str, ...],
    places: Mapping[str, Point],
    sizes: Mapping[str, Size],
    row_of: Mapping[str, int],
    heights: Sequence[float],
) -> Iterable[Point]:
    """From the bottom of the first box straight through the rows passed to the top of the last."""
    x, y = places[chain[0]]
    yield x, y + sizes[chain[0]][1]
    for number, name in enumerate(chain[1:-1], start=row_of[chain[0]] + 1):
        x, y = places[name]
        yield x, y
        yield x, y + heights[number]
    yield places[chain[-1]]


def _is_waypoint(name: str) -> bool:
    return "@" in name


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise
