"""A regency's year with a stopped clock: issue, remind, transfer, escalate, reprimand, close, revoke, report."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from elearn.accounts import activation
from elearn.agencies.models import Employee
from elearn.agencies.rules import PostGroup
from elearn.core import installation
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.documents import keys
from tests.factories.accounts import PASSWORD, an_active_account
from tests.factories.agencies import a_nip, an_employee, an_opd
from tests.factories.pact import published_texts
from tests.journeys.conftest import PATIENCE
from tests.journeys.files import csv_rows, pdf_text
from tests.journeys.pages import HEIGHT, NARROW, WIDE, Demo, Visitor, activate, sign_in, sign_pact
from tests.journeys.year import Stopped, Year, year

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("year")]

NUMBER, SECOND, THIRD = "800/1/SETDA/2026", "800/2/SETDA/2026", "800/3/SETDA/2026"
ISSUED, DEADLINE = date(2026, 6, 2), date(2026, 6, 26)
NEW_NIP = "199503122022032017"
NEW_PASSWORD = "hujan di bulan juni"
HEALTH, TRAFFIC = "Dinas Kesehatan", "Dinas Perhubungan"


@pytest.fixture
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The regency on the morning of the first directive."""
    with year(tmp_path_factory.mktemp("year") / "instance") as told:
        told.morning(ISSUED)
        yield told


class Cast:
    """Two OPD with their people, and who sits where."""

    def __init__(self, told: Year, chromium: Browser) -> None:
        self.told, self.chromium = told, chromium
        with told.app.app_context():
            with transaction():
                installation.name("Kabupaten Bukit Serawai", is_demo=False)
            settings = told.app.config["SETTINGS"]
            keys.ensure(settings.instance_dir, name="Kabupaten Bukit Serawai", demo=True, now=Stopped.now())
            published_texts()
            health, traffic = an_opd("DINKES", HEALTH), an_opd("DISHUB", TRAFFIC)
            self.seats = {role: self._official(role) for role in (Role.SEKDA, Role.HR)}
            self.seats[Role.OPD_OFFICER] = self._official(Role.OPD_OFFICER, agency_id=health.id)
            self.health_id, self.traffic_id = str(health.id), str(traffic.id)
            people = {name: self._person(health, name) for name in ("Ani", "Budi", "Cici", "Dodi")}
            people["Kepala"] = self._person(health, "Kepala", post_group=PostGroup.TOP)
            people["Eka"] = self._person(traffic, "Eka")
            self.ids = {name: each.id for name, each in people.items()}
            self.nips = {name: each.nip for name, each in people.items()}
            self.accounts = {name: each.account_id for name, each in people.items()}
            db.session.remove()

    def _official(self, role: Role, **scope: UUID) -> Demo:
        account = an_active_account(role, email=f"{role.value.replace('_', '-')}@serawai.test", **scope)
        return Demo(account.username, PASSWORD, account.name)

    def _person(self, agency: object, name: str, **facts: object) -> Employee:
        nip = a_nip(36000 + ord(name[0]))
        contacts = {"email": f"{name.lower()}@serawai.test", "phone": "+6281234567890"}
        return an_employee(agency, name=name, nip=nip, **contacts, **facts)

    def sit(self, role: Role, width: int = WIDE) -> Visitor:
        """Somebody of an office at a desk, signed in."""
        visitor = self.stranger(width)
        sign_in(visitor, self.seats[role])
        return visitor

    def stranger(self, width: int = NARROW) -> Visitor:
        """Somebody with a browser."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": HEIGHT}, locale="id-ID", service_workers="block"
        )
        context.set_default_timeout(PATIENCE)
        return Visitor(context, self.told.url)

    def code(self, name: str) -> str:
        """An activation code as a slip would carry it."""
        with self.told.app.app_context():
            with transaction():
                code = activation.issue_code(SYSTEM, account_id=self.accounts[name])
            db.session.remove()
        return code


def write(desk: Visitor, number: str, deadline: date, *, revokes: str = "") -> None:
    """Fill in the form of a directive to everybody and save the draft."""
    desk.open("/edaran/baru")
    desk.fill("Nomor", number)
    desk.fill("Hal", "Netralitas ASN")
    desk.fill("Isi edaran", "Setiap pegawai menyelesaikan modul netralitas.")
    if not desk.page.locator("#cites input:checked").count():
        desk.page.locator("#cites summary").first.click()
        desk.page.locator("#cites input").first.check()
    if revokes:
        desk.page.get_by_text("Mencabut edaran lain", exact=True).click()
        desk.page.get_by_label("Edaran yang dicabut").select_option(label=revokes)
    desk.fill("Tenggat", deadline.isoformat())
    for label, text in (
        ("Tempat", "Serawai"),
        ("Jabatan penanda tangan", "Sekretaris Daerah"),
        ("Nama penanda tangan", "Drs. H. Rusdi Hamzah, M.Si."),
        ("Pangkat", "Pembina Utama Madya"),
        ("NIP", "196803121990031004"),
    ):
        desk.fill(label, text)
    desk.press("Simpan draf")


def issue(sekda: Visitor, hr: Visitor, number: str, deadline: date, *, revokes: str = "") -> str:
    """The Sekda writes, HR reviews, the Sekda issues; the directive's id."""
    write(sekda, number, deadline, revokes=revokes)
    hr.open(sekda.path)
    hr.press("Tandai sudah diperiksa")
    sekda.open(sekda.path)
    sekda.press("Terbitkan edaran")
    sekda.sees("Edaran terbit.")
    return sekda.path.rpartition("/")[2]


