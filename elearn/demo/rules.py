"""When the demo may be loaded, and the refusals about it."""

from dataclasses import dataclass

from elearn.core.errors import Conflict, RuleBroken, Unavailable
from elearn.core.permissions import Role

PASSWORD = "bukit-serawai-2026"  # noqa: S105 - everybody may know it: it opens fictional accounts only
"""The one password of all demo accounts."""


class AlreadyInhabited(Conflict):
    """The demo is only loaded into an empty installation."""

    sentence = "Basis data ini sudah berisi akun atau pegawai. Data demo hanya dimuat ke instalasi yang kosong."


class NotADemo(RuleBroken):
    """Accounts with a known password exist in demo installations only."""

    sentence = "Instalasi ini bukan instalasi demo, jadi tidak ada akun demo."


class Unprepared(Unavailable):
    """There are no tables yet."""

    sentence = "Basis data belum disiapkan. Jalankan `make migrate` lebih dahulu."


class NothingPublished(Unavailable):
    """A year of learning needs a module and a pact."""

    sentence = "Materi belum terbit. Jalankan `flask content publish` lebih dahulu."


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that anybody may use to look around in a role."""

    role: Role
    username: str
    password: str
    name: str
