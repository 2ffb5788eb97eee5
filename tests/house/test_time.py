"""Only `core/clock.py` reads the wall clock."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLOCKS = re.compile(
    r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(|func\.now\(|CURRENT_TIMESTAMP|uuid4\("
)


def test_nobody_else_reads_the_clock() -> None:
    """A test that stops the clock stops all of it."""
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "elearn").rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if CLOCKS.search(line) and path.name != "clock.py"
    ]
    assert not guilty
