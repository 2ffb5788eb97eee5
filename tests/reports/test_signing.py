"""Who signs a report: the highest head of the office it is about, as of its day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from elearn.accounts import queries as accounts
from elearn.agencies import renaming
from elearn.agencies.models import Agency, Placement
from elearn.agencies.naming import Named
from elearn.agencies.rules import PostGroup
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.reports import asking, signing
from elearn.reports.signing import Signatory
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd


@pytest.fixture
def opd(app: Flask) -> Agency:
    """The health office."""
    return an_opd("dinkes", "Dinas Kesehatan")


def asked_of(code: str) -> Any:
    """What HR asks of an OPD."""
    return asking.asked({"opd": code}, accounts.get_actor(an_account(Role.HR).id))


def leads(group: PostGroup, opd: Agency, **facts: Any) -> Any:
    """Somebody who holds a post of a group there."""
    head = an_employee(opd, **facts)
    stay = db.session.scalars(select(Placement).where(Placement.employee_id == head.id)).one()
    stay.post_group = group
    db.session.commit()
    return head


def test_an_office_without_a_head_has_a_line_for_one(opd: Agency) -> None:
    """Nobody's name is made up."""
    assert Signatory("Kepala") == signing.of(asked_of("dinkes"))


def test_the_head_of_the_office_signs(opd: Agency) -> None:
    """By name, rank and NIP; not who serves below, though first by name."""
    leads(PostGroup.ADMINISTRATOR, opd, name="Andi", post="Sekretaris")
    facts = {"name": "Rahmat Hidayat", "title_after": "M.Kes.", "post": "Kepala Dinas Kesehatan", "rank": "IV/c"}
    head = leads(PostGroup.TOP, opd, **facts)
    expected = Signatory("Kepala Dinas Kesehatan", "Rahmat Hidayat, M.Kes.", "Pembina Utama Muda (IV/c)", head.nip)
    assert expected == signing.of(asked_of("dinkes"))


def test_the_head_signs_by_the_name_of_the_day(opd: Agency) -> None:
    """A title gained since is not on a report of before."""
    head = leads(PostGroup.TOP, opd, name="Rahmat", post="Kepala Dinas Kesehatan")
    today = clock.today()
    with transaction():
        renaming.rename(SYSTEM, employee_id=head.id, named=Named("Rahmat", "Dr.", None), on=today)
    names = [signing.of(replace(asked_of("dinkes"), day=day)).name for day in (today - timedelta(days=1), today)]
    assert ["Rahmat", "Dr. Rahmat"] == names


def test_no_office_no_signature(opd: Agency) -> None:
    """A report of the whole regency is signed by the office of the setting, if there is one."""
    asked = asking.asked({}, accounts.get_actor(an_account(Role.HR).id))
    assert signing.of(asked) is None


@pytest.mark.parametrize(
    ("rank", "words"),
    [
        ("III/c", "Penata (III/c)"),
        ("IV/e", "Pembina Utama (IV/e)"),
        ("III/e", "Golongan III/e"),
        ("IX", "Golongan IX"),
        (None, ""),
    ],
)
def test_a_rank_has_its_name(rank: str | None, words: str) -> None:
    """Of a PNS the name and the golongan, of a PPPK the golongan, of nobody nothing."""
    assert words == signing.pangkat(rank)