def learn(phone: Visitor, password: str) -> None:
    """The one question of the module, rightly answered, and the pact."""
    phone.open("/belajar/netralitas-asn")
    phone.press("Mulai kuis")
    phone.page.get_by_label("Setiap pegawai ASN").check()
    phone.press("Simpan dan periksa")
    phone.press("Kumpulkan jawaban")
    phone.follow("Lanjut ke pakta")
    sign_pact(phone, password)
    phone.sees("Pakta sudah ditandatangani")


def figures(desk: Visitor, day: date, directive: str) -> dict[str, tuple[int, int, int]]:
    """Who is bound, done and late by OPD, as the report of a day says."""
    rows = csv_rows(desk.get(f"/laporan/ketuntasan.csv?per={day}&arahan={directive}").body())
    done = {row["OPD"]: int(row["Menandatangani"]) + int(row["Bersertifikat"]) for row in rows}
    return {row["OPD"]: (int(row["Terikat"]), done[row["OPD"]], int(row["Terlambat"])) for row in rows}


def test_a_year_from_the_first_directive_to_the_last_report(told: Year, chromium: Browser) -> None:
    """What everybody sees, gets by mail and is counted as, day by day; the reports of three days at the end."""
    cast = Cast(told, chromium)
    sekda, hr = cast.sit(Role.SEKDA), cast.sit(Role.HR)
    directive = issue(sekda, hr, NUMBER, DEADLINE)
    mail = told.mail()
    assert {"ani@serawai.test", "budi@serawai.test", "eka@serawai.test"} < mail.keys()

    _reminders_and_whatsapp(told, cast)
    _people_come_move_and_are_freed(told, cast, hr, directive)
    _some_are_done(told, cast)
    _escalation_and_reprimand(told, cast, sekda)
    _the_end_of_directives(told, sekda, hr, directive)

    told.morning(date(2026, 12, 18))
    before = {HEALTH: (5, 0, 0), TRAFFIC: (1, 0, 0), "Jumlah": (6, 0, 0)}
    assert before == figures(hr, date(2026, 6, 16), directive)
    deadline = {HEALTH: (3, 1, 0), TRAFFIC: (3, 0, 0), "Jumlah": (6, 1, 0)}
    assert deadline == figures(hr, DEADLINE, directive)
    after = {HEALTH: (3, 2, 1), TRAFFIC: (3, 0, 2), "Jumlah": (6, 2, 3)}
    assert after == figures(hr, date(2026, 7, 1), directive)
    hr.open(f"/laporan/ketuntasan?per=2026-07-01&arahan={directive}")
    hr.sees("Keadaan per", "3 pegawai terlambat")
    _walk_along_the_course(hr, directive)


def _walk_along_the_course(desk: Visitor, directive: str) -> None:
    """The line tells each of its days, by keyboard and under the pointer; the table has them too."""
    desk.open(f"/laporan/perkembangan?sejak=2026-06-16&per=2026-07-01&arahan={directive}")
    slider = desk.page.get_by_role("slider", name="Hari pada grafik")
    desk.sees("1 Juli 2026: 33 %")
    slider.press("Home")
    desk.sees("16 Juni 2026: 0 %")
    slider.press("ArrowRight")
    assert "17 Juni 2026: 0 %" == slider.get_attribute("aria-valuetext")
    box = desk.page.locator("figure svg").bounding_box() or {}
    desk.page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2)
    desk.sees("1 Juli 2026: 33 %")
    desk.inspect()


def _reminders_and_whatsapp(told: Year, cast: Cast) -> None:
    """A fortnight before, everybody is reminded; the officer writes to Budi, and it is noted."""
    mail = told.morning(date(2026, 6, 12))
    subject = "Pengingat: Netralitas ASN, tenggat 26 Juni 2026 (14 hari lagi)"
    assert [subject] == mail["budi@serawai.test"]
    assert len(mail) == 6
    assert {} == told.morning(date(2026, 6, 12), 15)
    told.morning(date(2026, 6, 15))
    officer = cast.sit(Role.OPD_OFFICER)
    officer.open("/pengingat")
    with officer.context.expect_event("request", lambda asked: asked.url.startswith("https://wa.me/")) as opened:
        officer.page.get_by_role("button", name="WhatsApp kepada Budi").click()
    assert opened.value.url.startswith("https://wa.me/6281234567890?text=")
    officer.open("/pengingat")
    officer.sees("15 Juni 2026 pukul 08.00 WIB")


