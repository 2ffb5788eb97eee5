"""The group of a post: as a roster names it, and as its title tells for certain."""

import pytest

from elearn.agencies import posts
from elearn.agencies.rules import PostGroup

TOP, ADMINISTRATOR, SUPERVISOR, FUNCTIONAL, GENERAL = PostGroup


@pytest.mark.parametrize(
    ("text", "group"),
    [("II.b", TOP), ("Eselon II/a", TOP), ("Jabatan Pimpinan Tinggi Pratama", TOP), ("III.a", ADMINISTRATOR),
     ("Eselon IIIb", ADMINISTRATOR), ("Administrator", ADMINISTRATOR), ("IV/a", SUPERVISOR), ("Pengawas", SUPERVISOR),
     ("Jabatan Fungsional", FUNCTIONAL), ("JFT", FUNCTIONAL), ("Fungsional Umum", GENERAL), ("Pelaksana", GENERAL),
     ("Non Eselon", None), ("Struktural", None), ("V.a", None), ("", None)],
)  # fmt: skip
def test_a_group_is_read_as_hr_writes_it(text: str, group: PostGroup | None) -> None:
    """By the words of the law or by the former echelons; anything else tells nothing."""
    assert group is posts.group_of(text)


@pytest.mark.parametrize("text", ["", "Non Eselon", "NON-ESELON", "Struktural", "Jabatan Manajerial"])
def test_some_words_tell_nothing_without_being_wrong(text: str) -> None:
    """They are passed over without a complaint."""
    assert posts.is_silent(text)
    assert not posts.is_silent("Eselon XX")


@pytest.mark.parametrize(
    ("post", "group"),
    [("Sekretaris Daerah", TOP), ("Kepala Dinas Kesehatan", TOP), ("Inspektur", TOP), ("Inspektur Daerah", TOP),
     ("Camat Kota Serawai", ADMINISTRATOR), ("Sekretaris Camat", ADMINISTRATOR), ("Kepala Bidang SMP", ADMINISTRATOR),
     ("Inspektur Pembantu I", ADMINISTRATOR), ("Lurah Ibul", SUPERVISOR), ("Kepala Subbagian Umum", SUPERVISOR),
     ("Kepala Sub Bagian Keuangan", SUPERVISOR), ("KEPALA SEKSI UMUM", SUPERVISOR), ("Guru Kelas", FUNCTIONAL),
     ("Analis Kebijakan Ahli Muda", FUNCTIONAL), ("dr. umum", None), ("Dokter Ahli Pertama", FUNCTIONAL),
     ("Pengadministrasi Perkantoran", GENERAL), ("Plt. Kepala Dinas Kesehatan", None), ("Kepala Puskesmas", None),
     ("Kepala UPTD Pasar", None), ("Analis Kebijakan", None), ("Camatan", None), ("", None)],
)  # fmt: skip
def test_a_title_is_trusted_only_when_it_is_certain(post: str, group: PostGroup | None) -> None:
    """Whoever only acts in a post, or heads what is large here and small there, is not guessed."""
    assert group is posts.guess(post)
