"""Certificates for tests, made as the worker makes them."""

from typing import Any

from elearn.certificates import queries
from elearn.certificates.models import Certificate
from elearn.core import jobs
from tests.factories.pact import a_pact


def a_certificate(**facts: Any) -> Certificate:
    """A sealed certificate of a fresh person."""
    pact = a_pact(**facts)
    jobs.run_waiting()
    certificate = queries.find_by_pact(pact.id)
    assert certificate is not None
    return certificate
