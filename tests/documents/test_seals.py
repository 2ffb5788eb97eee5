"""What a seal proves of a file: that we sealed it, all of it or a part; nothing for anybody else's."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from elearn.core import pdf
from elearn.documents import keys, pades, seals
from elearn.documents.keys import KeyPair
from elearn.documents.seals import Finding

PAGE = '<!doctype html><html lang="id"><head><title>Uji</title></head><body><p>Isi dokumen.</p></body></html>'
CONTACT = "https://contoh.go.id/verifikasi/laporan/.eJy_-9.Az"
WHOLE, NOTHING = Finding(is_ours=True, is_whole=True), Finding()


def a_pair(folder: Path, name: str) -> KeyPair:
    """A seal made on the spot."""
    return keys.ensure(folder, name=name, demo=True, now=datetime.now(UTC))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> KeyPair:
    """The seal of this installation."""
    return a_pair(tmp_path_factory.mktemp("ours"), "Kabupaten Uji")


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> KeyPair:
    """The seal of another one, under the same name."""
    return a_pair(tmp_path_factory.mktemp("theirs"), "Kabupaten Uji")


@pytest.fixture(scope="module")
def sealed(ours: KeyPair) -> bytes:
    """A page that we sealed."""
    return pades.sign(pdf.render_pdf(PAGE), pades.Seal(ours), reason="Uji segel", contact=CONTACT)


def test_a_file_as_it_was_sealed_is_whole(sealed: bytes, ours: KeyPair) -> None:
    """And says where it can be checked."""
    assert WHOLE == seals.examine(sealed, ours)
    assert [CONTACT] == seals.contacts(sealed)
    assert seals.is_pdf(sealed)


def test_each_changed_byte_is_seen(sealed: bytes, ours: KeyPair) -> None:
    """Wherever outside the gap it stands, also in what the signature says of itself."""
    for place in (9, 1000, sealed.index(b"ContactInfo") + 20, len(sealed) - 3):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert NOTHING == seals.examine(changed, ours)


def test_what_was_added_later_is_not_covered(sealed: bytes, ours: KeyPair, theirs: KeyPair) -> None:
    """The sealed part is still ours, but the file is not; another's signature on top is such an addition."""
    part = Finding(is_ours=True, is_whole=False)
    assert part == seals.examine(sealed + b"\n% lagi", ours)
    assert NOTHING == seals.examine(b"%!\n" + sealed, ours)


def test_only_our_own_seal_counts(sealed: bytes, ours: KeyPair, theirs: KeyPair) -> None:
    """Not one that bears the same name, and none while there is none."""
    assert NOTHING == seals.examine(sealed, theirs)
    assert NOTHING == seals.examine(sealed, None)


def test_a_signature_moved_to_another_file_proves_nothing(sealed: bytes, ours: KeyPair) -> None:
    """Its digest is that of the first."""
    other = pades.sign(
        pdf.render_pdf(PAGE.replace("Isi", "Lain")), pades.Seal(ours), reason="Uji segel", contact=CONTACT
    )
    gaps = [each[each.index(b"/Contents <") + 11 :].partition(b">")[0] for each in (sealed, other)]
    assert NOTHING == seals.examine(other.replace(gaps[1], gaps[0]), ours)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7 /ByteRange [0 8 9 1]/Contents <00>",
        b"%PDF-1.7 /ByteRange [0 37 41 0] <zz>....<30820000>",
        b"%PDF-1.7 /ByteRange [0 999999999 999999999 999999999]",
        b"%PDF-1.7 /ByteRange [0 9 5 1]",
        b"%PDF-1.7 /ByteRange [" + b"0" * 100_000,
        b"%PDF-1.7 " + b"/ByteRange [0 1 2 3]" * 50_000,
        b"%PDF-1.7 " + b"/ContactInfo (\\057" * 50_000,
    ],
)
def test_a_hostile_file_is_nothing(content: bytes, ours: KeyPair) -> None:
    """It neither fails nor proves anything."""
    assert NOTHING == seals.examine(content, ours)
    assert len(seals.contacts(content)) <= seals.MOST


@pytest.mark.parametrize("inside", ["<3000>", "<30800000>", f"<{'a0' * 2000}>", f"<{'30 82' * 9}>", "<>", "<", "<0>"])
def test_a_gap_of_anything_else_is_nothing(inside: str, ours: KeyPair) -> None:
    """Whatever stands where a signature should."""
    start = 60
    head = f"%PDF-1.7 /ByteRange [0 {start} {start + len(inside)} 5]".ljust(start)
    assert NOTHING == seals.examine(f"{head}{inside}%%EOF".encode(), ours)
