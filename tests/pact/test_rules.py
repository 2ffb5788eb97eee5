"""The bytes that are signed: canonical, complete, and changed by any change."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from elearn.pact import rules
from elearn.pact.rules import Passed, Signer, Text

SIGNER = Signer(
    "e-1", "Siti Aminah, S.Pd.", "199001012015042001", "Guru Ahli Pertama", "a-1", "OPD-01", "SMP Negeri 3"
)
TEXT = Text("netralitas-asn", "Pakta Integritas", 2, "f" * 64, ("satu", "dua"))
PASSED = Passed("at-1", "netralitas-asn", "Netralitas ASN", 17, 20)
AT = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)


def signed(**changes: object) -> bytes:
    """A statement of the samples, with changes."""
    facts = {"signer": SIGNER, "text": TEXT, "passed": PASSED, "signed_at": AT, **changes}
    return rules.statement(**facts)  # type: ignore[arg-type]


def test_a_statement_is_canonical_json() -> None:
    """Reading and writing it again by RFC 8785 gives the same bytes."""
    assert signed() == rfc8785.dumps(json.loads(signed()))


def test_a_statement_says_who_what_and_when() -> None:
    """Signer, text, quiz, time and the way of proving who one is are all inside."""
    facts = rules.read(signed().decode())
    assert "199001012015042001" == facts["signer"]["nip"]
    assert ["satu", "dua"] == facts["text"]["clauses"]
    assert ("f" * 64, 2) == (facts["text"]["fingerprint"], facts["text"]["number"])
    assert ("at-1", 17, 20) == (facts["quiz"]["attempt_id"], facts["quiz"]["score"], facts["quiz"]["total"])
    assert "2026-11-22T03:04:05.678901+00:00" == facts["signed_at"]
    assert ("password", "elearn-pact/v1") == (facts["identity"], facts["type"])


def test_points_that_are_not_whole_are_signed_as_they_are() -> None:
    """13.5 is written as RFC 8785 writes it, and read again as the same number."""
    text = signed(passed=replace(PASSED, score=13.5))
    assert b'"score":13.5' in text
    assert 13.5 == rules.read(text.decode())["quiz"]["score"]


@pytest.mark.parametrize(
    "change",
    [
        {"signer": replace(SIGNER, name="Siti Aminah")},
        {"signer": replace(SIGNER, post="Kepala Sekolah")},
        {"text": replace(TEXT, fingerprint="e" * 64)},
        {"text": replace(TEXT, clauses=("satu",))},
        {"passed": replace(PASSED, score=18)},
        {"signed_at": AT.replace(microsecond=0)},
    ],
)
def test_any_change_changes_the_hash(change: dict[str, object]) -> None:
    """Nothing in a statement can be altered unseen."""
    assert rules.digest(signed()) != rules.digest(signed(**change))


@given(st.text(), st.text())
def test_a_stored_statement_is_intact_until_it_is_touched(name: str, post: str) -> None:
    """Whatever names hold, text and bytes are the same thing, and one added sign is found."""
    content = signed(signer=replace(SIGNER, name=_encodable(name), post=_encodable(post)))
    assert rules.is_intact(content.decode(), rules.digest(content))
    assert not rules.is_intact(content.decode() + " ", rules.digest(content))


def _encodable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


def test_every_clause_needs_its_consent() -> None:
    """One missing box is enough to refuse; boxes nobody asked for change nothing."""
    rules.refuse_incomplete(("satu", "dua"), ["dua", "satu", "tiga"])
    with pytest.raises(rules.ConsentMissing):
        rules.refuse_incomplete(("satu", "dua"), ["satu"])


def test_only_the_text_on_the_page_is_signed() -> None:
    """A text published between reading and signing is refused."""
    rules.refuse_changed("a" * 64, "a" * 64)
    with pytest.raises(rules.TextChanged):
        rules.refuse_changed("a" * 64, "b" * 64)


def test_the_record_keeps_hashes_and_no_nip() -> None:
    """The ledger is read by auditors and never holds a NIP or a name."""
    facts = rules.ledger_facts(pact_id="p", account_id="a", content=signed(), text=TEXT, passed=PASSED)
    assert rules.digest(signed()) == facts["statement_sha256"]
    assert SIGNER.nip not in json.dumps(facts)
    assert "Siti" not in json.dumps(facts)
