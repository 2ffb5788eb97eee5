"""Every page of every role: where it is and how one comes there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select

from config import ROOT
from elearn.agencies.models import Employee
from elearn.certificates.models import Certificate
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.demo import actions as demo
from elearn.directives.models import Directive
from tests.journeys import cast
from tests.journeys.pages import Demo

OPD = "dinkes"
MODULE, PACT = f"/belajar/{cast.SLUG}", f"/pakta/{cast.SLUG}"
IN_TEN_DAYS = "new Date(Date.now() + 864e6).toISOString().slice(0, 10)"
Steps = Callable[[Page], None]


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the address, and what to touch there first."""

    name: str
    path: str
    steps: Steps | None = None


@dataclass(frozen=True)
class Seat:
    """Somebody, or a stranger, and the pages to picture as she sees them."""

    role: str
    who: Demo | None
    shots: list[Shot]


@dataclass(frozen=True)
class Samples:
    """The addresses of one thing of each kind."""

    verification: str
    certificate: str
    letter: str
    person: str


def seats(app: Flask) -> Iterator[Seat]:
    """Who sits down in turn; what she needs there is prepared on the way."""
    with app.app_context():
        accounts = {each.role: Demo(each.username, each.password, each.name) for each in demo.accounts()}
        samples = _samples()
    yield Seat("umum", None, stranger(samples))
    yield from learners(app)
    yield Seat("opd", accounts[Role.OPD_OFFICER], [*OVERSIGHT, *CODES])
    yield Seat("bkpsdm", accounts[Role.HR], [*OVERSIGHT, *REPORTS, *hr(samples)])
    yield Seat("sekda", accounts[Role.SEKDA], sekda(samples))
    yield Seat("pemeriksa", accounts[Role.AUDITOR], [*RECORD, Shot("edaran-satu", samples.letter)])
    yield Seat("penyusun", accounts[Role.AUTHOR], [*CONTENT, *packs(app, accounts[Role.AUTHOR])])
    yield Seat("admin", accounts[Role.ADMIN], MACHINE)


def packs(app: Flask, author: Demo) -> list[Shot]:
    """Packs on their way: what one would change and how learners would see it, what is wrong with another."""
    kept, faulty = cast.packs(app, author)
    return [
        Shot("unggah", "/materi/unggah"),
        Shot("naskah", "/materi/naskah"),
        Shot("naskah-perbedaan", kept),
        Shot("naskah-keluhan", faulty),
        Shot("pratinjau", f"{kept}/{cast.SLUG}"),
        Shot("pratinjau-pelajaran", f"{kept}/{cast.SLUG}/pelajaran/media-sosial"),
        Shot("pratinjau-cerita", f"{kept}/{cast.SLUG}/skenario/satu-jempol"),
        Shot("pratinjau-soal", f"{kept}/{cast.SLUG}/soal/dh-01"),
    ]


def press(name: str) -> Steps:
    """Click the button of that name and wait for the page it leads to."""

    def touch(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=name).first.click()

    return touch


