"""The directives on screen: who reads which, how one is written and issued."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from elearn.agencies import actions as agencies
from elearn.agencies import reorganisation
from elearn.agencies.rules import EmployeeKind
from elearn.calendar.rules import PhaseKind
from elearn.core import clock, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.directives import actions as directives
from elearn.directives import binding, letter, queries
from elearn.directives.models import Directive
from elearn.directives.rules import Status
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.calendar import an_election
from tests.factories.content import published_module
from tests.factories.directives import SIGNATORY, a_draft, an_issued_directive
from tests.factories.pact import LAW, SLUG, published_texts


def filled(**changes: Any) -> dict[str, Any]:
    """The form of a directive as a browser sends it."""
    return {
        "number": "800/214/SETDA/2026",
        "subject": "Netralitas ASN",
        "body": "Setiap pegawai menyelesaikan modul ini.",
        "module_slug": SLUG,
        "cites": [LAW.id],
        "deadline_on": (clock.today() + timedelta(days=9)).isoformat(),
        "reach": "semua",
        "kinds": ["PNS", "PPPK"],
        "joiner_days": "14",
        "posts": "semua",
        "nature": "Penting",
        "paper": "A4",
        "revokes_id": "",
        "place": "Serawai",
        "signatory_title": SIGNATORY.title,
        "signatory_name": SIGNATORY.name,
        "signatory_rank": SIGNATORY.rank,
        "signatory_nip": "19680312 199003 1 004",
        **changes,
    }


def test_the_sekda_writes_previews_and_issues(app: Flask, sign_in: Any) -> None:
    """From the empty form to the signed letter."""
    published_texts()
    an_employee(email="ani@serawai.test")
    sekda = sign_in(Role.SEKDA)
    assert 200 == sekda.get("/edaran/baru").status_code
    written = sekda.post("/edaran/baru", data=filled())
    assert 302 == written.status_code
    address = written.location
    page = sekda.get(address).text
    assert "akan mengikat <strong>1 pegawai</strong>" in page
    assert "Netralitas ASN</span>, sekitar 5 menit" in page
    preview = sekda.get(f"{address}/pratinjau.pdf")
    assert ("application/pdf", b"%PDF") == (preview.mimetype, preview.data[:4])
    assert address == sekda.post(f"{address}/terbitkan").location
    assert 503 == sekda.get(f"{address}/surat.pdf").status_code
    jobs.run_waiting()
    letter = sekda.get(f"{address}/surat.pdf")
    assert b"/ByteRange" in letter.data
    assert letter.data == sekda.get(f"{address}/surat.pdf").data
    assert "800/214/SETDA/2026" in sekda.get("/edaran").text


def test_a_nip_typed_with_spaces_is_kept_without(app: Flask, sign_in: Any) -> None:
    """And offered with the rest of the signatory for the next directive."""
    published_texts()
    an_employee()
    sekda = sign_in(Role.SEKDA)
    sekda.post("/edaran/baru", data=filled())
    assert SIGNATORY.nip == db.session.scalars(select(Directive.signatory_nip)).one()
    assert SIGNATORY.name in sekda.get("/edaran/baru").text


def test_the_calendar_of_elections_suggests_deadlines_and_ends(app: Flask, sign_in: Any) -> None:
    """The eve of a phase for the deadline, its last day for how long a result counts; nothing of what is over."""
    published_texts()
    an_employee()
    today = clock.today()
    first, last = today + timedelta(days=20), today + timedelta(days=60)
    an_election(PhaseKind.CAMPAIGN, first, last)
    an_election(PhaseKind.CAMPAIGN, today - timedelta(days=90), today - timedelta(days=60), "Pemilihan Lama")
    page = sign_in(Role.SEKDA).get("/edaran/baru").text
    eve = f'<option value="{first - timedelta(days=1)}">sehari sebelum kampanye, Pemilihan Serawai</option>'
    assert f'<datalist id="awal-tahapan">{eve}</datalist>' in page
    assert f'<option value="{last}">akhir kampanye, Pemilihan Serawai</option>' in page
    assert (5, 1) == (page.count('list="awal-tahapan"'), page.count('list="tahapan"'))
    assert "Pemilihan Lama" not in page
    an_election(PhaseKind.AFTER, last + timedelta(days=3), last + timedelta(days=4), "Pemilihan Lain")
    page = sign_in(Role.SEKDA).get("/edaran/baru").text
    assert "sehari sebelum sesudah" not in page


def test_a_form_with_faults_says_what_to_mend(app: Flask, sign_in: Any) -> None:
    """Nothing is stored; every fault stands at its field."""
    published_texts()
    an_opd()
    sekda = sign_in(Role.SEKDA)
    answer = sekda.post(
        "/edaran/baru", data=filled(reach="pilihan", kinds=[], cites=[], subject="", deadline_on="besok")
    )
    assert 422 == answer.status_code
    for sentence in (
        "Pilih paling sedikit satu perangkat daerah atau unit.",
        "Pilih paling sedikit satu jenis pegawai.",
        "Pilih paling sedikit satu dasar hukum.",
        "Bagian ini perlu diisi.",
        "Tulis tanggal yang ada",
    ):
        assert sentence in answer.text
    assert db.session.scalars(select(Directive)).first() is None


def test_a_number_in_use_is_refused_at_its_field(app: Flask, sign_in: Any) -> None:
    """With what was typed still there."""
    a_draft(number="800/214/SETDA/2026")
    answer = sign_in(Role.SEKDA).post("/edaran/baru", data=filled())
    assert 409 == answer.status_code
    assert "Nomor ini sudah dipakai edaran lain." in answer.text


def test_a_draft_can_be_changed_and_thrown_away(app: Flask, sign_in: Any) -> None:
    """Its form shows what was chosen; an issued one has no form."""
    opd = an_opd()
    an_employee(opd)
    draft = a_draft(opd)
    sekda = sign_in(Role.SEKDA)
    form = sekda.get(f"/edaran/{draft.id}/ubah").text
    assert re.search(f'<input checked[^>]+name="agencies"[^>]+value="{opd.id}"', form)
    address = f"/edaran/{draft.id}"
    changed = filled(number=draft.number, reach="pilihan", agencies=[str(opd.id)], subject="Hal baru")
    assert 302 == sekda.post(f"{address}/ubah", data=changed).status_code
    assert "Hal baru" in sekda.get(address).text
    assert "/edaran" == sekda.post(f"{address}/hapus").location
    assert 404 == sekda.get(address).status_code
    assert 422 == sekda.get(f"/edaran/{an_issued_directive(opd).id}/ubah").status_code


def test_the_page_of_a_draft_says_why_it_cannot_be_issued(app: Flask, sign_in: Any) -> None:
    """Nobody bound: the page stays, with the sentence on top."""
    draft = a_draft(an_opd())
    answer = sign_in(Role.SEKDA).post(f"/edaran/{draft.id}/terbitkan")
    assert 422 == answer.status_code
    assert "Sasaran ini tidak mengikat satu pegawai pun." in answer.text
    assert Status.DRAFT is db.session.scalars(select(Directive.status)).one()


def test_enter_in_a_field_saves_the_draft(app: Flask, sign_in: Any) -> None:
    """A browser presses the first button of a form then, and there are others that only show or count."""
    published_texts()
    a_unit(an_opd())
    page = html.fromstring(sign_in(Role.SEKDA).get("/edaran/baru").data)
    first, *others = page.xpath("//main//form//button[@type='submit']")
    assert (None, "Simpan draf") == (first.get("name"), first.text_content().strip())
    assert {"periksa"} < {each.get("name") for each in others if each.get("name")}


def test_the_form_counts_who_would_be_bound(app: Flask, sign_in: Any) -> None:
    """By agency and kind, without storing anything; half a choice gets a hint."""
    opd = an_opd()
    an_employee(opd)
    an_employee()
    sekda = sign_in(Role.SEKDA)
    asked = {"reach": "pilihan", "agencies": [str(opd.id)], "kinds": ["PNS"]}
    assert "Mengikat 1 pegawai per hari ini." == sekda.post("/edaran/hitung", data=asked).json["text"]
    half = sekda.post("/edaran/hitung", data={"reach": "pilihan", "kinds": ["PNS"]})
    assert "Pilih paling sedikit satu perangkat daerah atau unit." == half.json["text"]


def test_an_employee_reads_what_binds_him_and_nothing_else(app: Flask, sign_in: Any) -> None:
    """Another OPD's directive, its letter and every draft do not exist for him."""
    own, other = an_opd(), an_opd()
    employee = an_employee(own)
    an_employee(other)
    mine, theirs, draft = an_issued_directive(own), an_issued_directive(other), a_draft(own)
    jobs.run_waiting()
    browser = sign_in(employee)
    listed = browser.get("/edaran").text
    assert mine.number in listed
    assert theirs.number not in listed
    assert 200 == browser.get(f"/edaran/{mine.id}").status_code
    assert 200 == browser.get(f"/edaran/{mine.id}/surat.pdf").status_code
    for hidden in (theirs, draft):
        assert 404 == browser.get(f"/edaran/{hidden.id}").status_code
        assert 404 == browser.get(f"/edaran/{hidden.id}/surat.pdf").status_code


