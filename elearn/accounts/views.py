"""Signing in and out, activating an account, one's own account; and how a cookie becomes a person."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, current_app, make_response, redirect, request, session, url_for
from flask_login import current_user, login_user

from elearn.accounts import actions, activation, browsers, queries, sessions
from elearn.accounts.forms import ActivateForm, ChangePasswordForm, SignInForm
from elearn.core import languages, offline, transaction, typed
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import ROLE_NAMES, Permission, public, requires
from elearn.core.speech import say
from elearn.core.voice import LANGUAGES
from elearn.core.web import (
    SignedIn,
    actor,
    find_actor,
    login_manager,
    notify,
    refusals_to,
    render,
    safe_next,
    show_form,
)

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/masuk", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """Sign in by NIP or user name and password; whoever is signed in already goes on."""
    if request.method == "GET" and find_actor():
        return redirect(safe_next("home.index"))
    form = SignInForm()
    if form.validate_on_submit():
        with refusals_to(form):
            _enter(
                sessions.sign_in(
                    username=form.username.data, password=form.password.data, lifetime=_lifetime(), **_browser()
                )
            )
            return redirect(safe_next("home.index"))
    return show_form("accounts/sign_in.html", form, is_kept=typed.held() is not None)


@blueprint.route("/aktivasi", methods=["GET", "POST"])
@public
def activate() -> Any:
    """Set the first password by the one-time code, and come in; a printed slip's QR fills in the number."""
    form = ActivateForm(username=request.args.get("nip", ""))
    if form.validate_on_submit():
        with refusals_to(form):
            account_id = activation.activate(
                username=form.username.data,
                code=form.code.data,
                password=form.new_password.data,
                address=_browser()["address"],
            )
            _enter(sessions.open_session(account_id=account_id, lifetime=_lifetime(), **_browser()))
            notify(say("Akun Anda sudah aktif."))
            return redirect(url_for("home.index"))
    return show_form("accounts/activate.html", form)


@blueprint.post("/keluar")
@public
def sign_out() -> Any:
    """End this session, if there is one; also for somebody whose last role was taken meanwhile."""
    if current_user.is_authenticated:
        sessions.sign_out(token=current_user.get_id())
    session.clear()
    notify(say("Anda sudah keluar."))
    return offline.forgotten(make_response(redirect(url_for("accounts.sign_in"))))


@blueprint.get("/bahasa/<code>")
@public
def speak(code: str) -> Any:
    """Read the pages on this browser in another language."""
    if code not in LANGUAGES:
        raise NotFound
    return languages.remembered(make_response(redirect(safe_next("home.index"))), code)


@blueprint.post("/akun/bahasa")
@requires(Permission.ACCOUNT_OWN_MANAGE)
def choose_language() -> Any:
    """Read the pages in another language on every browser one signs in on."""
    code = request.form.get("language", "")
    actions.choose_language(actor(), code)
    return languages.remembered(make_response(redirect(url_for("accounts.profile"))), code)


@blueprint.get("/akun")
@requires(Permission.ACCOUNT_OWN_MANAGE)
def profile() -> Any:
    """One's own account: who, which roles, where signed in."""
    me = actor()
    return render(
        "accounts/profile.html",
        account=queries.get_account(me.account_id),
        roles=[name for role, name in ROLE_NAMES.items() if role in me.roles],
        sessions=queries.list_open_sessions(me.account_id),
        named=browsers.named,
    )


@blueprint.route("/akun/sandi", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN_MANAGE)
def change_password() -> Any:
    """Replace one's own password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with refusals_to(form):
            sessions.change_password(
                actor(), token=current_user.get_id(), current=form.password.data, new=form.new_password.data
            )
            notify(say("Kata sandi sudah diganti. Sesi Anda di perangkat lain sudah diakhiri."))
            return redirect(url_for("accounts.profile"))
    return show_form("accounts/change_password.html", form)


def _enter(token: str) -> None:
    """Begin a new cookie for a new session; of the old one stays only what the same person had entered."""
    earlier, kept = session.get("_user_id"), typed.held()
    is_same = kept and earlier and queries.holder_of(earlier) == queries.holder_of(token)
    if earlier:
        sessions.sign_out(token=earlier)
    session.clear()
    login_user(_signed_in(token))
    if is_same:
        typed.hand_on(kept)


def _lifetime() -> timedelta:
    return timedelta(hours=current_app.config["SETTINGS"].session_hours)


def _browser() -> dict[str, str]:
    """Where the request comes from."""
    return {"address": request.remote_addr or "", "agent": request.headers.get("User-Agent", "")}


def _signed_in(token: str) -> SignedIn | None:
    """Whoever holds the session of a cookie; read without the write lock unless a transaction is under way."""
    if request.method in transaction.SAFE_METHODS or db.session().in_transaction():
        person = queries.actor_of(token)
    else:
        with transaction.reading():
            person = queries.actor_of(token)
    return SignedIn(token, person) if person else None


def install(app: Flask) -> None:
    """Teach the door to recognise people by their sessions."""
    login_manager.user_loader(_signed_in)
