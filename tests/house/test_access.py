"""Who may enter which door, in full; that looking changes nothing; and that other people's things are not there."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from elearn.accounts.models import Account, RoleGrant
from elearn.agencies.models import Agency, Employee, Placement
from elearn.calendar.models import Election
from elearn.certificates.models import Certificate
from elearn.core.db import db
from elearn.core.permissions import Role, access_of
from elearn.directives.models import Directive
from elearn.pact.models import Pact
from elearn.quiz.models import Attempt
from elearn.scenarios.models import Play

MATRIX = Path(__file__).with_name("access.txt")
IGNORED = {"HEAD", "OPTIONS"}
SLUG = "netralitas-asn"
SignIn = Callable[..., Any]


def rules_of(app: Flask) -> list[Any]:
    """All routes but the static files, by address."""
    return sorted((r for r in app.url_map.iter_rules() if r.endpoint != "static"), key=lambda r: r.rule)


def real_values(app: Flask) -> dict[str, Any]:
    """An existing thing for every kind of parameter, somebody's, not the visitor's own."""
    first = db.session.scalar
    opd = first(select(Agency).where(Agency.kind == "opd").order_by(Agency.code))
    certificate = first(select(Certificate).order_by(Certificate.number))
    attempt = first(select(Attempt).order_by(Attempt.started_at))
    return {
        "slug": SLUG,
        "lesson_id": "mengapa-netral",
        "scenario_id": "satu-jempol",
        "sequence": 1,
        "position": 1,
        "code": opd.code,
        "employee_id": first(select(Employee.id).order_by(Employee.nip)),
        "account_id": first(select(Account.id).order_by(Account.username)),
        "attempt_id": attempt.id,
        "play_id": first(select(Play.id).order_by(Play.started_at)),
        "certificate_id": certificate.id,
        "directive_id": first(select(Directive.id).order_by(Directive.number)),
        "exemption_id": UUID(int=7),
        "order_id": UUID(int=7),
        "absence_id": UUID(int=7),
        "import_id": UUID(int=7),
        "alias_id": UUID(int=7),
        "grant_id": UUID(int=7),
        "instrument_id": "uu-20-2023",
        "change_id": UUID(int=7),
        "pack_id": UUID(int=7),
        "draft_id": UUID(int=7),
        "form": "gift",
        "question": "dh-01",
        "holiday_id": UUID(int=7),
        "election_id": first(select(Election.id)),
        "notice_id": UUID(int=7),
        "reprimand_id": UUID(int=7),
        "concession_id": UUID(int=7),
        "outage_id": UUID(int=7),
        "ruling_id": UUID(int=7),
        "regrade_id": UUID(int=7),
        "token": "bukan-rahasia-siapa-pun",
        "role": "asn",
    }


def address(app: Flask, rule: Any, values: dict[str, Any]) -> str:
    """The URL of a route for these things."""
    with app.test_request_context():
        fixed = rule.defaults or {}
        return url_for(rule.endpoint, **fixed, **{name: values[name] for name in rule.arguments - set(fixed)})


def fingerprint() -> str:
    """A hash over every row of every table."""
    db.session.rollback()
    digest = hashlib.sha256()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table).order_by(*table.primary_key.columns)):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def visitors(sign_in: SignIn) -> dict[Role, Any]:
    """A browser for each role; the officer's within one OPD."""
    opd = db.session.scalar(select(Agency).where(Agency.kind == "opd").order_by(Agency.code))
    also_something_else = select(RoleGrant.account_id).where(RoleGrant.role != Role.ASN)
    plain = select(Employee).where(Employee.status == "active", Employee.account_id.not_in(also_something_else))
    employee = db.session.scalar(plain.order_by(Employee.nip.desc()))
    made = {role: sign_in(role) for role in Role if role not in (Role.ASN, Role.OPD_OFFICER)}
    return {Role.ASN: sign_in(employee), Role.OPD_OFFICER: sign_in(Role.OPD_OFFICER, agency_id=opd.id), **made}


