"""Questions of others become drafts, get their topic and law, and enter a module as a pack like any other."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from elearn.accounts import queries as accounts
from elearn.authoring import drafts, intake, packs, rules
from elearn.authoring.models import QuestionDraft, QuestionImport
from elearn.content import queries as content
from elearn.content.formats import files
from elearn.content.formats.neutral import UnreadableQuestions
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.core.transaction import transaction
from tests.factories.accounts import signed_in_client
from tests.factories.authoring import an_author, publish_curriculum
from tests.factories.content import SLUG

GIFT = b"""::Satu:: Siapa wajib netral?{=Semua ASN#Tepat. Semua ASN wajib netral. ~Pejabat saja#Staf juga wajib.
~Guru saja#Semua pegawai wajib. ####Netralitas wajib bagi semua ASN.}

Tuliskan pendapat Anda.{}
"""
HOME = "/materi/soal"


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


def taken(author: Any, gift: bytes = GIFT) -> QuestionImport:
    """A file that was brought."""
    with transaction():
        return intake.take(author, filename="soal.gift", content_=gift)


def a_place() -> tuple[str, str]:
    """A topic of the small module, and law that its register knows."""
    where = drafts.topics()[0][0]
    register = content.find_register()
    assert register is not None
    return where, register.citations[0].id


def test_what_can_be_carried_is_a_draft_and_what_cannot_is_told(author: Any) -> None:
    """An essay has no place here; it is listed with its reason and makes no draft."""
    brought = taken(author)
    (draft,) = drafts.list_drafts(brought.id)
    assert (1, "Siapa wajib netral?", False) == (draft.row.position, draft.question.stem.markdown, draft.is_placed)
    assert [(2, True)] == [(each["item"], "uraian" in str(each["reason"])) for each in brought.losses]


def test_a_hostile_file_leaves_nothing(author: Any) -> None:
    """What cannot be read is refused and not kept."""
    with pytest.raises(UnreadableQuestions), transaction():
        intake.take(author, filename="x.xml", content_=b'<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>')
    assert 0 == db.session.scalar(select(func.count()).select_from(QuestionImport))


def test_law_and_topic_must_be_known(author: Any) -> None:
    """Neither a topic of nobody nor law of nowhere can be given."""
    brought = taken(author)
    ids = [each.row.id for each in drafts.list_drafts(brought.id)]
    where, cited = a_place()
    for place, cites, refusal in (("x/y", [cited], rules.ForeignTopic), (where, ["palsu"], rules.ForeignCitation)):
        with pytest.raises(refusal), transaction():
            intake.place(author, import_id=brought.id, draft_ids=ids, where=place, difficulty=1, cites=cites)


def test_nothing_unplaced_enters_a_pack(author: Any) -> None:
    """Without topic and law there is no pack."""
    brought = taken(author)
    with pytest.raises(rules.NothingPlaced), transaction():
        intake.pack(author, import_id=brought.id)


def test_a_placed_draft_enters_the_module_it_belongs_to(author: Any) -> None:
    """The pack holds what is published and the new question, with an id of its own; nothing is lost of the old."""
    brought, (where, cited) = taken(author), a_place()
    ids = [each.row.id for each in drafts.list_drafts(brought.id)]
    with transaction():
        intake.place(author, import_id=brought.id, draft_ids=ids, where=where, difficulty=3, cites=[cited])
    with transaction():
        pack = intake.pack(author, import_id=brought.id)
    before = content.current_module(SLUG)[1].questions
    after = next(each for each in packs.get_draft(pack.id).source.modules if each.slug == SLUG).questions
    new = [each for each in after if each.id not in {one.id for one in before}]
    assert len(before) + 1 == len(after)
    assert [("Siapa wajib netral?", 3, (cited,), where)] == [
        (each.stem.markdown, each.difficulty, each.cites, f"{SLUG}/{each.topic}") for each in new
    ]
    assert [drafts.USED] == list(db.session.scalars(select(QuestionDraft.status)))
    with pytest.raises(rules.NothingPlaced), transaction():
        intake.pack(author, import_id=brought.id)


def test_a_picture_follows_its_question_into_the_pack(author: Any, browser: FlaskClient) -> None:
    """It is kept with the draft, shown on its page, and among the pictures of the pack under a name that is free."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    file = base64.b64encode(svg.encode()).decode()
    stem = '<p>Apa ini?</p><p><img src="@@PLUGINFILE@@/denah.svg" alt="Sebuah denah"></p>'
    answers = "".join(f'<answer fraction="{worth}"><text>{worth}</text></answer>' for worth in (100, 0))
    xml = (
        f'<quiz><question type="multichoice"><name><text>n</text></name><questiontext><text><![CDATA[{stem}]]></text>'
        f'<file name="denah.svg" path="/" encoding="base64">{file}</file></questiontext>{answers}</question></quiz>'
    )
    brought, (where, cited) = taken(author, xml.encode()), a_place()
    (draft,) = drafts.list_drafts(brought.id)
    assert (svg, "denah", "Sebuah denah") == (draft.row.picture, draft.question.picture, draft.question.alt)
    assert svg in browser.get(f"{HOME}/{brought.id}").text
    with transaction():
        intake.place(author, import_id=brought.id, draft_ids=[draft.row.id], where=where, difficulty=1, cites=[cited])
        pack = intake.pack(author, import_id=brought.id)
    (module,) = [each for each in packs.get_draft(pack.id).source.modules if each.slug == SLUG]
    (shown,) = [module.picture_by_id[each.picture] for each in module.questions if each.alt == "Sebuah denah"]
    assert svg == shown.svg


def test_our_own_export_comes_back_with_its_topic_and_law(author: Any) -> None:
    """The bank of the module, exported and brought again, needs nothing filled in."""
    questions = [(SLUG, each) for each in content.current_module(SLUG)[1].questions]
    brought = taken(author, files.write(files.bank_of(questions), files.XLSX).content)
    found = drafts.list_drafts(brought.id)
    assert ([], len(questions)) == (brought.losses, len(found))
    assert [(each.id, True) for _, each in questions] == [(one.question.id, one.is_placed) for one in found]


def test_the_way_on_screen(browser: FlaskClient) -> None:
    """Upload, look, complete, edit, put into a pack: each page is sound and says what is lost."""
    home = browser.post(HOME, data={"file": (io.BytesIO(GIFT), "soal.gift")}).location
    page = browser.get(home).text
    assert all(word in page for word in ("Siapa wajib netral?", "Kunci", "Soal uraian tidak dapat dibawa"))
    assert "Masukkan ke naskah" not in page
    draft_id = db.session.scalars(select(QuestionDraft.id)).one()
    where, cited = a_place()
    browser.post(home, data={"where": where, "difficulty": "1", "cites": cited, "drafts": str(draft_id)})
    assert "Masukkan ke naskah" in browser.get(home).text
    edit = f"{HOME}/butir/{draft_id}"
    assert "Semua ASN wajib netral" in browser.get(edit).text
    fields = {"where": where, "difficulty": "2", "cites": cited, "stem": "Siapa yang wajib netral?"}
    texts = {f"text-{each}": f"Pilihan {each}" for each in "abc"} | {"kind": "single", "correct-a": "y"}
    deed = {"explanation": "Semua.", "deed": "simpan-dulu"}
    assert home == browser.post(edit, data={**fields, **texts, **deed}).location
    assert "Siapa yang wajib netral?" in browser.get(home).text
    pack = browser.post(f"{home}/naskah").location
    assert "/materi/naskah/" in pack
    assert browser.get(pack).status_code == 200
    assert "Dipakai" in browser.get(home).text
    assert browser.get(HOME).status_code == 200


def a_long_file(author: Any) -> QuestionImport:
    """Two pages of drafts and one more."""
    numbers = range(1, 2 * drafts.PER_PAGE + 2)
    return taken(author, "\n\n".join(f"Soal nomor {n}?{{=Ya ~Tidak}}" for n in numbers).encode())


def test_a_long_file_has_pages(browser: FlaskClient, author: Any) -> None:
    """A page shows its own drafts only; the counts are of the whole file."""
    home = f"{HOME}/{a_long_file(author).id}"
    first, last = browser.get(home).text, browser.get(f"{home}?hal=3").text
    assert (drafts.PER_PAGE, 1) == (first.count('name="drafts"'), last.count('name="drafts"'))
    assert all("51 terbuka" in page for page in (first, last))
    assert ("Soal nomor 51?" in last, "Soal nomor 51?" in first) == (True, False)
    assert f'action="{home}?hal=3"' in last


def test_all_open_drafts_means_those_of_every_page(browser: FlaskClient, author: Any) -> None:
    """And one comes back to the page one was on."""
    brought, (where, cited) = a_long_file(author), a_place()
    home = f"{HOME}/{brought.id}?hal=2"
    assert "Juga yang di halaman lain." in browser.get(home).text
    assert home == browser.post(home, data={"where": where, "cites": cited, "everything": "y"}).location
    assert 51 == len(drafts.open_of(brought.id).placed)


def test_after_a_draft_one_comes_back_to_its_page(browser: FlaskClient, author: Any) -> None:
    """Open drafts stand before those that are done; whoever was on the second page stays there."""
    brought = a_long_file(author)
    found = [each.row.id for each in drafts.list_drafts(brought.id)]
    assert f"{HOME}/{brought.id}?hal=2" in browser.get(f"{HOME}/butir/{found[30]}").text
    assert f"{HOME}/{brought.id}?hal=2" == browser.post(f"{HOME}/butir/{found[30]}/buang").location
    assert f"{HOME}/{brought.id}" == browser.post(f"{HOME}/butir/{found[0]}/buang").location
    pages = [[each.row.position for each in drafts.page_of_drafts(brought.id, number).items] for number in (2, 3)]
    assert ([51, 1], [31]) == (pages[0][-2:], pages[1])
    assert 49 == len(drafts.open_of(brought.id).ids)


def test_a_hostile_upload_is_answered_with_a_sentence(browser: FlaskClient) -> None:
    """The form comes back with what is wrong."""
    answer = browser.post(HOME, data={"file": (io.BytesIO(b"\x00\x01\x02" * 500), "x.gift")})
    assert (422, True) == (answer.status_code, "bukan teks" in answer.text)


def test_law_that_nobody_knows_is_named_on_the_page(browser: FlaskClient, author: Any) -> None:
    """A refusal stands at its field and changes nothing."""
    brought = taken(author)
    answer = browser.post(f"{HOME}/{brought.id}", data={"cites": "uu-palsu", "everything": "y"})
    assert (422, True) == (answer.status_code, "uu-palsu" in answer.text)


def test_a_draft_is_discarded_once(browser: FlaskClient, author: Any) -> None:
    """What was discarded stays so."""
    brought = taken(author)
    (draft,) = drafts.list_drafts(brought.id)
    deed = f"{HOME}/butir/{draft.row.id}/buang"
    assert (302, 409) == (browser.post(deed).status_code, browser.post(deed).status_code)
    assert "sudah dibuang" in browser.get(f"{HOME}/butir/{draft.row.id}").text


@pytest.mark.parametrize("form", files.NAMES)
def test_a_module_is_had_in_every_format(browser: FlaskClient, form: str) -> None:
    """The page tells what each format loses; the file reads again."""
    page = browser.get(f"/materi/{SLUG}/soal").text
    assert files.TITLES[form] in page
    answer = browser.get(f"/materi/{SLUG}/soal/{form}")
    assert 200 == answer.status_code
    assert form == files.read(answer.data).format


def test_an_unknown_format_is_not_found(browser: FlaskClient) -> None:
    """Only formats that exist have a file."""
    assert 404 == browser.get(f"/materi/{SLUG}/soal/doc").status_code
    assert 200 == browser.get(f"{HOME}/templat.xlsx").status_code


@pytest.mark.parametrize("role", [Role.ASN, Role.HR, Role.SEKDA, Role.ADMIN])
def test_drafts_are_for_authors_only(sign_in: Any, role: Role) -> None:
    """Nobody else sees them or brings a file."""
    other = sign_in(role)
    assert {403} == {other.get(HOME).status_code, other.post(HOME).status_code}


def test_the_command_takes_a_file_in(app: Flask, tmp_path: Path) -> None:
    """Without --dry-run drafts are kept; with it nothing is; --json prints nothing else."""
    path = tmp_path / "soal.gift"
    path.write_bytes(GIFT)
    runner = app.test_cli_runner()
    dry = runner.invoke(args=["content", "import-questions", str(path), "--dry-run", "--json"])
    told = json.loads(dry.output)
    assert (0, ["single", "essay"]) == (dry.exit_code, [each["kind"] for each in told["items"]])
    assert {"text": "Semua ASN", "fraction": 100, "feedback": "Tepat. Semua ASN wajib netral."} == told["items"][0][
        "options"
    ][0]
    assert 0 == db.session.scalar(select(func.count()).select_from(QuestionDraft))
    done = runner.invoke(args=["content", "import-questions", str(path)])
    assert (0, True) == (done.exit_code, "1 menjadi draf" in done.output)
    assert 1 == db.session.scalar(select(func.count()).select_from(QuestionDraft))


def test_the_command_refuses_with_a_sentence(app: Flask, tmp_path: Path) -> None:
    """A hostile or missing file ends in one line and failure."""
    path = tmp_path / "jahat.xml"
    path.write_bytes(b'<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>')
    for each in (path, tmp_path / "tidak-ada.xml"):
        done = app.test_cli_runner().invoke(args=["content", "import-questions", str(each), "--dry-run", "--json"])
        assert (1, False, 1) == (done.exit_code, "Traceback" in done.output, len(done.output.splitlines()))


def test_the_command_reads_its_input(app: Flask) -> None:
    """A dash stands for the input, as with `flask quiz analyse`."""
    args = ["content", "import-questions", "-", "--dry-run", "--json"]
    done = app.test_cli_runner().invoke(args=args, input="q{=a ~b}")
    assert (done.exit_code, json.loads(done.output)["count"]) == (0, 1)
