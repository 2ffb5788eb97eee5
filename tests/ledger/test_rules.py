"""The chain: whatever byte of the record is changed, moved or lost, the check names the place."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from elearn.ledger import rules

AT = datetime(2026, 11, 22, 3, 32, tzinfo=UTC)


def chain(length: int) -> list[rules.Link]:
    """A sound stream of so many links."""
    links, previous = [], rules.START
    for number in range(1, length + 1):
        payload = rules.canonical(
            stream="pact", sequence=number, event="pact:signed", actor="a", at=AT, facts={"n": number}
        )
        link = rules.forge(
            stream="pact",
            sequence=number,
            event="pact:signed",
            payload=payload,
            salt=bytes([number % 256]) * rules.SALT_BYTES,
            previous_hash=previous,
        )
        links.append(link)
        previous = link.hash
    return links


def check(links: list[rules.Link], sound: list[rules.Link]) -> rules.Break | None:
    """The first break of `links` against the head of the sound stream."""
    return rules.first_break(links, length=len(sound), head=sound[-1].hash)


@given(st.integers(1, 30))
def test_a_sound_stream_is_whole(length: int) -> None:
    """A stream that nobody touched has no break."""
    links = chain(length)
    assert check(links, links) is None


def test_an_empty_stream_is_whole() -> None:
    """Nothing recorded is nothing broken."""
    assert rules.first_break([], length=0, head=rules.START) is None


@given(st.integers(1, 12), st.data())
def test_any_changed_byte_is_found_where_it_is(length: int, data: st.DataObject) -> None:
    """Changing one character of any field of any link is found at that link."""
    links = chain(length)
    place = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from(["payload", "salt", "previous_hash", "leaf", "hash"]))
    text = getattr(links[place], name)
    spot = data.draw(st.integers(0, len(text) - 1))
    other = "0" if text[spot] != "0" else "1"
    forged = [*links]
    forged[place] = replace(links[place], **{name: text[:spot] + other + text[spot + 1 :]})
    found = check(forged, links)
    assert found is not None
    assert place + 1 == found.sequence


@given(st.integers(2, 12), st.data())
def test_a_lost_link_is_found(length: int, data: st.DataObject) -> None:
    """Removing any link, the last one too, is found."""
    links = chain(length)
    place = data.draw(st.integers(0, length - 1))
    found = check(links[:place] + links[place + 1 :], links)
    assert found is not None
    assert place + 1 == found.sequence


def test_a_link_under_another_name_is_found() -> None:
    """A link whose event column no longer says what its record says is a break."""
    links = chain(2)
    forged = [links[0], replace(links[1], event="pact:revoked")]
    assert check(forged, links) == rules.Break(
        "pact", 2, "nomor, aliran, atau jenis peristiwa tidak cocok dengan isi catatan"
    )


def test_the_record_is_canonical() -> None:
    """The bytes that are hashed are those of RFC 8785: sorted keys, no spaces."""
    text = rules.canonical(stream="s", sequence=1, event="s:e", actor="a", at=AT, facts={"b": True, "a": None})
    assert text == (
        '{"actor":"a","at":"2026-11-22T03:32:00.000000+00:00","event":"s:e",'
        '"facts":{"a":null,"b":true},"sequence":1,"stream":"s"}'
    )
