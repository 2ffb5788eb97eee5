"""Measure the real server on the whole demo regency, against the bare server's floor in the same run."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench import figures as quiz_figures
from bench import server
from bench.browser import Browser

ROOT = Path(__file__).resolve().parent.parent
SLUG = "netralitas-asn"
PEOPLE = 64
THREADS = 16
SAVES = 3000
PAGES = 2000
REPORTS = 6
"""So many times a report is asked for: the first time, each of the workers puts its statements together."""


def main() -> int:
    """Prepare, measure, print, write."""
    folder, environment = server.prepare()
    from bench import inside

    print(f"Preparing the demo regency in {folder} …", flush=True)
    usernames, password = inside.prepare(PEOPLE * 2)
    figures: dict[str, Any] = {"commit": _commit(), "date": inside.today()}
    figures |= measure_floor(environment)
    site = server.Server("wsgi:app", server.PORT, environment)
    try:
        warm_up(site, usernames[-1], password)
        figures["pss_idle_mb"] = round(site.pss_mb(), 1)
        figures |= measure_journeys(site, usernames[:PEOPLE], password)
        figures |= measure_saves(site, usernames[PEOPLE : PEOPLE + THREADS], password)
        figures |= measure_pages(site, usernames[PEOPLE + THREADS : PEOPLE + 3 * THREADS], password)
        figures["pss_load_mb"] = round(site.pss_mb(), 1)
        figures |= measure_reports(site, password, inside.username_of("hr"))
        figures |= inside.measure_weights(site.port, usernames[-2], password)
    finally:
        site.stop()
    figures |= inside.measure_certificates()
    figures |= inside.measure_long_paper()
    figures |= inside.measure_rosters()
    figures |= quiz_figures.measure()
    show(figures)
    (ROOT / "bench" / "results.json").write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def sign_in(port: int, username: str, password: str) -> Browser:
    """A browser signed in as somebody."""
    browser = Browser(port)
    browser.get("/masuk")
    status = browser.post("/masuk", username=username, password=password)
    assert (200, True) == (status, browser.path != "/masuk"), (username, status)
    return browser


def start_quiz(browser: Browser) -> str:
    """Start the quiz of somebody who has done all parts; the address of the attempt."""
    browser.get(f"/belajar/{SLUG}")
    assert 200 == browser.post(f"/belajar/{SLUG}/kuis")
    found = re.match(r"/kuis/[0-9a-f-]+", browser.path)
    assert found, browser.path
    return found.group()


def replies(attempt: str) -> dict[int, list[Any]]:
    """What can be answered at each position of an attempt, read past the server; the right answer first."""
    from bench import inside

    with inside.app().app_context():
        return inside.replies(attempt)


def journey(port: int, username: str, password: str) -> Browser:
    """Sign in, open, start, answer twenty questions one by one, submit, see the result."""
    browser = sign_in(port, username, password)
    attempt = start_quiz(browser)
    paper = replies(attempt)
    for position, (right, *_) in paper.items():
        if browser.path != f"{attempt}/soal/{position}":
            browser.get(f"{attempt}/soal/{position}")
        go = "next" if position < len(paper) else "list"
        status = browser.post(f"{attempt}/soal/{position}", **right.form, go=go)
        assert 200 == status, (position, status, browser.path)
    assert 200 == browser.post(f"{attempt}/kumpulkan")
    assert browser.path == f"{attempt}/hasil"
    return browser


def in_parallel(work: Callable[[Any], Any], items: list[Any], threads: int = THREADS) -> tuple[list[Any], float]:
    """Do work on all items on so many threads; the results and the seconds it took."""
    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(work, items))
    return results, time.perf_counter() - began


def warm_up(site: server.Server, username: str, password: str) -> None:
    """Let each worker load what it loads once."""
    browser = sign_in(site.port, username, password)
    for _ in range(40):
        browser.get("/")


def measure_journeys(site: server.Server, usernames: list[str], password: str) -> dict[str, Any]:
    """CPU, pace and requests of whole journeys."""
    before = site.cpu()
    browsers, seconds = in_parallel(lambda name: journey(site.port, name, password), usernames)
    return {
        "journey_cpu_s": round((site.cpu() - before) / len(usernames), 3),
        "journeys_per_s": round(len(usernames) / seconds, 2),
        "requests_per_journey": round(sum(b.requests for b in browsers) / len(browsers), 1),
    }


def measure_saves(site: server.Server, usernames: list[str], password: str) -> dict[str, Any]:
    """CPU and pace of saving one answer in the background, as the quiz page's script does."""
    browsers, attempts = [], []
    for name in usernames:
        browser = sign_in(site.port, name, password)
        attempts.append(start_quiz(browser))
        browsers.append(browser)
    forms = [[reply.form for reply in replies(attempt)[1]] for attempt in attempts]

    def save_many(index: int) -> None:
        for turn in range(SAVES // len(usernames)):
            form = forms[index][turn % len(forms[index])]
            status = browsers[index].post(f"{attempts[index]}/soal/1", accept="application/json", **form, go="stay")
            assert 200 == status, status

    before = site.cpu()
    _, seconds = in_parallel(save_many, list(range(len(usernames))))
    done = SAVES // len(usernames) * len(usernames)
    return {"save_cpu_ms": round((site.cpu() - before) / done * 1000, 2), "save_per_s": round(done / seconds)}


def measure_floor(environment: dict[str, str]) -> dict[str, Any]:
    """The pace of a bare Flask application that saves one row, with the same client."""
    floor = server.Server("bench.floor:app", server.FLOOR_PORT, environment)
    try:

        def save_many(index: int) -> None:
            browser = Browser(floor.port)
            for turn in range(SAVES // THREADS):
                browser.post("/save", who=str(index), place="1", choice=str(turn))

        _, seconds = in_parallel(save_many, list(range(THREADS)))
        return {"save_floor_per_s": round(SAVES // THREADS * THREADS / seconds)}
    finally:
        floor.stop()


def measure_pages(site: server.Server, usernames: list[str], password: str) -> dict[str, Any]:
    """CPU and slowest hundredth of a signed-in first page, 32 people at once."""
    browsers = [sign_in(site.port, name, password) for name in usernames]
    for browser in browsers:
        browser.latencies.clear()
    before = site.cpu()
    in_parallel(lambda b: [b.get("/") for _ in range(PAGES // len(browsers))], browsers, threads=len(browsers))
    latencies = sorted(second for b in browsers for second in b.latencies)
    return {
        "page_cpu_ms": round((site.cpu() - before) / len(latencies) * 1000, 2),
        "page_p99_ms": round(latencies[int(len(latencies) * 0.99)] * 1000, 1),
    }


def measure_reports(site: server.Server, password: str, username: str) -> dict[str, Any]:
    """Seconds for reports of the regency and of its people in each format, warm: the best of so many."""
    from bench import inside

    browser = sign_in(site.port, username, password)

    def best(path: str) -> float:
        taken = []
        for _ in range(REPORTS):
            began = time.perf_counter()
            assert 200 == browser.get(path), path
            taken.append(time.perf_counter() - began)
        return min(taken)

    return {
        "report_html_ms": round(best("/laporan/ketuntasan") * 1000, 1),
        "report_opd_ms": round(best("/laporan/ketuntasan/opd/distan") * 1000, 1),
        "report_largest_opd_ms": round(best("/laporan/ketuntasan/opd/disdikbud") * 1000, 1),
        "report_late_ms": round(best("/laporan/terlambat") * 1000, 1),
        "report_trend_ms": round(best("/laporan/perkembangan") * 1000, 1),
        "report_risks_ms": round(best("/laporan/kerawanan") * 1000, 1),
        "assessment_ms": round(best(f"/penilaian/{SLUG}") * 1000, 1),
        "report_csv_s": round(best("/laporan/ketuntasan.csv"), 3),
        "report_xlsx_s": round(best("/laporan/ketuntasan.xlsx"), 3),
        "report_pdf_s": round(best("/laporan/ketuntasan.pdf"), 3),
        "report_opd_pdf_s": round(best("/laporan/ketuntasan/opd/distan.pdf"), 3),
        "everybody_csv_s": round(best(f"{inside.EVERYBODY}.csv"), 3),
        "everybody_xlsx_s": round(best(f"{inside.EVERYBODY}.xlsx"), 3),
    }


def show(figures: dict[str, Any]) -> None:
    """A plain table."""
    for name, value in figures.items():
        print(f"{name:24} {value}")
    share = figures["save_per_s"] / figures["save_floor_per_s"]
    print(f"{'save share of floor':24} {share:.0%}")


def _commit() -> str:
    if os.environ.get("BENCH_COMMIT"):
        return os.environ["BENCH_COMMIT"]
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
