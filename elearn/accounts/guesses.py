"""Guesses at a password or a code, counted for the account and for the address they come from."""

from elearn.accounts import rules
from elearn.core import throttle, transaction


def keys_of(what: str, username: str, address: str) -> tuple[str, str]:
    """The keys by which guesses are counted: strictly for the account, loosely for the address."""
    return f"{what}:{username}", f"{what}-from:{address}"


def refuse(keys: tuple[str, str]) -> None:
    """Raise TooMany for whoever guessed too often."""
    for key, limit in zip(keys, (rules.GUESSES_PER_ACCOUNT, rules.GUESSES_PER_ADDRESS), strict=True):
        throttle.check(key, limit=limit, per=rules.GUESSING_WINDOW)


def count(keys: tuple[str, str]) -> None:
    """Count a wrong guess, whatever becomes of the request."""
    for key in keys:
        throttle.spend(key, per=rules.GUESSING_WINDOW)
    transaction.keep()


def forget(keys: tuple[str, str]) -> None:
    """Let the account be tried again by who has proven to be its owner."""
    throttle.forget(keys[0])
