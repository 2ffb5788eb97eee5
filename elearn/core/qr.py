"""A QR code (ISO/IEC 18004) as the path of an SVG; imports segno only."""

from itertools import groupby

import segno

QUIET = 4
"""Modules of white around the code, as the standard asks."""


def path(text: str) -> tuple[int, str]:
    """The side of the drawing in modules and its path of horizontal strokes one module thick."""
    rows = segno.make(text, error="m", micro=False).matrix
    strokes = "".join(_row(row, QUIET + y + 0.5) for y, row in enumerate(rows))
    return len(rows) + 2 * QUIET, strokes


def _row(row: bytearray, middle: float) -> str:
    """The dark runs of one row of modules."""
    strokes, x = [], QUIET
    for is_dark, run in groupby(row):
        width = len(list(run))
        if is_dark:
            strokes.append(f"M{x} {middle:g}h{width}")
        x += width
    return "".join(strokes)
