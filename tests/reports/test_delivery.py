"""What an address under /laporan leads to as a file, for whom, under which name."""

import pytest
from flask import Flask

from elearn.accounts import queries as accounts
from elearn.agencies.models import Agency
from elearn.core import clock
from elearn.core.errors import NotFound
from elearn.core.permissions import Actor, Role
from elearn.reports import catalogue, delivery
from elearn.reports.asking import Asked
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import an_issued_directive

SHORT = ["Nama", "NIP", "Unit kerja", "Tahap", "Bersertifikat"]


@pytest.fixture
def opd(app: Flask) -> Agency:
    """The health office with three people, and another with one."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    for name in ("Ani", "Budi", "Citra"):
        an_employee(opd, name=name)
    an_employee(an_opd("disdik", "Dinas Pendidikan"), name="Dewi")
    an_issued_directive(opd)
    return opd


def reader(role: Role, **scope: object) -> Actor:
    """Somebody of a role."""
    return accounts.get_actor(an_account(role, **scope).id)


def test_each_report_has_its_address_and_its_name(opd: Agency) -> None:
    """The ending of the file says nothing of what is in it."""
    hr, day = reader(Role.HR), clock.today()
    for slug in ("ketuntasan", *(report.slug for report in catalogue.REPORTS)):
        if slug == "petugas":
            continue
        for ending in ("", ".pdf"):
            assert f"{slug}-{day}" == delivery.of(f"/laporan/{slug}{ending}", {}, hr).name
    assert f"ketuntasan-dinkes-{day}" == delivery.of("/laporan/ketuntasan/opd/dinkes.pdf", {}, hr).name


def test_a_list_of_people_is_whole_as_data_and_brief_on_paper(opd: Agency) -> None:
    """Twelve columns are for a spreadsheet."""
    found = delivery.of("/laporan/ketuntasan/opd/dinkes", {}, reader(Role.HR))
    assert ["Ani", "Budi", "Citra"] == [row["name"] for row in found.table.rows]
    assert found.brief is not None
    assert SHORT == [column.title for column in found.brief.columns]
    assert SHORT == [column.title for column in found.paper().table.columns]


def test_the_filters_of_the_address_narrow_the_file(opd: Agency) -> None:
    """In the order of the list on screen."""
    hr = reader(Role.HR)
    found = delivery.of("/laporan/ketuntasan/opd/dinkes", {"cari": "bu"}, hr)
    assert ["Budi"] == [row["name"] for row in found.table.rows]
    assert () == tuple(delivery.of("/laporan/ketuntasan/opd/dinkes", {"tahap": "bersertifikat"}, hr).table.rows)


@pytest.mark.parametrize("path", ["/laporan/tidak-ada", "/laporan/", "/akun", "", "/laporan/ketuntasan/opd/xyz"])
def test_what_is_no_report_is_not_there(opd: Agency, path: str) -> None:
    """For nobody."""
    with pytest.raises(NotFound):
        delivery.of(path, {}, reader(Role.HR))


def test_nobody_gets_what_he_may_not_see(opd: Agency) -> None:
    """Neither by the name of the report nor by the code of another's OPD."""
    officer = reader(Role.OPD_OFFICER, agency_id=opd.id)
    assert delivery.of("/laporan/ketuntasan/opd/dinkes", {}, officer).table.rows
    for path in ("ketuntasan/opd/disdik", "petugas"):
        with pytest.raises(NotFound):
            delivery.of(f"/laporan/{path}", {}, officer)
    for path in ("ketuntasan", "ketuntasan/opd/dinkes", "unit"):
        with pytest.raises(NotFound):
            delivery.of(f"/laporan/{path}", {}, reader(Role.ASN))


def test_a_summary_has_figures_and_no_names(opd: Agency) -> None:
    """It goes by e-mail."""
    hr = reader(Role.HR)
    for found in (delivery.summary(None, hr), delivery.summary(opd, hr)):
        assert "nip" not in {column.kind for column in found.table.columns}
        assert [3] == [row["bound"] for row in found.table.rows]


def test_many_are_not_looked_up_one_by_one(opd: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database takes a statement that names a hundred thousand people; the file is the same."""
    asked = "/laporan/ketuntasan/opd/dinkes", {"cari": "i"}, reader(Role.HR)
    looked_up = delivery.of(*asked).table.rows
    assert ["Ani", "Budi", "Citra"] == [row["name"] for row in looked_up]
    monkeypatch.setattr(delivery, "FEW", 2)
    monkeypatch.setattr(
        Asked, "lines", lambda self, only=None, lines=Asked.lines: lines(self) if only is None else []
    )
    assert looked_up == delivery.of(*asked).table.rows