def test_a_kind_that_is_not_addressed_is_not_bound(app: Flask, sign_in: Any) -> None:
    """A PNS does not meet a directive to PPPK of his own office."""
    opd = an_opd()
    employee = an_employee(opd)
    an_employee(opd, kind=EmployeeKind.PPPK)
    directive = an_issued_directive(opd, kinds=frozenset({"PPPK"}))
    assert 404 == sign_in(employee).get(f"/edaran/{directive.id}").status_code


@pytest.mark.parametrize("role", [Role.OPD_OFFICER, Role.AUDITOR])
def test_offices_read_issued_directives_but_no_drafts(app: Flask, sign_in: Any, role: Role) -> None:
    """And write none."""
    opd = an_opd()
    an_employee(opd)
    issued, draft = an_issued_directive(opd), a_draft(opd)
    browser = sign_in(role, agency_id=opd.id if role is Role.OPD_OFFICER else None)
    assert 200 == browser.get(f"/edaran/{issued.id}").status_code
    assert draft.number not in browser.get("/edaran").text
    assert 404 == browser.get(f"/edaran/{draft.id}").status_code
    for path in ("/edaran/baru", f"/edaran/{draft.id}/ubah", f"/edaran/{draft.id}/pratinjau.pdf"):
        assert 403 == browser.get(path).status_code
    for path in ("/edaran/hitung", f"/edaran/{draft.id}/terbitkan", f"/edaran/{draft.id}/periksa"):
        assert 403 == browser.post(path).status_code


