"""The life of a directive on screen: review, end, exemptions, the list of the bound, and the stranger's proof."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import select

from elearn.accounts import actions as accounts
from elearn.agencies import queries as agencies
from elearn.core import bahasa, clock, jobs
from elearn.core.db import db
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.directives import actions, exemptions, queries
from elearn.directives.duties import Target
from elearn.directives.models import Directive, Exemption
from elearn.directives.rules import Status
from elearn.directives.wording import Paper
from elearn.documents import queries as documents
from tests.directives.test_views import filled
from tests.factories.accounts import an_active_account, an_actor
from tests.factories.agencies import a_unit, an_employee, an_opd
from tests.factories.directives import a_draft, a_wording, an_issued_directive
from tests.factories.pact import MODULE, published_texts


def test_hr_reviews_what_the_sekda_wrote(app: Flask, sign_in: Any) -> None:
    """HR reads the draft and its preview, marks it once, and changes nothing else."""
    published_texts()
    an_employee()
    sekda, hr = sign_in(Role.SEKDA), sign_in(Role.HR)
    address = sekda.post("/edaran/baru", data=filled()).location
    assert "Tandai sudah diperiksa" not in sekda.get(address).text
    own = sekda.post(f"{address}/periksa")
    assert (422, True) == (own.status_code, "terakhir Anda ubah sendiri" in own.text)
    assert "Tandai sudah diperiksa" in hr.get(address).text
    assert b"%PDF" == hr.get(f"{address}/pratinjau.pdf").data[:4]
    assert address == hr.post(f"{address}/periksa").location
    assert "Sudah diperiksa pada" in sekda.get(address).text
    assert "sudah diperiksa" in hr.get("/edaran").text
    for path in ("ubah", "hapus", "terbitkan", "tutup"):
        assert 403 == hr.post(f"{address}/{path}").status_code
    assert "perlu diperiksa lagi" in sekda.get(f"{address}/ubah").text


def test_everything_typed_is_there_again_when_the_draft_is_changed(app: Flask, sign_in: Any) -> None:
    """Sections with something in them stand open, the named are listed by NIP."""
    published_texts()
    opd, person, free = an_opd(), an_employee(), an_employee()
    unit = a_unit(opd)
    sekda = sign_in(Role.SEKDA)
    typed = filled(
        reach="pilihan",
        agencies=[str(opd.id)],
        posts="manajerial",
        people=f"{person.nip[:8]} {person.nip[8:]}\n",
        excepted_agencies=[str(unit.id)],
        excepted_people=free.nip,
        deadline_pppk=(clock.today() + timedelta(days=20)).isoformat(),
        valid_months="12",
        paper="F4",
        nature="Segera",
        addressees="1. Para Camat\n2) Para Lurah",
        copies="Bupati",
    )
    address = sekda.post("/edaran/baru", data=typed).location
    draft = db.session.scalars(select(Directive)).one()
    assert (Paper.F4, 12, ["Para Camat", "Para Lurah"]) == (draft.paper, draft.valid_months, draft.addressees)
    assert frozenset({person.id}) == queries.target_of(draft, clock.today()).people
    form = sekda.get(f"{address}/ubah").text
    for again in (f"{person.nip}</textarea>", f"{free.nip}</textarea>", "Para Lurah", 'value="12"'):
        assert again in form
    assert 302 == sekda.post(f"{address}/ubah", data=typed).status_code
    page = sekda.get(address).text
    for told in (f"Kecuali</dt><dd>{unit.name}", "pejabat manajerial", person.name, free.name, "PPPK: "):
        assert told in page


def test_rules_of_the_quiz_are_typed_shown_and_typed_again(app: Flask, sign_in: Any) -> None:
    """What is left empty is as in the module; the letter's terms tell the rest, and the form has it again."""
    published_texts()
    an_employee()
    topic, sekda = MODULE.quiz.blueprint[0].topic, sign_in(Role.SEKDA)
    typed = filled(
        quiz_attempts="3", quiz_wait_minutes="0", quiz_review="setelah-tenggat", quiz_must_pass=[topic]
    ) | {"quiz_topic_percent": "90"}
    address = sekda.post("/edaran/baru", data=typed).location
    expected = {
        "attempts": 3,
        "wait_minutes": 0,
        "review": "setelah-tenggat",
        "must_pass": [{"topic": topic, "percent": 90}],
    }
    assert expected == db.session.scalars(select(Directive.quiz_terms)).one()
    assert "Kuis: paling banyak 3 kesempatan, tanpa jeda antara dua percobaan" in sekda.get(address).text
    form = sekda.get(f"{address}/ubah").text
    assert all(word in form for word in ('value="90"', 'value="3"', "Aturan kuis yang lain daripada modulnya"))
    assert 302 == sekda.post(f"{address}/ubah", data=typed | {"quiz_must_pass": [], "quiz_attempts": ""}).status_code
    db.session.expire_all()
    assert {"wait_minutes": 0, "review": "setelah-tenggat"} == db.session.scalars(select(Directive.quiz_terms)).one()


