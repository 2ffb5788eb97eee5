"""Codes: unguessable, forgiving to readers, unforgiving to typing slips."""

from hypothesis import given
from hypothesis import strategies as st

from elearn.core import codes

bodies = st.text(codes.ALPHABET, min_size=8, max_size=12)


@given(bodies)
def test_a_printed_code_reads_back(body: str) -> None:
    """What was printed is recognised, also in lower case and without dashes."""
    printed = codes.with_check(body)
    assert printed == codes.normalise(printed.lower().replace("-", " "))


@given(bodies, st.data())
def test_one_wrong_sign_is_noticed(body: str, data: st.DataObject) -> None:
    """Any single sign changed makes the code unknown rather than another one."""
    signs = codes.with_check(body).replace("-", "")
    place = data.draw(st.integers(0, len(signs) - 1))
    other = data.draw(st.sampled_from([s for s in codes.ALPHABET if s != signs[place]]))
    assert codes.normalise(signs[:place] + other + signs[place + 1 :]) is None


def test_letters_that_look_like_digits_are_forgiven() -> None:
    """O is read as 0, I and L as 1."""
    printed = codes.with_check("01010101")
    assert printed == codes.normalise(printed.replace("0", "o").replace("1", "l"))


def test_codes_differ() -> None:
    """A thousand codes are a thousand codes, of 60 bits each."""
    assert 1000 == len({codes.new_code() for _ in range(1000)})


@given(st.binary(min_size=12, max_size=32))
def test_a_seed_always_leads_to_the_same_code(seed: bytes) -> None:
    """Which reads back like any other, and another seed leads to another."""
    code = codes.code_from(seed)
    assert code == codes.code_from(seed) == codes.normalise(code)
    assert code != codes.code_from(bytes([seed[0] ^ 1]) + seed[1:])


def test_nonsense_is_nothing() -> None:
    """Text that cannot be a code is None, not an error."""
    assert [None] * 4 == [codes.normalise(text) for text in ("", "??", "ABC", "-" * 40)]