def test_who_joins_a_targeted_office_later_is_bound_too(app: Flask, sign_in: Any) -> None:
    """The target is a rule, applied to where people serve on the day."""
    target = an_opd()
    an_employee(target)
    newcomer = an_employee()
    directive = an_issued_directive(target)
    browser = sign_in(newcomer)
    assert 404 == browser.get(f"/edaran/{directive.id}").status_code
    with transaction():
        agencies.transfer(SYSTEM, employee_id=newcomer.id, agency_id=target.id, post="Analis", on=clock.today())
    assert 200 == browser.get(f"/edaran/{directive.id}").status_code


def test_markdown_of_a_directive_cannot_carry_scripts(app: Flask, sign_in: Any) -> None:
    """Raw HTML stays text; links and pictures are not made."""
    an_employee()
    evil = "<script>alert(1)</script> [x](javascript:alert(1)) ![p](http://x.test/p.png) **tebal**"
    directive = an_issued_directive(body=evil)
    page = sign_in(Role.SEKDA).get(f"/edaran/{directive.id}").text
    assert "<script>alert" not in page
    assert "x.test" not in page
    assert "<strong>tebal</strong>" in page


@pytest.mark.parametrize("field", ["number", "subject", "signatory_name"])
def test_a_line_of_a_letter_is_one_line(app: Flask, sign_in: Any, field: str) -> None:
    """A line break in the number would break the download's header, in the subject the mail's."""
    published_texts()
    an_employee()
    answer = sign_in(Role.SEKDA).post("/edaran/baru", data=filled(**{field: "Satu\r\nBcc: x@jahat.example"}))
    assert 422 == answer.status_code
    assert "tanda tersembunyi" in answer.text


def test_a_letter_is_not_a_book(app: Flask, sign_in: Any) -> None:
    """A body of thousands of lines would occupy the press for everybody."""
    published_texts()
    an_employee()
    answer = sign_in(Role.SEKDA).post("/edaran/baru", data=filled(body="- a\n" * 401))
    assert (422, True) == (answer.status_code, "400 baris" in answer.text)