def test_the_reach_is_shown_without_javascript(app: Flask, sign_in: Any) -> None:
    """A button counts and shows the named back; nothing is stored, nothing typed is lost, nothing else complains."""
    published_texts()
    person = an_employee(name="Siti Aminah")
    sekda = sign_in(Role.SEKDA)
    asked = filled(reach="orang", kinds=[], people=person.nip, subject="", body="Separuh jadi", periksa="ya")
    answer = sekda.post("/edaran/baru", data=asked)
    assert 200 == answer.status_code
    assert "Mengikat 1 pegawai per hari ini." in answer.text
    assert f"{person.nip} – Siti Aminah" in answer.text
    assert "Separuh jadi" in answer.text
    assert "Ada yang perlu diperbaiki" not in answer.text
    assert db.session.scalars(select(Directive)).first() is None


def test_a_number_nobody_has_is_pointed_at_by_its_line(app: Flask, sign_in: Any) -> None:
    """When the form is sent, and while it is counted."""
    published_texts()
    person = an_employee()
    sekda = sign_in(Role.SEKDA)
    typed = filled(people=f"{person.nip}\n\n199001012020121999")
    answer = sekda.post("/edaran/baru", data=typed)
    assert (422, True) == (answer.status_code, "NIP di baris 3." in answer.text)
    assert "NIP di baris 3." in sekda.post("/edaran/hitung", data=typed).json["text"]
    typed["people"] = person.nip
    assert [f"{person.nip} – {person.name}, "] == [
        line[: line.index(", ") + 2] for line in sekda.post("/edaran/hitung", data=typed).json["people"]
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reach": "orang"}, "Tulis paling sedikit satu NIP."),
        ({"posts": "pilihan"}, "Pilih paling sedikit satu kelompok jabatan."),
        ({"people": "1\n" * 201}, "Tulis paling banyak 200 NIP."),
        ({"joiner_days": "besok"}, "Tulis angka bulat"),
        ({"valid_months": "0"}, "Tulis angka dari 1 sampai 120."),
        ({"quiz_attempts": "0"}, "Tulis angka dari 1 sampai 20."),
        ({"quiz_must_pass": ["entah"]}, "Pilih salah satu yang tersedia."),
        ({"copies": "a\n" * 31}, "Isi paling banyak 30 baris."),
        ({"addressees": "a" * 161}, "Satu baris paling banyak 160 karakter."),
        ({"revokes_id": str(uuid4())}, "Pilih salah satu yang tersedia."),
        ({"valid_until": "2020-01-01"}, "Tidak boleh mendahului tenggat."),
    ],
)
def test_a_fault_in_the_long_form_stands_at_its_field(
    app: Flask, sign_in: Any, changes: dict[str, str], sentence: str
) -> None:
    """In words that say what to do."""
    published_texts()
    an_employee()
    answer = sign_in(Role.SEKDA).post("/edaran/baru", data=filled(**changes))
    assert (422, True) == (answer.status_code, sentence in answer.text)


