"""The folder of one installation: database, keys, queue; what is private in it is readable by its owner only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from config import Settings

SHORTEST_SECRET = 32


def prepare(settings: Settings) -> None:
    """Make the instance folder and its databases, closed to other users, if they are not there."""
    settings.instance_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    for url in (settings.database, settings.jobs):
        if url.startswith("sqlite:///"):  # made empty and private before SQLite makes it as the umask says
            path = Path(url.removeprefix("sqlite:///"))
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def secret_key(settings: Settings) -> str:
    """The key that signs cookies: from the environment, or made once and kept in the instance folder.

    Raises ValueError for a key under 32 characters: a weak one is worse than none.
    """
    given = settings.secret_key.get_secret_value()
    key = given or _kept(settings.instance_dir / "secret.key")
    if len(key) < SHORTEST_SECRET:
        raise ValueError("ELEARN_SECRET_KEY must have at least 32 characters")
    return key


def _kept(path: Path) -> str:
    with suppress(FileExistsError):
        write_private(path, secrets.token_hex(32).encode())
    return path.read_text().strip()


def write_private(path: Path, content: bytes) -> None:
    """Write a new file of mode 600 whole or not at all; FileExistsError when there is one already."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
        os.link(draft, path)
    finally:
        os.close(handle)
        draft.unlink()
