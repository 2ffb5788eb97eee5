"""One OPD, and the browsers of those who look after its people."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.agencies.models import Agency
from elearn.core.permissions import Role
from tests.factories.agencies import an_opd


@pytest.fixture
def opd(app: Flask) -> Agency:
    """Dinas Kesehatan."""
    return an_opd("DINKES", "Dinas Kesehatan")


@pytest.fixture
def hr(app: Flask, sign_in: Any) -> FlaskClient:
    """Somebody of BKPSDM."""
    return sign_in(Role.HR)


@pytest.fixture
def officer(opd: Agency, sign_in: Any) -> FlaskClient:
    """The officer of Dinas Kesehatan."""
    return sign_in(Role.OPD_OFFICER, agency_id=opd.id)
