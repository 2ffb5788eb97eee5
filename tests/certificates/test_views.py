"""The pages of certificates: the owner's, the officers', and the stranger's."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts import actions as grants
from elearn.accounts import queries as accounts
from elearn.agencies import actions as agencies
from elearn.agencies import reorganisation
from elearn.agencies.lineage import NewAgency
from elearn.certificates import actions, rules
from elearn.certificates.models import Certificate
from elearn.core import clock, codes, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.documents import queries as documents
from elearn.ledger.models import LedgerEntry
from tests.elsewhere import elsewhere
from tests.factories.accounts import an_account
from tests.factories.agencies import an_opd
from tests.factories.certificates import a_certificate
from tests.factories.pact import a_learner, a_pact, who_passed

REASON = "Diterbitkan untuk orang yang keliru."


def text_of(answer: Any) -> str:
    """The words of a page."""
    return " ".join(answer.get_data(as_text=True).split())


def owner_of(certificate: Certificate) -> Any:
    """The account that a certificate belongs to, as `sign_in` takes it."""
    return accounts.get_account(certificate.account_id)


def file_of(certificate: Certificate) -> bytes:
    """The stored PDF."""
    assert certificate.document_id is not None
    return documents.get_bytes(certificate.document_id)


def drop(client: FlaskClient, content: bytes, code: str = "") -> Any:
    """Drop a file into the verification page."""
    head = b'--cut\r\nContent-Disposition: form-data; name="'
    body = head + b'code"\r\n\r\n' + code.encode() + b"\r\n"
    body += head + b'file"; filename="sertifikat.pdf"\r\n\r\n' + content + b"\r\n--cut--\r\n"
    return client.post("/verifikasi", data=body, content_type="multipart/form-data; boundary=cut")


def test_the_owner_finds_and_downloads_the_certificate(sign_in: Any) -> None:
    """The list links to a file ending in .pdf that is the stored one, byte for byte."""
    certificate = a_certificate()
    client, address = sign_in(owner_of(certificate)), f"/sertifikat/{certificate.code}.pdf"
    content = file_of(certificate)
    assert address in client.get("/sertifikat").get_data(as_text=True)
    assert address in client.get(f"/sertifikat/{certificate.id}").get_data(as_text=True)
    answer = client.get(address)
    assert content == answer.get_data()
    assert ("application/pdf", f"sertifikat-{certificate.number.replace('/', '-')}.pdf") == (
        answer.mimetype,
        answer.headers["Content-Disposition"].partition("filename=")[2],
    )


def test_a_waiting_page_asks_for_its_certificate_and_looks_again(sign_in: Any) -> None:
    """Whoever looks is served first: the job is asked for as urgent, the page comes back by itself."""
    employee = who_passed()
    a_pact(employee)
    jobs.queue().flush()
    client = sign_in(employee)
    answer = client.get("/sertifikat")
    assert "3" == answer.headers["Refresh"]
    assert "sedang dibuat" in text_of(answer)
    assert 1 == jobs.queue().pending_count()
    jobs.run_waiting()
    answer = client.get("/sertifikat")
    assert "Refresh" not in answer.headers
    assert "Unduh PDF" in text_of(answer)


def test_an_unsealed_certificate_waits_on_its_own_page(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The download leads to the page that waits; nothing half-made is given out."""
    from elearn.certificates import actions
    from elearn.core.permissions import SYSTEM
    from elearn.core.transaction import transaction

    employee = who_passed()
    pact = a_pact(employee)
    with transaction():
        certificate = actions.issue(SYSTEM, pact_id=pact.id)
    client, address = sign_in(employee), f"/sertifikat/{certificate.id}"
    assert address == client.get(f"/sertifikat/{certificate.code}.pdf").headers["Location"]
    answer = client.get(address)
    assert "3" == answer.headers["Refresh"]
    assert "sedang dibuat" in text_of(answer)


def test_who_has_nothing_yet_is_told_the_way(sign_in: Any) -> None:
    """An empty list says how a certificate comes about."""
    assert "belum memiliki sertifikat" in text_of(sign_in(a_learner()).get("/sertifikat"))