def test_a_local_instruction_is_told_inside_the_module_to_those_bound(app: Flask, sign_in: Any) -> None:
    """Marked as the regency's own rule, on the module and its lessons; nobody else sees it, nor before the issue."""
    told, other = an_opd(), an_opd()
    bound, free = an_employee(told), an_employee(other)
    draft = a_draft(told, local_instruction="Setiap pegawai **melapor** kepada atasan dalam satu hari.")
    published_module()
    pages = (f"/belajar/{SLUG}", f"/belajar/{SLUG}/pelajaran/mengapa-netral")
    reader = sign_in(bound)
    assert ["Arahan daerah" in reader.get(page).text for page in pages] == [False, False]
    with transaction():
        directives.issue(SYSTEM, directive_id=draft.id)
    for page in pages:
        shown = reader.get(page).text
        assert ("<strong>melapor</strong>" in shown, draft.number in shown) == (True, True)
    assert ["Arahan daerah" in sign_in(free).get(page).text for page in pages] == [False, False]


def test_a_local_instruction_stands_in_the_letter_and_stays_short(app: Flask, sign_in: Any) -> None:
    """It is part of what people are told, on paper too; a long one is refused at its field."""
    published_texts()
    an_employee()
    sekda = sign_in(Role.SEKDA)
    long = sekda.post("/edaran/baru", data=filled(local_instruction="a\n" * 41))
    assert (422, True) == (long.status_code, "Isi paling banyak 40 baris." in long.text)
    written = sekda.post("/edaran/baru", data=filled(local_instruction="Lapor dalam satu hari."))
    directive = db.session.scalars(select(Directive)).one()
    assert "Lapor dalam satu hari." in sekda.get(written.location).text
    assert "Lapor dalam satu hari." in letter.html(directive)
    assert "Lapor dalam satu hari." in sekda.get(f"{written.location}/ubah").text


def test_a_directive_reaches_where_the_people_of_a_former_agency_went(app: Flask, sign_in: Any) -> None:
    """Merged into a neighbour, those who came and those who were there are bound from that day, and not before."""
    former, heir = an_opd(), an_opd()
    moved, neighbour = an_employee(former), an_employee(heir)
    directive = an_issued_directive(former)
    today = clock.today()
    assert [1, 0] == [len(binding.list_directives(each.account_id, today)) for each in (moved, neighbour)]
    with transaction():
        reorganisation.merge(SYSTEM, [former], heir, on=today)
    for employee in (moved, neighbour):
        assert [directive.id] == [each.id for each in binding.list_directives(employee.account_id, today)]
    assert [] == binding.list_directives(neighbour.account_id, today - timedelta(days=1))
    assert 2 == binding.count_bound_today(queries.target_of(directive, today))


def test_an_english_visitor_reads_the_page_in_english_and_the_letter_in_indonesian(app: Flask, sign_in: Any) -> None:
    """Terms, days and states are spoken; what the Sekda wrote is named as Indonesian; the letter is as it was."""
    published_texts()
    an_employee()
    directive = an_issued_directive(deadline_on=clock.today() + timedelta(days=5))
    sekda = sign_in(Role.SEKDA)
    in_indonesian = letter.html(directive)
    sekda.set_cookie("bahasa", "en")
    page = sekda.get(f"/edaran/{directive.id}").text
    expected = (
        "<dt>Deadline</dt>",
        "in 5 days",
        "1 employee<br>",
        "sign the integrity pact by <strong>",
        "in force",
    )
    assert [] == [words for words in expected if words not in page]
    assert f'<h1 lang="id">{directive.subject}</h1>' in page
    assert "paling lambat" not in page
    assert in_indonesian == letter.html(directive)
    assert "paling lambat <strong>" in in_indonesian


def test_the_count_while_writing_is_told_in_the_visitors_language(app: Flask, sign_in: Any) -> None:
    """What the script shows is spoken like the page around it."""
    published_texts()
    an_employee(kind=EmployeeKind.PNS)
    sekda = sign_in(Role.SEKDA)
    sekda.set_cookie("bahasa", "en")
    asked = {"reach": "semua", "kinds": ["PNS"], "posts": "semua"}
    assert "Binds 1 employee as of today." == sekda.post("/edaran/hitung", data=asked).json["text"]
    assert "Choose whom the directive binds." in sekda.post("/edaran/hitung", data={"kinds": ["PNS"]}).json["text"]