def first(selector: str) -> Steps:
    """Follow the first such link."""

    def touch(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return touch


def send_roster(page: Page) -> None:
    """Upload the sample roster for review."""
    page.get_by_label("Berkas daftar pegawai").set_input_files(ROOT / "tests/samples/roster.xlsx")
    press("Periksa berkas")(page)


def draft(page: Page) -> None:
    """Write a directive and save the draft."""
    page.get_by_label("Nomor", exact=True).fill("800/917/SETDA")
    page.get_by_label("Hal", exact=True).fill("Netralitas ASN menjelang pemungutan suara")
    page.get_by_label("Isi edaran", exact=True).fill("Setiap pegawai menyelesaikan modul sebelum tenggat.")
    page.get_by_label("Tenggat", exact=True).fill(page.evaluate(IN_TEN_DAYS))
    press("Simpan draf")(page)


OVERSIGHT = [
    Shot("meja", "/"),
    Shot("laporan", "/laporan/ketuntasan"),
    Shot("laporan-opd", f"/laporan/ketuntasan/opd/{OPD}"),
    Shot("laporan-cerita", "/laporan/cerita"),
    Shot("laporan-daftar", "/laporan"),
    Shot("laporan-unit", "/laporan/unit"),
    Shot("laporan-terlambat", "/laporan/terlambat"),
    Shot("laporan-perkembangan", "/laporan/perkembangan"),
    Shot("laporan-peringkat", "/laporan/peringkat"),
    Shot("laporan-kerawanan", "/laporan/kerawanan"),
    Shot("laporan-berkas", "/laporan/berkas"),
    Shot("penilaian", "/penilaian"),
    Shot("penilaian-kuis", f"/penilaian/{cast.SLUG}"),
    Shot("pegawai", "/pegawai"),
    Shot("opd", "/opd"),
    Shot("opd-satu", f"/opd/{OPD}"),
    Shot("sertifikat", "/sertifikat"),
    Shot("edaran", "/edaran"),
]
CODES = [
    Shot("kode", f"/opd/{OPD}/kode-aktivasi"),
    Shot("kode-lembar", f"/opd/{OPD}/kode-aktivasi", press("Terbitkan kode")),
    Shot("pengingat", "/pengingat"),
]
CALENDAR = [
    Shot("kalender", "/kalender"),
    Shot("kalender-libur", "/kalender/libur/baru"),
    Shot("kalender-pemilihan", "/kalender/pemilihan/baru"),
    Shot("kalender-langganan", "/kalender/langganan"),
    Shot("pengingat", "/pengingat"),
    Shot("pengingat-contoh", "/pengingat/contoh"),
    Shot("teguran", "/teguran"),
]
REPORTS = [
    Shot(f"laporan-{slug}", f"/laporan/{slug}")
    for slug in ("jenis", "golongan", "jabatan", "edaran", "modul", "sertifikat", "pakta", "petugas")
]
"""The reports that OVERSIGHT does not picture already."""
RECORD = [
    Shot("meja", "/"),
    Shot("jejak-audit", "/jejak-audit"),
    Shot("jejak-audit-utuh", "/jejak-audit", press("Periksa keutuhan sekarang")),
    Shot("sertifikat", "/sertifikat"),
]
CONTENT = [
    Shot("meja", "/"),
    Shot("materi", "/materi"),
    Shot("modul", f"/materi/{cast.SLUG}"),
    Shot("cerita", f"/materi/{cast.SLUG}/cerita/satu-jempol"),
    Shot("penilaian-soal", f"/penilaian/{cast.SLUG}/soal/dh-05"),
]
MACHINE = [
    Shot("meja", "/"),
    Shot("pengguna", "/pengguna"),
    Shot("pengguna-satu", "/pengguna", first("tbody a")),
    Shot("pengguna-baru", "/pengguna/baru"),
    Shot("surat-keluar", "/surat-keluar"),
]
MIDWAY = [
    Shot("tugas", "/"),
    Shot("modul", MODULE),
    Shot("pelajaran", f"{MODULE}/pelajaran/media-sosial"),
    Shot("pakta-belum", PACT),
    Shot("edaran", "/edaran"),
    Shot("akun", "/akun"),
    Shot("sandi", "/akun/sandi"),
    Shot("sertifikat-belum", "/sertifikat"),
]
DONE = [
    Shot("tugas-selesai", "/"),
    Shot("pakta-bukti", f"{PACT}/bukti"),
    Shot("sertifikat", "/sertifikat"),
    Shot("sertifikat-satu", "/sertifikat", first(".card-link")),
]


def stranger(samples: Samples) -> list[Shot]:
    """What anybody may open."""
    return [
        Shot("awal", "/"),
        Shot("bantuan", "/bantuan"),
        Shot("panduan", "/bantuan/asn"),
        Shot("masuk", "/masuk"),
        Shot("aktivasi", "/aktivasi"),
        Shot("verifikasi", "/verifikasi"),
        Shot("verifikasi-sah", samples.verification),
        Shot("verifikasi-tidak-dikenal", "/verifikasi/7K3M-9QXD-2F5T-H"),
        Shot("tidak-ditemukan", "/tidak-ada"),
    ]


def learners(app: Flask) -> Iterator[Seat]:
    """The same module at every point of the way."""
    who, play = cast.midway(app)
    behind = [Shot("akibat", f"{play}/langkah/1"), Shot("adegan-dibaca-lagi", f"{play}/adegan/1")]
    yield Seat("asn", who, [*MIDWAY, Shot("adegan", play), *behind])
    who, attempt = cast.sitting(app)
    quiz = [Shot("soal", f"{attempt}/soal/1"), Shot("soal-daftar", attempt)]
    yield Seat("asn", who, [*quiz, Shot("akhir", cast.ended_story(app, who))])
    who, attempt = cast.graded(app, right=9)
    yield Seat("asn", who, [Shot("hasil-belum", f"{attempt}/hasil"), Shot("modul-belum", MODULE)])
    who, attempt = cast.graded(app, right=18)
    passed = [Shot("hasil-lulus", f"{attempt}/hasil"), Shot("modul-lulus", MODULE)]
    yield Seat("asn", who, [*passed, Shot("tugas-pakta", "/"), Shot("pakta", PACT)])
    yield Seat("asn", cast.certified(app), DONE)


def hr(samples: Samples) -> list[Shot]:
    """What only BKPSDM does."""
    return [
        Shot("pegawai-satu", samples.person),
        Shot("pegawai-mutasi", f"{samples.person}/mutasi"),
        Shot("pegawai-keluar", f"{samples.person}/keluar"),
        Shot("pegawai-baru", "/pegawai/baru"),
        Shot("impor", "/pegawai/impor"),
        Shot("impor-periksa", "/pegawai/impor", send_roster),
        Shot("impor-riwayat", "/pegawai/impor/riwayat"),
        Shot("impor-padanan", "/pegawai/impor/padanan"),
        *CALENDAR,
        Shot("sertifikat-satu", samples.certificate),
        Shot("sertifikat-cabut", f"{samples.certificate}/cabut"),
    ]


def sekda(samples: Samples) -> list[Shot]:
    """The Sekda's desk and directives."""
    return [
        Shot("meja", "/"),
        Shot("edaran", "/edaran"),
        Shot("edaran-satu", samples.letter),
        Shot("edaran-baru", "/edaran/baru"),
        Shot("edaran-keliru", "/edaran/baru", press("Simpan draf")),
        Shot("edaran-draf", "/edaran/baru", draft),
        Shot("laporan", "/laporan/ketuntasan"),
    ]


def _samples() -> Samples:
    certificate = db.session.scalars(select(Certificate)).first()
    letter = db.session.scalars(select(Directive.id).where(Directive.issued_at.is_not(None))).first()
    person = db.session.scalars(select(Employee.id).where(Employee.status == "active")).first()
    assert certificate
    return Samples(
        verification=f"/verifikasi/{certificate.code}",
        certificate=f"/sertifikat/{certificate.id}",
        letter=f"/edaran/{letter}",
        person=f"/pegawai/{person}",
    )
