"""Every page of whoever has a desk: officers of an OPD, BKPSDM, the Sekda, auditors, authors, the administrator."""

from collections.abc import Iterator, Mapping

from flask import Flask
from playwright.sync_api import Page

from config import ROOT
from elearn.content.questions import QuestionKind
from elearn.core import clock
from elearn.core.permissions import Role
from tests.journeys import cast, props
from tests.journeys.pages import Demo
from tests.journeys.props import Samples
from tests.journeys.shots import Seat, Shot, choose, each, fill, first, press, tick

OPD, INSTRUMENT = "dinkes", "uu-20-2023"
QUIZ = f"/penilaian/{cast.SLUG}"
QUESTION = f"{QUIZ}/soal/dh-05"
TODAY = clock.today()
SPLIT = (
    f"/opd/{OPD}/pecah/pembagian?on={TODAY}"
    "&name_1=Dinas+Pelayanan+Kesehatan&code_1=DINYANKES&name_2=Dinas+Kesehatan+Masyarakat&code_2=DINKESMAS"
)
IN_TEN_DAYS = "new Date(Date.now() + 864e6).toISOString().slice(0, 10)"


def seats(app: Flask, accounts: Mapping[Role, Demo], samples: Samples) -> Iterator[Seat]:
    """Who sits down in turn; what she needs there is prepared on the way."""
    author = accounts[Role.AUTHOR]
    props.given_up(app)
    yield Seat("opd", accounts[Role.OPD_OFFICER], [*OVERSIGHT, *CODES, *ALLOWING])
    yield Seat("bkpsdm", accounts[Role.HR], hr(samples))
    yield Seat("sekda", accounts[Role.SEKDA], sekda(samples))
    yield Seat("pemeriksa", accounts[Role.AUDITOR], [*RECORD, Shot("edaran-satu", samples.letter)])
    yield Seat("penyusun", author, [*CONTENT, *packs(app, author), *drafts(app, author), *RULING, *LAW])
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


def drafts(app: Flask, author: Demo) -> list[Shot]:
    """Questions from another file: the file, and a draft of each kind that has a form of its own."""
    brought, of_kind = props.drafts(app, author)
    return [
        Shot("soal-berkas", "/materi/soal"),
        Shot("soal-draf", brought),
        Shot("soal-draf-kedua", f"{brought}?hal=2"),
        *(Shot(f"soal-sunting-{kind.value}", address) for kind, address in of_kind.items()),
        Shot(
            "soal-sunting-keliru",
            of_kind[QuestionKind.SINGLE],
            each(fill(explanation=""), press("Simpan draf")),
        ),
        Shot("soal-unduh", f"/materi/{cast.SLUG}/soal"),
    ]


def send_roster(page: Page) -> None:
    """Upload the sample roster for review."""
    page.get_by_label("Berkas daftar pegawai").set_input_files(ROOT / "tests/samples/roster.xlsx")
    press("Periksa berkas")(page)


