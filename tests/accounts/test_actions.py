"""Signing in, activating, changing passwords and roles, as the room's actions do them."""

from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask

from elearn.accounts import actions, activation, queries, rules, sessions
from elearn.accounts.models import Account, ActivationCode, SignInSession
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import TooMany
from elearn.core.permissions import SYSTEM, Grant, Role
from elearn.core.transaction import transaction
from elearn.ledger.models import LedgerEntry
from elearn.notices.models import Notice
from tests.factories.accounts import PASSWORD, an_account, an_active_account, session_of
from tests.factories.agencies import an_opd

HOURS = timedelta(hours=12)


def sign_in(username: str, password: str = PASSWORD, address: str = "10.0.0.1") -> str:
    """Try to sign in, keeping what a refused request keeps."""
    with transaction():
        try:
            return sessions.sign_in(
                username=username, password=password, address=address, agent="tests", lifetime=HOURS
            )
        except (rules.WrongCredentials, TooMany) as refusal:
            answer = refusal
    raise answer


def activate(account: Account, code: str, password: str = PASSWORD) -> None:
    """Try to activate, keeping what a refused request keeps."""
    with transaction():
        try:
            activation.activate(username=account.username, code=code, password=password, address="10.0.0.1")
            return
        except (rules.WrongCode, rules.WeakPassword, TooMany) as refusal:
            answer = refusal
    raise answer


def events() -> list[str]:
    """What the record says happened in accounts."""
    query = db.select(LedgerEntry.event).where(LedgerEntry.stream == "accounts").order_by(LedgerEntry.sequence)
    return list(db.session.scalars(query))


def test_the_right_password_opens_a_session(app: Flask) -> None:
    """The token names the person and her roles; the database knows only its hash."""
    opd = an_opd()
    account = an_active_account(Role.OPD_OFFICER, agency_id=opd.id)
    token = sign_in(account.username.upper())
    actor = queries.actor_of(token)
    assert (account.id, account.name, (Grant(Role.OPD_OFFICER, opd.id),)) == (
        actor.account_id,
        actor.name,
        actor.grants,
    )
    assert token not in db.session.scalars(db.select(SignInSession.token_hash)).all()


def test_every_failure_sounds_the_same(app: Flask) -> None:
    """Unknown, wrong, not yet activated, closed: one answer."""
    waiting, closed = an_account(), an_active_account(Role.AUTHOR)
    with transaction():
        actions.deactivate(SYSTEM, account_id=closed.id)
    sentences = set()
    for username, password in (("tiada", "x"), (closed.username, PASSWORD), (waiting.username, "x")):
        with pytest.raises(rules.WrongCredentials) as refusal:
            sign_in(username, password)
        sentences.add(refusal.value.sentence)
    assert {rules.WrongCredentials.sentence} == sentences


def test_guessing_is_counted_per_account(app: Flask) -> None:
    """After ten wrong passwords even the right one waits; another account does not, and time heals."""
    victim, other = an_active_account(), an_active_account(Role.AUTHOR)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(rules.GUESSES_PER_ACCOUNT):
            with pytest.raises(rules.WrongCredentials):
                sign_in(victim.username, "salah sekali")
        with pytest.raises(TooMany):
            sign_in(victim.username)
        assert sign_in(other.username)
        traveller.shift(rules.GUESSING_WINDOW + timedelta(seconds=1))
        assert sign_in(victim.username)


def test_successes_from_one_office_cost_nothing(app: Flask) -> None:
    """Many sign-ins behind one address do not lock it, and a success clears the account's count."""
    account = an_active_account()
    for _ in range(3):
        for _ in range(rules.GUESSES_PER_ACCOUNT - 1):
            with pytest.raises(rules.WrongCredentials):
                sign_in(account.username, "salah sekali")
        assert sign_in(account.username)


def test_an_address_that_only_guesses_is_stopped(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """One address may fail only so often, whatever names it tries."""
    monkeypatch.setattr(rules, "GUESSES_PER_ADDRESS", 3)
    for number in range(3):
        with pytest.raises(rules.WrongCredentials):
            sign_in(f"tebakan{number}", "x")
    with pytest.raises(TooMany):
        sign_in("tebakan9", "x")
    account = an_active_account()
    assert sign_in(account.username, address="10.0.0.2")


def test_a_session_ends(app: Flask) -> None:
    """By time, by signing out, by closing the account."""
    account = an_active_account(Role.AUTHOR)
    tokens = [session_of(account) for _ in range(3)]
    with time_machine.travel(clock.now() + timedelta(hours=12, minutes=1)):
        assert queries.actor_of(tokens[0]) is None
    with transaction():
        sessions.sign_out(token=tokens[1])
    assert queries.actor_of(tokens[1]) is None
    with transaction():
        actions.deactivate(SYSTEM, account_id=account.id)
    assert queries.actor_of(tokens[2]) is None


def test_an_outdated_hash_is_renewed_at_sign_in(app: Flask) -> None:
    """Stronger parameters reach people as they sign in."""
    account = an_active_account()
    old = PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)
    with transaction():
        db.session.execute(db.update(Account).values(password_hash=old))
    sign_in(account.username)
    db.session.expire_all()
    assert "m=12288,t=3,p=1" in queries.get_account(account.id).password_hash


