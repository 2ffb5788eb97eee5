"""A pack is kept, checked again when it counts, approved by another, published once; work under way is left alone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from elearn.authoring import actions, packs, queries, rules
from elearn.authoring.queries import Underway
from elearn.content import actions as contents
from elearn.content import queries as content
from elearn.content.archive import UnreadablePack
from elearn.content.rules import Line, UnsoundContent
from elearn.content.source import Source
from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.core.permissions import SYSTEM, Role
from elearn.core.transaction import transaction
from elearn.learning.models import Enrolment
from elearn.ledger.models import LedgerEntry
from elearn.quiz import actions as quiz
from tests.factories.accounts import an_account
from tests.factories.authoring import (
    CORRECTED,
    a_corrected_module,
    a_pack,
    an_author,
    publish_curriculum,
    token_of,
    zipped,
)
from tests.factories.content import SLUG, a_module, a_pact, a_policy, a_register
from tests.factories.learning import a_passed_module, all_parts_done, as_learner

LAW = "register/dasar-hukum"


@pytest.fixture(autouse=True)
def _curriculum(app: Flask) -> None:
    publish_curriculum()


@pytest.fixture
def needs_approval(app: Flask) -> Iterator[None]:
    """The setting that asks for a second person."""
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = settings.model_copy(update={"content_approval": True})
    yield
    app.config["SETTINGS"] = settings


def published(pack: Any, by: Any = None, reviewed: str = "") -> list[Any]:
    """Publish a pack as its page shows it now."""
    reviewed = reviewed or token_of(pack)
    with transaction():
        return actions.publish(by or an_author(), pack_id=pack.id, reviewed=reviewed)


def approved(pack: Any, by: Any) -> None:
    """Approve a pack as its page shows it now."""
    reviewed = token_of(pack)
    with transaction():
        actions.approve(by, pack_id=pack.id, reviewed=reviewed)


def events() -> list[str]:
    """What the record says of packs, in order."""
    query = db.select(LedgerEntry).filter_by(stream="authoring").order_by(LedgerEntry.sequence)
    return [entry.event for entry in db.session.scalars(query)]


def test_a_pack_is_kept_as_it_came(app: Flask) -> None:
    """With its hash, who brought it and the versions it was compared with; the same file again is the same pack."""
    author, packed = an_author(), zipped(a_corrected_module())
    pack = a_pack(author, packed, "kore\u202eksi\n.zip")
    assert ("koreksi.zip", len(packed), [], author.account_id) == (
        pack.filename, pack.size, pack.complaints, pack.uploaded_by,
    )  # fmt: skip
    assert {LAW, f"module/{SLUG}"} == set(pack.fingerprints)
    assert packed == queries.get_archive(pack.id)
    assert pack.id == a_pack(author, packed).id
    assert pack.id != a_pack(an_author(), packed).id
    assert ["authoring:pack_uploaded"] * 2 == events()


def test_what_cannot_be_opened_is_not_kept(app: Flask) -> None:
    """A file that is no pack leaves no trace."""
    with pytest.raises(UnreadablePack):
        a_pack(packed=b"bukan zip")
    assert (0, []) == (queries.list_packs(1).total, events())


def test_publishing_makes_a_new_version(app: Flask) -> None:
    """The corrected question is current, the old version is as it was, and the record says so with the hash."""
    old, _ = content.current_module(SLUG)
    pack = a_pack()
    author = an_author("Budi Penerbit")
    changed = published(pack, author)
    assert [(SLUG, 2)] == [(each.slug, each.number) for each in changed]
    assert CORRECTED == content.current_module(SLUG)[1].question_by_id["dasar-1"].options[0].text.markdown
    assert CORRECTED != content.get_module(old.id).question_by_id["dasar-1"].options[0].text.markdown
    assert (author.account_id, rules.PackState.PUBLISHED) == (
        queries.get_pack(pack.id).published_by,
        queries.state_of(queries.get_pack(pack.id)),
    )
    assert ["authoring:pack_uploaded", "authoring:pack_published"] == events()


def test_a_running_attempt_keeps_its_version(app: Flask) -> None:
    """It shows the old words and is graded by the old key, though that key is another now."""
    learner = as_learner(an_account(Role.ASN))
    all_parts_done(learner)
    old, module = content.current_module(SLUG)
    with transaction():
        attempt = quiz.start(learner, publication_id=old.id)
    turned = a_module(questions=tuple(_turned(each) for each in module.questions))
    published(a_pack(packed=zipped(turned)))
    with transaction():
        for position in range(1, len(attempt.paper) + 1):
            quiz.save_answer(learner, attempt_id=attempt.id, position=position, choice=["a"])
    with transaction():
        graded = quiz.submit(learner, attempt_id=attempt.id)
    assert (old.id, graded.total) == (graded.publication_id, graded.score)
    newcomer = as_learner(an_account(Role.ASN))
    all_parts_done(newcomer)
    with transaction():
        fresh = quiz.start(newcomer, publication_id=content.current_module(SLUG)[0].id)
    assert old.id != fresh.publication_id


def _turned(question: Any) -> Any:
    """The question with its second option as the right one."""
    options = [
        replace(each, correct=each.id == "b", feedback=Line(f"Tentang {each.id}.")) for each in question.options
    ]
    return replace(question, options=tuple(options))


def test_the_work_under_way_is_counted(app: Flask) -> None:
    """Who sits the quiz, who has begun, who has passed; nobody by name."""
    learner = as_learner(an_account(Role.ASN))
    all_parts_done(learner)
    with transaction():
        quiz.start(learner, publication_id=content.current_module(SLUG)[0].id)
    all_parts_done(as_learner(an_account(Role.ASN)))
    assert {SLUG: Underway(sitting=1, studying=2)} == queries.underway()


def test_who_learns_again_counts_once(app: Flask) -> None:
    """Passed in the first round and begun the second: still to be finished, and counted as one person."""
    learner = as_learner(an_account(Role.ASN))
    passed = a_passed_module(learner)
    again = {"learner_id": learner.account_id, "module_slug": SLUG, "publication_id": passed.publication_id}
    assert {SLUG: Underway(passed=1)} == queries.underway()
    with transaction():
        db.session.add(Enrolment(**again, round=2, started_at=now()))
    assert {SLUG: Underway(studying=1, passed=1)} == queries.underway()


def test_a_pack_with_complaints_is_kept_and_never_published(app: Flask) -> None:
    """Its complaints name the file inside the pack and the line."""
    path = f"modules__{SLUG}__lessons__jejak-digital.md"
    pack = a_pack(packed=zipped(a_module(), **{path: "Tanpa kepala."}))
    assert path.replace("__", "/") in {complaint["path"] for complaint in pack.complaints}
    assert rules.PackState.FAULTY is queries.state_of(pack)
    with pytest.raises(UnsoundContent):
        published(pack)
    assert 1 == content.current_module(SLUG)[0].number


def test_a_pack_that_changes_nothing_is_not_published(app: Flask) -> None:
    """Neither the module as it is nor the same file once more makes a version."""
    with pytest.raises(rules.NothingNew):
        published(a_pack(packed=zipped(a_module(), a_pact())))


def test_a_review_that_went_stale_is_refused(app: Flask) -> None:
    """Two authors look at the same version; whoever comes second looks again, and may then publish."""
    first, second = a_pack(), a_pack(packed=zipped(a_corrected_module("dasar-2", "Jawaban lain")))
    seen = token_of(second)
    published(first)
    with pytest.raises(rules.StaleReview):
        published(second, reviewed=seen)
    assert 2 == content.current_module(SLUG)[0].number
    published(second)
    assert 3 == content.current_module(SLUG)[0].number


def test_a_change_of_the_law_makes_a_review_stale_too(app: Flask) -> None:
    """A pack without a register rests on the published one, so that counts as seen."""
    pack = a_pack()
    seen = token_of(pack)
    law = a_register(rules=())
    changed = replace(law, citations=tuple(replace(each, doubts="Sedang diuji.") for each in law.citations))
    with transaction():
        contents.publish(SYSTEM, source=Source((), (), (), changed))
    with pytest.raises(rules.StaleReview):
        published(pack, reviewed=seen)


def test_what_is_closed_stays_closed(app: Flask) -> None:
    """Nothing is published twice, and nothing that was discarded."""
    pack, other = a_pack(), a_pack(packed=zipped(a_corrected_module("dasar-3")))
    token = token_of(pack)
    published(pack)
    with transaction():
        actions.discard(an_author(), pack_id=other.id)
    for deed in (
        lambda: published(pack, reviewed=token),
        lambda: published(other, reviewed=token),
        lambda: actions.discard(an_author(), pack_id=pack.id),
    ):
        with pytest.raises(rules.PackClosed), transaction():
            deed()
    assert "authoring:pack_discarded" == events()[-1]


@pytest.mark.usefixtures("needs_approval")
def test_a_second_person_approves(app: Flask) -> None:
    """Not before that is it published; then by anybody, also by who brought it."""
    author = an_author()
    pack = a_pack(author)
    assert rules.PackState.WAITING is queries.state_of(pack)
    with pytest.raises(rules.ApprovalMissing):
        published(pack)
    with pytest.raises(rules.OwnApproval):
        approved(pack, author)
    approved(pack, an_author("Tuti Pemeriksa"))
    assert rules.PackState.READY is queries.state_of(queries.get_pack(pack.id))
    assert published(pack, author)
    assert ["authoring:pack_uploaded", "authoring:pack_approved", "authoring:pack_published"] == events()


@pytest.mark.usefixtures("needs_approval")
def test_an_approval_is_for_what_was_seen(app: Flask) -> None:
    """When another version comes between, the pack is approved once more."""
    reviewer, pack = an_author(), a_pack()
    other = a_pack(packed=zipped(a_corrected_module("dasar-2", "Jawaban lain")))
    approved(pack, reviewer)
    approved(other, reviewer)
    published(other)
    with pytest.raises(rules.ApprovalStale):
        published(pack)
    approved(pack, reviewer)
    assert published(pack)


def test_the_database_knows_no_own_approval_either(app: Flask) -> None:
    """Whatever the program forgets, the table refuses."""
    pack = a_pack()
    with pytest.raises(IntegrityError), transaction():
        stored = queries.get_pack(pack.id)
        stored.approved_by, stored.approved_at = stored.uploaded_by, stored.uploaded_at
        db.session.flush()


def test_only_clean_modules_are_shown(app: Flask) -> None:
    """A fault in one module hides only that one; a fault in a drawing hides all."""
    other = a_module(slug="lain")
    bad = {"modules__lain__lessons__mengapa-netral.md": "Tanpa kepala."}
    assert [SLUG] == list(packs.read(zipped(a_module(), other, **bad)).modules)
    assert [] == list(packs.read(zipped(a_module(), **{"pictures__x.svg": "<svg onload='x'/>"})).modules)


def test_a_pack_may_not_take_a_rule_out_of_the_curriculum(app: Flask) -> None:
    """What is taught and asked enough today stays so; what never was is no complaint about this pack."""
    first, second, *rest = a_module().questions
    taught, unknown = a_register().rules[0], replace(a_register().rules[0], id="P-99")
    asked = (replace(first, covers=(taught.id,)), replace(second, covers=(taught.id,)), *rest)
    lesson, *others = a_module().lessons
    module = a_module(questions=asked, lessons=(replace(lesson, covers=(taught.id,)), *others))
    with transaction():
        contents.publish(SYSTEM, source=Source((module,), (a_pact(),), (), a_register(rules=(taught, unknown))))
    poorer = replace(module, questions=(first, *asked[1:]))
    (complaint,) = packs.read(zipped(poorer)).complaints
    assert (f"modules/{SLUG}/module.yaml", True) == (complaint.path, taught.id in complaint.sentence)
    assert () == packs.read(zipped(replace(module, title="Netralitas ASN, diperbarui"))).complaints


def test_a_pack_may_change_the_rules_of_the_quiz_and_the_pact(app: Flask) -> None:
    """Both become new versions in one deed."""
    pact = a_pact(opening="Saya menyatakan dengan sadar:")
    changed = published(a_pack(packed=zipped(a_module(quiz=a_policy(pass_percent=100)), pact)))
    assert ["pact", "module"] == [each.kind for each in changed]


def test_an_unknown_pack_is_not_found(app: Flask) -> None:
    """No page and no deed for what was never uploaded."""
    with pytest.raises(NotFound):
        packs.get_draft(an_account().id)
