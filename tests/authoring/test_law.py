"""The law under the curriculum: shown to everybody, changes marked by authors, impact counted, the Sekda offered."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from elearn.authoring import changes, law
from elearn.authoring.rules import ChangeSettled, ForeignPlace
from elearn.content import actions as content
from elearn.content.law import Instrument, LegalForm, Register
from elearn.content.source import Source
from elearn.core.permissions import SYSTEM, Actor, Grant, Role
from elearn.core.transaction import transaction
from tests.factories.accounts import an_account
from tests.factories.certificates import a_certificate
from tests.factories.content import a_citation
from tests.factories.pact import LAW, SLUG

ASN_LAW = a_citation(
    id=LAW.id, instrument=LAW.instrument, full=LAW.full, article="Pasal 24", instrument_id="uu-20-2023"
)
OTHER = a_citation(
    id="uu-20-2023-2", instrument=LAW.instrument, full=LAW.full, article="Pasal 2", instrument_id="uu-20-2023"
)
REGISTER = Register(
    slug="dasar-hukum",
    title="Dasar hukum",
    instruments=(
        Instrument("uu-20-2023", "UU 20/2023", LAW.full, LegalForm.LAW, date(2023, 10, 31)),
        Instrument("pp-94-2021", "PP 94/2021", "Peraturan Pemerintah Nomor 94 Tahun 2021", LegalForm.REGULATION),
    ),
    citations=(ASN_LAW, OTHER, a_citation(instrument_id="pp-94-2021")),
    rules=(),
)
PAGE = "/dasar-hukum/uu-20-2023"


@pytest.fixture(autouse=True)
def _register(app: Flask) -> None:
    with transaction():
        content.publish(SYSTEM, source=Source(modules=(), pacts=(), complaints=(), register=REGISTER))


def an_author() -> Actor:
    """Somebody who writes content."""
    account = an_account(Role.AUTHOR)
    return Actor(account.id, account.username, account.name, (Grant(Role.AUTHOR),))


def marked(**facts: Any) -> Any:
    """A change of the whole law on the civil service, or as said."""
    standard = {
        "instrument_id": "uu-20-2023",
        "citation_id": "",
        "changed_on": date(2026, 11, 1),
        "note": "Diubah UU baru.",
    }
    with transaction():
        return changes.mark(an_author(), **{**standard, **facts})


def test_everybody_reads_the_register(app: Flask) -> None:
    """A stranger sees instruments by form, each place in words, and what rests on it; never the source keys."""
    a_certificate()
    client = app.test_client()
    listed = client.get("/dasar-hukum").text
    assert [] == [
        word for word in ("Undang-undang", "UU 20/2023", "PP 94/2021", "Dirujuk 1 bagian") if word not in listed
    ]
    page = client.get(PAGE).text
    assert [] == [word for word in ("Pasal 24", "1 soal", "Berlaku sejak 31 Oktober 2023") if word not in page]
    assert ("Tandai perubahan" in page, "contoh" in page) == (False, False)
    assert 404 == client.get("/dasar-hukum/uu-99-2099").status_code


def test_an_author_marks_a_change_and_the_affected_version_shows_it(app: Flask, sign_in: Any) -> None:
    """From the form to the author's page, the register and the impact; settled, it is gone."""
    a_certificate()
    author = sign_in(Role.AUTHOR)
    assert "contoh" in author.get(PAGE).text
    wrong = author.post(f"{PAGE}/perubahan", data={"citation_id": "", "changed_on": "", "note": ""})
    assert (422, True) == (wrong.status_code, "Berlaku sejak" in wrong.text)
    data = {"citation_id": LAW.id, "changed_on": "2026-11-01", "note": "Diubah UU baru."}
    assert f"{PAGE}/dampak" == author.post(f"{PAGE}/perubahan", data=data).location
    for page in (f"{PAGE}/dampak", f"/materi/{SLUG}", PAGE):
        assert "Diubah UU baru." in author.get(page).text, page
    assert "Sedang ditinjau" in app.test_client().get("/dasar-hukum").text
    change = law.list_changes()[0]
    assert PAGE == author.post(f"/dasar-hukum/perubahan/{change.id}/selesai").location
    assert "Diubah UU baru." not in author.get(PAGE).text
    assert 409 == author.post(f"/dasar-hukum/perubahan/{change.id}/selesai").status_code


def test_a_learner_is_told_beside_the_law(app: Flask, sign_in: Any) -> None:
    """The list of law under a lesson or a story says that a rule has changed."""
    from tests.factories.content import published_module

    published_module()
    marked(instrument_id="pp-94-2021")
    assert "Diubah UU baru." in sign_in(Role.ASN).get(f"/belajar/{SLUG}/pelajaran/mengapa-netral").text


