"""The posts of a regency's civil service: who may hold them, of which rank, with which degree.

Names of posts follow Kepmen PANRB 11/2024 (pelaksana) and the usual functional posts; ranks follow the
schooling a post asks for. Ranks of PNS are counted from I/a = 0; a step up takes about four years.
"""

from dataclasses import dataclass
from typing import Literal

from elearn.agencies.rules import EmployeeKind

Schooling = Literal["SMP", "SMA", "D3", "S1", "S2"]
Track = Literal["ahli", "terampil", "pelaksana", "struktural"]

RANKS = tuple(f"{group}/{letter}" for group in ("I", "II", "III") for letter in "abcd") + tuple(
    f"IV/{letter}" for letter in "abcde"
)
ENTRY_RANK: dict[Schooling, str] = {"SMP": "I/c", "SMA": "II/a", "D3": "II/c", "S1": "III/a", "S2": "III/b"}
LAST_RANK: dict[Schooling, str] = {"SMP": "II/c", "SMA": "III/b", "D3": "III/c", "S1": "III/d", "S2": "IV/a"}
"""Where the ladder ends for pelaksana of that schooling."""
CONTRACT_RANK: dict[Schooling, str] = {"SMP": "I", "SMA": "V", "D3": "VII", "S1": "IX", "S2": "X"}
_LEVELS = {
    "ahli": (("IV/a", "Ahli Madya"), ("III/c", "Ahli Muda"), ("I/a", "Ahli Pertama")),
    "terampil": (("III/c", "Penyelia"), ("III/a", "Mahir"), ("II/c", "Terampil"), ("I/a", "Pemula")),
}
_LADDER_END = {"ahli": "IV/b", "terampil": "III/d"}
_CONTRACT_LEVEL = {("ahli", "S1"): "Ahli Pertama", ("ahli", "S2"): "Ahli Pertama", ("terampil", "SMA"): "Pemula"}


@dataclass(frozen=True)
class Profession:
    """What somebody is by trade; the post follows from it, the rank and the kind of employment."""

    title: str
    track: Track
    schooling: Schooling
    degrees: tuple[str, ...] = ("",)
    """Titles after the name, as often as listed."""
    before: str = ""
    """An academic or professional title before the name."""
    contract_title: str = ""
    """The post's name for PPPK where it differs."""
    women: float = 0.5
    """The share of women."""
    candidates: float = 1.0
    contracts: float = 1.0
    part_timers: float = 1.0
    """How readily such posts go to CPNS, PPPK and PPPK Paruh Waktu, 0 for never."""
    ranks: tuple[str, str] | None = None
    """First and last rank, where the post and not the schooling decides."""

    def rank_range(self) -> tuple[int, int]:
        """The first and last rank of a PNS in it, counted from I/a."""
        last = _LADDER_END.get(self.track, LAST_RANK[self.schooling])
        first, last = self.ranks or (ENTRY_RANK[self.schooling], last)
        return RANKS.index(first), RANKS.index(last)

    def post(self, kind: EmployeeKind, rank: str) -> str:
        """The name of the post (jabatan) somebody of that kind and rank holds in it."""
        if kind in (EmployeeKind.PNS, EmployeeKind.CPNS):
            levels = _LEVELS.get(self.track, (("I/a", ""),))
            level = next(name for least, name in levels if RANKS.index(rank) >= RANKS.index(least))
            return f"{self.title} {level}".strip()
        level = "" if self.track == "pelaksana" else _CONTRACT_LEVEL.get((self.track, self.schooling), "Terampil")
        return f"{self.contract_title or self.title} {level}".strip()


@dataclass(frozen=True)
class Field:
    """A field of knowledge: the degrees of its people, and the functional posts of its offices."""

    bachelors: tuple[str, ...]
    masters: tuple[str, ...]
    experts: tuple[Profession, ...] = ()


def _expert(title: str, *degrees: str) -> Profession:
    return Profession(title, "ahli", "S1", degrees, candidates=2, contracts=0.6, part_timers=0)


def _assistant(title: str, degree: str, *, women: float = 0.5) -> Profession:
    return Profession(title, "terampil", "D3", (degree,), women=women, contracts=1.3, part_timers=0.4)