def _people_come_move_and_are_freed(told: Year, cast: Cast, hr: Visitor, directive: str) -> None:
    """Cici moves to another OPD, Gita joins late and is told, Dodi is exempted."""
    told.morning(date(2026, 6, 17))
    hr.open(f"/pegawai/{cast.ids['Cici']}/mutasi")
    hr.page.get_by_label("OPD atau unit tujuan").select_option(cast.traffic_id)
    hr.fill("Jabatan", "Analis")
    hr.fill("Mulai bertugas di sana", "2026-06-17")
    hr.press("Catat mutasi")
    told.morning(date(2026, 6, 18))
    hr.open("/pegawai/baru")
    hr.fill("NIP atau NI PPPK", NEW_NIP)
    hr.fill("Nama tanpa gelar", "Gita")
    hr.page.get_by_label("OPD atau unit").select_option(cast.traffic_id)
    hr.fill("Jabatan", "Arsiparis")
    hr.fill("Mulai bertugas di sana", "2026-06-18")
    hr.fill("Email", "gita@serawai.test")
    hr.press("Tambah pegawai")
    told.morning(date(2026, 6, 19))
    hr.open(f"/edaran/{directive}/pengecualian")
    hr.fill("NIP pegawai", cast.nips["Dodi"])
    hr.fill("Alasan", "Cuti besar")
    hr.fill("Mulai", "2026-06-19")
    hr.press("Catat pengecualian")
    hr.sees("Cuti besar")


def _some_are_done(told: Year, cast: Cast) -> None:
    """Ani activates her account on her phone, learns and signs."""
    told.morning(date(2026, 6, 22))
    phone = cast.stranger()
    activate(phone, username=cast.nips["Ani"], code=cast.code("Ani"), password=NEW_PASSWORD)
    phone.sees(f"Edaran {NUMBER}")
    learn(phone, NEW_PASSWORD)


def _escalation_and_reprimand(told: Year, cast: Cast, sekda: Visitor) -> None:
    """Three days before, head and officer of the OPD that is behind; on the day the Sekda, who reprimands."""
    mail = told.morning(date(2026, 6, 23))
    warning = f"{HEALTH}: 1 dari 3 selesai, tenggat 26 Juni 2026"
    assert all(warning in mail[f"{who}@serawai.test"] for who in ("kepala", "opd-officer"))
    mail = told.morning(DEADLINE)
    assert [f"Tenggat edaran {NUMBER}: 1 dari 6 pegawai selesai"] == mail["sekda@serawai.test"]
    assert "ani@serawai.test" not in mail
    sekda.open("/teguran")
    sekda.page.get_by_role("row", name=HEALTH).get_by_role("link", name="Periksa").click()
    sekda.page.wait_for_url("**/teguran/*")
    sekda.inspect()
    sekda.fill("Nomor surat", "800/7/TEGURAN")
    sekda.press("Beri nomor dan terbitkan")
    assert f"Surat teguran Nomor 800/7/TEGURAN untuk {HEALTH}" in told.mail()["kepala@serawai.test"]
    sekda.open("/teguran")
    letter = pdf_text(sekda.download(sekda.page.get_by_role("link", name="Unduh")))
    assert all(words in letter for words in (HEALTH, NUMBER, "dari 3 pegawai"))
    told.morning(date(2026, 6, 29))
    phone = cast.stranger()
    activate(phone, username=cast.nips["Budi"], code=cast.code("Budi"), password=NEW_PASSWORD)
    learn(phone, NEW_PASSWORD)


def _the_end_of_directives(told: Year, sekda: Visitor, hr: Visitor, directive: str) -> None:
    """The first is closed with a note; of two later ones the second revokes the first."""
    told.morning(date(2026, 7, 31))
    sekda.open(f"/edaran/{directive}/tutup")
    sekda.fill("Catatan penutupan", "Masa pelaksanaannya selesai.")
    sekda.press("Tutup edaran")
    sekda.sees("tidak lagi mengikat", "Masa pelaksanaannya selesai.")
    told.morning(date(2026, 9, 7))
    former = issue(sekda, hr, SECOND, date(2026, 10, 2))
    told.morning(date(2026, 9, 21))
    revoking = f"{SECOND}: Netralitas ASN"
    issue(sekda, hr, THIRD, date(2026, 10, 23), revokes=revoking)
    sekda.open(f"/edaran/{former}")
    sekda.sees("Dicabut", f"Surat Edaran Nomor {THIRD}")
