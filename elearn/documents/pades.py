"""PDF signatures by PAdES baseline B-B (ETSI EN 319 142-1) with the installation's own seal.

Imports pyHanko, asn1crypto and `documents.keys` only. The signature is invisible, covers the whole file, and
claims no more than that: the certificate is self-signed, so a reader shows it as valid but untrusted.
"""

from io import BytesIO

from asn1crypto import algos, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from elearn.documents.keys import KeyPair

FIELD = "Segel"


class Seal(Signer):
    """A pyHanko signer that keeps the key object, because parsing the key costs most of a signature.

    pyHanko's own SimpleSigner parses it each time, and its loaders ignore subclasses.
    """

    def __init__(self, pair: KeyPair) -> None:
        certificate = x509.Certificate.load(pair.certificate.public_bytes(Encoding.DER))
        super().__init__(
            signing_cert=certificate,
            cert_registry=SimpleCertificateStore.from_certs([certificate]),
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )
        self.pair = pair
        self.room = 2 * (2 * len(certificate.dump()) + 1024)
        """Hex digits to keep free for the signature: the certificate, its names again, and the fixed parts.

        Known beforehand, so that pyHanko need not make every signature twice to measure it.
        """

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The DER signature over `data`, at most 72 bytes."""
        return self.pair.key.sign(data, ec.ECDSA(hashes.SHA256()))


def sign(pdf: bytes, seal: Seal, *, reason: str, contact: str | None = None) -> bytes:
    """The PDF with one invisible signature over all of it, appended as an incremental update.

    `contact` says where the signature can be checked (ISO 32000-1, table 252).
    """
    claim = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=seal.pair.name,
        reason=reason,
        contact_info=contact,
    )
    signer = PdfSigner(claim, signer=seal, new_field_spec=SigFieldSpec(FIELD))
    signed = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=seal.room, output=signed)
    return signed.getvalue()
