"""Lists of what was given, signed and done: certificates with their codes, pacts by text, the work of officers."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, or_, select

from elearn.accounts.models import Account
from elearn.agencies import named
from elearn.agencies import queries as agencies
from elearn.agencies import rules as service
from elearn.agencies.models import Agency, Employee, Placement
from elearn.agencies.named import Name
from elearn.certificates import queries as issued
from elearn.certificates.models import Certificate
from elearn.content.models import Publication
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM
from elearn.core.speech import say, term
from elearn.core.tables import Column, Table
from elearn.ledger import words
from elearn.ledger.models import LedgerEntry
from elearn.pact.models import Pact
from elearn.reports.asking import Asked

VALID, REVOKED = term("certificate", "Berlaku"), say("Dicabut")
CERTIFICATES = (
    Column("number", say("Nomor")),
    Column("code", say("Kode"), "code"),
    Column("name", say("Nama")),
    Column("opd", term("one", "OPD")),
    Column("module", say("Modul"), lang="id"),
    Column("issued_on", say("Terbit"), "date"),
    Column("state", say("Keadaan")),
)
PACTS = (
    Column("name", say("Nama")),
    Column("nip", say("NIP"), "nip"),
    Column("agency", say("Unit kerja")),
    Column("module", say("Modul"), lang="id"),
    Column("version", say("Versi teks"), "count"),
    Column("fingerprint", say("Sidik teks")),
    Column("signed_at", say("Ditandatangani"), "instant"),
)
WORK = (
    Column("month", say("Bulan")),
    Column("name", say("Petugas")),
    Column("work", say("Kegiatan")),
    Column("count", say("Banyak"), "count"),
)
MONTHS = 12
UUID_LENGTH = 36
OWN = (
    "accounts:activated",
    "accounts:password_changed",
    "certificates:issued",
    "certificates:sealed",
    "pact:signed",
    "quiz:submitted",
)
"""What people do for themselves, and what follows by itself."""


def list_certificates(asked: Asked) -> Select[Any]:
    """The certificates in reach that had been issued by the end of the day, the first one first."""
    columns = (
        Certificate.number,
        Certificate.code,
        Certificate.facts,
        Certificate.agency_id,
        Certificate.issued_at,
        Certificate.revoked_at,
    )
    query = select(*columns).join(Agency, Agency.id == Certificate.agency_id)
    query = query.join(Employee, Employee.id == Certificate.employee_id)
    query = query.where(
        Certificate.issued_at <= clock.end_of(asked.day), issued.reached(asked.visible, day=asked.day)
    )
    name = named.on(asked.day)
    query = _narrowed(name.joined(query), asked, Certificate.module_slug, name)
    return query.order_by(Certificate.year, Certificate.sequence)


def certificates(asked: Asked, rows: Iterable[Any]) -> Table:
    """The register of certificates; name and module as they stand on the paper."""
    until = clock.end_of(asked.day)
    told = [
        {
            "number": row.number,
            "code": row.code,
            "name": row.facts["name"],
            "opd": asked.offices.opd_name(row.agency_id),
            "module": row.facts["module"],
            "issued_on": clock.local(row.issued_at).date(),
            "state": REVOKED if row.revoked_at and row.revoked_at <= until else VALID,
        }
        for row in rows
    ]
    meaning = say("Sertifikat yang terbit sampai tanggal laporan, dengan keadaannya pada akhir hari itu.")
    notes = asked.notes(meaning)
    return Table(say("Register sertifikat"), CERTIFICATES, told, notes)


def list_pacts(asked: Asked) -> Select[Any]:
    """The pacts signed by the end of the day by people in sight who have a post that day, away or not, by name."""
    name = named.on(asked.day)
    columns: tuple[Any, ...] = (
        *name.columns,
        Employee.nip,
        Agency.id.label("agency_id"),
        Pact.module_slug,
        Publication.number.label("version"),
        Publication.fingerprint,
        Pact.signed_at,
    )
    query = (
        select(*columns)
        .join(Publication, Publication.id == Pact.publication_id)
        .join(Employee, Employee.id == Pact.employee_id)
        .join(Placement, and_(Placement.employee_id == Employee.id, agencies.covers(asked.day)))
        .join(Agency, Agency.id == Placement.agency_id)
        .where(Pact.signed_at <= clock.end_of(asked.day), agencies.within(Placement.agency_id, asked.visible))
        .order_by(name.name, Employee.id, Pact.signed_at)
    )
    return _narrowed(name.joined(query), asked, Pact.module_slug, name)


def pacts(asked: Asked, rows: Iterable[Any]) -> Table:
    """Who signed which version of the text, by its number and its SHA-256."""
    told = [
        {
            "name": service.full_name(row.name, row.title_before, row.title_after),
            "nip": row.nip,
            "agency": asked.offices.name(row.agency_id),
            "module": asked.module_titles.get(row.module_slug, row.module_slug),
            "version": row.version,
            "fingerprint": row.fingerprint,
            "signed_at": row.signed_at,
        }
        for row in rows
    ]
    meaning = say("Sidik teks adalah SHA-256 dari naskah pakta yang ditandatangani; naskah yang sama bersidik sama.")
    return Table(say("Pakta menurut versi teks"), PACTS, told, asked.notes(meaning))


def list_work(asked: Asked) -> Sequence[Any]:
    """What officers did in the last twelve months, counted by month; NotFound for who sees only a part."""
    if not asked.is_whole:
        raise NotFound
    months = _months(asked.day)
    month = case(*((LedgerEntry.at < clock.start_of(end), first.isoformat()) for first, end in months)).label("month")
    query = (
        select(month, LedgerEntry.actor, LedgerEntry.event, func.count().label("count"))
        .where(LedgerEntry.at >= clock.start_of(months[0][0]), LedgerEntry.at <= clock.end_of(asked.day))
        .where(LedgerEntry.event.not_in(OWN), LedgerEntry.actor != SYSTEM.username)
        .group_by(month, LedgerEntry.actor, LedgerEntry.event)
    )
    return db.session.execute(query).all()


def work(asked: Asked, rows: Iterable[Any]) -> Table:
    """The work of officers as the record has it, the last month first."""
    each = list(rows)
    names = _names({row.actor for row in each}, asked.day)
    told = [
        {
            "month": row.month[:7],
            "name": names.get(row.actor, row.actor),
            "work": words.event_words(row.event),
            "count": row.count,
        }
        for row in each
    ]
    told.sort(key=lambda row: (row["name"], row["work"]))
    told.sort(key=lambda row: row["month"], reverse=True)
    meaning = say(
        "Menurut jejak audit selama dua belas bulan; yang dikerjakan sistem dan peserta sendiri tidak dihitung."
    )
    return Table(say("Kegiatan petugas"), WORK, told, asked.notes(meaning))


def _narrowed(query: Select[Any], asked: Asked, slug: Any, name: Name) -> Select[Any]:
    """A select of people's papers, narrowed to the agency, the module and the words asked for."""
    if asked.agency_id:
        query = query.where(Agency.path.contains(f"/{asked.agency_id}/"))
    if asked.module:
        query = query.where(slug == asked.module)
    for word in asked.words.split():
        begins = Employee.nip.startswith(word, autoescape=True)
        query = query.where(or_(name.name.icontains(word, autoescape=True), begins))
    return query


def _months(day: date) -> list[tuple[date, date]]:
    """The first day of each of the last months up to a day, with the first day of the next."""
    count = day.year * 12 + day.month - 1
    firsts = [date(n // 12, n % 12 + 1, 1) for n in range(count - MONTHS + 1, count + 2)]
    return list(pairwise(firsts))


def _names(actors: Iterable[str], day: date) -> dict[str, str]:
    """The names on a day of the accounts among the actors of the record; employees have a history of theirs."""
    ids = [UUID(actor) for actor in actors if len(actor) == UUID_LENGTH]
    name = named.on(day)
    query = select(Account.id, Account.name, Employee.id, *name.columns).select_from(Account)
    query = query.outerjoin(Employee, Employee.account_id == Account.id).where(Account.id.in_(ids))
    rows = db.session.execute(name.joined(query))
    return {
        str(account_id): service.full_name(*parts) if employee_id else account_name
        for account_id, account_name, employee_id, *parts in rows
    }
