"""The circulars of the Sekda: whom they bind to which modules, since when, and by when; some are overdue."""

from dataclasses import dataclass
from datetime import date, timedelta

from elearn.agencies.rules import MANAGERIAL, PostGroup
from elearn.calendar.rules import PhaseKind
from elearn.demo.offices import ROOT_CODE, STEADY_OPD, offices
from elearn.demo.people import Stay

SATURDAY = 5
MAIN, LEADERS, PHONES = "netralitas-asn", "netralitas-pejabat", "netralitas-medsos"
"""The modules that circulars ask for: everybody's, the one for managerial posts, the refresher about phones."""


@dataclass(frozen=True)
class Circular:
    """A directive as the demo issues it; days are counted from the day of loading, the past is negative."""

    register: int
    """Its running number in the Sekda's register of letters."""
    subject: str
    body: str
    opd_codes: tuple[str, ...]
    issued_after: int
    due_after: int
    modules: tuple[str, ...] = (MAIN,)
    """What it asks for, the new one first."""
    post_groups: frozenset[PostGroup] = frozenset()
    """The groups of posts it binds; none for every post."""
    valid_months: int | None = None
    """For how many months a result counts."""
    valid_through: PhaseKind | None = None
    """The phase of the demo's election until whose end a result counts."""
    followed: float = 0.5
    """About what share of the bound have done what it asks; the first circulars share one for all of them."""
    reprimands: tuple[int, ...] = ()
    """The running numbers of the reprimands issued after its deadline, to the OPD that were behind the most."""

    def issued_on(self, today: date) -> date:
        """The working day on which it was issued."""
        return _working_day(today + timedelta(days=self.issued_after))

    def deadline_on(self, today: date) -> date:
        """The last day for those it binds, a working day."""
        return _working_day(today + timedelta(days=self.due_after))

    def number(self, today: date) -> str:
        """Its number as it stands on the letter; 800 is the filing code of personnel matters."""
        return f"800.1.6/{self.register}/SE/{self.issued_on(today).year}"

    def binds(self, stay: Stay) -> bool:
        """Whether who serves there, at that post, is addressed."""
        is_inside = ROOT_CODE in self.opd_codes or stay.opd_code in self.opd_codes
        return is_inside and (not self.post_groups or stay.post_group in self.post_groups)


def _working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _ask(reason: str) -> str:
    """The body of a circular: why, then what everybody and each head of office is to do."""
    return f"""{reason}

Sehubungan dengan itu, kami minta:

1. setiap pegawai menyelesaikan modul **Netralitas ASN** sampai lulus kuis, lalu membaca dan menandatangani \
pakta integritas di aplikasi;
2. kepala perangkat daerah memastikan semua pegawainya, termasuk yang bertugas di unit kerja, sekolah, dan \
puskesmas, mendapat waktu dan sarana untuk belajar;
3. pengelola kepegawaian memantau ketuntasan setiap minggu dan mendampingi pegawai yang mengalami kendala."""


_DISTRICTS = tuple(office.code for office in offices() if office.staffing == "kecamatan")
_SERVICES = (
    "setwan",
    "satpolpp",
    "dinsos",
    "dp3ap2kb",
    "disdukcapil",
    "dpmd",
    "diskominfo",
    "dpmptsp",
    "dispusip",
    *_DISTRICTS[:6],
)
"""Perangkat daerah that meet the public every day or keep accounts on social media."""

CIRCULARS = (
    Circular(
        register=112,
        subject="Percontohan pembelajaran dan pakta integritas netralitas ASN",
        body=_ask(
            "Perangkat daerah yang membina dan mengawasi pegawai menjadi teladan netralitas. Pembelajaran daring "
            "tentang netralitas ASN diuji coba lebih dahulu di Inspektorat Daerah, BKPSDM, dan Badan Kesatuan "
            "Bangsa dan Politik."
        ),
        opd_codes=STEADY_OPD,
        issued_after=-300,
        due_after=-265,
    ),
    Circular(
        register=254,
        subject="Netralitas ASN di sekretariat, kecamatan, kelurahan, dan Satpol PP",
        body=_ask(
            "Pegawai sekretariat, kecamatan, kelurahan, serta Satuan Polisi Pamong Praja dan Pemadam Kebakaran "
            "setiap hari berhadapan dengan masyarakat dan dengan kegiatan politik. Keberpihakan sekecil apa pun "
            "di sana paling cepat terlihat dan paling mudah disalahpahami."
        ),
        opd_codes=("setda", "setwan", "satpolpp", *_DISTRICTS),
        issued_after=-210,
        due_after=-150,
        reprimands=(341, 342),
    ),
    Circular(
        register=398,
        subject="Netralitas tenaga pendidik dan tenaga kesehatan",
        body=_ask(
            "Guru dan tenaga kesehatan dipercaya oleh murid, orang tua, dan pasien tanpa memandang pilihan "
            "politik. Kepercayaan itu hanya terjaga bila pelayanan dan ucapan kita tidak memihak, di tempat "
            "tugas maupun di media sosial."
        ),
        opd_codes=("disdikbud", "dinkes", "rsud"),
        issued_after=-120,
        due_after=12,
    ),
    Circular(
        register=517,
        subject="Penyelesaian modul netralitas oleh seluruh ASN Kabupaten Bukit Serawai",
        body=_ask(
            "Menjelang tahapan pemilihan, seluruh ASN Pemerintah Kabupaten Bukit Serawai perlu memahami apa yang "
            "boleh, apa yang berisiko, dan apa yang dilarang, baik bagi PNS, CPNS, PPPK, maupun PPPK Paruh Waktu."
        ),
        opd_codes=(ROOT_CODE,),
        issued_after=-40,
        due_after=45,
        valid_through=PhaseKind.AFTER,
    ),
)
"""The first ones, which bring everybody to the main module."""

