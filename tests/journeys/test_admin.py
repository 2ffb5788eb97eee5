"""The admin's journey: the state of the machine, and a new user who activates the account."""

import pytest

from elearn.core.permissions import Role
from tests.journeys.conftest import Visit
from tests.journeys.pages import Demo, activate, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

USERNAME, NAME, PASSWORD = "bawaslu.dua", "Pengawas Kedua", "hujan di bulan juni"


def test_a_user_is_created_and_activates(visit: Visit, people: dict[Role, Demo]) -> None:
    """The service is well; a new auditor gets a code that is shown once, and opens the record with it."""
    desk, guest = visit(), visit()
    sign_in(desk, people[Role.ADMIN])
    desk.sees("Keadaan layanan", "Baik")
    desk.follow("Pengguna dan peran")
    desk.follow("Tambah pengguna")
    desk.fill("Nama pengguna", USERNAME)
    desk.fill("Nama lengkap", NAME)
    desk.page.get_by_label("Peran").select_option("auditor")
    desk.press("Tambah dan terbitkan kode")
    code = desk.page.locator(".slip .code").inner_text()
    activate(guest, username=USERNAME, code=code, password=PASSWORD)
    guest.follow("Buka jejak audit")
    guest.sees("Akun diaktifkan")
    desk.open("/pengguna")
    desk.follow(NAME)
    desk.sees("Pemeriksa (Inspektorat atau Bawaslu)")
