"""`flask documents prepare-key` makes the seal; `flask documents show-key` says by what it can be recognised."""

from cryptography.hazmat.primitives.serialization import Encoding
from flask.cli import AppGroup

from elearn.documents import actions

group = AppGroup("documents", help="Issued documents and the seal they carry.")


@group.command("prepare-key")
def prepare_key() -> None:
    """Make the seal of this installation unless there is one; a second run changes nothing."""
    pair = actions.seal().pair
    print(f"{pair.name} (tidak tersertifikasi), sidik SHA-256 {pair.fingerprint}")


@group.command("show-key")
def show_key() -> None:
    """Print the seal's public certificate (PEM), to hand to whoever wants to check documents offline."""
    print(actions.seal().pair.certificate.public_bytes(Encoding.PEM).decode(), end="")
