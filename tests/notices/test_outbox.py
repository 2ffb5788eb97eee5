"""Messages wait in the outbox, leave once, and are tried again when the way is blocked."""

import email
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM
from elearn.core.transaction import transaction
from elearn.notices import actions, queries
from elearn.notices.models import Notice
from elearn.notices.rules import MOST_ATTEMPTS, Message, NothingGivenUp


@pytest.fixture
def outbox(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder into which an installation without a mail server writes."""
    monkeypatch.setitem(app.config, "SETTINGS", app.config["SETTINGS"].model_copy(update={"instance_dir": tmp_path}))
    return tmp_path / "outbox"


class Postman:
    """A mail server that keeps what it is given, refuses some for good and some twice, and may hang up."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self.lost: tuple[str, ...] = ("hilang",)
        self.refused: Counter[str] = Counter()
        self.hangs_up_after = 10**6
        self.asked = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Refuse a mailbox that is not there for good, one that is full for a while, and now and then everything."""
        self.asked += 1
        if self.asked % self.hangs_up_after == 0:
            return "421 server sedang dimatikan"
        if address.startswith(self.lost):
            return "550 tidak ada kotak surat"
        if address.startswith("sementara") and self.refused[address] < 2:
            self.refused[address] += 1
            return "451 kotak surat penuh, coba lagi nanti"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a message."""
        self.received.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def postman(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postman]:
    """A running mail server that the installation is set to use."""
    postman = Postman()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(postman, hostname="127.0.0.1", port=port)
    server.start()
    change = {"smtp_host": "127.0.0.1", "smtp_port": port, "mail_from": "elearn <elearn@serawai.test>"}
    monkeypatch.setitem(app.config, "SETTINGS", app.config["SETTINGS"].model_copy(update=change))
    yield postman
    server.stop()


def post(*recipients: str) -> None:
    """Put one message for each recipient into the outbox."""
    with transaction():
        actions.post_many([Message(f"uji:{name}", name, "Edaran terbit", "Yth. Ani,\n") for name in recipients])


def notices() -> list[Notice]:
    """All messages, fresh from the database."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Notice).order_by(Notice.recipient)))


def test_a_key_is_posted_once(app: Flask) -> None:
    """Asking twice, also in one breath, leaves one message."""
    post("ani@serawai.test")
    post("ani@serawai.test", "budi@serawai.test")
    assert ["ani@serawai.test", "budi@serawai.test"] == [notice.recipient for notice in notices()]


def test_nothing_is_asked_of_the_job_when_the_transaction_fails(app: Flask) -> None:
    """A message that was rolled back is not sent, nor is a job left behind."""
    with pytest.raises(ZeroDivisionError), transaction():
        actions.post(key="uji", recipient="ani@serawai.test", subject="Hal", body="isi")
        1 / 0  # noqa: B018
    assert 0 == jobs.run_waiting()
    assert [] == notices()


def test_without_a_mail_server_messages_become_private_files(outbox: Path) -> None:
    """One whole `.eml` file a message, readable by its owner only."""
    post("ani@serawai.test")
    jobs.run_waiting()
    (file,) = outbox.iterdir()
    assert (0o600, 0o700) == (file.stat().st_mode & 0o777, outbox.stat().st_mode & 0o777)
    letter = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert ("ani@serawai.test", "Edaran terbit") == (letter["To"], letter["Subject"])
    assert "Yth. Ani," in letter.get_content()
    assert notices()[0].sent_at is not None


def test_many_messages_leave_in_turns(outbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long outbox does not hold up other work: each turn sends a few and asks for the next."""
    monkeypatch.setattr("elearn.notices.jobs.BATCH", 2)
    post(*(f"orang{number}@serawai.test" for number in range(5)))
    assert 3 == jobs.run_waiting()
    assert queries.OutboxState(0, None, 0) == queries.state()


def test_a_second_run_sends_nothing_again(outbox: Path) -> None:
    """The job may run twice."""
    post("ani@serawai.test")
    jobs.perform("notices.send_due")
    sent_at = notices()[0].sent_at
    jobs.perform("notices.send_due")
    assert sent_at == notices()[0].sent_at
    assert 1 == notices()[0].attempts


def test_a_mail_server_gets_each_message(postman: Postman) -> None:
    """Plain text, marked as automatic, from the address in the settings."""
    post("ani@serawai.test", "budi@serawai.test")
    jobs.run_waiting()
    assert ["ani@serawai.test", "budi@serawai.test"] == sorted(letter["To"] for letter in postman.received)
    letter = postman.received[0]
    assert ("elearn <elearn@serawai.test>", "auto-generated") == (letter["From"], letter["Auto-Submitted"])
    assert queries.OutboxState(0, None, 0) == queries.state()


def test_a_refused_address_does_not_hold_up_the_others(postman: Postman) -> None:
    """A mailbox that is not there is given up at once, and what the server said is kept."""
    post("ani@serawai.test", "hilang@serawai.test", "zul@serawai.test")
    jobs.run_waiting()
    ani, lost, zul = notices()
    assert ani.sent_at is not None
    assert zul.sent_at is not None
    assert "tidak ada kotak surat" in (lost.last_error or "")
    assert (None, None) == (lost.sent_at, lost.next_attempt_at)


def test_a_message_waits_until_it_may_leave(outbox: Path) -> None:
    """A message posted in the quiet hours is not sent before they end."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        with transaction():
            message = Message("uji", "ani@serawai.test", "Hal", "isi")
            actions.post_many([message], not_before=clock.now() + timedelta(hours=8))
        jobs.run_waiting()
        assert notices()[0].sent_at is None
        traveller.shift(timedelta(hours=8))
        jobs.perform("notices.send_due")
        assert notices()[0].sent_at is not None


def test_given_up_messages_are_tried_again_when_asked(postman: Postman) -> None:
    """One, or all; a message that was not given up is none of them."""
    post("hilang@serawai.test", "hilang2@serawai.test", "zul@serawai.test")
    jobs.run_waiting()
    first, _, sent = notices()
    with pytest.raises(NothingGivenUp), transaction():
        actions.retry(SYSTEM, notice_id=sent.id)
    postman.lost = ()
    with transaction():
        actions.retry(SYSTEM, notice_id=first.id)
    jobs.run_waiting()
    assert [True, False, True] == [notice.sent_at is not None for notice in notices()]
    with transaction():
        assert 1 == actions.retry_all(SYSTEM)
    jobs.run_waiting()
    assert queries.OutboxState(0, None, 0) == queries.state()
    assert 3 == len(postman.received)


def test_a_moody_mail_server_loses_nothing_and_gets_nothing_twice(
    postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some are refused for a while, some for good, and it hangs up now and then: each good one arrives once."""
    monkeypatch.setattr("elearn.notices.jobs.BATCH", 7)
    names = [f"orang{number:02}" for number in range(30)]
    names += [f"sementara{number}" for number in range(6)] + [f"hilang{number}" for number in range(4)]
    postman.hangs_up_after = 11
    with time_machine.travel(clock.now(), tick=False) as traveller:
        post(*(f"{name}@serawai.test" for name in sorted(names, key=lambda name: name[::-1])))
        for _ in range(MOST_ATTEMPTS):
            jobs.run_waiting()
            jobs.perform("notices.send_due")
            traveller.shift(timedelta(minutes=20))
    good = sorted(f"{name}@serawai.test" for name in names if not name.startswith("hilang"))
    assert good == sorted(letter["To"] for letter in postman.received)
    assert queries.OutboxState(waiting=0, oldest_at=None, given_up=4) == queries.state()
    assert all("550" in (each.last_error or "") for each in notices() if each.sent_at is None)


def test_an_address_with_a_line_break_cannot_add_headers(outbox: Path) -> None:
    """It fails by itself; nothing is written."""
    post("ani@serawai.test\nBcc: semua@serawai.test", "budi@serawai.test")
    jobs.run_waiting()
    evil, fine = notices()
    assert "ValueError" in (evil.last_error or "")
    assert fine.sent_at is not None
    assert 1 == len(list(outbox.iterdir()))


def test_without_a_way_out_every_message_waits_and_is_given_up_in_the_end(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail server that is down costs attempts, not messages, until the last attempt."""
    settings = app.config["SETTINGS"].model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": 1})
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        post("ani@serawai.test", "budi@serawai.test")
        for _ in range(MOST_ATTEMPTS):
            jobs.perform("notices.send_due")
            traveller.shift(timedelta(hours=7))
        assert 2 == queries.state().given_up
        assert [MOST_ATTEMPTS] * 2 == [notice.attempts for notice in notices()]
        assert "refused" in (notices()[0].last_error or "")


def test_a_message_held_by_a_lost_job_is_taken_up_again(outbox: Path) -> None:
    """A job that dies between taking and sending loses nothing."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        post("ani@serawai.test")
        with transaction():
            assert 1 == len(actions.claim_due(limit=10))
        jobs.perform("notices.send_due")
        assert notices()[0].sent_at is None
        traveller.shift(actions.LEASE)
        jobs.perform("notices.send_due")
        assert notices()[0].sent_at is not None
