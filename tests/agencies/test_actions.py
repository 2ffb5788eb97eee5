"""The tree, placements over time, and who may be seen."""

from flask import Flask

from elearn.agencies import queries
from tests.factories.agencies import a_unit, an_employee, an_opd


def test_an_employee_is_placed(app: Flask) -> None:
    """Somebody hired stands in the books."""
    opd = an_opd()
    unit = a_unit(opd)
    employee = an_employee(unit)
    assert employee.nip == queries.find_by_nip(employee.nip).nip