def test_who_would_be_bound_is_listed_before_the_issue(app: Flask, sign_in: Any) -> None:
    """With search; the list of an issued directive says who is bound today."""
    opd = an_opd()
    an_employee(opd, name="Ani")
    an_employee(a_unit(opd), name="Budi")
    an_employee(name="Citra")
    draft = a_draft(opd)
    sekda = sign_in(Role.SEKDA)
    page = sekda.get(f"/edaran/{draft.id}/sasaran").text
    assert ("akan terikat" in page, "2 pegawai" in page, "Citra" in page) == (True, True, False)
    found = sekda.get(f"/edaran/{draft.id}/sasaran?cari=bud").text
    assert ("Budi" in found, "Ani" in found) == (True, False)
    assert "Tidak ada pegawai yang cocok." in sekda.get(f"/edaran/{draft.id}/sasaran?cari=zzz").text
    with transaction():
        actions.issue(SYSTEM, directive_id=draft.id)
    assert "hari ini terikat" in sekda.get(f"/edaran/{draft.id}/sasaran").text


def test_an_officer_sees_the_bound_of_the_own_office_only(app: Flask, sign_in: Any) -> None:
    """And an employee no list at all; drafts have none for either."""
    own, other = an_opd(), an_opd()
    mine = an_employee(own, name="Ani")
    an_employee(other, name="Budi")
    issued, draft = an_issued_directive(own, other), a_draft()
    officer = sign_in(Role.OPD_OFFICER, agency_id=own.id)
    page = officer.get(f"/edaran/{issued.id}/sasaran").text
    assert ("Ani" in page, "Budi" in page, "dalam lingkup Anda" in page) == (True, False, True)
    assert 404 == officer.get(f"/edaran/{draft.id}/sasaran").status_code
    assert 403 == sign_in(mine).get(f"/edaran/{issued.id}/sasaran").status_code


def test_the_sekda_closes_a_directive_with_a_note(app: Flask, sign_in: Any) -> None:
    """The page and the list say so; a draft and an ended one cannot be closed."""
    an_employee()
    issued, draft = an_issued_directive(), a_draft()
    sekda = sign_in(Role.SEKDA)
    assert 200 == sekda.get(f"/edaran/{issued.id}/tutup").status_code
    assert 422 == sekda.post(f"/edaran/{issued.id}/tutup", data={"note": ""}).status_code
    done = sekda.post(f"/edaran/{issued.id}/tutup", data={"note": "Sudah tuntas."})
    assert f"/edaran/{issued.id}" == done.location
    page = sekda.get(done.location).text
    assert ("Ditutup" in page, "Sudah tuntas." in page, "Tutup edaran" in page) == (True, True, False)
    assert "Sudah berakhir" in sekda.get("/edaran").text
    for each in (issued, draft):
        assert 422 == sekda.get(f"/edaran/{each.id}/tutup").status_code


def test_both_pages_of_a_revocation_link_each_other(app: Flask, sign_in: Any) -> None:
    """The form offers what is in force; after the issue the old page names the new one."""
    published_texts()
    employee = an_employee()
    old = an_issued_directive(subject="Edaran lama")
    sekda = sign_in(Role.SEKDA)
    assert f'value="{old.id}"' in sekda.get("/edaran/baru").text
    address = sekda.post("/edaran/baru", data=filled(revokes_id=str(old.id))).location
    sekda.post(f"{address}/terbitkan")
    assert f'href="/edaran/{old.id}"' in sekda.get(address).text
    assert f'href="{address}"' in sekda.get(f"/edaran/{old.id}").text
    assert Status.REVOKED is db.session.get(Directive, old.id, populate_existing=True).status
    assert "dicabut" in sign_in(employee).get(f"/edaran/{old.id}").text


