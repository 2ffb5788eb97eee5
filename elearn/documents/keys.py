"""The installation's own seal: one P-256 key with its self-signed certificate, in one private file.

Imports `cryptography` and `core.instance` only. The certificate says plainly what it is: a seal that the
installation made for itself, certified by nobody.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from elearn.core.instance import write_private

FILENAME = "seal.pem"
LIFETIME = timedelta(days=10 * 365)


@dataclass(frozen=True)
class KeyPair:
    """The private key, kept as an object because parsing it costs more than a signature, and its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def serial(self) -> str:
        """The certificate's serial number in hexadecimal, as stored beside each sealed document."""
        return f"{self.certificate.serial_number:x}"

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate in hexadecimal, by which anyone can recognise the seal."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def name(self) -> str:
        """The certificate's common name."""
        return str(self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def ensure(instance: Path, *, name: str, demo: bool, now: datetime) -> KeyPair:
    """The seal of this instance folder, made on the first call; two processes at once get the same one."""
    path = instance / FILENAME
    if not path.exists():
        with suppress(FileExistsError):
            write_private(path, _dump(_create(name=name, demo=demo, now=now)))
    return load(instance)


def load(instance: Path) -> KeyPair:
    """The seal of this instance folder; FileNotFoundError before `ensure`."""
    content = (instance / FILENAME).read_bytes()
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{FILENAME} must hold an elliptic-curve key")
    return KeyPair(key, x509.load_pem_x509_certificate(content))


def common_name(name: str, *, demo: bool) -> str:
    """What the certificate calls itself, at most 64 characters (RFC 5280); `UJI` marks a demo."""
    return f"Segel Elektronik {'UJI ' if demo else ''}{name}"[:64].strip()


def _create(*, name: str, demo: bool, now: datetime) -> KeyPair:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name(name, demo=demo)),
        ]
    )
    builder = (
        x509.CertificateBuilder(issuer_name=subject, subject_name=subject, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signing_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return KeyPair(key, builder.sign(key, hashes.SHA256()))


def _signing_only() -> x509.KeyUsage:
    others = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        encipher_only=False,
        decipher_only=False,
        **dict.fromkeys(others, False),
    )


def _dump(pair: KeyPair) -> bytes:
    key = pair.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return key + pair.certificate.public_bytes(serialization.Encoding.PEM)
