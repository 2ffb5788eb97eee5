"""The pages of the pact: read, sign, prove."""

from typing import Any

import pytest

from elearn.core.permissions import Role
from tests.factories.accounts import PASSWORD
from tests.factories.pact import CLAUSES, PACT, SLUG, a_learner, a_pact, published_texts, who_passed

ADDRESS = f"/pakta/{SLUG}"
PROOF = f"{ADDRESS}/bukti"


def form(**changes: Any) -> dict[str, Any]:
    """A filled-in form; a field set to None is left out."""
    fields = {
        "password": PASSWORD,
        "shown": published_texts(),
        **{f"setuju-{clause}": "y" for clause in CLAUSES},
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def test_the_page_shows_every_clause_and_the_signers_own_data(sign_in: Any) -> None:
    """The letter, who signs it, a box for each clause."""
    employee = who_passed(name="Siti Aminah", post="Guru")
    page = sign_in(employee).get(ADDRESS).get_data(as_text=True)
    for clause in PACT.clauses:
        assert clause.text in page
        assert f'name="setuju-{clause.id}"' in page
    assert "Siti Aminah" in page
    assert "Guru" in page


def test_signing_leads_to_the_proof(sign_in: Any) -> None:
    """The signer sees what she signed, with its hashes."""
    client = sign_in(who_passed())
    answer = client.post(ADDRESS, data=form())
    assert (302, PROOF) == (answer.status_code, answer.headers["Location"])
    page = client.get(PROOF).get_data(as_text=True)
    assert "Sidik pernyataan" in page
    assert "Catatannya utuh" in page


def test_before_the_quiz_the_page_says_what_is_missing(sign_in: Any) -> None:
    """No form, a friendly pointer to the module."""
    page = sign_in(a_learner()).get(ADDRESS)
    text = page.get_data(as_text=True)
    assert 200 == page.status_code
    assert f"/belajar/{SLUG}" in text
    assert 'name="password"' not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "keliru sekali"}, "sandi"),
        ({"password": ""}, "Tulis kata sandi"),
        ({f"setuju-{CLAUSES[0]}": None}, "Centang bila Anda setuju"),
        ({"shown": "0" * 64}, "baru saja diperbarui"),
    ],
)
def test_a_faulty_form_says_what_to_mend(sign_in: Any, changes: dict[str, Any], sentence: str) -> None:
    """The sentence stands on the page, and nothing was signed."""
    client = sign_in(who_passed())
    answer = client.post(ADDRESS, data=form(**changes))
    assert answer.status_code in (409, 422)
    assert sentence in answer.get_data(as_text=True)
    assert 404 == client.get(PROOF).status_code


def test_who_has_signed_is_led_to_the_proof(sign_in: Any) -> None:
    """Opening or sending the form again is harmless."""
    employee = who_passed()
    a_pact(employee)
    client = sign_in(employee)
    for answer in (client.get(ADDRESS), client.post(ADDRESS, data=form(password="apa saja"))):
        assert (302, PROOF) == (answer.status_code, answer.headers["Location"])


def test_a_changed_statement_is_admitted(sign_in: Any) -> None:
    """If somebody edits the table, the page says that the statement no longer fits its hash."""
    from elearn.core.db import db
    from elearn.core.transaction import transaction
    from elearn.pact.models import Pact

    employee = who_passed()
    pact_id = a_pact(employee).id
    with transaction():
        pact = db.session.get(Pact, pact_id)
        assert pact is not None
        pact.statement = pact.statement.replace('"score":1', '"score":2')
    assert "tidak lagi cocok" in sign_in(employee).get(PROOF).get_data(as_text=True)


def test_others_have_no_pact_and_no_proof(sign_in: Any) -> None:
    """Each signer sees only her own; officers have no door here."""
    a_pact()
    assert 404 == sign_in(a_learner()).get(PROOF).status_code
    assert 403 == sign_in(Role.HR).get(PROOF).status_code
    assert 404 == sign_in(who_passed()).get("/pakta/tidak-ada").status_code
