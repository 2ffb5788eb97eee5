"""The forms of the quiz; what was chosen is checked against the paper by the rules, not here."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from elearn.content import items

KEY = "client_key"


@dataclass(slots=True)
class Reply:
    """What a page says about one question: its answer, which may be none, and the key of this sending."""

    choice: list[str] = field(default_factory=list)
    key: str = ""


def replies_in(fields: Iterable[tuple[str, str]], position: int) -> dict[int, Reply]:
    """The replies of a page by position: its fields belong to `position`, or name another one ("7.choice")."""
    found: dict[int, list[tuple[str, str]]] = {}
    for name, value in fields:
        place, dot, rest = name.partition(".")
        is_named = bool(dot) and place.isascii() and place.isdecimal()
        own = found.setdefault(int(place[:3]) if is_named else position, [])
        own.extend([(rest if is_named else name, value)] if value else [])
    return {place: Reply(items.answer_in(own), dict(own).get(KEY, "")[:36]) for place, own in found.items()}