def test_a_code_activates_once(app: Flask) -> None:
    """The code sets the password, may be typed carelessly, works once, and is recorded."""
    account = an_account()
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    activate(account, code.lower().replace("-", " "))
    assert sign_in(account.username)
    with pytest.raises(rules.WrongCode):
        activate(account, code)
    assert ["accounts:created", "accounts:role_granted", "accounts:code_issued", "accounts:activated"] == events()
    assert code not in str([entry.payload for entry in db.session.scalars(db.select(LedgerEntry))])


def test_only_the_latest_code_counts_and_it_expires(app: Flask) -> None:
    """A new code ends the one before it; after thirty days it is void."""
    account = an_account()
    with transaction():
        first = activation.issue_code(SYSTEM, account_id=account.id)
        second = activation.issue_code(SYSTEM, account_id=account.id)
    with pytest.raises(rules.WrongCode):
        activate(account, first)
    with time_machine.travel(clock.now() + timedelta(days=30, minutes=1)), pytest.raises(rules.WrongCode):
        activate(account, second)
    activate(account, second)


def test_a_second_code_sets_the_password_and_leaves_the_day_of_opening(app: Flask) -> None:
    """Who forgot the password had opened the account long ago."""
    with time_machine.travel(clock.now() - timedelta(days=9)):
        account = an_active_account()
        opened_at = queries.get_account(account.id).activated_at
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    activate(account, code, "hujan turun di Serawai")
    db.session.expire_all()
    now = queries.get_account(account.id)
    assert (opened_at, True) == (now.activated_at, now.password_changed_at > now.activated_at)
    assert sign_in(account.username, "hujan turun di Serawai")


def test_a_weak_password_leaves_the_code_unused(app: Flask) -> None:
    """A refused password does not cost the code."""
    account = an_account(name="Rini Kusuma")
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    with pytest.raises(rules.WeakPassword):
        activate(account, code, "rinikusuma1")
    activate(account, code)


def test_guessing_codes_is_throttled(app: Flask) -> None:
    """Ten wrong codes close the door for a while, also to the right one."""
    account = an_account()
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    for _ in range(rules.GUESSES_PER_ACCOUNT):
        with pytest.raises(rules.WrongCode):
            activate(account, "7K3M-9QXD-H")
    with pytest.raises(TooMany):
        activate(account, code)


def test_activating_again_ends_old_sessions(app: Flask) -> None:
    """Whoever recovers an account throws everybody else out of it."""
    account = an_active_account()
    token = session_of(account)
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    activate(account, code, "gunung tinggi sekali")
    assert queries.actor_of(token) is None


def test_a_changed_password_ends_the_other_sessions(app: Flask) -> None:
    """One's own session stays, the others end, the old password is void."""
    account = an_active_account()
    mine, other = session_of(account), session_of(account)
    actor = queries.get_actor(account.id)
    with transaction():
        sessions.change_password(actor, token=mine, current=PASSWORD, new="gunung tinggi sekali")
    assert queries.actor_of(mine)
    assert queries.actor_of(other) is None
    with pytest.raises(rules.WrongCredentials):
        sign_in(account.username)
    assert sign_in(account.username, "gunung tinggi sekali")


def test_confirming_a_password_is_throttled(app: Flask) -> None:
    """A stolen session cannot try passwords at will."""
    actor = queries.get_actor(an_active_account().id)
    with transaction():
        sessions.confirm_password(actor, password=PASSWORD)
    for _ in range(rules.GUESSES_PER_ACCOUNT):
        with transaction(), pytest.raises(rules.WrongPassword):
            sessions.confirm_password(actor, password="bukan ini")
    with transaction(), pytest.raises(TooMany):
        sessions.confirm_password(actor, password=PASSWORD)


def test_usernames_are_unique(app: Flask) -> None:
    """The second account of one name is refused, however it is written."""
    an_account(username="kepala.bkpsdm")
    with pytest.raises(rules.UsernameTaken):
        an_account(username="Kepala.BKPSDM")


