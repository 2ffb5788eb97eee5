"""Packs on screen: brought, looked through like a learner would, decided about, and had back."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts import queries as accounts
from elearn.authoring import queries
from elearn.authoring.models import Pack
from elearn.content import archive
from elearn.content import queries as content
from elearn.content.rules import Prose
from elearn.core.permissions import Role
from tests.factories.accounts import signed_in_client
from tests.factories.authoring import (
    CORRECTED,
    a_corrected_module,
    a_pack,
    an_author,
    as_upload,
    publish_curriculum,
    token_of,
    zipped,
)
from tests.factories.content import SLUG, a_module, a_pact, a_policy

CLOSED_TO_OTHERS = ("/materi/unggah", "/materi/naskah")


@pytest.fixture(autouse=True)
def _curriculum(app: Flask) -> None:
    publish_curriculum()


@pytest.fixture
def author(app: Flask) -> Any:
    """Somebody who writes content."""
    return an_author()


@pytest.fixture
def browser(app: Flask, author: Any) -> FlaskClient:
    """Her browser."""
    return signed_in_client(app, accounts.get_account(author.account_id))


def missing(page: str, *words: str) -> list[str]:
    """Those of the words that the page does not say."""
    return [word for word in words if word not in page]


def page_of(pack: Pack) -> str:
    """The address of a pack."""
    return f"/materi/naskah/{pack.id}"


@pytest.mark.parametrize("role", [Role.ASN, Role.HR, Role.SEKDA, Role.AUDITOR, Role.ADMIN])
def test_packs_are_for_authors_only(app: Flask, sign_in: Any, role: Role) -> None:
    """What is not published is nobody else's; what is published an auditor may have as files."""
    pack = a_pack()
    other = sign_in(role)
    assert {403} == {other.get(path).status_code for path in (*CLOSED_TO_OTHERS, page_of(pack))}
    assert {403} == {other.post(f"{page_of(pack)}/{deed}").status_code for deed in ("setujui", "terbitkan", "buang")}
    assert (200 if role is Role.AUDITOR else 403) == other.get(f"/materi/{SLUG}/pak.zip").status_code


def test_a_pack_is_brought_compared_and_published(browser: FlaskClient) -> None:
    """The whole way of a corrected question, from the file to the new version."""
    home = browser.post("/materi/unggah", data=as_upload(zipped(a_corrected_module()))).location
    page = browser.get(home).text
    assert [] == missing(page, "Siap diterbitkan", "1 diubah", "Pilihan a", CORRECTED, "tetap seperti saat dimulai")
    assert "<del>" in page
    assert "<ins>" in page
    token = page.partition('name="reviewed" type="hidden" value="')[2][:64]
    assert home == browser.post(f"{home}/terbitkan", data={"reviewed": token}).location
    assert [] == missing(browser.get(home).text, "Diterbitkan", f"Terbit: {SLUG} versi 2")
    assert [] == missing(browser.get("/materi/naskah").text, "koreksi.zip", "Diterbitkan")
    assert CORRECTED in browser.get(f"/materi/{SLUG}").text


def test_what_decides_is_said_before_all_differences(browser: FlaskClient) -> None:
    """A pass mark that falls, in plain words."""
    pack = a_pack(packed=zipped(a_module(quiz=a_policy(pass_percent=50))))
    page = browser.get(page_of(pack)).text
    assert "Aturan kuis Netralitas ASN: batas lulus berubah dari “75 %” menjadi “50 %”." in page
    assert page.index("Perhatikan") < page.index("<details")


def test_complaints_are_shown_by_file_and_line(browser: FlaskClient) -> None:
    """Grouped by file, and there is no button to publish."""
    lesson = f"modules/{SLUG}/lessons/jejak-digital.md"
    bad = {lesson.replace("/", "__"): "Tanpa kepala.", "pact__netralitas-asn.yaml": "slug: [x\n"}
    page = browser.get(page_of(a_pack(packed=zipped(a_module(), **bad)))).text
    assert [] == missing(page, "Ada keluhan", lesson, "Baris 1:", "Pelajaran dimulai", "pact/netralitas-asn.yaml")
    assert "elearn-pak-" not in page
    assert [] == [word for word in ("terbitkan", "setujui") if f"/{word}" in page]