def test_hr_exempts_somebody_and_ends_it(app: Flask, sign_in: Any) -> None:
    """Told on the directive's page and on the employee's; who has no such permission meets a closed door."""
    employee = an_employee(name="Ani")
    directive = an_issued_directive()
    keeper = an_active_account(Role.HR)
    approver, day = keeper.name, bahasa.tanggal(clock.today())
    hr = sign_in(keeper)
    address = f"/edaran/{directive.id}/pengecualian"
    assert 'name="nip"' in hr.get(address).text
    wrong = hr.post(address, data={"nip": "9" * 18, "reason": "Cuti", "from_on": clock.today().isoformat()})
    assert (422, True) == (wrong.status_code, "Tidak ada pegawai dengan NIP ini." in wrong.text)
    typed = {"nip": employee.nip, "reason": "Cuti besar", "from_on": clock.today().isoformat()}
    assert 302 == hr.post(address, data=typed).status_code
    assert 409 == hr.post(address, data=typed).status_code
    for page in (f"/edaran/{directive.id}", f"/pegawai/{employee.id}"):
        text = hr.get(page).text
        assert all(words in text for words in ("Cuti besar", "Disetujui oleh", f">{approver}, {day}"))
    exemption = db.session.scalars(select(Exemption)).one()
    end = f"{address}/{exemption.id}/akhiri"
    assert "Ani" in hr.get(end).text
    assert "seluruhnya" in hr.post(end, data={"until_on": "2020-01-01"}).text
    tomorrow = clock.today() + timedelta(days=1)
    assert 302 == hr.post(end, data={"until_on": tomorrow.isoformat()}).status_code
    assert "Akhiri" not in hr.get(f"/edaran/{directive.id}").text
    for role in (Role.AUDITOR, Role.OPD_OFFICER):
        other = sign_in(role, agency_id=an_opd().id if role is Role.OPD_OFFICER else None)
        assert [403, 403] == [other.get(path).status_code for path in (address, end)]
        assert ("Cuti besar" in other.get(f"/edaran/{directive.id}").text) == (role is Role.AUDITOR)


def test_who_is_to_be_exempt_is_found_in_the_list(app: Flask, sign_in: Any) -> None:
    """Searched by name, chosen by a link, shown by name in a form that asks for no NIP; then told by name."""
    employee = an_employee(an_opd(name="Dinas Perhubungan"), name="Siti Aminah")
    an_employee(name="Budi")
    hr, directive = sign_in(Role.HR), an_issued_directive()
    asking = html.fromstring(hr.get(f"/edaran/{directive.id}/pengecualian").text)
    (search,) = asking.xpath("//form[.//input[@name='cari']]/@action")
    found = html.fromstring(hr.get(search, query_string={"cari": "siti"}).text)
    (link,) = found.xpath("//a[contains(@href, '/pengecualian?')]/@href")
    assert employee.nip not in link
    page = hr.get(link).text
    assert all(words in page for words in ("Siti Aminah", "Dinas Perhubungan", bahasa.nip_terbaca(employee.nip)))
    assert 'name="nip"' not in page
    (form,) = html.fromstring(page).xpath("//form[@method='post' and contains(@action, '/pengecualian')]/@action")
    unsaid = hr.post(form, data={"reason": "", "from_on": clock.today().isoformat()})
    assert (422, True) == (unsaid.status_code, "Siti Aminah" in unsaid.text)
    done = hr.post(form, data={"reason": "Cuti", "from_on": clock.today().isoformat()}, follow_redirects=True)
    assert "Pengecualian Siti Aminah dicatat." in done.text
    assert employee.id == db.session.scalars(select(Exemption)).one().employee_id


