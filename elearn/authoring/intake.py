"""Writes about questions of others: taken in as drafts, completed, put into a pack of the module they belong to."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from hashlib import sha256
from uuid import UUID

from elearn.authoring import actions, drafts, growth, rules
from elearn.authoring.drafts import Draft
from elearn.authoring.models import Pack, QuestionDraft, QuestionImport
from elearn.content import archive, writing
from elearn.content import queries as content
from elearn.content.formats import files
from elearn.content.formats.files import Reading
from elearn.content.formats.neutral import losses_of
from elearn.content.formats.own import Understood
from elearn.content.modules import Module, Picture
from elearn.content.questions import Question
from elearn.content.rules import plain
from elearn.core import signs, transaction
from elearn.core.clock import now
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.core.speech import say
from elearn.ledger import actions as ledger


def take(actor: Actor, *, filename: str, content_: bytes, form: str = "") -> QuestionImport:
    """Keep the questions of a file as drafts, and what of it was lost; UnreadableQuestions."""
    with transaction.reading():
        reading = files.read(content_, form)
    return fill(actor, row(actor, filename=filename, content_=content_, form=form), reading)


def row(actor: Actor, *, filename: str, content_: bytes, form: str = "") -> QuestionImport:
    """A file that was brought, before anything of it is known."""
    brought = QuestionImport(
        filename=signs.without_hidden(filename)[:200],
        format=form,
        sha256=sha256(content_).hexdigest(),
        size=len(content_),
        losses=[],
        made_by=actor.account_id,
        made_at=now(),
    )
    db.session.add(brought)
    db.session.flush()
    return brought


def fill(actor: Actor, brought: QuestionImport, reading: Reading) -> QuestionImport:
    """Keep what was read of a file as drafts."""
    modules = [module for _, module in content.list_current_modules()]
    kept = {number for number, each in enumerate(reading.understood, start=1) if each.question is not None}
    brought.format = reading.format
    brought.losses = [asdict(loss) for loss in reading.losses if loss.item not in kept]
    known: dict[str, Picture] = {}
    for number, (item, each) in enumerate(zip(reading.bank.items, reading.understood, strict=True), start=1):
        if each.question is not None:
            losses = [asdict(loss) for loss in losses_of(item, number, each.losses)]
            db.session.add(_draft(brought, number, growth.pictured(each, known), losses, modules))
    db.session.flush()
    facts = {"sha256": brought.sha256, "format": brought.format, "drafts": len(kept)}
    ledger.record(actor, "authoring:questions_imported", {"import": str(brought.id), **facts})
    return brought


def _draft(
    brought: QuestionImport, number: int, found: Understood, losses: list[dict[str, object]], modules: list[Module]
) -> QuestionDraft:
    question = found.question
    assert question is not None  # noqa: S101 - said once, for the type
    slug = drafts.guessed(question, modules)
    return QuestionDraft(
        import_id=brought.id,
        position=number,
        item=plain(question),
        picture=found.picture.svg if found.picture else "",
        losses=losses,
        module_slug=slug or None,
        topic=question.topic if slug else "",
        difficulty=question.difficulty,
        cites=[each for each in question.cites if not drafts.unknown_cites([each])],
        status=drafts.DRAFT,
    )


def place(
    actor: Actor, *, import_id: UUID, draft_ids: Collection[UUID], where: str, difficulty: int, cites: Sequence[str]
) -> int:
    """Give drafts a topic, a difficulty and the law they rest on, each only where something was said; how many.

    ForeignCitation for law that the register does not know, ForeignTopic for a topic that no module has.
    """
    _check(where, cites)
    chosen = [each for each in drafts.list_drafts(import_id, for_update=True) if each.row.id in draft_ids]
    for each in chosen:
        if each.is_open:
            _place(each.row, where, difficulty, cites)
    db.session.flush()
    return sum(each.is_open for each in chosen)


def rewrite(
    actor: Actor,
    *,
    draft_id: UUID,
    where: str,
    difficulty: int,
    cites: Sequence[str],
    question: Question,
) -> Draft:
    """Say a draft anew: its place and its question; the picture that this shows no more is gone. DraftClosed."""
    _check(where, cites)
    draft = _open(draft_id)
    if not question.picture:
        draft.row.picture = ""
    draft.row.item = plain(question)  # type: ignore[assignment]
    _place(draft.row, where, difficulty, cites)
    db.session.flush()
    return drafts.get_draft(draft_id)


def discard(actor: Actor, *, draft_id: UUID) -> Draft:
    """Put a draft aside for good; DraftClosed."""
    draft = _open(draft_id)
    draft.row.status = drafts.DISCARDED
    db.session.flush()
    return draft


def pack(actor: Actor, *, import_id: UUID) -> Pack:
    """A pack of what is published with every placed draft of a file in it, to be reviewed as any pack; NothingPlaced.

    The drafts are used from then on. What the check of the law says of them stands on the page of the pack.
    """
    brought = drafts.get_import(import_id)
    ready = [each for each in drafts.list_drafts(import_id, for_update=True) if each.is_open and each.is_placed]
    if not ready:
        raise rules.NothingPlaced
    slugs = dict.fromkeys(each.row.module_slug for each in ready if each.row.module_slug)
    modules = growth.grown([content.current_module(slug)[1] for slug in slugs], ready)
    pacts = [content.current_pact(slug)[1] for slug in dict.fromkeys(module.pact for module in modules)]
    packed = archive.packed(writing.pack_files(modules, pacts))
    made = actions.upload(actor, filename=f"soal-{brought.filename}"[:190] + ".zip", packed=packed)
    for each in ready:
        each.row.status = drafts.USED
    db.session.flush()
    facts = {"pack": str(made.id), "questions": len(ready)}
    ledger.record(actor, "authoring:questions_packed", {"import": str(brought.id), **facts})
    return made


def _check(where: str, cites: Sequence[str]) -> None:
    if where and where not in dict(drafts.topics()):
        raise rules.ForeignTopic(field="where")
    unknown = drafts.unknown_cites(cites)
    if unknown:
        told = say("Rujukan ini tidak ada dalam register: %(cites)s.", cites=", ".join(unknown))
        raise rules.ForeignCitation(told, field="cites")


def _place(row: QuestionDraft, where: str, difficulty: int, cites: Sequence[str]) -> None:
    if where:
        row.module_slug, _, row.topic = where.partition("/")
    if difficulty:
        row.difficulty = difficulty
    if cites:
        row.cites = list(dict.fromkeys(cites))


def _open(draft_id: UUID) -> Draft:
    draft = drafts.get_draft(draft_id)
    if not draft.is_open:
        raise rules.DraftClosed
    return draft
