"""How HR writes a day; pure."""

import datetime as dt
import re

MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_DAY = re.compile(
    r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-/. ](\d{1,2}|[a-z]{3,9})[-/. ](\d{4}))(?: 0?0[:.]00([:.]00)?)?",
    re.IGNORECASE,
)
_EXCEL_EPOCH = dt.date(1899, 12, 30)


def read(text: str) -> dt.date | None:
    """A day as 1985-01-31, 31-01-1985, 31/01/1985, 31 Januari 1985 or Excel's number of it; None for others."""
    if text.isascii() and text.isdigit() and len(text) == 5:
        return _EXCEL_EPOCH + dt.timedelta(days=int(text))
    found = _DAY.fullmatch(text)
    if not found:
        return None
    year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return dt.date(int(year), _month(month), int(day))
    except ValueError:
        return None


def _month(text: str) -> int:
    """The number of a month; 0, which no month has, for a word that is none."""
    if text.isdigit():
        return int(text)
    short = text[:3].casefold()
    return MONTHS.index(short) + 1 if short in MONTHS else 0