def test_another_persons_certificate_does_not_exist(sign_in: Any) -> None:
    """Neither page nor file of somebody else, neither revoking it."""
    certificate = a_certificate()
    client = sign_in(a_learner())
    assert 404 == client.get(f"/sertifikat/{certificate.id}").status_code
    assert 404 == client.get(f"/sertifikat/{certificate.code}.pdf").status_code
    assert 403 == client.get(f"/sertifikat/{certificate.id}/cabut").status_code
    assert 404 == client.get(f"/sertifikat/{uuid4()}").status_code
    assert 404 == client.get("/sertifikat/bukan-kode.pdf").status_code


def test_an_officer_sees_his_opd_and_no_other(sign_in: Any) -> None:
    """The list, the page and the file are bounded by agency; another OPD's are not there."""
    ours, theirs = an_opd(), an_opd()
    mine, other = a_certificate(agency=ours), a_certificate(agency=theirs)
    client = sign_in(Role.OPD_OFFICER, agency_id=ours.id)
    page = text_of(client.get("/sertifikat"))
    assert mine.number in page
    assert other.number not in page
    assert 200 == client.get(f"/sertifikat/{mine.code}.pdf").status_code
    assert 404 == client.get(f"/sertifikat/{other.code}.pdf").status_code
    assert 404 == client.get(f"/sertifikat/{other.id}").status_code


def test_who_moves_brings_her_certificates_along(sign_in: Any) -> None:
    """The officer of the OPD that took over finds, opens and downloads what was issued in the one before."""
    former, other = an_opd(), an_opd()
    mine, gone = a_certificate(agency=former), a_certificate(agency=former)
    new = NewAgency("penerus", "Dinas Penerus")
    with transaction():
        agencies.transfer(SYSTEM, employee_id=gone.employee_id, agency_id=other.id, post="Analis", on=clock.today())
        heir = reorganisation.merge(SYSTEM, [former, an_opd()], new, on=clock.today())
    client = sign_in(Role.OPD_OFFICER, agency_id=heir.id)
    page = text_of(client.get("/sertifikat"))
    assert (True, False) == (mine.number in page, gone.number in page)
    assert mine.number in text_of(client.get("/sertifikat", query_string={"cari": mine.facts["nip"]}))
    assert [200, 200] == [client.get(f"/sertifikat/{each}").status_code for each in (mine.id, f"{mine.code}.pdf")]
    assert 404 == client.get(f"/sertifikat/{gone.id}").status_code
    hr = sign_in(an_account(Role.HR, agency_id=heir.id))
    assert [200, 404] == [hr.get(f"/sertifikat/{each.id}/cabut").status_code for each in (mine, gone)]


def test_hr_finds_a_certificate_by_name_nip_number_and_code(sign_in: Any) -> None:
    """One box searches them all."""
    certificate, other = a_certificate(name="Siti Aminah"), a_certificate(name="Budi Santoso")
    client = sign_in(Role.HR)
    for term in ("aminah", certificate.facts["nip"], certificate.number, certificate.code.lower()):
        page = text_of(client.get("/sertifikat", query_string={"cari": term}))
        assert certificate.number in page
        assert other.number not in page
    assert "Tidak ada sertifikat yang cocok" in text_of(client.get("/sertifikat?cari=tidak-ada-orangnya"))


def test_a_stranger_verifies_by_code_without_signing_in(client: FlaskClient) -> None:
    """Name, agency, module and date; the NIP only in part; the code typed loosely."""
    certificate = a_certificate(name="Siti Aminah")
    for code in (certificate.code, certificate.code.lower().replace("-", "")):
        answer = client.get(f"/verifikasi/{code}")
        page = text_of(answer)
        assert 200 == answer.status_code
        assert "<h1>Sah</h1>" in page
        assert "Siti Aminah" in page
        assert certificate.facts["agency"] in page
        assert certificate.facts["nip"] not in page


