"""A sample of every message that people get about directives, for HR to read; about nobody that exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import current_app

from elearn.agencies.models import Agency
from elearn.agencies.rules import EmployeeKind, PersonOn
from elearn.calendar.queries import Present
from elearn.calendar.rules import PhaseKind
from elearn.core.speech import say
from elearn.directives import letter
from elearn.directives.models import Directive
from elearn.notices.rules import Message
from elearn.reminders import messages, queries
from elearn.reminders.messages import Recipient, ToDo
from elearn.reminders.rules import Rank

WHOM = Recipient(UUID(int=1), "Siti Contoh, S.Pd.", "siti.contoh@example.test")
OPD = "Dinas Contoh"
ENDED = {"closed": "Masa pelaksanaannya selesai.", "revoked": "Dicabut"}


@dataclass(frozen=True, slots=True)
class Sample:
    """A message as somebody would get it."""

    title: str
    to: str
    subject: str
    body: str


def samples(today: date) -> list[Sample]:
    """One of every message."""
    due = today + timedelta(days=3)
    mails = [*_of_directives(today, due), *_to_staff(today, due), *_to_offices(today, due)]
    shown = [Sample(title, to, message.subject, message.body) for title, to, message in mails]
    duties, number = [ToDo("Modul Contoh", 25, due)], _directive(today, due).number
    return [
        *shown,
        Sample(say("Pesan WhatsApp"), say("pegawai"), "", messages.whatsapp(WHOM.name, number, duties, today)),
    ]


Shown = Iterator[tuple[str, str, Message]]
"""Titles, to whom, and what."""


def _of_directives(today: date, due: date) -> Shown:
    """What is told of a directive itself; nothing where no module was published that it could ask for."""
    titles = {
        "issued": say("Edaran terbit"),
        "closed": say("Edaran ditutup"),
        "revoked": say("Edaran dicabut"),
    }
    slug, person = next(iter(queries.modules()), None), _person(today)
    for what, title in titles.items() if slug else ():
        directive = _directive(today, due, module_slug=slug, ended_on=today, end_note=ENDED.get(what))
        yield title, say("pegawai"), letter.notices_to([person], directive, what=what)[0]


def _to_staff(today: date, due: date) -> Shown:
    """What those get who owe something."""
    duties, late = [ToDo("Modul Contoh", 25, due)], ToDo("Modul Lain", 20, today - timedelta(days=2))
    phase = Present("Pemilihan Contoh", PhaseKind.CAMPAIGN, today + timedelta(days=40))
    told = (
        (say("Pengingat harian sebelum tenggat"), messages.digest(WHOM, duties, today)),
        (say("Pengingat harian sesudah tenggat"), messages.digest(WHOM, [late, *duties], today)),
        (say("Pengingat pada awal tahap pemilihan"), messages.digest(WHOM, duties, today, phase)),
        (say("Edaran berlaku bagi pegawai baru"), messages.joined(WHOM, OPD, _directive(today, due), duties)),
        (
            say("Edaran berlaku karena perubahan perangkat daerah"),
            messages.joined(WHOM, OPD, _directive(today, due), duties, by_reorganisation=True),
        ),
    )
    yield from ((title, say("pegawai"), message) for title, message in told)


def _to_offices(today: date, due: date) -> Shown:
    """What those get who answer for others."""
    keepers, sekda = say("kepala dan pengelola OPD"), say("Sekretaris Daerah")
    directive, office = _directive(today, due), Agency(id=UUID(int=3), code="OPD-01", name=OPD)  # never stored
    ranks = [Rank(office.id, OPD, 31, 50), Rank(UUID(int=4), "Badan Contoh", 45, 50)]
    asked: dict[str, Any] = {"percent": current_app.config["SETTINGS"].escalation_percent, "today": today}
    of_opd, of_all = {"done": 31, "bound": 50, "late": 0}, {"done": 76, "bound": 100, "late": 4}
    behind = messages.opd_behind(WHOM, directive, ranks[0], office.code, **asked)
    yield say("OPD tertinggal, tiga hari sebelum tenggat"), keepers, behind
    units = [Rank(UUID(int=6), "UPT Contoh", 3, 9), Rank(UUID(int=7), "SD Contoh", 6, 12)]
    of_units = messages.units_behind(WHOM, directive, units, ["UPT-01", "SD-01"], **asked)
    yield say("Unit tertinggal, tiga hari sebelum tenggat"), say("pengelola unit"), of_units
    yield say("Urutan OPD pada hari tenggat"), sekda, messages.ranking(WHOM, directive, ranks, **asked)
    reprimand = messages.reprimand(WHOM, directive, UUID(int=5), "800/12/TEGURAN", OPD)
    yield say("Surat teguran terbit"), keepers, reprimand
    yield say("Angka mingguan OPD, dengan PDF"), keepers, messages.bulletin(WHOM, office, due, of_opd, today)
    yield (
        say("Angka harian pada pekan terakhir, dengan PDF"),
        sekda,
        messages.bulletin(WHOM, None, due, of_all, today),
    )


def _directive(today: date, deadline_on: date, **facts: Any) -> Directive:
    """A directive for samples, never stored."""
    return Directive(
        id=UUID(int=2),
        number="800/1/CONTOH",
        subject="Netralitas ASN",
        issued_on=today - timedelta(days=11),
        deadline_on=deadline_on,
        deadlines={},
        more_modules=[],
        signatory_title="Sekretaris Daerah",
        **facts,
    )


def _person(today: date) -> PersonOn:
    """Somebody bound who does not exist."""
    return PersonOn(
        employee_id=WHOM.account_id,
        account_id=WHOM.account_id,
        nip="",
        name=WHOM.name,
        kind=EmployeeKind.PNS,
        rank=None,
        post=None,
        agency_id=UUID(int=3),
        agency_name=OPD,
        opd_id=UUID(int=3),
        email=WHOM.email,
        phone=None,
        joined_on=today,
        serving_since=today,
    )
