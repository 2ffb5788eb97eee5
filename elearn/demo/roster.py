"""The regency's people as HR would export them from SIASN, to try the roster import with."""

from collections.abc import Callable, Iterator, Sequence

from elearn.core.tables import Column, Table
from elearn.demo.people import Person
from elearn.demo.regency import Regency

COLUMNS = (
    Column("nip", "NIP BARU", "nip"),
    Column("name", "NAMA"),
    Column("title_before", "GELAR DEPAN"),
    Column("title_after", "GELAR BELAKANG"),
    Column("birth_on", "TANGGAL LAHIR", "date"),
    Column("kind", "JENIS PEGAWAI"),
    Column("rank", "GOL AKHIR NAMA"),
    Column("post", "JABATAN NAMA"),
    Column("unit", "UNOR NAMA"),
    Column("opd", "SATUAN KERJA NAMA"),
    Column("email", "EMAIL"),
    Column("phone", "NOMOR HP"),
)
_RARITIES: tuple[Callable[[Person], bool], ...] = (
    lambda person: person.post == "Sekretaris Daerah",
    lambda person: person.post.startswith("Camat"),
    lambda person: person.kind == "CPNS",
    lambda person: person.kind == "PPPK",
    lambda person: person.kind == "PPPK_PARUH_WAKTU",
    lambda person: "'" in person.name and bool(person.title_after),
    lambda person: " " not in person.name,
    lambda person: len(person.name.split()) >= 5,
    lambda person: person.title_before.startswith("dr."),
    lambda person: person.title_before == "Drs. H.",
    lambda person: "Ns." in person.title_after,
    lambda person: not person.email and not person.phone,
)
"""What a small sample of a roster shows one example of."""


def roster(regency: Regency, people: Sequence[Person]) -> Table:
    """The lines of these people; the phone is written as people write it, the OPD and the unit by name."""
    names = {office.code: office.name for office in regency.offices}
    rows = [
        {
            "nip": person.nip,
            "name": person.name,
            "title_before": person.title_before,
            "title_after": person.title_after,
            "birth_on": person.birth_on,
            "kind": person.kind.words,
            "rank": person.rank,
            "post": person.post,
            "unit": names[person.office_code],
            "opd": names[person.opd_code],
            "email": person.email,
            "phone": person.phone.replace("+62", "0"),
        }
        for person in people
    ]
    return Table(title="Daftar pegawai", columns=COLUMNS, rows=rows)


def sample(people: Sequence[Person]) -> Iterator[Person]:
    """One person for each rarity a roster reader has to cope with."""
    chosen: set[str] = set()
    for is_rare in _RARITIES:
        person = next(each for each in people if each.nip not in chosen and is_rare(each))
        chosen.add(person.nip)
        yield person
