"""What a certificate says, its number, and the answers about it."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.certificates import rules
from elearn.certificates.rules import Verdict
from elearn.core import codes

STATEMENT = {
    "signer": {"name": "Siti Aminah, S.Pd.", "nip": "199001012015042001", "post": "Guru", "agency": "SMP Negeri 3"},
    "quiz": {"module": "netralitas-asn", "module_title": "Netralitas ASN", "score": 17, "total": 20},
    "text": {"title": "Pakta Integritas Netralitas ASN"},
}


def facts(statement: dict | None = None, **changes: object) -> dict[str, object]:
    """The facts of a sample certificate."""
    values = {
        "number": "0001/NASN/BUKIT-SERAWAI/2026",
        "code": "7K3M-9QXD-2F5T-H",
        "statement_sha256": "a" * 64,
        "signed_on": date(2026, 11, 21),
        "issued_at": datetime(2026, 11, 21, 17, 30, tzinfo=UTC),
        "issued_on": date(2026, 11, 22),
        "regency": "Kabupaten Bukit Serawai",
        "is_demo": True,
        "address": "https://contoh.go.id/verifikasi/7K3M-9QXD-2F5T-H",
        **changes,
    }
    return rules.facts(statement or STATEMENT, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sequence", "slug", "regency", "number"),
    [
        (1, "netralitas-asn", "Kabupaten Bukit Serawai", "0001/NASN/BUKIT-SERAWAI/2026"),
        (12345, "gratifikasi", "Kota Serawai", "12345/G/SERAWAI/2026"),
        (7, "anti-korupsi-dan-asn", "Pemerintah Daerah", "0007/AKDANASN/PEMERINTAH-DAERAH/2026"),
    ],
)
def test_numbers(sequence: int, slug: str, regency: str, number: str) -> None:
    """A number tells order, module, regency and year."""
    assert number == rules.number(sequence, 2026, module_slug=slug, regency=regency)


def test_facts_are_plain_and_survive_json() -> None:
    """Only strings, whole numbers and booleans, so that they are stored, hashed and printed alike."""
    assert facts() == json.loads(json.dumps(facts()))
    assert {str, int, bool} >= {type(value) for value in facts().values()}


def test_broken_points_are_kept_as_text() -> None:
    """17.5 is no whole number; it stays exact on its way through any database."""
    said = facts({**STATEMENT, "quiz": {**STATEMENT["quiz"], "score": 17.5}})
    assert ("17.5", 20) == (said["score"], said["total"])
    assert said == json.loads(json.dumps(said))


def test_facts_come_from_what_was_signed() -> None:
    """Name, post, agency and score are those of the statement; dates are ISO 8601."""
    said = facts()
    assert ("Siti Aminah, S.Pd.", "SMP Negeri 3", 17, 20) == tuple(
        said[k] for k in ("name", "agency", "score", "total")
    )
    assert ("2026-11-21", "2026-11-22") == (said["signed_on"], said["issued_on"])
    assert "Pemerintah Kabupaten Bukit Serawai" == said["government"]


@pytest.mark.parametrize(
    ("is_known", "is_revoked", "is_same", "verdict"),
    [
        (False, False, True, Verdict.UNKNOWN),
        (False, False, False, Verdict.UNKNOWN),
        (True, False, True, Verdict.VALID),
        (True, True, True, Verdict.REVOKED),
        (True, False, False, Verdict.DIFFERENT),
        (True, True, False, Verdict.DIFFERENT),
    ],
)
def test_verdicts(is_known: bool, is_revoked: bool, is_same: bool, verdict: Verdict) -> None:
    """A changed file is never valid, a revoked certificate neither."""
    assert verdict is rules.standing(is_known=is_known, is_revoked=is_revoked, is_same=is_same)


@given(st.integers(min_value=1, max_value=5), st.binary(max_size=200))
def test_sound_codes_are_found_in_a_file(times: int, noise: bytes) -> None:
    """A code is found among any bytes, once; what only looks like one is not."""
    code = codes.new_code()
    found = rules.codes_in(noise + b" (" + code.encode() + b") " * times + b" AAAA-AAAA-AAAA-B ")
    assert 1 == found.count(code)


def test_a_code_is_tidied_for_its_address() -> None:
    """What is typed loosely becomes the printed form; nonsense stays, but fits into one step of a path."""
    code = codes.new_code()
    assert code == rules.tidy(code.lower().replace("-", " "))
    assert "bukan-kode" == rules.tidy("bukan/kode")


@pytest.mark.parametrize(
    ("name", "size"),
    [("Sukarno", ""), ("Dr. Hj. Siti Nurhaliza Wati, S.Pd.", ""), ("x" * 35, "long"), ("x" * 53, "longer")],
)
def test_long_names_are_set_smaller(name: str, size: str) -> None:
    """The style follows the length."""
    assert size == rules.name_size(name)


def test_a_file_too_large_for_a_certificate_is_refused() -> None:
    """Nobody can make us hash a film."""
    rules.refuse_large(bytes(rules.LONGEST_FILE))
    with pytest.raises(rules.FileTooLarge):
        rules.refuse_large(bytes(rules.LONGEST_FILE + 1))


def test_the_download_is_named_by_the_number() -> None:
    """A folder of certificates sorts by number."""
    assert "sertifikat-0001-NASN-BUKIT-SERAWAI-2026.pdf" == rules.filename("0001/NASN/BUKIT-SERAWAI/2026")


def test_sharing_names_the_place_to_verify() -> None:
    """The message carries the address and nothing that must stay inside."""
    address = rules.share_url(facts())
    assert address.startswith("https://wa.me/?text=")
    assert "verifikasi/7K3M" in address
    assert "199001012015042001" not in address


def test_only_the_first_codes_of_a_file_are_looked_up() -> None:
    """A file of a hundred thousand codes costs no more than one of ours."""
    many = [codes.with_check(f"{number:012d}") for number in range(50)]
    assert many[: rules.MOST_CODES] == rules.codes_in("\n".join(many).encode())