ADMINISTRATION = (
    Profession(
        title="Penelaah Teknis Kebijakan",
        track="pelaksana",
        schooling="S1",
        degrees=("S.E.", "S.Sos.", "S.H.", "S.IP", "S.A.P.", "S.Kom.", "S.E."),
        contract_title="Penata Layanan Operasional",
        contracts=0.7,
        part_timers=0.7,
    ),
    Profession(
        title="Pengolah Data dan Informasi",
        track="pelaksana",
        schooling="D3",
        degrees=("A.Md.", "A.Md.Kom.", "A.Md.Ak.", "A.Md."),
        contract_title="Pengelola Layanan Operasional",
    ),
    Profession(
        title="Pengadministrasi Perkantoran",
        track="pelaksana",
        schooling="SMA",
        contract_title="Operator Layanan Operasional",
        candidates=0.2,
        contracts=1.2,
        part_timers=4,
    ),
)
CARETAKER = Profession(
    title="Pengelola Umum Operasional",
    track="pelaksana",
    schooling="SMP",
    women=0.25,
    candidates=0,
    contracts=0.8,
    part_timers=5,
)
TEACHERS = {
    "tk": Profession("Guru", "ahli", "S1", ("S.Pd.", "S.Pd.AUD"), women=0.95, contracts=1.5, part_timers=0.8),
    "sd": Profession(
        title="Guru",
        track="ahli",
        schooling="S1",
        degrees=("S.Pd.", "S.Pd.SD", "S.Pd.", "S.Pd.I", "S.Pd.", "S.Pd.SD", "S.Pd., M.Pd."),
        women=0.7,
        contracts=1.4,
        part_timers=0.8,
    ),
    "smp": Profession(
        title="Guru",
        track="ahli",
        schooling="S1",
        degrees=("S.Pd.", "S.Pd.", "S.Si., M.Pd.", "S.S.", "S.Pd., M.Pd.", "S.Ag.", "S.Kom., Gr.", "S.Pd., Gr."),
        women=0.6,
        contracts=1.2,
        part_timers=0.8,
    ),
}
DOCTOR = Profession("Dokter", "ahli", "S2", ("", "", "", "M.K.M."), before="dr.", candidates=3, part_timers=0)
SPECIALIST = Profession(
    title="Dokter",
    track="ahli",
    schooling="S2",
    degrees=("Sp.PD", "Sp.A", "Sp.OG", "Sp.B", "Sp.An.", "Sp.P", "Sp.M"),
    before="dr.",
    contracts=0,
    candidates=0,
    part_timers=0,
    ranks=("III/d", "IV/c"),
)
DENTIST = Profession("Dokter Gigi", "ahli", "S2", before="drg.", women=0.7, candidates=2, part_timers=0)
PHARMACIST = Profession("Apoteker", "ahli", "S2", ("S.Farm.",), before="apt.", women=0.7, part_timers=0)
NURSE = Profession("Perawat", "terampil", "D3", ("A.Md.Kep.",), women=0.72, contracts=1.5)
NERS = Profession("Perawat", "ahli", "S1", ("S.Kep., Ns.",), women=0.72, contracts=1.3, candidates=1.5)
MIDWIFE = Profession("Bidan", "terampil", "D3", ("A.Md.Keb.",), women=1, contracts=1.5)
SENIOR_MIDWIFE = Profession("Bidan", "ahli", "S1", ("S.Tr.Keb.", "S.Keb., Bd.", "S.Tr.Keb., Bd."), women=1)
HEALTH_ASSISTANTS = (
    _assistant("Asisten Apoteker", "A.Md.Farm.", women=0.75),
    _assistant("Pranata Laboratorium Kesehatan", "A.Md.A.K.", women=0.7),
    _assistant("Tenaga Sanitasi Lingkungan", "A.Md.K.L."),
    _assistant("Nutrisionis", "A.Md.Gz.", women=0.85),
    _assistant("Perekam Medis", "A.Md.RMIK"),
    _assistant("Terapis Gigi dan Mulut", "A.Md.Kes.", women=0.8),
)
HOSPITAL_ASSISTANTS = (
    _assistant("Radiografer", "A.Md.Rad."),
    _assistant("Fisioterapis", "A.Md.Ft."),
    _assistant("Teknisi Elektromedis", "A.Md.T.", women=0.2),
)
HEALTH_PROMOTER = _expert("Tenaga Promosi Kesehatan dan Ilmu Perilaku", "S.K.M.")
CONSTABLE = Profession("Polisi Pamong Praja", "terampil", "SMA", women=0.12, contracts=1.6, part_timers=2.5)
FIREFIGHTER = Profession("Pemadam Kebakaran", "terampil", "SMA", women=0.04, contracts=1.6, part_timers=2.5)

