"""Signatures: readable by Poppler and pyHanko, over the whole file, broken by any change."""

import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from elearn.core import pdf
from elearn.documents import keys, pades

PAGE = '<!doctype html><html lang="id"><head><title>Uji</title></head><body><p>Isi dokumen.</p></body></html>'


@pytest.fixture(scope="module")
def seal(tmp_path_factory: pytest.TempPathFactory) -> pades.Seal:
    """A seal of a demo."""
    now = datetime.now(UTC)
    return pades.Seal(keys.ensure(tmp_path_factory.mktemp("seal"), name="Kabupaten Uji", demo=True, now=now))


@pytest.fixture(scope="module")
def plain() -> bytes:
    """A page that nobody signed."""
    return pdf.render_pdf(PAGE)


@pytest.fixture(scope="module")
def signed(seal: pades.Seal, plain: bytes) -> bytes:
    """The same page, signed."""
    return pades.sign(plain, seal, reason="Uji segel")


def pdfsig(content: bytes, tmp_path: Path) -> str:
    """What Poppler says about the signatures of a PDF."""
    file = tmp_path / "signed.pdf"
    file.write_bytes(content)
    return subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout


def test_poppler_calls_the_signature_valid(signed: bytes, tmp_path: Path) -> None:
    """An independent reader agrees, and sees all of the file covered."""
    said = pdfsig(signed, tmp_path)
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "Signature Type: ETSI.CAdES.detached" in said
    assert "Signing Hash Algorithm: SHA-256" in said


def test_pyhanko_finds_it_intact_and_untouched(signed: bytes, seal: pades.Seal) -> None:
    """Trusting the seal, the signature is valid and nothing was added afterwards."""
    signature = PdfFileReader(BytesIO(signed)).embedded_signatures[0]
    trust = ValidationContext(trust_roots=[seal.signing_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, trust)
    assert (True, True, True) == (status.intact, status.valid, status.trusted)
    assert "ENTIRE_FILE" == status.coverage.name


def test_signing_only_adds_to_the_end(plain: bytes, signed: bytes) -> None:
    """The unsigned page stays in the signed file byte for byte."""
    assert signed.startswith(plain)
    assert 10_000 > len(signed) - len(plain)


def test_a_changed_byte_breaks_the_signature(signed: bytes, tmp_path: Path) -> None:
    """Any change of the page is seen."""
    place = signed.index(b"stream") + 20
    changed = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]
    assert "Digest Mismatch" in pdfsig(changed, tmp_path)


def test_the_signature_is_invisible_and_says_why(signed: bytes) -> None:
    """No picture is put on the page; the reason is in the signature."""
    field = PdfFileReader(BytesIO(signed)).embedded_signatures[0]
    assert "Uji segel" == field.sig_object["/Reason"]
    assert [0, 0, 0, 0] == [int(side) for side in field.sig_field["/Rect"]]


def test_the_key_is_not_parsed_again(plain: bytes, seal: pades.Seal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing uses the kept key object: parsing a key costs more than a signature."""
    for loader in ("load_der_private_key", "load_pem_private_key"):
        monkeypatch.setattr(serialization, loader, lambda *_, **__: pytest.fail("the key was parsed again"))
    assert pades.sign(plain, seal, reason="lagi").startswith(b"%PDF-")
