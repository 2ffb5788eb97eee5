"""Who of the regency holds which role, and the few accounts that belong to no civil servant."""

from dataclasses import dataclass

from elearn.core.permissions import Role
from elearn.demo.people import Person
from elearn.demo.regency import Regency

OFFICER_OPD = "dinkes"
"""The perangkat daerah whose officer is shown among the demo accounts; its ASN is shown there too."""
_OFFICER_POSTS = ("Kepala Subbagian Umum dan Kepegawaian", "Kepala Bagian Umum")


@dataclass(frozen=True)
class Guest:
    """An account that belongs to no civil servant of the regency."""

    role: Role
    username: str
    name: str


GUESTS = (
    Guest(Role.AUDITOR, "bawaslu.auditor", "Pengawas Bawaslu Kabupaten Bukit Serawai"),
    Guest(Role.AUTHOR, "penyusun", "Tim Penyusun Materi"),
    Guest(Role.ADMIN, "admin", "Admin Diskominfo"),
)


@dataclass(frozen=True)
class Holders:
    """The civil servants who hold a role beside that of an ASN, and the ASN shown among the demo accounts."""

    sekda: Person
    hr: Person
    officers: dict[str, Person]
    """By the code of their perangkat daerah."""
    learner: Person

    @property
    def nips(self) -> frozenset[str]:
        """The NIPs of all of them."""
        return frozenset(p.nip for p in (self.sekda, self.hr, self.learner, *self.officers.values()))

    @property
    def done(self) -> frozenset[str]:
        """The NIPs of those who set an example and are done."""
        return frozenset({self.sekda.nip, self.hr.nip, self.officers[OFFICER_OPD].nip})


def holders(regency: Regency) -> Holders:
    """Who holds which role: the Sekda, BKPSDM's head of personnel records, one officer in each perangkat daerah."""
    by_opd: dict[str, list[Person]] = {}
    for person in regency.people:
        by_opd.setdefault(person.opd_code, []).append(person)
    return Holders(
        sekda=_first(by_opd["setda"], "Sekretaris Daerah"),
        hr=_first(by_opd["bkpsdm"], "Kepala Bidang Pengadaan"),
        officers={opd: _first(people, *_OFFICER_POSTS) for opd, people in by_opd.items()},
        learner=next(filter(_is_typical, by_opd[OFFICER_OPD]), by_opd[OFFICER_OPD][-1]),
    )


def _first(people: list[Person], *posts: str) -> Person:
    """The first whose post begins so, or failing that the last in rank of seats."""
    return next((person for person in people if person.post.startswith(posts)), people[-1])


def _is_typical(person: Person) -> bool:
    """Whether it is somebody without a leading post who has been there for long and can be written to."""
    is_nurse = person.post.startswith(("Perawat", "Bidan", "Dokter"))
    return is_nurse and len(person.stays) == 1 and bool(person.email and person.phone)
