"""Several people at the very same moment, in threads of their own, each with a transaction of her own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from elearn.core.db import db
from elearn.core.errors import Refusal
from elearn.core.transaction import transaction

AT_ONCE = 6


def together(app: Flask, work: Callable[[int], Any], *, times: int = AT_ONCE, hands: int = AT_ONCE) -> list[Any]:
    """Do the work so many times by so many hands at once, each in its own transaction; a refusal is a result."""

    def alone(number: int) -> Any:
        with app.app_context():
            try:
                with transaction():
                    return work(number)
            except Refusal as refusal:
                return refusal
            finally:
                db.session.remove()

    db.session.expunge_all()  # what the test itself has read so far is a picture of before, and may be looked at
    db.session.rollback()
    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(alone, range(times)))


def linger(patch: pytest.MonkeyPatch, place: Any, name: str, *, seconds: float = 0.05) -> None:
    """Let a function take so much longer, so that whoever does not wait for another is sure to meet him."""
    done = getattr(place, name)

    def slowly(*values: Any, **named: Any) -> Any:
        found = done(*values, **named)
        time.sleep(seconds)
        return found

    patch.setattr(place, name, slowly)
