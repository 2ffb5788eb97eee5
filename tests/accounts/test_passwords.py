"""Passwords as hashes: verified, never revealed, renewed when parameters change."""

import time

import pytest
from argon2 import PasswordHasher

from elearn.accounts import passwords


def test_only_the_right_password_is_right() -> None:
    """A hash is verified by its own password and no other."""
    stored = passwords.hash("langit biru manna")
    assert passwords.verify(stored, "langit biru manna")
    assert not passwords.verify(stored, "langit biru Manna")
    assert not passwords.is_outdated(stored)


def test_the_parameters_are_those_we_chose() -> None:
    """argon2id with 12 MiB, three passes, one lane."""
    assert passwords.hash("langit biru manna").startswith("$argon2id$v=19$m=12288,t=3,p=1$")


def test_a_password_is_the_same_from_any_keyboard() -> None:
    """Composed and decomposed letters are one."""
    assert passwords.verify(passwords.hash("caf\u00e9 di manna"), "cafe\u0301 di manna")


def test_nobodys_password_is_never_right() -> None:
    """Without a stored hash every password is wrong, even the one hashed for show."""
    assert not passwords.verify(None, "nobody")


def test_an_unknown_name_takes_as_long() -> None:
    """The time tells nothing about whether a name exists."""
    stored = passwords.hash("langit biru manna")
    passwords.verify(None, "salah")
    times = {}
    for kind, value in (("known", stored), ("unknown", None)):
        began = time.process_time()
        for _ in range(5):
            passwords.verify(value, "salah")
        times[kind] = time.process_time() - began
    assert 0.5 < times["known"] / times["unknown"] < 2


def test_an_overlong_password_never_reaches_the_hash() -> None:
    """129 characters are refused at once."""
    with pytest.raises(ValueError, match="too long"):
        passwords.hash("x" * 129)
    assert not passwords.verify(passwords.hash("x" * 128), "x" * 129)


def test_an_old_hash_is_recognised() -> None:
    """Other parameters than today's ask for a new hash; a broken hash is no key."""
    assert passwords.is_outdated(PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash("x"))
    assert not passwords.verify("rusak", "x")