def send_strays(page: Page) -> None:
    """Upload a roster with the name of a unit that nobody knows."""
    lines = "NIP;NAMA;UNOR NAMA\n199503122022032017;Rahmi Puspita;Puskesmas Pembantu Muara Tenang\n"
    sent = {"name": "daftar.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    page.get_by_label("Berkas daftar pegawai").set_input_files(sent)  # type: ignore[arg-type]
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
    Shot("penilaian-kuis", QUIZ),
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
    Shot("kalender", "/kalender"),
    Shot("akun", "/akun"),
]
ALLOWING = [
    Shot("keringanan", "/penilaian/keringanan"),
    Shot("keringanan-kosong", "/penilaian/keringanan?cari=Tidak+Ada"),
]
CALENDAR = [
    Shot("kalender", "/kalender"),
    Shot("kalender-libur", "/kalender/libur/baru"),
    Shot("kalender-pemilihan", "/kalender/pemilihan/baru"),
    Shot("kalender-ubah", "/kalender", first("a[href$='/ubah']")),
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
FILES = [
    Shot("laporan-panjang", "/laporan/sertifikat.pdf"),
    Shot("laporan-berkas-dipesan", "/laporan/sertifikat.pdf", press("Siapkan PDF")),
]
ASSESSMENT = [
    Shot("penilaian-pola", f"{QUIZ}/pola"),
    *ALLOWING,
    Shot("keringanan-satu", "/penilaian/keringanan", first("tbody a")),
    Shot("keringanan-buka", "/penilaian/keringanan", each(first("tbody a"), first("a[href$='/buka']"))),
    Shot("gangguan", "/penilaian/gangguan"),
    Shot("gangguan-satu", "/penilaian/gangguan", first("tbody a")),
    Shot("gangguan-baru", "/penilaian/gangguan/baru"),
    Shot(
        "gangguan-periksa",
        "/penilaian/gangguan/baru",
        each(
            fill(since=f"{TODAY}T00:01", until=f"{TODAY}T00:09", reason="Listrik gedung padam."),
            press("Periksa siapa yang terkena"),
        ),
    ),
    Shot("putusan", "/penilaian/putusan"),
    Shot("putusan-satu", "/penilaian/putusan", first("a[href*='/penilaian/putusan/']")),
    Shot("putusan-hasil", "/penilaian/putusan", first("a[href*='/penilaian/hasil/']")),
    Shot(
        "putusan-beberapa",
        "/penilaian/putusan",
        each(first("a[href*='/penilaian/putusan/']"), first("a[href$='/keputusan']")),
    ),
]
TREE = [
    Shot("opd-baru", "/opd/baru"),
    Shot("opd-unit-baru", f"/opd/{OPD}/unit-baru"),
    Shot("opd-ubah", f"/opd/{OPD}/ubah"),
    Shot("opd-ganti-nama", f"/opd/{OPD}/ganti-nama"),
    Shot("opd-tutup", f"/opd/{OPD}/tutup"),
    Shot("opd-gabung", f"/opd/{OPD}/gabung"),
    Shot(
        "opd-gabung-akibat",
        f"/opd/{OPD}/gabung",
        each(
            tick("[name='formers']", most=2),
            fill(on=str(TODAY), name="Puskesmas Gabungan", code="PKM-GAB"),
            press("Lihat yang akan pindah"),
        ),
    ),
    Shot("opd-pecah", f"/opd/{OPD}/pecah"),
    Shot("opd-pecah-pembagian", SPLIT),
]
RECORD = [
    Shot("meja", "/"),
    Shot("jejak-audit", "/jejak-audit"),
    Shot("jejak-audit-utuh", "/jejak-audit", press("Periksa keutuhan sekarang")),
    Shot("laporan", "/laporan/ketuntasan"),
    Shot("penilaian", "/penilaian"),
    Shot("sertifikat", "/sertifikat"),
    Shot("teguran", "/teguran"),
    Shot("edaran", "/edaran"),
]
CONTENT = [
    Shot("meja", "/"),
    Shot("materi", "/materi"),
    Shot("modul", f"/materi/{cast.SLUG}"),
    Shot("cerita", f"/materi/{cast.SLUG}/cerita/satu-jempol"),
    Shot("cakupan", "/materi/cakupan"),
    Shot("penilaian-soal", QUESTION),
]
RULING = [
    Shot("laporan-soal", "/penilaian/laporan-soal"),
    Shot("laporan-soal-satu", "/penilaian/laporan-soal", first("tbody a")),
    Shot("putusan", "/penilaian/putusan"),
    Shot("putusan-baru", f"{QUESTION}/putusan"),
    Shot("putusan-keliru", f"{QUESTION}/putusan", press("Lihat akibatnya")),
    Shot(
        "putusan-usulan",
        f"{QUESTION}/putusan",
        each(
            tick("[name='kind'][value='gugur']"),
            fill(reason="Dua pilihan sama-sama dapat dibenarkan."),
            press("Lihat akibatnya"),
        ),
    ),
]
LAW = [
    Shot("dasar-hukum", "/dasar-hukum"),
    Shot("dasar-hukum-satu", f"/dasar-hukum/{INSTRUMENT}"),
    Shot(
        "dasar-hukum-berubah",
        f"/dasar-hukum/{INSTRUMENT}",
        each(
            fill(changed_on=str(TODAY), note="Pasal tentang hukuman disiplin diganti."),
            press("Tandai berubah"),
        ),
    ),
    Shot("dasar-hukum-dampak", f"/dasar-hukum/{INSTRUMENT}/dampak"),
]
MACHINE = [
    Shot("meja", "/"),
    Shot("pengguna", "/pengguna"),
    Shot("pengguna-satu", "/pengguna", first("tbody a")),
    Shot("pengguna-baru", "/pengguna/baru"),
    Shot("pengguna-kosong", "/pengguna?cari=Tidak+Ada"),
    Shot("surat-keluar", "/surat-keluar"),
    Shot("surat-gagal", "/surat-keluar/gagal"),
]


def hr(samples: Samples) -> list[Shot]:
    """What BKPSDM oversees and what only it does."""
    return [*OVERSIGHT, *REPORTS, *FILES, *people(samples), *TREE, *CALENDAR, *ASSESSMENT, *certificates(samples)]


def people(samples: Samples) -> list[Shot]:
    """Somebody's record, what may be noted there, and rosters."""
    away = each(
        choose(kind="tugas-belajar"),
        fill(started_on=str(TODAY), reason="SK Bupati 800.1.11/77/2026"),
        press("Catat"),
    )
    return [
        Shot("pegawai-kosong", "/pegawai?cari=Tidak+Ada"),
        Shot("pegawai-satu", samples.person),
        Shot("pegawai-mutasi", f"{samples.person}/mutasi"),
        Shot("pegawai-nama", f"{samples.person}/nama"),
        Shot("pegawai-keluar", f"{samples.person}/keluar"),
        Shot("pegawai-tidak-bertugas", f"{samples.person}/tidak-bertugas"),
        Shot("pegawai-sedang-tidak-bertugas", f"{samples.person}/tidak-bertugas", away),
        Shot("pegawai-bertugas-kembali", samples.person, first("a[href$='/akhiri']")),
        Shot("pegawai-baru", "/pegawai/baru"),
        Shot("impor", "/pegawai/impor"),
        Shot("impor-periksa", "/pegawai/impor", send_roster),
        Shot("impor-nama-unit", "/pegawai/impor", each(send_strays, first("a[href$='/nama-unit']"))),
        Shot("impor-riwayat", "/pegawai/impor/riwayat"),
        Shot("impor-padanan", "/pegawai/impor/padanan"),
    ]


def certificates(samples: Samples) -> list[Shot]:
    """A certificate and its end; somebody freed of a directive."""
    freed = each(
        first("a[href*='/pengecualian?']"),
        fill(reason="Tugas belajar di luar negeri."),
        press("Catat pengecualian"),
    )
    return [
        Shot("sertifikat-satu", samples.certificate),
        Shot("sertifikat-cabut", f"{samples.certificate}/cabut"),
        Shot("edaran-sasaran", f"{samples.letter}/sasaran"),
        Shot("edaran-kecualikan", f"{samples.letter}/pengecualian"),
        Shot("edaran-dikecualikan", f"{samples.letter}/sasaran", freed),
        Shot("edaran-kecualikan-akhir", samples.letter, first("a[href$='/akhiri']")),
    ]


def sekda(samples: Samples) -> list[Shot]:
    """The Sekda's desk and directives."""
    return [
        Shot("meja", "/"),
        Shot("edaran", "/edaran"),
        Shot("edaran-satu", samples.letter),
        Shot("edaran-sasaran", f"{samples.letter}/sasaran"),
        Shot("edaran-tutup", f"{samples.letter}/tutup"),
        Shot("edaran-baru", "/edaran/baru"),
        Shot("edaran-keliru", "/edaran/baru", press("Simpan draf")),
        Shot("edaran-draf", "/edaran/baru", draft),
        Shot("laporan", "/laporan/ketuntasan"),
        Shot("teguran", "/teguran"),
        Shot("teguran-konsep", "/teguran", first("td a[href^='/teguran/']:not([href$='pdf'])")),
        Shot("kalender", "/kalender"),
    ]
