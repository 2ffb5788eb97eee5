"""The drawing of the QR code is the code."""

import re

import segno

from elearn.core import qr

ADDRESS = "https://contoh.go.id/verifikasi/7K3M-9QXD-2F5T-H"


def test_the_strokes_are_the_dark_modules() -> None:
    """Drawing the path gives back the matrix, inside a quiet zone of four modules."""
    size, path = qr.path(ADDRESS)
    drawn = set()
    for x, middle, width in re.findall(r"M(\d+) ([\d.]+)h(\d+)", path):
        drawn |= {(int(x) + i - qr.QUIET, int(float(middle)) - qr.QUIET) for i in range(int(width))}
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    assert {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark} == drawn
    assert len(matrix) + 8 == size


def test_the_drawing_is_small() -> None:
    """A few kilobytes of path, no picture."""
    assert 6_000 > len(qr.path(ADDRESS)[1])