def test_who_is_out_of_reach_is_neither_offered_nor_shown(app: Flask, sign_in: Any) -> None:
    """HR of one OPD, who as inspector reads of everybody, exempts her own people only."""
    inside, outside = an_employee(an_opd(), name="Ani"), an_employee(an_opd(), name="Budi")
    directive = an_issued_directive()
    keeper = an_active_account(Role.HR, agency_id=agencies.latest_placement(inside).agency_id)
    with transaction():
        accounts.grant(SYSTEM, account_id=keeper.id, role=Role.AUDITOR)
    hr, address = sign_in(keeper), f"/edaran/{directive.id}/pengecualian"
    listed = hr.get(f"/edaran/{directive.id}/sasaran").text
    assert all(name in listed for name in ("Ani", "Budi"))
    assert [True, False] == [f"pegawai={each.id}" in listed for each in (inside, outside)]
    typed = {"reason": "Cuti", "from_on": clock.today().isoformat()}
    for unknown in (outside.id, uuid4()):
        query = {"pegawai": unknown}
        asked, sent = hr.get(address, query_string=query), hr.post(address, query_string=query, data=typed)
        assert [404, 404] == [asked.status_code, sent.status_code]
        assert "Budi" not in asked.text
    assert [] == db.session.scalars(select(Exemption)).all()


def test_what_is_not_in_force_has_no_exemptions(app: Flask, sign_in: Any) -> None:
    """A draft excepts people by its target."""
    assert 422 == sign_in(Role.HR).get(f"/edaran/{a_draft().id}/pengecualian").status_code


def test_anybody_can_check_a_letter(app: Flask, client: Any) -> None:
    """Its number, subject, day, state and hash, and nobody's name but the signatory's; no draft is known."""
    employee = an_employee(name="Ani")
    issued, draft = an_issued_directive(subject="Netralitas ASN"), a_draft()
    jobs.run_waiting()
    address = f"/verifikasi/surat/{issued.id}"
    page = client.get(address).text
    sha256 = documents.get_document(queries.get_directive(issued.id).document_id).sha256
    for told in ("Berlaku", issued.number, "Netralitas ASN", sha256):
        assert told in page
    assert employee.name not in page
    with transaction():
        new = actions.issue(SYSTEM, directive_id=a_draft(revokes_id=issued.id).id)
    assert f"oleh Surat Edaran Nomor {new.number}" in client.get(address).text
    with transaction():
        actions.close(SYSTEM, directive_id=new.id, note="Selesai.")
    assert "ditutup pada" in client.get(f"/verifikasi/surat/{new.id}").text
    for unknown in (draft.id, uuid4()):
        answer = client.get(f"/verifikasi/surat/{unknown}")
        assert (404, True) == (answer.status_code, "Tidak dikenal" in answer.text)


def test_anybody_can_check_the_file_of_a_letter(app: Flask, client: Any) -> None:
    """Byte for byte; a changed one is no letter of ours."""
    an_employee()
    issued = an_issued_directive(subject="Netralitas ASN")
    jobs.run_waiting()
    db.session.expire_all()
    letter = documents.get_bytes(queries.get_directive(issued.id).document_id)
    for content, status in ((letter, 200), (letter + b"\n", 404)):
        file = {"file": (io.BytesIO(content), "surat.pdf")}
        answer = client.post("/verifikasi", data=file, content_type="multipart/form-data")
        assert status == answer.status_code
        assert (status == 200) == ("sama persis dengan surat" in answer.text)
        assert (status == 200) == (issued.number in answer.text)


def test_named_people_may_read_what_binds_them(app: Flask, sign_in: Any) -> None:
    """By name alone, until they are exempt."""
    named, other = an_employee(), an_employee()
    draft = a_draft()
    target = Target(frozenset(), frozenset(), people=frozenset({named.id}))
    with transaction():
        wording = replace(a_wording(number=draft.number), target=target)
        actions.revise(SYSTEM, directive_id=draft.id, wording=wording)
        actions.issue(SYSTEM, directive_id=draft.id)
    assert 200 == sign_in(named).get(f"/edaran/{draft.id}").status_code
    assert 404 == sign_in(other).get(f"/edaran/{draft.id}").status_code
    with transaction():
        exemptions.exempt(
            an_actor(Role.HR), directive_id=draft.id, nip=named.nip, reason="Cuti", from_on=clock.today()
        )
    assert 404 == sign_in(named).get(f"/edaran/{draft.id}").status_code


