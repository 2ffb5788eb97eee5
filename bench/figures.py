"""What the figures of a quiz cost, for 5,000 attempts at 20 questions, beside merely adding up their marks."""

import csv
import time
from collections.abc import Callable
from random import Random
from typing import Any

ATTEMPTS, SLOTS = 5_000, 20
RUNS = 3


def measure() -> dict[str, Any]:
    """Seconds of CPU, the best of three, and how many times the floor that is."""
    text = _file()
    floor = _best(lambda: _merely_add(text))
    read = _best(lambda: _read(text))
    whole = _best(lambda: _analyse(text))
    return {
        "statistics_floor_cpu_s": round(floor, 3),
        "statistics_cpu_s": round(whole, 3),
        "statistics_counting_cpu_s": round(whole - read, 3),
        "statistics_to_floor": round(whole / floor, 1),
    }


def _file() -> str:
    """Marks of people who know more or less, written with a comma as an Indonesian spreadsheet does."""
    random = Random(20)
    lines = [";".join(["nama", *(f"slot{number}/1" for number in range(1, SLOTS + 1))])]
    for number in range(ATTEMPTS):
        skill = random.random()
        marks = ("1" if random.random() < skill else random.choice(("0", "0,5", "0,33", "-")) for _ in range(SLOTS))
        lines.append(";".join([f"orang{number}", *marks]))
    return "\n".join(lines)


def _merely_add(text: str) -> list[float]:
    """The floor: read every cell as a number and add up the columns."""
    rows = csv.reader(text.splitlines()[1:], delimiter=";")
    numbers = ([float(cell.replace(",", ".").replace("-", "0")) for cell in row[1:]] for row in rows)
    return [sum(column) for column in zip(*numbers, strict=True)]


def _read(text: str) -> Any:
    from elearn.quiz import marks

    return marks.read(text.encode())


def _analyse(text: str) -> Any:
    from elearn.quiz import statistics

    found = _read(text)
    return statistics.paper([slot.marks for slot in found.slots], [s.maximum for s in found.slots], found.scale)


def _best(work: Callable[[], Any]) -> float:
    """Seconds of CPU of the fastest run."""
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)