def test_nothing_in_a_pack_becomes_markup(browser: FlaskClient) -> None:
    """What a stranger wrote is shown as letters, in a difference as in a complaint."""
    lesson = a_module().lessons[0]
    other = replace(lesson, title="<b>tebal</b>", body=Prose('<img src=x onerror="x()"> [@<i>]'))
    page = browser.get(page_of(a_pack(packed=zipped(a_module(lessons=(other, *a_module().lessons[1:])))))).text
    assert [] == missing(page, "&lt;b&gt;tebal", "&lt;img src=x", "HTML tidak dipakai")
    assert [] == [markup for markup in ("<b>tebal", "<img src=x", "<i>]") if markup in page]


@pytest.mark.parametrize(
    ("packed", "name", "sentence"),
    [
        (b"bukan zip", "x.zip", "bukan pak materi"),
        (zipped(a_module()), "x.docx", "Pilih berkas .zip"),
        (zipped(a_module(), **{"..__luar.yaml": "x"}), "x.zip", "Nama berkas"),
        (zipped(a_module(), **{"surat.docx": "x"}), "x.zip", "hanya memuat .md, .yaml, dan .svg"),
        (zipped(a_module(), **{"besar.md": "0" * 499_000}), "x.zip", "mengembang"),
    ],
)
def test_what_is_no_pack_is_refused_at_the_field(
    browser: FlaskClient, packed: bytes, name: str, sentence: str
) -> None:
    """With a sentence; nothing is kept."""
    answer = browser.post("/materi/unggah", data=as_upload(packed, name))
    assert (422, True, 0) == (answer.status_code, sentence in answer.text, queries.list_packs(1).total)


def test_every_part_is_previewed(browser: FlaskClient) -> None:
    """Lesson, story, question and pact as a learner meets them, none of it published."""
    home = page_of(a_pack(packed=zipped(a_corrected_module(), a_pact(opening="Saya menyatakan begini:"))))
    overview = browser.get(f"{home}/{SLUG}").text
    assert [] == missing(overview, "Pelajaran mengapa-netral", "Satu jempol", "dasar-1", "lulus 75 %")
    lesson = browser.get(f"{home}/{SLUG}/pelajaran/mengapa-netral").text
    assert [] == missing(lesson, "ASN dilarang memihak", 'id="rujukan-pp-94-2021-5-n"')
    question = browser.get(f"{home}/{SLUG}/soal/dasar-1").text
    assert [] == missing(question, CORRECTED, "Pilih satu jawaban", "Kunci dan umpan balik", "Pengecoh")
    assert "Saya menyatakan begini" in browser.get(f"{home}/pakta/{SLUG}").text
    unknown = ("lain", f"{SLUG}/pelajaran/x", f"{SLUG}/skenario/x", f"{SLUG}/soal/x", "pakta/x")
    assert {404} == {browser.get(f"{home}/{path}").status_code for path in unknown}


def test_a_story_is_walked_without_a_trace(browser: FlaskClient) -> None:
    """Choice by choice to an ending, by the address alone; a choice that is not offered is refused."""
    home = f"{page_of(a_pack())}/{SLUG}/skenario/satu-jempol"
    assert [] == missing(browser.get(home).text, "Sabtu sore", "?jalan=maju")
    middle = browser.get(f"{home}?jalan=maju").text
    assert [] == missing(middle, "Senin pagi", "Orang-orang mengangguk", "Mengapa", "Langkah sebelumnya")
    assert [] == missing(browser.get(f"{home}?jalan=maju&jalan=tenang").text, "Yang perlu diingat", "Akhir baik")
    assert 422 == browser.get(f"{home}?jalan=terbang").status_code


def test_an_answer_is_tried(browser: FlaskClient) -> None:
    """Judged as on the result page, and stored nowhere; nonsense is no answer."""
    home = f"{page_of(a_pack())}/{SLUG}/soal/dasar-2"
    assert [] == missing(browser.get(f"{home}?choice=b").text, "Pembahasan jawaban ini", "Jawaban Anda, belum tepat")
    assert "Pembahasan jawaban ini" not in browser.get(f"{home}?choice=zzz&acak=-7").text


def test_a_stale_review_shows_the_new_difference(browser: FlaskClient, author: Any) -> None:
    """The refusal stands above the page as it is now, ready to be read again."""
    first, second = a_pack(author), a_pack(author, zipped(a_corrected_module("dasar-2", "Jawaban lain")))
    seen = token_of(second)
    browser.post(f"{page_of(first)}/terbitkan", data={"reviewed": token_of(first)})
    answer = browser.post(f"{page_of(second)}/terbitkan", data={"reviewed": seen})
    assert (409, True) == (answer.status_code, "versi lain sudah terbit" in answer.text)
    assert token_of(second) in answer.text
    assert CORRECTED in answer.text
    assert 422 == browser.post(f"{page_of(second)}/terbitkan", data={}).status_code
    assert 2 == content.current_module(SLUG)[0].number


