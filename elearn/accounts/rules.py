"""What accounts decide: how a name is typed, which passwords are too weak, how often one may guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from elearn.core.errors import Conflict, RuleBroken
from elearn.core.permissions import ROLE_PERMISSIONS, Actor, Grant, Permission, Role
from elearn.core.speech import Sentence, say, tally

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
LEAST_OF_ONES_OWN = 6

NIP_DIGITS = 18
GUESSING_WINDOW = timedelta(minutes=15)
GUESSES_PER_ACCOUNT = 10
GUESSES_PER_ADDRESS = 1000

EVERYWHERE = frozenset({Role.ADMIN, Role.AUTHOR, Role.SEKDA})
"""Roles whose deeds are not bounded by any agency."""

CODE_GROUPS = 2
CODE_LIFETIME = timedelta(days=30)

# fmt: off
COMMON_WORDS = frozenset((
    "abcdefgh", "admin", "administrator", "asdfghjk", "asdfghjkl", "asn", "bhinneka", "bismillah", "bkd",
    "bkpsdm", "cinta", "cpns", "diskominfo", "garuda", "indonesia", "jakarta", "kabupaten", "katasandi",
    "login", "merdeka", "netral", "netralitas", "nip", "opd", "pancasila", "passw0rd", "password", "pegawai",
    "pemda", "pemilu", "pilkada", "pns", "pppk", "qwertyui", "qwertyuiop", "rahasia", "sandi", "sayang",
    "sayangku", "selamat", "selamatdatang", "semangat", "welcome",
))
# fmt: on
_SEPARATED_DIGITS = re.compile(r"[\d\s.\-]+")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_COUNTING = "01234567890123456789", "98765432109876543210"


class WrongCredentials(RuleBroken):
    """The name is unknown, the password is wrong, or the account is closed; nobody is told which."""

    sentence = say(
        "Nama pengguna atau kata sandi tidak cocok. Periksa keduanya: pada kata sandi, "
        "huruf besar dan kecil dibedakan."
    )


class WrongCode(RuleBroken):
    """The name is unknown, or the code is wrong, used or expired; nobody is told which."""

    sentence = say(
        "NIP dan kode aktivasi tidak cocok, atau kodenya sudah dipakai atau kedaluwarsa. Periksa keduanya; "
        "bila tetap ditolak, mintalah kode baru."
    )


class WrongPassword(RuleBroken):
    """A signed-in person typed another password than her own."""

    sentence = say(
        "Kata sandi ini bukan kata sandi Anda. Bila lupa, mintalah kode aktivasi baru kepada pengelola kepegawaian."
    )


class WeakPassword(RuleBroken):
    """The new password is among the first that anybody would try."""


class UnknownLanguage(RuleBroken):
    """The pages are not spoken in this language."""

    sentence = say("Bahasa ini belum tersedia.")


class UnfitUsername(RuleBroken):
    """The name cannot be a username."""

    sentence = say("Pakai 3 sampai 60 huruf kecil, angka, titik, garis bawah, atau tanda hubung.")


class UsernameTaken(Conflict):
    """Another account has this username."""

    sentence = say("Nama pengguna ini sudah dipakai.")


class RoleNeedsAgency(RuleBroken):
    """The role exists only within an agency."""

    sentence = say("Pilih OPD untuk peran pengelola kepegawaian OPD.")


class RoleKnowsNoAgency(RuleBroken):
    """The role acts for the whole regency; an agency beside it would promise a limit that nobody keeps."""

    sentence = say("Peran ini berlaku untuk seluruh pemerintah daerah. Pilih lingkup itu.")


class LastAdmin(RuleBroken):
    """Nobody would be left to grant roles."""

    sentence = say("Ini admin terakhir. Angkat admin lain dahulu.")


class BeyondReach(RuleBroken):
    """A code would let the issuer, or whoever gets the slip, act with more power than the issuer has."""

    sentence = say("Akun ini memegang peran lain. Mintalah admin menerbitkan kodenya.")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An ASN's account to be made with many others; a demo may give it a password already."""

    username: str
    name: str
    email: str | None = None
    phone: str | None = None
    password_hash: str | None = None
    activated_at: datetime | None = None


