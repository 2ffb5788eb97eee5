"""Employees: found, looked at, entered, moved, dismissed, and given a code for their first sign-in."""

from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from flask import redirect, request, url_for
from wtforms import Field

from elearn.accounts import queries as accounts
from elearn.accounts.rules import CODE_LIFETIME, may_issue_code
from elearn.agencies import absences, actions, listing, particulars, queries, renaming, slips
from elearn.agencies.forms import HireForm, LeaveForm, NameForm, PeopleFilter, TransferForm
from elearn.agencies.listing import NO_GROUP, Wanted
from elearn.agencies.rules import EVERYTHING, AbsenceKind, EmployeeKind, LeaveReason, Person, PostGroup
from elearn.agencies.views.blueprint import blueprint
from elearn.core import bahasa, clock
from elearn.core.fields import ChoiceField
from elearn.core.permissions import ROLE_NAMES, Permission, requires
from elearn.core.speech import say
from elearn.core.tables import CSV_TYPE, XLSX_TYPE, to_csv, to_xlsx
from elearn.core.web import actor, attachment, notify, page_number, paginate, refusals_to, render, show_form

E = TypeVar("E", bound=StrEnum)


@blueprint.get("/pegawai")
@requires(Permission.AGENCY_PEOPLE_READ)
def people() -> Any:
    """Employees in sight, searched and filtered, a page at a time."""
    form, query = _listed()
    page = paginate(query, page_number(), scalars=False)
    return render("agencies/people.html", form=form, page=page, listing=listing)


@requires(Permission.AGENCY_PEOPLE_READ)
def people_file(kind: str) -> Any:
    """The same people, all of them, as a file."""
    form, query = _listed()
    table = listing.table(query, _notes(form))
    name = f"pegawai-{clock.today()}"
    if kind == "csv":
        return attachment(to_csv(table), f"{name}.csv", CSV_TYPE)
    return attachment(to_xlsx(table), f"{name}.xlsx", XLSX_TYPE)


for _kind in ("csv", "xlsx"):
    blueprint.add_url_rule(f"/pegawai.{_kind}", f"people_{_kind}", people_file, defaults={"kind": _kind})


def _listed() -> tuple[PeopleFilter, Any]:
    """The filter as the address has it, and the people it lets through."""
    visible = queries.visible_to(actor(), Permission.AGENCY_PEOPLE_READ)
    code = request.args.get("opd", "")
    tops = {each.code: each.name for each in queries.list_tops(visible=visible)}
    chosen = queries.get_agency(code, visible=visible) if code else None
    form = PeopleFilter(request.args, opd={chosen.code: chosen.name, **tops} if chosen else tops)
    form.validate()
    wanted = Wanted(
        search=form.cari.data or "",
        agency=chosen,
        kind=_member(EmployeeKind, form.jenis.data),
        post_group=NO_GROUP if form.jabatan.data == NO_GROUP else _member(PostGroup, form.jabatan.data),
        is_activated={"sudah": True, "belum": False}.get(form.aktivasi.data),
        state=_member(AbsenceKind, form.status.data) or form.status.data,
    )
    return form, listing.people(wanted, visible=visible, day=clock.today())


def _member(kind: type[E], value: str | None) -> E | None:
    return next((each for each in kind if each.value == value), None)


def _notes(form: PeopleFilter) -> list[tuple[str, str]]:
    """What a file of people shows, and who made it when."""
    told = ((field.label.text, _chosen(field)) for field in form if field.data)
    chosen = [(name, words) for name, words in told if words]
    made = f"{actor().name}, {bahasa.waktu(clock.now())}"
    return [(say("Keadaan"), bahasa.tanggal(clock.today())), (say("Dibuat oleh"), made), *chosen]


def _chosen(field: Field) -> str:
    """What a field of the filter is set to, in words; nothing for what is none of its choices and narrows nothing."""
    if not isinstance(field, ChoiceField):
        return str(field.data)
    return next((str(option.label.text) for option in field if option.checked), "")


@blueprint.get("/pegawai/<uuid:employee_id>")
@requires(Permission.AGENCY_PEOPLE_READ)
def employee(employee_id: UUID) -> Any:
    """One employee: facts, placements, absences, roles, account."""
    found = queries.get_employee(employee_id, visible=queries.visible_to(actor(), Permission.AGENCY_PEOPLE_READ))
    grants = accounts.list_open_grants([found.account_id])
    names: dict[UUID | None, str] = {each.id: each.name for each in queries.list_agencies()}
    return render(
        "agencies/employee.html",
        employee=found,
        account=accounts.get_account(found.account_id),
        roles=[(ROLE_NAMES[grant.role], names.get(grant.agency_id)) for grant in grants],
        absences=absences.list_absences(employee_id),
        names=renaming.history(employee_id),
        today=clock.today(),
        may_issue_code=may_issue_code(actor(), [grant.role for grant in grants]),
    )