def test_an_unknown_code_is_not_found_and_says_what_to_do(client: FlaskClient) -> None:
    """404 with help, whether the code is sound or not."""
    for code in (codes.new_code(), "asal-asalan"):
        answer = client.get(f"/verifikasi/{code}")
        assert 404 == answer.status_code
        assert "<h1>Tidak dikenal</h1>" in text_of(answer)
        assert f'href="/verifikasi?kode={code}"' in answer.text
        assert f'value="{code}"' in client.get(f"/verifikasi?kode={code}").text


def test_a_shared_link_shows_whose_certificate_it_is_and_no_nip(client: FlaskClient) -> None:
    """What WhatsApp shows beside the link: module, name, and that it is valid."""
    certificate = a_certificate()
    head = client.get(f"/verifikasi/{certificate.code}").text.partition("<body>")[0]
    assert (
        f'<meta property="og:title" content="Sertifikat {certificate.facts["module"]}, {certificate.facts["name"]}">'
        in head
    )
    assert '<meta property="og:description" content="Sah. ' in head
    assert certificate.facts["nip"] not in head
    assert "og:title" not in client.get(f"/verifikasi/{codes.new_code()}").text


def test_the_form_leads_a_code_to_its_address(client: FlaskClient) -> None:
    """A code alone can be shared as a link; nothing at all is asked for again."""
    certificate = a_certificate()
    answer = client.post("/verifikasi", data={"code": certificate.code.lower()})
    assert (302, f"/verifikasi/{certificate.code}") == (answer.status_code, answer.headers["Location"])
    assert 200 == client.get("/verifikasi").status_code
    assert 422 == client.post("/verifikasi", data={}).status_code


def test_the_issued_file_is_valid_byte_for_byte(client: FlaskClient) -> None:
    """The dropped file is compared with the stored one."""
    answer = drop(client, file_of(a_certificate()))
    assert 200 == answer.status_code
    assert "<h1>Sah</h1>" in text_of(answer)


def test_a_changed_file_is_different_even_with_a_valid_code(client: FlaskClient) -> None:
    """One byte is enough; the true facts are shown beside it."""
    certificate = a_certificate()
    content = file_of(certificate)
    changed = content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]
    for answer in (drop(client, changed), drop(client, b"%PDF-1.7 lain", certificate.code)):
        assert "<h1>Isi berkas berbeda</h1>" in text_of(answer)
        assert certificate.number in text_of(answer)


def test_a_foreign_file_is_unknown_and_a_huge_one_is_refused(client: FlaskClient) -> None:
    """Any other file has nothing to do with us."""
    answer = drop(client, b"%PDF-1.7 sama sekali lain")
    assert (404, True) == (answer.status_code, "<h1>Tidak dikenal</h1>" in text_of(answer))
    answer = drop(client, bytes(rules.LONGEST_FILE + 1))
    assert (422, True) == (answer.status_code, "Berkas terlalu besar" in text_of(answer))


def test_a_code_beside_a_file_that_is_nothing_shows_what_was_issued(client: FlaskClient) -> None:
    """A text file is not the certificate whose code was sent with it."""
    certificate = a_certificate()
    answer = drop(client, b"Sertifikat ini sah.", certificate.code)
    assert "<h1>Isi berkas berbeda</h1>" in text_of(answer)
    assert "<h1>Tidak dikenal</h1>" in text_of(drop(client, b"Sertifikat ini sah."))


