"""The database holds the line, by the names of its constraints."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from elearn.core import clock
from elearn.core.db import db
from elearn.core.transaction import transaction
from elearn.directives.models import Directive
from tests.factories.directives import a_draft


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": "issued"}, "ck_directive_issued"),
        ({"issued_at": clock.now()}, "ck_directive_issued_at"),
        ({"issued_on": clock.today()}, "ck_directive_issued_on"),
        ({"number": "sama"}, "number"),
    ],
)
def test_what_the_rules_forbid_the_tables_forbid(app: Flask, values: dict[str, Any], constraint: str) -> None:
    """An issue is whole or not at all; a number is borne once."""
    a_draft(number="sama")
    other = a_draft()
    with pytest.raises(IntegrityError, match=constraint), transaction():
        db.session.execute(update(Directive).where(Directive.id == other.id).values(values))
