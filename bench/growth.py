"""How reports grow: the demo regency with five and twenty-five times its people, in the same offices.

`python -m bench.growth` prints the curve and keeps it in bench/growth.json; it needs no server.
"""

import gc
import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TIMES = (1, 5, 25)
SERIES = {
    "regency": "/laporan/ketuntasan",
    "regency_csv": "/laporan/ketuntasan.csv",
    "largest_opd": "/laporan/ketuntasan/opd/disdikbud",
    "small_opd": "/laporan/ketuntasan/opd/distan",
    "late": "/laporan/terlambat",
}
TABLES: dict[str, dict[str, str]] = {
    "account": {"username": "printf('%02d', 20 + {n}) || substr(username, 3)"},
    "employee": {"nip": "printf('%02d', 20 + {n}) || substr(nip, 3)"},
    "placement": {},
    "enrolment": {},
    "attempt": {},
    "pact": {"statement_sha256": "printf('g%02d', {n}) || substr(statement_sha256, 4)"},
    "certificate": {
        "number": "number || '/' || {n}",
        "code": "code || '-' || {n}",
        "year": "year + 100 * {n}",
        "document_id": "NULL",
    },
}
"""What is multiplied, each after all that it refers to, and what must differ in a copy beside the ids."""
IDS = ("id", "account_id", "employee_id", "learner_id", "pact_id", "attempt_id")
"""The ids of what is multiplied; a copy's begin with its number."""


def main() -> int:
    """Fill, multiply, measure, print, write."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ELEARN_INSTANCE_DIR"] = folder
        curve = measure(folder)
    show(curve)
    (ROOT / "bench" / "growth.json").write_text(json.dumps(curve, indent=2) + "\n")
    return 0


def measure(folder: str) -> list[dict[str, Any]]:
    """The milliseconds of CPU of each page for each number of people, warm, the best of three."""
    from bench import inside
    from config import Settings
    from elearn import serve

    serve.prepare(inside.app(), Settings())
    browser = sign_in()
    gc.freeze()  # as wsgi.py does
    gc.set_threshold(10_000, 10, 10)
    curve: list[dict[str, Any]] = []
    for times in TIMES:
        multiply(f"{folder}/elearn.db", range(curve[-1]["times"] if curve else 1, times))
        found = {name: best(partial(ask, browser, path)) for name, path in SERIES.items()}
        curve.append({"times": times, "people": people(f"{folder}/elearn.db"), **found})
    return curve


def sign_in() -> Any:
    """HR's browser, without a network between."""
    from bench import inside
    from elearn.demo import actions as demo

    site = inside.app()
    site.config["WTF_CSRF_ENABLED"] = False
    with site.app_context():
        account = next(account for account in demo.accounts() if account.role == "hr")
    browser = site.test_client()
    answer = browser.post("/masuk", data={"username": account.username, "password": account.password})
    assert 303 == answer.status_code or 302 == answer.status_code, answer.status
    return browser


def ask(browser: Any, path: str) -> None:
    """Open a page and read it to its end."""
    answer = browser.get(path)
    assert 200 == answer.status_code, (path, answer.status)
    assert answer.data


def best(work: Callable[[], None]) -> float:
    """The milliseconds of CPU of one run, the best of three after a first."""
    work()
    taken = []
    for _ in range(3):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return round(min(taken) * 1000, 1)


def multiply(path: str, copies: Iterable[int]) -> None:
    """Add so many copies of all people of the demo, with all that they did, by one statement for each table."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA synchronous=OFF")
        for number in copies:
            base.execute("BEGIN IMMEDIATE")
            for table, differing in TABLES.items():
                columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
                base.execute(_copying(table, columns, differing, number))
            base.execute("COMMIT")
        base.execute("ANALYZE")


def _copying(table: str, columns: Sequence[str], differing: dict[str, str], number: int) -> str:
    """The statement that copies the rows of the demo itself; its ids begin with 01, as UUIDs of our days do."""
    ids = {name: f"'{number + 1:02x}' || substr({name}, 3)" for name in columns if name in IDS}
    told = [{**ids, **differing}.get(name, f'"{name}"').format(n=number) for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(told)} FROM {table} WHERE id LIKE '01%'"  # noqa: S608


def people(path: str) -> int:
    """How many employees there are."""
    with closing(sqlite3.connect(path)) as base:
        return int(base.execute("SELECT count(*) FROM employee").fetchone()[0])


def show(curve: Sequence[dict[str, Any]]) -> None:
    """A plain table, in milliseconds of CPU."""
    print(f"{'people':>10} " + " ".join(f"{name:>12}" for name in SERIES))
    for point in curve:
        print(f"{point['people']:>10} " + " ".join(f"{point[name]:>12}" for name in SERIES))


if __name__ == "__main__":
    sys.exit(main())
