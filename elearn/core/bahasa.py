"""How dates, times, numbers and lists are written, offered to templates as filters.

In Indonesian, unless the page is spoken in another language (`elearn.core.voice`).
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from elearn.core import clock, speech
from elearn.core.voice import is_indonesian, language, plural, single

LOCALES = {"id": "id_ID", "en": "en_GB"}
ZONE_NAMES = {7: "WIB", 8: "WITA", 9: "WIT"}


def _locale() -> str:
    return LOCALES[language()]


def _amount(pattern: str, number: int) -> str:
    return plural(pattern, number) % {"num": angka(number)}


def tanggal(day: date | datetime | None) -> str:
    """A day as `22 November 2026`; an instant as its day at the regency; nothing as a dash."""
    if day is None:
        return "–"
    day = clock.local(day).date() if isinstance(day, datetime) else day
    return _day(day, _locale())


@lru_cache(maxsize=4096)
def _day(day: date, locale: str) -> str:
    """A day in words, kept: a list has thousands of the same few, and Babel is slow."""
    return format_date(day, "d MMMM y", locale=locale)


def hari_tanggal(day: date) -> str:
    """A day with its weekday: `Minggu, 22 November 2026`."""
    return format_date(day, "EEEE, d MMMM y", locale=_locale())


def jam(instant: datetime) -> str:
    """The time of day at the regency: `10.32`."""
    return _time(clock.local(instant).time())


def _time(time_of_day: time) -> str:
    return time_of_day.strftime("%H.%M" if is_indonesian() else "%H:%M")


def zona(instant: datetime) -> str:
    """The name of the regency's time zone: WIB, WITA or WIT."""
    offset = clock.local(instant).utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset else 0
    return ZONE_NAMES.get(hours, f"UTC{hours:+d}")


def waktu(instant: datetime | None) -> str:
    """An instant as `22 November 2026 pukul 10.32 WIB`; nothing as a dash."""
    if instant is None:
        return "–"
    values = {"day": tanggal(instant), "time": jam(instant), "zone": zona(instant)}
    return single("%(day)s pukul %(time)s %(zone)s") % values


def angka(number: float | Decimal | None) -> str:
    """A number as `12.345,67`; nothing as a dash."""
    if number is None:
        return "–"
    if isinstance(number, int):  # a page of figures has hundreds of these; Babel takes fifty times as long
        return f"{number:,}".replace(",", ".") if is_indonesian() else f"{number:,}"
    return format_decimal(number, locale=_locale())


def poin(points: float | Decimal | str | None) -> str:
    """Points of a quiz, to hundredths at most: `13` or `13,5`; nothing as a dash."""
    return angka(Decimal(points) if isinstance(points, str) else points)


def persen(share: float | None, decimals: int = 0) -> str:
    """A share of one as `73 %`; nothing as a dash."""
    if share is None:
        return "–"
    return single("%(number)s %%") % {"number": _hundredths(share, decimals, _locale())}


@lru_cache(maxsize=4096)
def _hundredths(share: float, decimals: int, locale: str) -> str:
    """A share in hundredths, kept for the same reason."""
    pattern = "0." + "0" * decimals if decimals else "0"
    return format_decimal(share * 100, format=pattern, locale=locale)


def daftar(items: Iterable[Any]) -> str:
    """A list in a sentence: `a, b, dan c`."""
    words = [str(item) for item in items]
    conjunction = single("dan")
    if len(words) < 3:
        return f" {conjunction} ".join(words)
    return f"{', '.join(words[:-1])}, {conjunction} {words[-1]}"


def durasi(seconds: float) -> str:
    """A length of time in its largest fitting units: `1 jam 5 menit`, `18 menit`, `40 detik`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [
        _amount("%(num)s jam", hours) if hours else "",
        _amount("%(num)s menit", minutes) if minutes else "",
        _amount("%(num)s detik", rest) if not hours and not minutes else "",
    ]
    return " ".join(filter(None, parts))


def tenggat(deadline: date, today: date) -> str:
    """How a deadline stands: `5 hari lagi`, `hari ini`, `lewat 2 hari`."""
    days = (deadline - today).days
    if days == 0:
        return single("hari ini")
    return _amount("%(num)s hari lagi", days) if days > 0 else _amount("lewat %(num)s hari", -days)


def samarkan_nip(nip: str) -> str:
    """A NIP that shows its first four and last three digits only: `1986•••••••••••001`."""
    return f"{nip[:4]}{'•' * max(0, len(nip) - 7)}{nip[-3:]}"


def nip_terbaca(nip: str) -> str:
    """A NIP in the groups people read it in: `19860926 201505 1 001`."""
    return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if len(nip) == 18 else nip


_LONG = re.compile(r"\w{8,}")
_SYLLABLE = re.compile(r"(?<=\w\w)(?:ng|ny|sy|kh|[b-df-hj-np-tv-z])(?=[aiueo]\w)")
SHORT = 12
_SOFT_HYPHEN = "\u00ad"


def bersuku(words: str, *, is_original: bool = False) -> str:
    """Long words that may part where a column is narrow, if they are Indonesian: `Menan-data-ngani`.

    What `is_original` is Indonesian in whatever language the page is.
    """
    return _LONG.sub(lambda word: _parted(word[0]), str(words)) if is_original or is_indonesian() else str(words)


def _parted(word: str) -> str:
    """A word with soft hyphens before the syllables nearest to its middle, or of a very long one to its thirds."""
    syllables, parts = [each.start() for each in _SYLLABLE.finditer(word)], 2 if len(word) <= SHORT else 3
    wanted = [len(word) * n / parts for n in range(1, parts)]
    cuts = sorted({min(syllables, key=lambda at: abs(at - place)) for place in wanted}) if syllables else []
    return _SOFT_HYPHEN.join(word[start:end] for start, end in pairwise([0, *cuts, len(word)]))


_SHOWN: dict[str, Callable[[Any], str]] = {"count": angka, "percent": persen, "date": tanggal, "instant": waktu}


def tampil(value: Any, kind: str) -> Any:
    """A cell of a table by the kind of its column, as people read it; a dash for nothing."""
    if value is None or value == "":
        return "–"
    form = _SHOWN.get(kind)
    return form(value) if form else value


for _kind, _write in (
    (date, tanggal),
    (datetime, waktu),
    (time, _time),
    (int, angka),
    (float, angka),
    (Decimal, angka),
):
    speech.written.register(_kind, _write)
speech.written.register(list, daftar)
speech.written.register(timedelta, lambda length: durasi(length.total_seconds()))

FILTERS = {
    f.__name__: f
    for f in (
        tanggal, hari_tanggal, jam, zona, waktu, angka, poin, persen, daftar, durasi, tenggat, samarkan_nip,
        nip_terbaca, tampil, bersuku,
    )
}  # fmt: skip
