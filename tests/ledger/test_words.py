"""Everything the record can say has a name on screen."""

import re
from pathlib import Path

from elearn.ledger import words

HOUSE = Path(__file__).resolve().parents[2] / "elearn"
EVENT = re.compile(r'"((?:[a-z]+):[a-z]+(?:_[a-z]+)*)"')


def test_every_event_in_the_code_has_words() -> None:
    """Whatever an action records is named in Indonesian, and so is its stream."""
    streams = tuple(words.STREAMS)
    found = {
        event
        for path in HOUSE.rglob("*.py")
        if path.stem in ("actions", "deeds", "letters", "register", "study", "roles") and path.parent.name != "core"
        for event in EVENT.findall(path.read_text())
        if event.startswith(streams)
    }
    assert "pact:signed" in found
    assert not found - set(words.EVENTS)
    assert {event.partition(":")[0] for event in words.EVENTS} == set(words.STREAMS)


def test_an_unknown_event_keeps_its_code() -> None:
    """A record from another version is still readable."""
    assert ("x:y", "x") == (words.event_words("x:y"), words.stream_words("x"))
