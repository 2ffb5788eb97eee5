"""Sentences people read: written in Indonesian, spoken on a page in the language of its reader.

A rule writes `say("Berkas %(name)s tidak dikenal.", name=name)` and has Indonesian text, which every
letter, record and log keeps as it is. A template that shows the same value says it in the visitor's language,
because escaping asks a `Sentence` how it is to be shown. So no rule, table or noun knows of languages.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache, singledispatch
from typing import Any

from markupsafe import Markup, escape

from elearn.core import voice

_BEFORE_STOP = re.compile(r"%\((\w+)\)s((?:</\w+>)*)\.(?![\w.])")
"""A gap at the end of a sentence, with the tags that close before its full stop."""
_STOPPED = re.compile(r"\.(?:</\w+>)*$")
"""The end of what brings a full stop of its own, as a degree does: S.Sos., M.Si."""


class Sentence(str):
    """Indonesian text that remembers how it was made, and so can be spoken in another language.

    `str()` of it is what is spoken now; anything else that makes new text of it (adding, cutting, an f-string)
    gives plain Indonesian.
    """

    pattern: str
    values: Mapping[str, Any]
    number: int | None
    meaning: str

    def __str__(self) -> str:
        return spoken(self)

    def __html__(self) -> Markup:
        return escape(spoken(self))

    def __mod__(self, _values: Any) -> "Sentence":
        """Itself: it is filled when it is made, and WTForms fills every complaint once more."""
        return self


def say(pattern: str, **values: Any) -> Sentence:
    """A sentence; `%(name)s` takes a sentence, a day, an instant, a number, a list, or text, which stays as it is.

    Without values the pattern is the text, and a percent sign is one; with values it is written twice.
    """
    return _sentence(pattern, values, None)


def term(meaning: str, pattern: str) -> Sentence:
    """A word that other languages part by its meaning: `term("one", "Pegawai")` is an employee, not employees."""
    return _sentence(pattern, {}, None, meaning)


def tally(pattern: str, num: int, **values: Any) -> Sentence:
    """A sentence about `%(num)s` things, in the form the reader's language has for that number."""
    return _sentence(pattern, {**values, "num": num}, num)


def kept(text: Any) -> Any:
    """A sentence or a day as JSON can keep it, for `again` to speak; any other text, and a number, as it is."""
    if isinstance(text, list):
        return [kept(each) for each in text]
    if isinstance(text, date) and not isinstance(text, datetime):
        return {"day": text.isoformat()}
    if not isinstance(text, Sentence):
        return text
    facts = {"say": text.pattern, "with": {name: kept(value) for name, value in text.values.items()}}
    facts |= {"meaning": text.meaning} if text.meaning else {}
    return facts if text.number is None else {**facts, "num": text.number}


def again(stored: Any) -> Any:
    """What was kept, as the sentence or the day it was."""
    if isinstance(stored, list):
        return [again(each) for each in stored]
    if not isinstance(stored, Mapping):
        return stored
    if "day" in stored:
        return date.fromisoformat(stored["day"])
    values = {name: again(value) for name, value in stored["with"].items()}
    return _sentence(stored["say"], values, stored.get("num"), stored.get("meaning", ""))


@singledispatch
def written(value: Any) -> str:
    """A value as the language spoken now writes it; `elearn.core.bahasa` knows days, instants and numbers."""
    return str(value)


def spoken(text: str) -> str:
    """A sentence in the language spoken now; any other text as it is."""
    if not isinstance(text, Sentence):
        return str(text)
    if voice.is_indonesian():
        return str.__str__(text)
    if text.meaning:
        return voice.sense(text.meaning, text.pattern)
    number = text.number
    pattern = voice.single(text.pattern) if number is None else voice.plural(text.pattern, number)
    return _filled(pattern, text.values)


def _sentence(pattern: str, values: Mapping[str, Any], number: int | None, meaning: str = "") -> Sentence:
    made = Sentence(_in_indonesian(pattern, values) if values else pattern)
    made.pattern, made.values, made.number, made.meaning = pattern, values, number, meaning
    return made


def _in_indonesian(pattern: str, values: Mapping[str, Any]) -> str:
    with voice.speaking(voice.Voice()):
        return _filled(pattern, values)


def _filled(pattern: str, values: Mapping[str, Any]) -> str:
    if not values:
        return pattern
    told = {name: written(value) for name, value in values.items()}
    return ended_once(pattern, told) % told


def ended_once(pattern: str, values: Mapping[str, Any]) -> str:
    """The pattern without the full stops that its values bring themselves, so that "…, S.Sos." ends a sentence."""
    doubled = [name for name in _at_stops(pattern) if _STOPPED.search(str(values.get(name, "")))]
    if not doubled:
        return pattern
    return _BEFORE_STOP.sub(lambda gap: gap[0][:-1] if gap[1] in doubled else gap[0], pattern)


@lru_cache(maxsize=4096)
def _at_stops(pattern: str) -> tuple[str, ...]:
    """The values that stand at the end of a sentence."""
    return tuple(gap[1] for gap in _BEFORE_STOP.finditer(pattern))
