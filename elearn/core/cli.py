"""`flask jobs work` does background jobs until it is stopped; `flask jobs drain` does those that wait."""

import logging

from flask import current_app
from flask.cli import AppGroup

from elearn.core import jobs

jobs_group = AppGroup("jobs", help="Background work.")


@jobs_group.command("work")
def work() -> None:
    """Do jobs as they come, and the periodic ones on time, until stopped."""
    logging.basicConfig(level=logging.WARNING)
    huey = jobs.queue()
    huey.create_consumer(workers=1, periodic=True, max_delay=1.0, check_worker_health=False).run()


@jobs_group.command("drain")
def drain() -> None:
    """Do all jobs that wait now, then stop."""
    print(f"{jobs.run_waiting()} pekerjaan selesai ({current_app.name}).")
