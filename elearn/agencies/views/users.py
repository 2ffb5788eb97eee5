"""Users and their roles, for the admin; here and not in accounts because a role is held in an agency."""

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for

from elearn.accounts import actions, activation, queries
from elearn.accounts.rules import CODE_LIFETIME
from elearn.agencies import queries as agencies
from elearn.agencies import slips
from elearn.agencies.forms import RoleForm, UserFilter, UserForm
from elearn.agencies.rules import EVERYTHING
from elearn.agencies.views.blueprint import blueprint
from elearn.core import clock
from elearn.core.permissions import ROLE_NAMES, Grant, Permission, Role, requires
from elearn.core.speech import say
from elearn.core.web import actor, notify, page_number, paginate, refusals_to, render, show_form


@blueprint.get("/pengguna")
@requires(Permission.ACCOUNT_ROLES_GRANT)
def users() -> Any:
    """Who holds more than the part of an ASN; a search finds everybody."""
    form = UserFilter(request.args)
    form.validate()
    page = paginate(queries.users(form.cari.data or ""), page_number())
    roles: dict[UUID, list[str]] = {}
    for grant in queries.list_open_grants([account.id for account in page.items]):
        roles.setdefault(grant.account_id, []).append(ROLE_NAMES[grant.role])
    return render("agencies/users.html", form=form, page=page, roles=roles)


@blueprint.route("/pengguna/baru", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_ROLES_GRANT)
def create_user() -> Any:
    """Make an account with a first role and show its activation code, this once."""
    form = UserForm(agencies=agencies.list_choices(visible=EVERYTHING))
    if form.validate_on_submit():
        with refusals_to(form):
            account = actions.create(
                actor(),
                username=form.username.data,
                name=form.name.data,
                email=form.email.data or None,
                roles=[_grant(form)],
            )
            return _show_code(account.id, activation.issue_code(actor(), account_id=account.id))
    return show_form("agencies/create_user.html", form)


@blueprint.route("/pengguna/<uuid:account_id>/peran", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_ROLES_GRANT)
def user_roles(account_id: UUID) -> Any:
    """The roles of one account; a POST adds one."""
    account = queries.get_account(account_id)
    form = RoleForm(agencies=agencies.list_choices(visible=EVERYTHING))
    if form.validate_on_submit():
        with refusals_to(form):
            new = _grant(form)
            actions.grant(actor(), account_id=account_id, role=new.role, agency_id=new.agency_id)
            notify(say("Peran ditambahkan."))
            return redirect(url_for("agencies.user_roles", account_id=account_id))
    return show_form(
        "agencies/user_roles.html",
        form,
        account=account,
        grants=queries.list_open_grants([account_id]),
        role_names=ROLE_NAMES,
        agencies={agency.id: agency.name for agency in agencies.list_agencies()},
    )


@blueprint.post("/pengguna/<uuid:account_id>/peran/<uuid:grant_id>/cabut")
@requires(Permission.ACCOUNT_ROLES_GRANT)
def revoke_role(account_id: UUID, grant_id: UUID) -> Any:
    """Take a role away."""
    actions.revoke(actor(), account_id=account_id, grant_id=grant_id)
    notify(say("Peran dicabut."))
    return redirect(url_for("agencies.user_roles", account_id=account_id))


@blueprint.post("/pengguna/<uuid:account_id>/kode-aktivasi")
@requires(Permission.ACCOUNT_ROLES_GRANT)
def issue_user_code(account_id: UUID) -> Any:
    """Show a new activation code, this once."""
    return _show_code(account_id, activation.issue_code(actor(), account_id=account_id))


@blueprint.post("/pengguna/<uuid:account_id>/tutup")
@requires(Permission.ACCOUNT_ROLES_GRANT)
def deactivate_user(account_id: UUID) -> Any:
    """Close an account and end its sessions."""
    actions.deactivate(actor(), account_id=account_id)
    notify(say("Akun ditutup dan semua sesinya diakhiri."))
    return redirect(url_for("agencies.user_roles", account_id=account_id))


def _grant(form: RoleForm) -> Grant:
    return Grant(Role(form.role.data), UUID(form.agency.data) if form.agency.data else None)


def _show_code(account_id: UUID, code: str) -> Any:
    account, until = queries.get_account(account_id), clock.now() + CODE_LIFETIME
    return render(
        "agencies/code.html",
        phone=account.phone,
        email=account.email,
        back=url_for("agencies.user_roles", account_id=account.id),
        slip=slips.handed(name=account.name, username=account.username, code=code, expires_at=until),
    )