def test_files_are_looked_at_so_often_and_no_more(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """For one address within a while, known or not; codes are always answered."""
    monkeypatch.setattr(rules, "FILES_PER_ADDRESS", 2)
    content = file_of(a_certificate())
    answers = [drop(client, b"%PDF-1.7 lain"), drop(client, content), drop(client, content)]
    assert [404, 200, 429] == [answer.status_code for answer in answers]
    assert "Terlalu banyak percobaan" in text_of(answers[-1])
    assert 302 == client.post("/verifikasi", data={"code": "7K3M-9QXD-2F5T-H"}).status_code
    with time_machine.travel(clock.now() + rules.FILES_WINDOW, tick=False):
        assert 200 == drop(client, content).status_code


def test_hr_revokes_for_a_reason(sign_in: Any, client: FlaskClient) -> None:
    """From then on everyone is told; the record keeps who and why; the file stays as it was."""
    certificate = a_certificate()
    content, hr = file_of(certificate), sign_in(Role.HR)
    address = f"/sertifikat/{certificate.id}/cabut"
    assert "Cabut sertifikat" in text_of(hr.get(address))
    assert 422 == hr.post(address, data={"reason": "singkat"}).status_code
    assert 302 == hr.post(address, data={"reason": REASON}).status_code
    assert REASON in text_of(hr.get(f"/sertifikat/{certificate.id}"))
    assert "<h1>Dicabut</h1>" in text_of(client.get(f"/verifikasi/{certificate.code}"))
    assert "<h1>Dicabut</h1>" in text_of(drop(client, content))
    assert REASON not in text_of(client.get(f"/verifikasi/{certificate.code}"))
    entry = db.session.query(LedgerEntry).filter_by(event="certificates:revoked").one()
    assert certificate.code in entry.payload


def test_a_certificate_is_revoked_once(sign_in: Any) -> None:
    """The second attempt is refused with a sentence."""
    certificate, hr = a_certificate(), sign_in(Role.HR)
    address = f"/sertifikat/{certificate.id}/cabut"
    hr.post(address, data={"reason": REASON})
    answer = hr.post(address, data={"reason": REASON})
    assert (422, True) == (answer.status_code, "sudah dicabut" in text_of(answer))


def test_only_hr_revokes(sign_in: Any) -> None:
    """Officers and auditors read, and find no way to revoke."""
    opd = an_opd()
    certificate = a_certificate(agency=opd)
    for client in (sign_in(Role.OPD_OFFICER, agency_id=opd.id), sign_in(Role.AUDITOR)):
        assert "Cabut sertifikat ini" not in text_of(client.get(f"/sertifikat/{certificate.id}"))
        assert 403 == client.post(f"/sertifikat/{certificate.id}/cabut", data={"reason": REASON}).status_code


def test_who_is_no_officer_learns_nothing_of_others(sign_in: Any) -> None:
    """The learner's own page has no search and no list of people."""
    certificate = a_certificate()
    page = text_of(sign_in(a_learner()).get("/sertifikat"))
    assert certificate.number not in page
    assert 'name="cari"' not in page


def test_who_reads_many_but_revokes_few_stays_within_the_few(sign_in: Any) -> None:
    """HR of one OPD who audits the regency reads another OPD's certificate and cannot revoke it."""
    ours, theirs = an_opd(), an_opd()
    account = an_account(Role.HR, agency_id=ours.id)
    with transaction():
        grants.grant(SYSTEM, account_id=account.id, role=Role.AUDITOR)
    mine, other = a_certificate(agency=ours), a_certificate(agency=theirs)
    client = sign_in(account)
    assert 200 == client.get(f"/sertifikat/{other.id}").status_code
    assert 404 == client.get(f"/sertifikat/{other.id}/cabut").status_code
    assert 404 == client.post(f"/sertifikat/{other.id}/cabut", data={"reason": REASON}).status_code
    assert 302 == client.post(f"/sertifikat/{mine.id}/cabut", data={"reason": REASON}).status_code


def test_two_who_revoke_at_once_revoke_once(app: Flask) -> None:
    """The first reason stands."""
    certificate = a_certificate()
    elsewhere(app, lambda: actions.revoke(SYSTEM, certificate_id=certificate.id, reason=REASON))
    with pytest.raises(rules.AlreadyRevoked), transaction():
        actions.revoke(SYSTEM, certificate_id=certificate.id, reason="Alasan lain yang datang kemudian.")


def test_a_search_of_any_length_is_answered(sign_in: Any) -> None:
    """Only the beginning of an endless text is looked for."""
    assert 200 == sign_in(Role.HR).get("/sertifikat?cari=" + "a" * 60_000).status_code
