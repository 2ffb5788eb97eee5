"""The seal: private, made once, honest about itself."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from elearn.documents import keys

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
REGENCY = "Kabupaten Bukit Serawai"


def ensure(folder: Path, *, demo: bool = True) -> keys.KeyPair:
    """The seal of a folder."""
    return keys.ensure(folder, name=REGENCY, demo=demo, now=NOW)


def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    """The file has mode 600 and no draft of it stays behind."""
    ensure(tmp_path)
    assert 0o600 == stat.S_IMODE((tmp_path / keys.FILENAME).stat().st_mode)
    assert [keys.FILENAME] == [file.name for file in tmp_path.iterdir()]


def test_the_key_is_made_once(tmp_path: Path) -> None:
    """A second start finds the first key."""
    assert ensure(tmp_path).serial == ensure(tmp_path).serial


def test_two_at_once_get_the_same_key(tmp_path: Path) -> None:
    """Web server and worker may start together."""
    with ThreadPoolExecutor(8) as pool:
        serials = {pair.serial for pair in pool.map(lambda _: ensure(tmp_path), range(8))}
    assert 1 == len(serials)


def test_key_and_certificate_belong_together(tmp_path: Path) -> None:
    """The certificate is signed by and speaks for the P-256 key beside it."""
    pair = ensure(tmp_path)
    assert isinstance(pair.key.curve, ec.SECP256R1)
    assert pair.key.public_key() == pair.certificate.public_key()
    pair.certificate.verify_directly_issued_by(pair.certificate)


def test_the_certificate_may_sign_documents_and_nothing_else(tmp_path: Path) -> None:
    """It is no authority and encrypts nothing."""
    extensions = ensure(tmp_path).certificate.extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    assert (True, True) == (usage.digital_signature, usage.content_commitment)
    assert (False, False) == (usage.key_cert_sign, usage.key_encipherment)
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca


@pytest.mark.parametrize(
    ("demo", "name"), [(True, f"Segel Elektronik UJI {REGENCY}"), (False, f"Segel Elektronik {REGENCY}")]
)
def test_a_demo_says_so_in_its_name(tmp_path: Path, demo: bool, name: str) -> None:
    """A demo's seal is called a trial, and no seal calls itself certified."""
    assert name == ensure(tmp_path, demo=demo).name
    assert not {"tersertifikasi", "bsre"} & set(name.lower().split())


def test_a_long_name_is_cut_to_what_x509_allows(tmp_path: Path) -> None:
    """Common names have at most 64 characters (RFC 5280)."""
    assert 64 >= len(keys.common_name("Kabupaten " + "Panjang " * 12, demo=True))


def test_an_unprepared_folder_has_no_seal(tmp_path: Path) -> None:
    """Loading never makes a key."""
    with pytest.raises(FileNotFoundError):
        keys.load(tmp_path)
