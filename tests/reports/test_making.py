"""An ordered report is made anew from its address, of its day, as who ordered it may see it when it is made."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from pypdf import PdfWriter

from elearn.accounts import actions as accounts
from elearn.accounts import queries as people
from elearn.agencies.models import Agency
from elearn.core import clock, jobs
from elearn.core.bahasa import tanggal
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Actor, Role
from elearn.core.transaction import transaction
from elearn.directives.rules import NoSuchDirective
from elearn.reports import making, orders, papers
from elearn.reports.models import ReportOrder
from elearn.reports.orders import NoSuchOrder
from elearn.reports.papers import Paper
from tests.factories.accounts import an_account
from tests.factories.agencies import an_employee, an_opd
from tests.factories.directives import an_issued_directive

DAY = timedelta(days=1)


@pytest.fixture
def opd(app: Flask) -> Agency:
    """The health office with three people, the school office with one; both were asked nine days ago."""
    opd = an_opd("dinkes", "Dinas Kesehatan")
    with time_machine.travel(clock.now() - 9 * DAY):
        for name in ("Ani", "Budi", "Citra"):
            an_employee(opd, name=name)
        an_employee(an_opd("disdik", "Dinas Pendidikan"), name="Dewi")
        an_issued_directive()
    return opd


def reader(role: Role, **scope: Any) -> Actor:
    """Somebody of a role."""
    return people.get_actor(an_account(role, **scope).id)


def ordered(who: Actor, asked: str, total: int = 3) -> ReportOrder:
    """What somebody ordered; what waits in the queue is let go."""
    with transaction():
        order = orders.place(who, asked=asked, title="Laporan", total=total)
    jobs.queue().flush()
    return order


def names(paper: Paper) -> list[str]:
    """The first cell of each row."""
    return [row["name"] for row in paper.table.rows]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/laporan/ketuntasan.pdf", ["Dinas Kesehatan", "Dinas Pendidikan"]),
        ("/laporan/ketuntasan/opd/dinkes.pdf?tahap=", ["Ani", "Budi", "Citra"]),
        ("/laporan/ketuntasan/opd/dinkes.pdf?cari=bu%64i&tahap=belum-mulai", ["Budi"]),
        ("/laporan/ketuntasan/opd/disdik.pdf?jenis=pppk", []),
        ("/laporan/jenis.pdf?opd=disdik", ["PNS"]),
    ],
)
def test_what_is_printed_is_what_the_address_says(opd: Agency, asked: str, expected: list[str]) -> None:
    """With all its filters."""
    assert expected == names(making.paper_of(ordered(reader(Role.HR), asked)))


def test_a_report_of_a_day_is_of_that_day_whenever_it_is_made(opd: Agency) -> None:
    """What was corrected meanwhile is in it, and said in its notes; what came later is not."""
    day, hr = clock.today() - 4 * DAY, reader(Role.HR)
    order = ordered(hr, f"/laporan/ketuntasan/opd/dinkes.pdf?per={day}")
    an_employee(opd, name="Eko", started_on=day + DAY)
    an_employee(opd, name="Fajar", started_on=day)
    paper = making.paper_of(order)
    assert ["Ani", "Budi", "Citra", "Fajar"] == names(paper)
    assert any(name.startswith("Koreksi") for name, _ in paper.table.notes)


def test_a_report_ordered_before_midnight_is_of_the_day_it_was_ordered(opd: Agency, sign_in: Any) -> None:
    """The one that its title names, however late it is made; ordered after midnight it is another report."""
    midnight, found = clock.start_of(clock.today() + DAY), {}
    with time_machine.travel(midnight - timedelta(hours=1), tick=False):
        browser = sign_in(Role.HR)
    for moment in (midnight - timedelta(seconds=9), midnight + timedelta(seconds=9)):
        with time_machine.travel(moment, tick=False):
            browser.post("/laporan/berkas", data={"asked": "/laporan/ketuntasan.pdf?jenis=pns"})
    jobs.queue().flush()
    with time_machine.travel(midnight + timedelta(minutes=40), tick=False):
        for order in db.session.scalars(db.select(ReportOrder)):
            found[order.title.rpartition(" per ")[2]] = dict(making.paper_of(order).table.notes)["Per tanggal"]
    days = [tanggal(clock.today()), tanggal(clock.today() + DAY)]
    assert dict(zip(days, days, strict=True)) == found


def test_a_maker_who_moved_sees_what_he_may_see_now(opd: Agency) -> None:
    """Another office gives him other figures, and no longer the list of the former one."""
    schools = an_opd("dispar", "Dinas Pariwisata")
    an_employee(schools, name="Gita")
    officer = reader(Role.OPD_OFFICER, agency_id=opd.id)
    whole, own = (ordered(officer, f"/laporan/{path}.pdf") for path in ("ketuntasan", "ketuntasan/opd/dinkes"))
    assert ["Dinas Kesehatan"] == names(making.paper_of(whole))
    _move(officer, schools)
    assert ["Dinas Pariwisata"] == names(making.paper_of(whole))
    with pytest.raises(NotFound):
        making.paper_of(own)


def _move(officer: Actor, opd: Agency) -> None:
    [grant] = people.list_open_grants([officer.account_id] if officer.account_id else [])
    with transaction():
        accounts.revoke(SYSTEM, account_id=grant.account_id, grant_id=grant.id)
        accounts.grant(SYSTEM, account_id=grant.account_id, role=Role.OPD_OFFICER, agency_id=opd.id)


def test_whose_role_or_account_is_gone_gets_nothing(opd: Agency) -> None:
    """Nor does an order that is nobody's."""
    former, closed = (reader(Role.OPD_OFFICER, agency_id=opd.id) for _ in range(2))
    placed = [ordered(each, "/laporan/ketuntasan.pdf") for each in (former, closed)]
    assert former.account_id
    assert closed.account_id
    [grant] = people.list_open_grants([former.account_id])
    with transaction():
        accounts.revoke(SYSTEM, account_id=former.account_id, grant_id=grant.id)
        accounts.deactivate(SYSTEM, account_id=closed.account_id)
    for order in (*placed, ordered(SYSTEM, "/laporan/ketuntasan.pdf")):
        with pytest.raises(NotFound):
            making.paper_of(order)


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ("/laporan/tidak-ada.pdf", NotFound),
        ("/laporan/ketuntasan/opd/tidak-ada.pdf", NotFound),
        ("/laporan/ketuntasan.pdf?arahan=01900000-0000-7000-8000-000000000000", NoSuchDirective),
    ],
)
def test_what_is_not_there_any_more_is_refused_before_anything_is_printed(
    opd: Agency, monkeypatch: pytest.MonkeyPatch, asked: str, refusal: type[Exception]
) -> None:
    """No printer is hired for it."""
    monkeypatch.setattr("elearn.core.pressroom.print_parts", lambda *_, **__: pytest.fail("printed"))
    with pytest.raises(refusal):
        making.printed(ordered(reader(Role.HR), asked))


