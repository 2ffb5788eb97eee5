"""What somebody else does at the same moment: a deed in another thread, with a session of its own."""

from collections.abc import Callable
from threading import Thread

from flask import Flask

from elearn.core.db import db
from elearn.core.transaction import transaction


def elsewhere(app: Flask, deed: Callable[[], object]) -> None:
    """Do and commit it in another thread; what the present session has read stays as it was read."""

    def work() -> None:
        with app.app_context(), transaction():
            deed()

    db.session.commit()
    other = Thread(target=work)
    other.start()
    other.join()
