"""A long paper printed in parts by two processes of their own, and bound into one.

So neither the memory nor the time of one process grows with the paper: each part is let go when it is printed.
`python -m elearn.core.pressroom print FOLDER FIRST STEP` prints every so manieth part that waits in a folder,
`python -m elearn.core.pressroom bind FOLDER TITLE` binds what was printed.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from elearn.core.instance import write_private
from elearn.core.pdf import render_pdf

PRINTERS = 2
ROOT = Path(__file__).resolve().parent.parent.parent
GLANCE = 0.3
"""Seconds between two looks at how far the printers are."""
BOUND = "bound"
LONGEST = 900.0
"""The most seconds a paper may take."""


class NotPrinted(Exception):
    """A printer failed, or took too long."""


def print_parts(parts: Sequence[str], *, title: str, tell: Callable[[int], None], folder: Path) -> bytes:
    """One PDF of pages of HTML; `tell` hears how many parts are printed. Needs no transaction."""
    with TemporaryDirectory(dir=folder) as place:
        for number, html in enumerate(parts):
            write_private(Path(place, f"{number:04}.html"), html.encode())
        _print(place, len(parts), tell)
        _work([_hire("bind", place, title)], lambda: None)
        return Path(place, BOUND).read_bytes()


def _print(place: str, count: int, tell: Callable[[int], None]) -> None:
    """Let the printers work, and say how far they are."""
    step = min(PRINTERS, count)
    printers = [_hire("print", place, str(first), str(step)) for first in range(step)]
    _work(printers, lambda: tell(len(list(Path(place).glob("*.pdf")))))


def _hire(*order: str) -> subprocess.Popen[bytes]:
    """A process of our own that does one of the tasks below."""
    return subprocess.Popen([sys.executable, "-m", "elearn.core.pressroom", *order], cwd=ROOT)  # noqa: S603


def _work(hands: Sequence[subprocess.Popen[bytes]], look: Callable[[], None]) -> None:
    """Wait until all are done, and look at their work meanwhile; NotPrinted."""
    until = time.monotonic() + LONGEST
    try:
        while any(hand.poll() is None for hand in hands) and time.monotonic() < until:
            time.sleep(GLANCE)
            look()
        if any(hand.poll() != 0 for hand in hands):
            raise NotPrinted
    finally:
        for hand in hands:
            hand.kill()
            hand.wait()


def print_every(place: str, first: str, step: str) -> None:
    """Print every so manieth part, each whole or not at all."""
    for page in sorted(Path(place).glob("*.html"))[int(first) :: int(step)]:
        draft = page.with_suffix(".part")
        write_private(draft, render_pdf(page.read_text(), is_tagged=False))
        draft.rename(page.with_suffix(".pdf"))


def bind(place: str, title: str) -> None:
    """Make one PDF of the parts, each with a bookmark of its own title if there are several."""
    from pypdf import PdfReader, PdfWriter  # only who binds needs them
    from pypdf.generic import NameObject, TextStringObject

    files = sorted(Path(place).glob("*.pdf"))
    with closing(PdfWriter()) as writer:
        for file in files:
            part = PdfReader(file)
            name = part.metadata.title if part.metadata and len(files) > 1 else None
            writer.append(part, outline_item=name, import_outline=False)
        writer.add_metadata({"/Title": title})
        writer.root_object[NameObject("/Lang")] = TextStringObject("id")
        writer.write(Path(place, BOUND))


TASKS: dict[str, Callable[..., None]] = {"print": print_every, "bind": bind}

if __name__ == "__main__":
    TASKS[sys.argv[1]](*sys.argv[2:])