@blueprint.route("/pegawai/baru", methods=["GET", "POST"])
@requires(Permission.AGENCY_PEOPLE_TRANSFER)
def hire() -> Any:
    """Enter one new employee."""
    form = HireForm(agencies=queries.list_choices(visible=_transferable()))
    if form.validate_on_submit():
        with refusals_to(form):
            hired = actions.hire(actor(), person=_person(form), started_on=form.started_on.data)
            notify(say("%(name)s sudah terdaftar.", name=hired.full_name))
            return redirect(url_for("agencies.employee", employee_id=hired.id))
    return show_form("agencies/hire.html", form)


def _person(form: HireForm) -> Person:
    return Person(
        nip=form.nip.data,
        name=form.name.data,
        kind=EmployeeKind(form.kind.data),
        agency_id=UUID(form.agency.data),
        post=form.post.data,
        title_before=form.title_before.data or None,
        title_after=form.title_after.data or None,
        rank=particulars.rank_of(form.rank.data or ""),
        email=particulars.email_of(form.email.data or ""),
        phone=particulars.phone_of(form.phone.data or ""),
        post_group=_member(PostGroup, form.post_group.data),
    )


def _transferable() -> Any:
    return queries.visible_to(actor(), Permission.AGENCY_PEOPLE_TRANSFER)


@blueprint.route("/pegawai/<uuid:employee_id>/mutasi", methods=["GET", "POST"])
@requires(Permission.AGENCY_PEOPLE_TRANSFER)
def transfer(employee_id: UUID) -> Any:
    """Move somebody to another agency or post."""
    found = queries.get_employee(employee_id, visible=_transferable())
    present = queries.latest_placement(found)
    form = TransferForm(
        agencies=queries.list_choices(visible=EVERYTHING),
        agency=str(present.agency_id),
        post=present.post,
        post_group=present.post_group.value if present.post_group else "",
    )
    if form.validate_on_submit():
        with refusals_to(form):
            actions.transfer(
                actor(),
                employee_id=employee_id,
                agency_id=UUID(form.agency.data),
                post=form.post.data,
                post_group=_member(PostGroup, form.post_group.data),
                on=form.on.data,
            )
            notify(say("Mutasi tercatat."))
            return redirect(url_for("agencies.employee", employee_id=employee_id))
    return show_form("agencies/transfer.html", form, employee=found, present=present)


@blueprint.route("/pegawai/<uuid:employee_id>/nama", methods=["GET", "POST"])
@requires(Permission.AGENCY_PEOPLE_TRANSFER)
def rename(employee_id: UUID) -> Any:
    """Change somebody's name or titles, or mend them where they were written wrongly."""
    found = queries.get_employee(employee_id, visible=_transferable())
    form = NameForm(obj=found, on=clock.today())
    if form.validate_on_submit():
        with refusals_to(form):
            if form.is_mistake:
                renaming.mend(actor(), employee_id=employee_id, named=form.named())
            else:
                renaming.rename(actor(), employee_id=employee_id, named=form.named(), on=form.on.data)
            notify(say("Nama dan gelar tersimpan."))
            return redirect(url_for("agencies.employee", employee_id=employee_id))
    return show_form("agencies/rename.html", form, employee=found)


@blueprint.route("/pegawai/<uuid:employee_id>/keluar", methods=["GET", "POST"])
@requires(Permission.AGENCY_PEOPLE_TRANSFER)
def leave(employee_id: UUID) -> Any:
    """Record that somebody serves here no longer."""
    found = queries.get_employee(employee_id, visible=_transferable())
    form = LeaveForm()
    if form.validate_on_submit():
        with refusals_to(form):
            actions.leave(actor(), employee_id=employee_id, on=form.on.data, reason=LeaveReason(form.reason.data))
            notify(say("Pegawai tercatat keluar dan akunnya ditutup."))
            return redirect(url_for("agencies.employee", employee_id=employee_id))
    return show_form("agencies/leave.html", form, employee=found)


@blueprint.post("/pegawai/<uuid:employee_id>/kode-aktivasi")
@requires(Permission.ACCOUNT_PEOPLE_ACTIVATE)
def issue_code(employee_id: UUID) -> Any:
    """Show a new activation code, this once."""
    code, until = actions.issue_code(actor(), employee_id=employee_id), clock.now() + CODE_LIFETIME
    visible = queries.visible_to(actor(), Permission.ACCOUNT_PEOPLE_ACTIVATE)
    found = queries.get_employee(employee_id, visible=visible)
    return render(
        "agencies/code.html",
        phone=found.phone,
        email=found.email,
        back=url_for("agencies.employee", employee_id=employee_id),
        slip=slips.handed(name=found.full_name, username=found.nip, code=code, expires_at=until),
    )