def test_the_units_of_an_opd_are_shown_when_asked_for(app: Flask, sign_in: Any) -> None:
    """At first each OPD and what is ticked; a button shows its units and keeps what was typed; nothing is stored."""
    published_texts()
    opd = an_opd(name="Dinas Pendidikan")
    ticked, other = a_unit(opd, "SDN Satu"), a_unit(opd, "SDN Dua")
    an_employee(opd)
    sekda = sign_in(Role.SEKDA)
    first = sekda.get("/edaran/baru").text
    assert ["SDN Satu" in first, "SDN Dua" in first, "Tampilkan 2 unit" in first] == [False, False, True]
    sent = filled(subject="Separuh jadi", excepted_agencies=[str(ticked.id)])
    closed = sekda.post("/edaran/baru", data={**sent, "periksa": "ya"}).text
    assert ["SDN Satu" in closed, "SDN Dua" in closed, "Tampilkan 1 unit" in closed] == [True, False, True]
    opened = sekda.post("/edaran/baru", data={**sent, "unit": str(opd.id)}).text
    assert ["SDN Dua" in opened, "Separuh jadi" in opened, 'name="unit"' in opened] == [True, True, False]
    still = sekda.post("/edaran/baru", data={**sent, "terbuka": str(opd.id), "periksa": "ya"}).text
    assert str(other.id) in still
    assert [] == queries.list_drafts()


def test_single_units_are_chosen_instead_of_their_opd(app: Flask, sign_in: Any) -> None:
    """Its units are shown when asked for; the page and the form say what was chosen, and who is bound."""
    published_texts()
    opd = an_opd(name="Dinas Kesehatan")
    chosen, other = a_unit(opd, "Puskesmas Satu"), a_unit(opd, "Puskesmas Dua")
    for unit in (chosen, other, opd):
        an_employee(unit)
    sekda, sent = sign_in(Role.SEKDA), filled(reach="pilihan", subject="Hanya satu")
    sent.pop("agencies", None)
    opened = sekda.post("/edaran/baru", data={**sent, "unit_sasaran": str(opd.id)}).text
    assert ["Puskesmas Satu" in opened, "Hanya satu" in opened, 'name="unit_sasaran"' in opened] == [
        True,
        True,
        False,
    ]
    told = sekda.post("/edaran/hitung", data={**sent, "units": [str(chosen.id)]})
    assert "Mengikat 1 pegawai per hari ini." == told.get_json()["text"]
    address = sekda.post("/edaran/baru", data={**sent, "units": [str(chosen.id)]}).location
    draft = db.session.scalars(select(Directive)).one()
    assert frozenset({chosen.id}) == queries.target_of(draft, clock.today()).agencies
    assert "Puskesmas Satu (Dinas Kesehatan)" in sekda.get(address).text
    again = sekda.get(f"{address}/ubah").text
    assert re.search(f'<input checked[^>]+name="units"[^>]+value="{chosen.id}"', again)
    assert ("Puskesmas Dua" in again, "(1 dipilih)" in again) == (False, True)


def test_a_unit_is_not_chosen_beside_its_opd(app: Flask, sign_in: Any) -> None:
    """Nor below one that is left out; and a target of chosen agencies names one, or a unit."""
    published_texts()
    opd = an_opd(name="Dinas Kesehatan")
    unit = a_unit(opd, "Puskesmas Satu")
    an_employee(unit)
    sekda = sign_in(Role.SEKDA)
    for choice, complaint in (
        ({"agencies": [str(opd.id)], "units": [str(unit.id)]}, "sudah termasuk dalam Dinas Kesehatan"),
        ({"excepted_agencies": [str(opd.id)], "units": [str(unit.id)]}, "tidak dapat sekaligus dikecualikan"),
        ({"units": []}, "Pilih paling sedikit satu perangkat daerah atau unit."),
    ):
        answer = sekda.post("/edaran/baru", data={**filled(reach="pilihan"), "agencies": [], **choice})
        assert (422, True) == (answer.status_code, complaint in answer.text)
    assert [] == queries.list_drafts()
