"""What the bench does from within: fill the installation, ready some learners, weigh pages, time certificates."""

import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil
from flask import Flask
from sqlalchemy import select

from config import Settings
from elearn.app import create_app
from elearn.core import clock
from elearn.core.transaction import transaction

SLUG = "netralitas-asn"
CERTIFICATES = 20
EVERYBODY = "/laporan/ketuntasan/opd/bukit-serawai"
"""The report that names all people of the demo regency."""
_apps: list[Flask] = []


@dataclass(frozen=True)
class Reply:
    """An answer to a question as it is stored, and the fields of the form that give it."""

    answer: tuple[str, ...]
    form: dict[str, list[str]]


def app() -> Flask:
    """The application on the bench's own installation."""
    if not _apps:
        _apps.append(create_app(Settings()))
    return _apps[0]


def today() -> str:
    """The day of this run."""
    with app().app_context():
        return clock.today().isoformat()


def prepare(people: int) -> tuple[list[str], str]:
    """Fill the installation and ready so many learners for the quiz; their usernames and the shared password."""
    from elearn import serve
    from elearn.demo import actions as demo

    serve.prepare(app(), Settings())
    with app().app_context():
        password = demo.accounts()[0].password
        with transaction():
            names = [ready(account_id) for account_id in newcomers(people)]
    return names, password


def newcomers(count: int) -> list[Any]:
    """Accounts that are active and have not begun to learn."""
    from elearn.accounts.models import Account
    from elearn.agencies.models import Employee
    from elearn.core.db import db
    from elearn.learning.models import Enrolment

    begun = select(Enrolment.learner_id)
    query = (
        select(Account.id)
        .join(Employee, Employee.account_id == Account.id)
        .where(Account.password_hash.is_not(None), Account.is_active, Account.id.not_in(begun))
        .order_by(Account.username)
        .limit(count)
    )
    found = list(db.session.scalars(query))
    assert len(found) == count, len(found)
    return found


def ready(account_id: Any) -> str:
    """Walk a learner through every part of the module; her username."""
    from elearn.accounts import queries as accounts
    from elearn.content import queries as content
    from elearn.content.stories import story
    from elearn.learning import actions as learning
    from elearn.scenarios import actions as scenarios

    actor = accounts.get_actor(account_id)
    _, module = content.current_module(SLUG)
    for lesson in module.lessons:
        learning.tick(actor, slug=SLUG, lesson_id=lesson.id)
    for scenario in module.scenarios:
        play = learning.start_scenario(actor, slug=SLUG, scenario_id=scenario.id)
        state, sequence = story.begin(scenario, play.seed), 1
        while offered := story.offered(scenario.scene_by_id[state.scene], state):
            scenarios.choose(actor, play_id=play.id, sequence=sequence, choice=offered[0].id)
            state, sequence = story.take(state, offered[0]), sequence + 1
    return actor.username


def replies(attempt: str) -> dict[int, list[Reply]]:
    """What can be answered at each position of the attempt at `/kuis/<id>`: rightly, and then with one mistake."""
    from elearn.content import items
    from elearn.content import queries as content
    from elearn.core.db import db
    from elearn.quiz.models import Attempt

    found = db.session.get_one(Attempt, UUID(attempt.split("/")[2]))
    bank = content.get_module(found.publication_id).question_by_id
    questions = {position: bank[str(question_id)] for position, (question_id, _) in enumerate(found.paper, start=1)}
    return {
        position: [reply_to(question, each) for each in (items.right_answer(question), *items.slips(question))]
        for position, question in questions.items()
    }


def reply_to(question: Any, answer: Any) -> Reply:
    """An answer with its form."""
    from elearn.content import items

    form: dict[str, list[str]] = {}
    for name, value in items.form_fields(question, answer):
        form.setdefault(name, []).append(value)
    return Reply(tuple(sorted(answer)), form)


def username_of(role: str) -> str:
    """The demo account of a role."""
    from elearn.demo import actions as demo

    with app().app_context():
        return next(account.username for account in demo.accounts() if account.role == role)


def measure_certificates() -> dict[str, Any]:
    """CPU of making one certificate after the first (number, render, sign, store), and the weight of its PDF."""
    from elearn.certificates import jobs, queries
    from elearn.documents import queries as documents

    with app().app_context():
        pacts = [str(pact_id) for pact_id in queries.list_unfinished(after=None, limit=CERTIFICATES + 1)]
        jobs.issue(pacts[0])
        began = time.process_time()
        for pact_id in pacts[1:]:
            jobs.issue(pact_id)
        spent = time.process_time() - began
        certificate = queries.find_by_pact(UUID(pacts[-1]))
        assert certificate is not None
        size = len(documents.get_bytes(certificate.document_id))
    return {"certificate_cpu_ms": round(spent / CERTIFICATES * 1000, 1), "certificate_kb": round(size / 1000, 1)}


