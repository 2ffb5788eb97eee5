"""The auditor's journey: is the record whole, may everything be read, and can nothing be changed."""

import pytest

from elearn.core.permissions import Role
from tests.journeys.conftest import Visit
from tests.journeys.pages import Demo, Visitor, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

CLOSED = (
    "/edaran/baru",
    "/pegawai/baru",
    "/pegawai/impor",
    "/pengguna/baru",
    "/opd/dinkes/kode-aktivasi",
    "/belajar/netralitas-asn/lanjut",
)
OWN = {"/keluar", "/jejak-audit/periksa"}
FORMS = "[...document.forms].filter((f) => f.method === 'post').map((f) => new URL(f.action).pathname)"


def test_the_record_is_whole(visit: Visit, people: dict[Role, Demo]) -> None:
    """One button checks every entry of the chain, and the first page says who checked it last."""
    desk = visit()
    sign_in(desk, people[Role.AUDITOR])
    desk.follow("Buka jejak audit")
    desk.press("Periksa keutuhan sekarang")
    desk.sees("Catatan utuh.", people[Role.AUDITOR].name)
    desk.page.get_by_label("Peristiwa").select_option("pact:signed")
    desk.press("Saring")
    desk.sees("Pakta ditandatangani")
    desk.open("/")
    desk.sees("Catatan utuh:")


def test_everything_is_read_and_nothing_changed(visit: Visit, people: dict[Role, Demo]) -> None:
    """Every page of the auditor offers no other deed than the check; the doors to deeds are closed."""
    desk = visit()
    sign_in(desk, people[Role.AUDITOR])
    for name in ("Edaran", "Sertifikat", "Laporan", "Pegawai", "OPD", "Materi", "Jejak audit"):
        desk.follow(name, exact=True, within="nav")
        assert OWN >= set(desk.page.evaluate(FORMS)), desk.path
    for name in ("Edaran", "Sertifikat", "Pegawai"):
        desk.follow(name, exact=True, within="nav")
        desk.click(desk.page.locator("tbody a").first)
        assert OWN >= set(desk.page.evaluate(FORMS)), desk.path
    assert [403] * len(CLOSED) == [post(desk, path) for path in CLOSED]


def post(desk: Visitor, path: str) -> int:
    """The status of a POST with the auditor's own session and form token."""
    token = desk.page.locator("input[name=csrf_token]").first.input_value()
    return desk.context.request.post(desk.home + path, form={"csrf_token": token}).status