LATER = (
    Circular(
        register=431,
        subject="Netralitas pejabat manajerial di sekretariat, kecamatan, kelurahan, dan Satpol PP",
        body="""Keputusan pejabat dibaca sebagai pesan: siapa yang dipindah, bantuan mana yang didahulukan, undangan \
mana yang dihadiri. Karena itu pejabat manajerial mempelajari lebih banyak daripada pegawai lain.

Sehubungan dengan itu, kami minta setiap pejabat pimpinan tinggi, administrator, dan pengawas:

1. menyelesaikan modul **Netralitas bagi pejabat dan pimpinan unit**, di samping modul **Netralitas ASN**, dan \
menandatangani pakta integritas untuk keduanya;
2. membicarakan isinya dengan pegawai di unit yang dipimpinnya.""",
        opd_codes=("setda", "setwan", "satpolpp", *_DISTRICTS),
        issued_after=-95,
        due_after=-30,
        reprimands=(540,),
        modules=(LEADERS, MAIN),
        post_groups=MANAGERIAL,
        followed=0.85,
    ),
    Circular(
        register=476,
        subject="Penyegaran netralitas di media sosial",
        body="""Pelanggaran netralitas mudah terjadi di ponsel: tanda suka, foto dengan simbol jari, atau pesan yang \
diteruskan di grup. Perangkat daerah yang melayani masyarakat dan mengelola akun resmi perlu paling berhati-hati.

Sehubungan dengan itu, kami minta:

1. setiap pegawai yang telah menyelesaikan modul **Netralitas ASN** melanjutkan dengan modul **Netralitas di media \
sosial**, sepuluh menit, lalu menandatangani pakta integritas;
2. kepala perangkat daerah menunjuk satu orang yang memeriksa setiap unggahan di akun resmi sebelum terbit.""",
        opd_codes=_SERVICES,
        issued_after=-60,
        due_after=18,
        modules=(PHONES,),
        followed=0.7,
    ),
    Circular(
        register=532,
        subject="Pembaruan pakta integritas menjelang pemungutan suara",
        body="""Perangkat daerah yang membina dan mengawasi pegawai telah menandatangani pakta integritas pada masa \
percontohan. Agar tetap menjadi teladan selama kampanye, pakta itu diperbarui.

Sehubungan dengan itu, kami minta setiap pegawai Inspektorat Daerah, BKPSDM, dan Badan Kesatuan Bangsa dan Politik:

1. mengulang kuis modul **Netralitas ASN** bila hasilnya sudah berumur lebih dari enam bulan;
2. menandatangani kembali pakta integritas.""",
        opd_codes=STEADY_OPD,
        issued_after=-25,
        due_after=20,
        valid_months=6,
        followed=0.6,
    ),
)
"""What came on top, for those who had done the first module; only where the modules are published."""

DRAFT = Circular(
    register=548,
    subject="Netralitas pejabat manajerial di seluruh perangkat daerah",
    body="""Pejabat pimpinan tinggi, administrator, dan pengawas menjadi contoh bagi pegawai yang dipimpinnya, dan \
keputusan mereka paling mudah disalahgunakan untuk keuntungan suatu calon. Di sekretariat dan kecamatan modul bagi \
pejabat sudah berjalan; kini giliran semua perangkat daerah.

Sehubungan dengan itu, kami minta:

1. setiap pejabat manajerial menyelesaikan modul bagi pejabat, di samping modul **Netralitas ASN**;
2. setiap pejabat membicarakan isinya dengan pegawai di unit yang dipimpinnya.""",
    opd_codes=(ROOT_CODE,),
    issued_after=0,
    due_after=60,
    modules=(LEADERS, MAIN),
    post_groups=MANAGERIAL,
)
"""For managerial posts only; a reviewed draft that waits for the Sekda where the module for them is published."""