def test_a_second_person_decides_where_the_setting_asks(app: Flask, browser: FlaskClient, author: Any) -> None:
    """Her own pack shows no button; another author approves, then it can be published."""
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"content_approval": True})
    try:
        pack = a_pack(author)
        page = browser.get(page_of(pack)).text
        assert [] == missing(page, "Menunggu persetujuan", "disetujui dahulu oleh penyusun lain")
        data = {"reviewed": token_of(pack)}
        own = browser.post(f"{page_of(pack)}/setujui", data=data)
        assert (422, True) == (own.status_code, "disetujui oleh orang lain" in own.text)
        assert 422 == browser.post(f"{page_of(pack)}/terbitkan", data=data).status_code
        other = signed_in_client(app, Role.AUTHOR)
        assert f'{page_of(pack)}/setujui"' in other.get(page_of(pack)).text
        other.post(f"{page_of(pack)}/setujui", data=data)
        assert [] == missing(browser.get(page_of(pack)).text, "Disetujui", f'{page_of(pack)}/terbitkan"')
        assert 302 == browser.post(f"{page_of(pack)}/terbitkan", data=data).status_code
    finally:
        app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(update={"content_approval": False})


def test_a_discarded_pack_stays_readable_and_closed(browser: FlaskClient) -> None:
    """It says what became of it, gives its file back, and refuses any other deed."""
    pack = a_pack(packed=zipped(a_corrected_module()))
    token = token_of(pack)
    assert "/materi/naskah" == browser.post(f"{page_of(pack)}/buang").location
    assert [] == missing(browser.get(page_of(pack)).text, "Dibuang", "tidak diterbitkan", pack.sha256)
    answer = browser.post(f"{page_of(pack)}/terbitkan", data={"reviewed": token})
    assert (409, True) == (answer.status_code, "sudah diterbitkan atau dibuang" in answer.text)
    assert zipped(a_corrected_module()) == browser.get(f"{page_of(pack)}/pak.zip").data


def test_what_is_published_comes_back_as_the_same(browser: FlaskClient) -> None:
    """Downloaded and uploaded unchanged, a module and the whole curriculum say what is published already."""
    for address in (f"/materi/{SLUG}/pak.zip", "/materi/pak.zip"):
        packed = browser.get(address).data
        assert "BACA-SAYA.md" in zipfile.ZipFile(io.BytesIO(packed)).namelist()
        home = browser.post("/materi/unggah", data=as_upload(packed)).location
        assert "Tidak ada yang perlu diterbitkan" in browser.get(home).text
    assert {"citations.yaml", "rules.yaml"} <= set(archive.files_of(browser.get("/materi/pak.zip").data))
    assert 404 == browser.get("/materi/tidak-ada/pak.zip").status_code


def test_the_shelf_leads_to_packs(browser: FlaskClient, sign_in: Any) -> None:
    """Authors find the way from the list of content; auditors are not shown it."""
    assert [] == missing(browser.get("/materi").text, "/materi/unggah", "/materi/naskah")
    assert "/materi/unggah" not in sign_in(Role.AUDITOR).get("/materi").text
    assert f"/materi/{SLUG}/pak.zip" in browser.get("/materi/unggah").text


def test_an_english_visitor_reads_what_a_pack_changes_in_english(browser: FlaskClient) -> None:
    """What decides is told in a sentence of hers, with our own words in it; the texts of content stay Indonesian."""
    module = a_corrected_module()
    stricter = replace(module, quiz=replace(module.quiz, minutes=module.quiz.minutes + 1, partial_credit=True))
    browser.set_cookie("bahasa", "en")
    page = browser.get(page_of(a_pack(packed=zipped(stricter)))).text
    minutes = module.quiz.minutes
    expected = (
        "Ready to publish",
        f"time changed from “{minutes} minutes” to “{minutes + 1} minutes”.",
        "partial credit changed from “no” to “yes”.",
        "Learners who start from now on get the new version.",
        '<dd lang="id">',
    )
    assert [] == missing(page, *expected)