def test_a_change_names_a_place_of_its_instrument(app: Flask) -> None:
    """A place elsewhere is refused, and a change is settled once."""
    with pytest.raises(ForeignPlace):
        marked(citation_id="pp-94-2021-5-n")
    change = marked(citation_id=LAW.id)
    assert [frozenset({LAW.id})] == [each.cites for each in law.list_changes()]
    with transaction():
        changes.settle(an_author(), change_id=change.id)
    with pytest.raises(ChangeSettled), transaction():
        changes.settle(an_author(), change_id=change.id)


def test_the_impact_counts_who_was_certified_on_it(app: Flask) -> None:
    """Certificates in force by version and by OPD; a place nothing rests on has none."""
    certificate = a_certificate()
    found = law.impact({LAW.id})
    assert (1, (SLUG,), 1) == (found.certified, found.slugs, len(found.versions))
    assert [1] == [people for _, people in found.certified_by_opd]
    assert [certificate.number] == [holder.number for holder in law.list_holders({LAW.id})]
    nothing = law.impact({OTHER.id})
    assert (0, (), ()) == (nothing.certified, nothing.versions, nothing.certified_by_opd)


def test_the_command_says_the_same(app: Flask) -> None:
    """By citation or by instrument, for people or for machines; an unknown name fails."""
    certificate = a_certificate()
    run = app.test_cli_runner().invoke
    printed = run(args=["content", "impact", LAW.id, "--people"])
    assert (0, True, True) == (
        printed.exit_code,
        "Seluruhnya 1 sertifikat" in printed.output,
        certificate.number in printed.output,
    )
    facts = json.loads(run(args=["content", "impact", "uu-20-2023", "--json"]).output)
    assert ([OTHER.id, LAW.id], 1, [SLUG]) == (
        facts["citations"],
        facts["certified"],
        [version["module"] for version in facts["versions"]],
    )
    assert 1 == run(args=["content", "impact", "tidak-ada"]).exit_code


def credit_box(page: str) -> str:
    """The box that lets a directive credit earlier results, as it stands on a page."""
    return re.findall(r'<input[^>]*name="credits_earlier"[^>]*>', page)[0]


def test_the_sekda_is_offered_a_directive(app: Flask, sign_in: Any) -> None:
    """The desk names the change and the people; the impact leads to a directive already filled in."""
    a_certificate()
    sekda = sign_in(Role.SEKDA)
    assert "Aturan berubah" not in sekda.get("/").text
    marked()
    desk = sekda.get("/").text
    assert [] == [
        word for word in ("Aturan berubah: UU 20/2023", "1 sertifikat", f"{PAGE}/dampak") if word not in desk
    ]
    impact = sekda.get(f"{PAGE}/dampak").text
    address = impact.split('class="button main" href="')[1].split('"')[0].replace("&amp;", "&")
    draft = sekda.get(address).text
    assert ("checked" in credit_box(draft), "checked" in credit_box(sekda.get("/edaran/baru").text)) == (False, True)
    assert [] == [
        word for word in ("Pembelajaran ulang setelah perubahan UU 20/2023", "Diubah UU baru.") if word not in draft
    ]


def test_the_workshop_is_closed_to_others(sign_in: Any) -> None:
    """Learners and officers neither mark nor settle nor see the impact."""
    change = marked()
    for role in (Role.ASN, Role.HR, Role.SEKDA):
        person = sign_in(role)
        assert 403 == person.post(f"{PAGE}/perubahan", data={}).status_code
        assert 403 == person.post(f"/dasar-hukum/perubahan/{change.id}/selesai").status_code
    assert 403 == sign_in(Role.HR).get(f"{PAGE}/dampak").status_code


def test_an_author_sees_which_rule_is_taught_and_asked_where(sign_in: Any) -> None:
    """Covered, too little, and advice that nobody asks."""
    from elearn.content.law import Confidence, Rule, RuleKind
    from tests.factories.content import a_lesson, a_module, a_question

    taught = Rule("P-01", RuleKind.PROHIBITION, "Memasang alat peraga.", "Bakal calon", Confidence.B, (LAW.id,))
    rules = (taught, replace(taught, id="P-02"), replace(taught, id="W-13", confidence=Confidence.C))
    lesson = replace(a_lesson(), covers=("P-01",))
    questions = tuple(replace(a_question(f"soal-{number}"), covers=("P-01",)) for number in (1, 2))
    module = a_module(lessons=(lesson,), questions=questions)
    source = Source(modules=(module,), pacts=(), complaints=(), register=replace(REGISTER, rules=rules))
    with transaction():
        content.publish(SYSTEM, source=source)
    page = sign_in(Role.AUTHOR).get("/materi/cakupan").text
    wanted = ("1 aturan belum cukup", "netralitas-asn/soal-1", "Tercakup", "Kurang", "Anjuran, tidak ditanyakan")
    assert [] == [word for word in wanted if word not in page]
    assert 403 == sign_in(Role.ASN).get("/materi/cakupan").status_code