def measure_long_paper() -> dict[str, Any]:
    """Seconds and memory of the sealed PDF that names everybody in the regency, as the job makes it."""
    from elearn.accounts import queries as accounts
    from elearn.accounts.models import Account
    from elearn.core.db import db
    from elearn.reports import making, orders

    hr = username_of("hr")
    with app().test_request_context():
        actor = accounts.get_actor(db.session.scalars(select(Account.id).where(Account.username == hr)).one())
        with transaction():
            order = orders.place(actor, asked=f"{EVERYBODY}.pdf", title="bench", total=0)
        db.session.remove()
        begun = orders.begin(order.id)
        assert begun is not None
        with Scale() as scale:
            began = time.perf_counter()
            pdf = making.printed(begun)
            spent = time.perf_counter() - began
    return {
        "long_paper_s": round(spent, 1),
        "long_paper_mb": round(scale.most / 1e6),
        "long_paper_kb": round(len(pdf) / 1000),
    }


class Scale(threading.Thread):
    """Weighs this process and its children twice a second; `most` is by how much they grew at the worst, in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._before = psutil.Process().memory_full_info().pss
        self._over = threading.Event()

    def __enter__(self) -> "Scale":
        self.start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        """Weigh until told that it is over."""
        me = psutil.Process()
        while not self._over.wait(0.5):
            with suppress(psutil.Error):
                family = (me, *me.children(recursive=True))
                weight = sum(each.memory_full_info().pss for each in family)
                self.most = max(self.most, weight - self._before)


def measure_rosters() -> dict[str, Any]:
    """What a roster of twenty thousand costs, in an empty installation beside this one."""
    from bench import rosters
    from elearn.core.db import db

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            instance_dir=Path(folder), database_url=f"sqlite:///{folder}/elearn.db", jobs_url="memory:", demo=False
        )
        with create_app(settings).app_context():
            db.create_all()
            return rosters.measure()


def measure_weights(port: int, username: str, password: str) -> dict[str, Any]:
    """Bytes over the wire of the first load and of a quiz page, cold and warm, in Chromium."""
    from playwright.sync_api import sync_playwright

    site = f"http://127.0.0.1:{port}"
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        first = chromium.new_context(service_workers="block").new_page()  # what it fetches ahead is not this page
        meter = Meter(first)
        first.goto(f"{site}/masuk", wait_until="networkidle")
        load = meter.take()
        paint = painted_after(chromium, f"{site}/masuk")
        first.fill("input[name=username]", username)
        first.fill("input[name=password]", password)
        first.click("main button[type=submit]")
        first.goto(f"{site}/belajar/{SLUG}")
        first.click(f"form[action$='/belajar/{SLUG}/kuis'] button")
        first.wait_for_url("**/soal/1")
        address = first.url
        cold_page = chromium.new_context(
            storage_state=first.context.storage_state(), service_workers="block"
        ).new_page()
        cold_meter = Meter(cold_page)
        cold_page.goto(address, wait_until="networkidle")
        cold = cold_meter.take()
        cold_page.goto(address.replace("/soal/1", "/soal/2"), wait_until="networkidle")
        warm = cold_meter.take()
        chromium.close()
    return {
        "first_load_kb": round(load[0] / 1000, 1),
        "first_load_requests": load[1],
        "first_paint_slow_3g_ms": paint,
        "quiz_page_cold_kb": round(cold[0] / 1000, 1),
        "quiz_page_warm_kb": round(warm[0] / 1000, 1),
    }


SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 ms there and back, 400 kbit/s, as the browsers' own tools call it."""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def painted_after(chromium: Any, address: str) -> int:
    """Milliseconds until something useful is seen, on slow 3G and with nothing in the cache."""
    page = chromium.new_context(service_workers="block").new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    page.goto(address, wait_until="networkidle")
    return round(page.evaluate(PAINTED))


class Meter:
    """Counts what one page transfers, as the browser's own network log says."""

    def __init__(self, page: Any) -> None:
        self.bytes = 0
        self.requests = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.requestServedFromCache", lambda _event: None)

    def _finished(self, event: dict[str, Any]) -> None:
        if event["encodedDataLength"]:
            self.bytes += int(event["encodedDataLength"])
            self.requests += 1

    def take(self) -> tuple[int, int]:
        """Bytes and requests since the last time."""
        taken, self.bytes, self.requests = (self.bytes, self.requests), 0, 0
        return taken