def test_the_matrix_of_doors_and_roles(regency: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each method and route, the roles that get in; written anew with WRITE_DOORS=1, read as a difference."""
    # who may enter, not what is printed
    monkeypatch.setattr("elearn.core.press.render_pdf", lambda _html, **_how: b"%PDF")
    values, browsers = real_values(regency), visitors(sign_in)
    lines = []
    for rule in rules_of(regency):
        for method in sorted(rule.methods - IGNORED):
            if rule.endpoint == "accounts.sign_out":
                continue
            path = address(regency, rule, values)
            entered = [
                role.value
                for role, browser in browsers.items()
                if browser.open(path, method=method, data={}).status_code != 403
            ]
            lines.append(f"{method:6} {rule.rule:54} {' '.join(sorted(entered)) or '-'}")
    text = "\n".join(lines) + "\n"
    if os.environ.get("WRITE_DOORS"):
        MATRIX.write_text(text)
    assert MATRIX.read_text() == text


def test_looking_changes_nothing(regency: Flask, sign_in: SignIn) -> None:
    """No GET by any role leaves a trace in any table, and none is answered with an error of ours."""
    values, browsers = real_values(regency), visitors(sign_in)
    before = fingerprint()
    for rule in rules_of(regency):
        if "GET" not in rule.methods or rule.rule.endswith((".pdf", ".xlsx")):
            continue
        path = address(regency, rule, values)
        for role, browser in browsers.items():
            assert 500 != browser.get(path).status_code, (role, path)
    assert before == fingerprint()


def own_things(employee: Employee) -> list[tuple[str, str]]:
    """Pages that only this learner may open."""
    attempt = db.session.scalar(select(Attempt).where(Attempt.learner_id == employee.account_id))
    play = db.session.scalar(select(Play).where(Play.learner_id == employee.account_id))
    certificate = db.session.scalar(select(Certificate).where(Certificate.employee_id == employee.id))
    return [
        ("GET", f"/kuis/{attempt.id}"),
        ("GET", f"/kuis/{attempt.id}/soal/1"),
        ("POST", f"/kuis/{attempt.id}/soal/1"),
        ("POST", f"/kuis/{attempt.id}/kumpulkan"),
        ("GET", f"/kuis/{attempt.id}/hasil"),
        ("GET", f"/skenario/{play.id}"),
        ("POST", f"/skenario/{play.id}/langkah/1"),
        ("GET", f"/skenario/{play.id}/langkah/1"),
        ("GET", f"/skenario/{play.id}/adegan/1"),
        ("GET", f"/sertifikat/{certificate.id}"),
        ("GET", f"/sertifikat/{certificate.code}.pdf"),
    ]


@pytest.fixture
def owner(regency: Flask) -> Employee:
    """Somebody who has been all the way to her certificate and still serves."""
    query = (
        select(Employee)
        .join(Pact, Pact.employee_id == Employee.id)
        .join(Certificate, Certificate.employee_id == Employee.id)
        .join(Placement, (Placement.employee_id == Employee.id) & Placement.ended_on.is_(None))
        .where(Employee.account_id.in_(select(Play.learner_id)))
        .order_by(Employee.nip)
    )
    return db.session.scalars(query).first()


def test_other_learners_find_nothing(regency: Flask, sign_in: SignIn, owner: Employee) -> None:
    """A colleague gets 404 for another's attempt, story and certificate, and changes nothing by trying."""
    query = select(Employee).where(Employee.id != owner.id, Employee.status == "active").order_by(Employee.nip)
    colleague = sign_in(db.session.scalars(query).first())
    before = fingerprint()
    for method, path in own_things(owner):
        assert 404 == colleague.open(path, method=method, data={"choice": "a", "go": "next"}).status_code, path
    assert before == fingerprint()


def test_an_officer_finds_nobody_of_another_agency(regency: Flask, sign_in: SignIn, owner: Employee) -> None:
    """Another OPD's employee, report, files, codes and certificates are not there for her."""
    served = db.session.scalar(
        select(Agency)
        .join(Placement, Placement.agency_id == Agency.id)
        .where(Placement.employee_id == owner.id, Placement.ended_on.is_(None))
    )
    own_opd = served.opd_id or served.id
    other = db.session.scalar(select(Agency).where(Agency.kind == "opd", Agency.id != own_opd).order_by(Agency.code))
    theirs = db.session.get(Agency, own_opd)
    officer = sign_in(Role.OPD_OFFICER, agency_id=other.id)
    certificate = db.session.scalar(select(Certificate).where(Certificate.employee_id == owner.id))
    closed = [
        f"/pegawai/{owner.id}",
        f"/opd/{theirs.code}",
        f"/opd/{theirs.code}/kode-aktivasi",
        f"/laporan/ketuntasan/opd/{theirs.code}",
        f"/laporan/ketuntasan/opd/{theirs.code}.csv",
        f"/laporan/ketuntasan/opd/{theirs.code}.xlsx",
        f"/laporan/ketuntasan/opd/{theirs.code}.pdf",
        f"/laporan/cerita?opd={theirs.code}",
        f"/materi/{SLUG}/cerita/satu-jempol?opd={theirs.code}",
        f"/sertifikat/{certificate.id}",
        f"/sertifikat/{certificate.code}.pdf",
    ]
    for path in closed:
        assert 404 == officer.get(path).status_code, path
    assert 404 == officer.post(f"/pegawai/{owner.id}/kode-aktivasi").status_code
    for path in ("/pegawai", "/sertifikat", "/laporan/ketuntasan", "/laporan/ketuntasan.csv"):
        page = officer.get(path).get_data(as_text=True)
        assert owner.nip not in page
        assert owner.name not in page


def test_strangers_are_let_in_nowhere_by_declaration(built_app_once: Flask) -> None:
    """The public doors are these and no others."""
    public = {
        r.rule for r in rules_of(built_app_once) if access_of(built_app_once.view_functions[r.endpoint]) == "public"
    }
    assert {
        "/",
        "/aktivasi",
        "/bahasa/<code>",
        "/bantuan",
        "/bantuan/<role>",
        "/dasar-hukum",
        "/dasar-hukum/<instrument_id>",
        "/gaya",
        "/healthz",
        "/kalender/<token>.ics",
        "/keluar",
        "/manifest.webmanifest",
        "/masuk",
        "/perangkat/tanda",
        "/perangkat/tanpa-jaringan",
        "/readyz",
        "/sw.js",
        "/verifikasi",
        "/verifikasi/<code>",
        "/verifikasi/laporan/<token>",
        "/verifikasi/surat/<uuid:directive_id>",
    } == public