def test_it_is_printed_in_parts_and_tells_how_far_it_is(opd: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never beyond its rows; nobody holds a transaction while the press works; what it gives is sealed."""
    monkeypatch.setattr(papers, "PART", 2)
    order = ordered(reader(Role.HR), "/laporan/ketuntasan/opd/dinkes.pdf", total=3)
    told = []

    def press(parts: list[str], *, title: str, tell: Callable[[int], None], folder: Path) -> bytes:
        assert not db.session().in_transaction()
        for done in range(len(parts) + 1):
            tell(done)
            told.append(db.session.get_one(ReportOrder, order.id, populate_existing=True).done)
        assert ("Laporan ketuntasan per pegawai", orders.folder()) == (title, folder)
        assert [True, True, False] == [name in parts[0] for name in ("Ani", "Budi", "Citra")]
        assert [False, False, True] == [name in parts[1] for name in ("Ani", "Budi", "Citra")]
        writer, file = PdfWriter(), BytesIO()
        writer.add_blank_page(100, 100)
        writer.write(file)
        return file.getvalue()

    monkeypatch.setattr("elearn.core.pressroom.print_parts", press)
    assert b"/ETSI.CAdES.detached" in making.printed(order)
    assert [0, 2, 3] == told


def test_an_order_without_a_maker_is_none(app: Flask) -> None:
    """There is nobody whose sight would bound it."""
    with pytest.raises(NoSuchOrder):
        making.paper_of(ordered(SYSTEM, "/laporan/ketuntasan.pdf"))
