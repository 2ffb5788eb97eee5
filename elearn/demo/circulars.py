"""The circulars of the Sekda: whom they bind, since when, and by when; one of them is overdue."""

from dataclasses import dataclass
from datetime import date, timedelta

from elearn.demo.offices import ROOT_CODE, STEADY_OPD, offices

SATURDAY = 5


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

    def issued_on(self, today: date) -> date:
        """The working day on which it was issued."""
        return _working_day(today + timedelta(days=self.issued_after))

    def deadline_on(self, today: date) -> date:
        """The last day for those it binds, a working day."""
        return _working_day(today + timedelta(days=self.due_after))

    def number(self, today: date) -> str:
        """Its number as it stands on the letter; 800 is the filing code of personnel matters."""
        return f"800.1.6/{self.register}/SE/{self.issued_on(today).year}"

    def binds(self, opd_code: str) -> bool:
        """Whether people of that perangkat daerah are addressed."""
        return ROOT_CODE in self.opd_codes or opd_code in self.opd_codes


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
    ),
)

LEADERS_MODULE = "netralitas-pejabat"
LEADERS = Circular(
    register=548,
    subject="Netralitas pejabat manajerial",
    body="""Pejabat pimpinan tinggi, administrator, dan pengawas menjadi contoh bagi pegawai yang dipimpinnya, dan \
keputusan mereka paling mudah disalahgunakan untuk keuntungan suatu calon.

Sehubungan dengan itu, kami minta:

1. setiap pejabat manajerial menyelesaikan modul bagi pejabat, di samping modul **Netralitas ASN**;
2. setiap pejabat membicarakan isinya dengan pegawai di unit yang dipimpinnya.""",
    opd_codes=(ROOT_CODE,),
    issued_after=0,
    due_after=60,
)
"""For managerial posts only; a reviewed draft that waits for the Sekda where the module for them is published."""
