"""The job that applies a ruling: killed in the middle of its work, and how much it asks of the database."""

import signal
import subprocess
import sys
from collections import Counter
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from config import ROOT
from elearn.assessment import jobs, regrading, rulings
from elearn.assessment.models import Regrade
from elearn.core import jobs as queue
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.ledger import queries as record
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from elearn.quiz.models import Attempt, Ruling
from tests.factories.assessment import WRONG, a_learner, a_quiz, a_ruling, a_sitting

WORKER = """
import sys, time
from pathlib import Path
from config import Settings
from elearn.app import create_app
from elearn.assessment import jobs, regrading
from elearn.quiz import amending

folder, database, ruling = sys.argv[1:]
app = create_app(
    Settings(
        instance_dir=Path(folder), database_url=database, jobs_url="memory:", environment="test", secret_key="x" * 40
    )
)
calls, put_results = [], amending.put_results

def put_then_hang(results):
    put_results(results)
    calls.append(1)
    if len(calls) == 3:
        print("in the middle", flush=True)
        time.sleep(600)

amending.put_results, regrading.BATCH = put_then_hang, 2
with app.app_context():
    jobs.apply_ruling(ruling)
"""
"""A worker that stops in its third batch, its results written and not committed."""


def asked_ruling() -> Ruling:
    """A ruling that somebody asked to be applied."""
    ruling = a_ruling()
    with transaction():
        rulings.ask(SYSTEM, ruling_id=ruling.id)
    return ruling


def counted() -> Counter[str]:
    """Results changed, results kept, messages and entries of the record."""
    db.session.rollback()
    db.session.expire_all()
    changed = select(func.count(Attempt.id)).where(Attempt.passed.is_(True))
    entries = select(func.count(LedgerEntry.id)).filter_by(event="quiz:regraded")
    return Counter(
        passed=db.session.scalar(changed),
        kept=db.session.scalar(select(func.count(Regrade.id))),
        told=db.session.scalar(select(func.count(Notice.id))),
        recorded=db.session.scalar(entries),
    )


def test_a_worker_killed_in_the_middle_regrades_each_attempt_once(app: Flask, database: str, tmp_path: Any) -> None:
    """SIGKILL in an open transaction: whole batches are there, the sweep does the others, nobody is told twice."""
    publication = a_quiz()
    for number in range(7):
        a_sitting(a_learner(email=f"peserta{number}@example.test"), publication, wrong=(WRONG, "dasar-2"))
    ruling_id = asked_ruling().id
    queue.queue().flush()
    db.session.rollback()
    command = [sys.executable, "-c", WORKER, str(tmp_path), database, str(ruling_id)]
    worker = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert "in the middle\n" == worker.stdout.readline()
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate(timeout=30)
    assert {"passed": 4, "kept": 4, "told": 4, "recorded": 4} == counted()
    assert rulings.get_ruling(ruling_id).applied_at is None
    db.session.rollback()
    jobs.sweep()
    queue.run_waiting()
    assert {"passed": 7, "kept": 7, "told": 7, "recorded": 7} == counted()
    assert rulings.get_ruling(ruling_id).applied_at is not None
    assert record.first_break() is None


def test_a_batch_costs_the_same_statements_however_many_attempts(app: Flask, statements: list[str]) -> None:
    """Two attempts, and seven, after a first one: none costs a statement of its own."""
    publication, costs = a_quiz(), []
    attempts = [a_sitting(a_learner(), publication, wrong=(WRONG, "dasar-2")).id for _ in range(10)]
    ruling_id = a_ruling().id
    for ids in (attempts[:1], attempts[1:3], attempts[3:]):
        with transaction():
            ruling = rulings.get_ruling(ruling_id)
            statements.clear()
            assert len(ids) == regrading.regrade(ruling, ids)
            costs.append(len(statements))
    assert costs[1] == costs[2], costs
