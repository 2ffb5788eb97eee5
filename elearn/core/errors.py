"""The tree of refusals: what a rule may answer instead of doing what was asked.

Refusal
├── RuleBroken    422  the request is understood and the rules say no
├── Conflict      409  somebody else was first
├── NotFound      404  there is no such thing, or it is not yours to know
├── Forbidden     403  the door is closed for this role
├── TooMany       429  slow down
└── Unavailable   503  try again later
"""

from elearn.core.speech import say


class Refusal(Exception):
    """A foreseen no, with the sentence a person reads and the form field it belongs to."""

    status = 422
    sentence: str = say("Permintaan ini tidak dapat dijalankan.")

    def __init__(self, sentence: str | None = None, *, field: str | None = None) -> None:
        self.sentence = sentence or type(self).sentence
        self.field = field
        super().__init__(self.sentence)


class RuleBroken(Refusal):
    """The rules of a room forbid what was asked."""


class Conflict(Refusal):
    """The thing changed meanwhile."""

    status = 409
    sentence: str = say("Data ini baru saja diubah di tempat lain. Muat ulang halaman, lalu coba lagi.")


class NotFound(Refusal):
    """There is no such thing, or it is not the asker's to know."""

    status = 404
    sentence: str = say("Yang Anda cari tidak ada di sini.")


class Forbidden(Refusal):
    """The actor's roles do not open this door."""

    status = 403
    sentence: str = say("Peran Anda tidak mencakup halaman ini.")


class TooMany(Refusal):
    """Too many attempts in too short a time."""

    status = 429
    sentence: str = say("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.")


class Unavailable(Refusal):
    """A part of the installation is not ready."""

    status = 503
    sentence: str = say("Layanan belum siap. Coba lagi beberapa saat lagi.")