FIELDS: dict[str, Field] = {
    "umum": Field(
        bachelors=("S.Sos.", "S.E.", "S.H.", "S.IP"),
        masters=("M.Si.", "M.M.", "M.A.P.", "M.H."),
        experts=(
            _expert("Analis Kebijakan", "S.Sos.", "S.IP", "S.A.P."),
            _expert("Perancang Peraturan Perundang-undangan", "S.H."),
        ),
    ),
    "pemerintahan": Field(
        bachelors=("S.STP", "S.IP", "S.Sos.", "S.H."),
        masters=("M.Si.", "M.A.P.", "M.M."),
        experts=(_expert("Analis Kebijakan", "S.IP", "S.Sos.", "S.A.P."),),
    ),
    "pengawasan": Field(
        bachelors=("S.E.", "S.H.", "S.IP", "S.Ak."),
        masters=("M.Si.", "M.Ak.", "M.H."),
        experts=(
            _expert("Auditor", "S.E.", "S.Ak.", "S.E., CGAA"),
            _expert("Pengawas Penyelenggaraan Urusan Pemerintahan Daerah", "S.IP", "S.H."),
        ),
    ),
    "perencanaan": Field(
        bachelors=("S.T.", "S.E.", "S.P."),
        masters=("M.T.", "M.Si.", "M.E."),
        experts=(_expert("Perencana", "S.T.", "S.E.", "S.P.W.K."), _expert("Statistisi", "S.Stat.")),
    ),
    "keuangan": Field(
        bachelors=("S.E.", "S.Ak.", "S.A.P."),
        masters=("M.M.", "M.Ak.", "M.Si."),
        experts=(_expert("Analis Keuangan Pusat dan Daerah", "S.E.", "S.Ak."),),
    ),
    "kepegawaian": Field(
        bachelors=("S.Sos.", "S.Psi.", "S.H.", "S.A.P."),
        masters=("M.Si.", "M.A.P.", "M.Psi."),
        experts=(
            _expert("Analis Sumber Daya Manusia Aparatur", "S.Sos.", "S.A.P.", "S.H."),
            _expert("Asesor Sumber Daya Manusia Aparatur", "S.Psi."),
        ),
    ),
    "sosial": Field(
        bachelors=("S.Sos.", "S.Tr.Sos.", "S.Pd.", "S.E."),
        masters=("M.Si.", "M.M.", "M.Kesos."),
        experts=(_expert("Pekerja Sosial", "S.Tr.Sos.", "S.Sos."), _expert("Analis Kebijakan", "S.Sos.")),
    ),
    "pendidikan": Field(
        bachelors=("S.Pd.",),
        masters=("M.Pd.",),
        experts=(
            Profession(
                title="Pengawas Sekolah",
                track="ahli",
                schooling="S2",
                degrees=("S.Pd., M.Pd.",),
                candidates=0,
                contracts=0,
                part_timers=0,
                ranks=("III/d", "IV/c"),
            ),
            _expert("Pamong Budaya", "S.Sn.", "S.Hum."),
        ),
    ),
    "kesehatan": Field(
        bachelors=("S.K.M.", "S.Kep.", "S.Farm."),
        masters=("M.Kes.", "M.K.M."),
        experts=(
            _expert("Administrator Kesehatan", "S.K.M."),
            _expert("Epidemiolog Kesehatan", "S.K.M."),
            HEALTH_PROMOTER,
        ),
    ),
    "teknik": Field(
        bachelors=("S.T.",), masters=("M.T.", "M.Si."), experts=(_expert("Perencana", "S.T.", "S.P.W.K."),)
    ),
    "pertanian": Field(
        bachelors=("S.P.", "S.Pt."),
        masters=("M.P.", "M.Si."),
        experts=(
            _expert("Penyuluh Pertanian", "S.P.", "S.P.", "S.Tr.P."),
            _assistant("Penyuluh Pertanian", "A.Md.P."),
            _assistant("Paramedik Veteriner", "A.Md.Vet."),
        ),
    ),
    "pangan": Field(
        bachelors=("S.P.", "S.Pi."),
        masters=("M.P.", "M.Si."),
        experts=(_expert("Analis Ketahanan Pangan", "S.P.", "S.T.P."), _expert("Penyuluh Perikanan", "S.Pi.")),
    ),
    "informatika": Field(
        bachelors=("S.Kom.", "S.I.Kom."),
        masters=("M.Kom.", "M.Si."),
        experts=(
            _expert("Pranata Komputer", "S.Kom.", "S.T."),
            _expert("Pranata Hubungan Masyarakat", "S.I.Kom."),
            _expert("Sandiman", "S.Tr.TP"),
        ),
    ),
    "kearsipan": Field(
        bachelors=("S.Sos.", "S.I.P."),
        masters=("M.Si.", "M.A."),
        experts=(_expert("Pustakawan", "S.I.P.", "S.Hum."), _assistant("Arsiparis", "A.Md.")),
    ),
}