def test_a_role_is_given_once_and_taken_away(app: Flask) -> None:
    """Granting twice is granting once; revoking ends it at the next request."""
    account = an_account(Role.AUTHOR)
    token = session_of(account)
    for _ in range(2):
        with transaction():
            actions.grant(SYSTEM, account_id=account.id, role=Role.HR)
    assert {Role.AUTHOR, Role.HR} == queries.actor_of(token).roles
    hr = queries.find_open_grant(account.id, Role.HR, None)
    with transaction():
        actions.revoke(SYSTEM, account_id=account.id, grant_id=hr.id)
    assert {Role.AUTHOR} == queries.actor_of(token).roles
    assert ["accounts:role_granted"] * 2 + ["accounts:role_revoked"] == events()[1:]


def test_the_last_admin_stays(app: Flask) -> None:
    """Nobody can lock everybody out of granting roles."""
    admin = an_account(Role.ADMIN)
    held = queries.find_open_grant(admin.id, Role.ADMIN, None)
    with pytest.raises(rules.LastAdmin), transaction():
        actions.revoke(SYSTEM, account_id=admin.id, grant_id=held.id)
    with pytest.raises(rules.LastAdmin), transaction():
        actions.deactivate(SYSTEM, account_id=admin.id)
    an_account(Role.ADMIN)
    with transaction():
        actions.revoke(SYSTEM, account_id=admin.id, grant_id=held.id)


def test_the_last_admin_does_not_leave_with_the_others(app: Flask) -> None:
    """A roster that lacks the last admin does not close the account."""
    admin, other = an_account(Role.ADMIN), an_account(Role.ASN)
    with pytest.raises(rules.LastAdmin), transaction():
        actions.deactivate_many(SYSTEM, account_ids=[other.id, admin.id])
    second = an_account(Role.ADMIN)
    with pytest.raises(rules.LastAdmin), transaction():
        actions.deactivate_many(SYSTEM, account_ids=[second.id, admin.id])
    with transaction():
        actions.deactivate_many(SYSTEM, account_ids=[other.id, admin.id])


def test_a_code_does_not_outlive_a_new_role(app: Flask) -> None:
    """Who was given a code for a participant cannot take over the auditor she became."""
    account = an_account(Role.ASN)
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    with transaction():
        actions.grant(SYSTEM, account_id=account.id, role=Role.AUDITOR)
    with pytest.raises(rules.WrongCode):
        activate(account, code)


def test_a_code_does_not_outlive_a_closed_account(app: Flask) -> None:
    """When the account is opened again, an old slip opens nothing."""
    account = an_account(Role.ASN)
    with transaction():
        code = activation.issue_code(SYSTEM, account_id=account.id)
    with transaction():
        actions.deactivate(SYSTEM, account_id=account.id)
    with transaction():
        actions.reactivate_many(SYSTEM, account_ids=[account.id])
    with pytest.raises(rules.WrongCode):
        activate(account, code)


def test_many_accounts_at_once_spare_those_who_have_one(app: Flask) -> None:
    """An officer who was there before the roster keeps the account and becomes ASN too."""
    officer = an_active_account(Role.HR, username="198609262015051901")
    new = [rules.NewAccount("198609262015051901", "Rini"), rules.NewAccount("198609262015051902", "Sari")]
    with transaction():
        ids = actions.create_many(SYSTEM, new)
        again = actions.create_many(SYSTEM, new)
    assert ids == again
    assert officer.id == ids[0]
    assert {Role.ASN, Role.HR} == queries.get_actor(officer.id).roles
    assert {Role.ASN} == queries.get_actor(ids[1]).roles


def test_old_sessions_and_codes_are_forgotten(app: Flask) -> None:
    """What ended ninety days ago leaves no address behind."""
    account = an_account()
    session_of(account)
    with transaction():
        activation.issue_code(SYSTEM, account_id=account.id)
    with time_machine.travel(clock.now() + timedelta(days=121)), transaction():
        actions.sweep(before=timedelta(days=90))
    assert (0, 0) == tuple(db.session.scalar(db.select(db.func.count(m.id))) for m in (SignInSession, ActivationCode))


def test_the_owner_of_an_account_in_use_is_told_of_a_new_code(app: Flask) -> None:
    """Whoever could replace a password unseen cannot: the owner gets a mail that names the issuer, not the code."""
    used = an_active_account(email="pemilik@serawai.example")
    fresh = an_account(email="baru@serawai.example")
    with transaction():
        codes = [activation.issue_code(SYSTEM, account_id=account.id) for account in (used, fresh)]
    sent = db.session.scalars(db.select(Notice)).all()
    assert ["pemilik@serawai.example"] == [notice.recipient for notice in sent]
    assert SYSTEM.name in sent[0].body
    assert not [code for code in codes if code in sent[0].body]