def username_of(text: str) -> str:
    """A username as it is stored: lower case, and a NIP without the spaces, dots and hyphens in it."""
    bare = text.strip().casefold()
    return re.sub(r"\D", "", bare) if _SEPARATED_DIGITS.fullmatch(bare) else bare


def miscounted(username: str) -> Sentence | None:
    """What is wrong with a number that has too few or too many digits for a NIP; it tells nothing of any account."""
    if not username.isdigit() or len(username) == NIP_DIGITS:
        return None
    return tally("NIP terdiri atas 18 angka; yang Anda tulis %(num)s angka.", len(username))


def refuse_unfit(username: str) -> None:
    """Raise UnfitUsername unless the text can name an account."""
    if not _USERNAME.fullmatch(username):
        raise UnfitUsername(field="username")


def refuse_weak(password: str, *, username: str, name: str) -> None:
    """Raise WeakPassword when a new password is too short or too long, common, or drawn from its owner."""
    if weakness := _weakness(password, username, name):
        raise WeakPassword(weakness, field="new_password")


def _weakness(password: str, username: str, name: str) -> str | None:
    if len(password) < SHORTEST_PASSWORD:
        return tally("Kata sandi paling sedikit %(num)s karakter.", SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        return tally("Kata sandi paling banyak %(num)s karakter.", LONGEST_PASSWORD)
    if len(set(password)) < 4 or any(password in row for row in _COUNTING):
        return say("Kata sandi ini terlalu mudah ditebak. Pakai beberapa kata yang hanya Anda ingat.")
    if _is_personal(password.casefold(), username, name):
        return say("Jangan memakai nama, NIP, atau tanggal lahir Anda sebagai kata sandi.")
    if password.casefold().strip("0123456789!@#$%&*._-") in COMMON_WORDS | {""}:
        return say("Kata sandi ini terlalu umum. Pakai beberapa kata yang hanya Anda ingat.")
    return None


def _is_personal(password: str, username: str, name: str) -> bool:
    """Whether hardly anything is left of a password once the owner's names and birth date are taken out."""
    words = {*re.findall(r"\w{3,}", name.casefold()), username, *_birth_dates(username)}
    rest = password
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != password and sum(sign.isalnum() for sign in rest) < LEAST_OF_ONES_OWN


def _birth_dates(username: str) -> tuple[str, ...]:
    """The ways to write the birth date with which a NIP begins."""
    if len(username) != NIP_DIGITS or not username.isdigit():
        return ()
    year, month, day = username[:4], username[4:6], username[6:8]
    return year + month + day, day + month + year, year[2:] + month + day, day + month + year[2:]


def refuse_unfit_scope(role: Role, agency_id: UUID | None) -> None:
    """Raise RoleNeedsAgency or RoleKnowsNoAgency when a role is given in another scope than it acts in."""
    if role is Role.OPD_OFFICER and agency_id is None:
        raise RoleNeedsAgency(field="agency")
    if role in EVERYWHERE and agency_id is not None:
        raise RoleKnowsNoAgency(field="agency")


def may_issue_code(actor: Actor, roles: Iterable[Role]) -> bool:
    """Whether the actor may let somebody with these roles set a new password.

    Anyone in reach for an ASN; for other roles only who could grant them, or who holds all they open everywhere.
    """
    others = [role for role in roles if role is not Role.ASN]
    if not others or actor.account_id is None or actor.has(Permission.ACCOUNT_ROLES_GRANT):
        return True
    opened = {permission for role in others for permission in ROLE_PERMISSIONS[role]}
    return all(None in actor.scopes(each) for each in {Permission.ACCOUNT_PEOPLE_ACTIVATE, *opened})


def grants_of(pairs: Iterable[tuple[Role | None, UUID | None]]) -> tuple[Grant, ...]:
    """Grants from rows of role and agency; an account without roles gives one row of None."""
    return tuple(Grant(role, agency_id) for role, agency_id in pairs if role is not None)
