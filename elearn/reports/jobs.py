"""Printing long reports in the background, and clearing them away."""

from elearn.core import jobs
from elearn.reports import parcels


@jobs.task("reports.print")
def print_report(name: str) -> None:
    """Print the paper that waits under this name."""
    parcels.make(name)


@jobs.every("reports.sweep", minutes=30)
def sweep() -> None:
    """Remove the papers that are older than a day."""
    parcels.sweep()
