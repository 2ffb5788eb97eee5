"""A small curriculum with its register of law, authors, and packs that change it."""

import io
from dataclasses import replace
from typing import Any

from elearn.authoring import actions, packs
from elearn.authoring.models import Pack
from elearn.content import actions as content
from elearn.content import archive, writing
from elearn.content.modules import Module
from elearn.content.pacts import PactText
from elearn.content.rules import Line
from elearn.content.source import Source
from elearn.core.permissions import SYSTEM, Actor, Grant, Role
from elearn.core.transaction import transaction
from tests.factories.accounts import an_account
from tests.factories.content import a_module, a_pact, a_register

CORRECTED = "Jawaban yang sudah diperbaiki"


def publish_curriculum(*modules: Module) -> None:
    """Publish the register, a pact and these modules, by default the small one."""
    source = Source(modules or (a_module(),), (a_pact(),), (), a_register(rules=()))
    with transaction():
        content.publish(SYSTEM, source=source)


def an_author(name: str = "Sari Penyusun") -> Actor:
    """Somebody who writes and publishes content."""
    account = an_account(Role.AUTHOR, name=name)
    return Actor(account.id, account.username, account.name, (Grant(Role.AUTHOR),))


def a_corrected_module(question_id: str = "dasar-1", text: str = CORRECTED, **facts: Any) -> Module:
    """The small module with the right option of one question in other words."""
    module = a_module(**facts)
    questions = [_corrected(each, text) if each.id == question_id else each for each in module.questions]
    return replace(module, questions=tuple(questions))


def _corrected(question: Any, text: str) -> Any:
    options = [replace(each, text=Line(text)) if each.correct else each for each in question.options]
    return replace(question, options=tuple(options))


def zipped(*contents: Module | PactText, **files: str) -> bytes:
    """A pack of modules and pacts; further files by their path, with `__` for `/`, replace or join theirs."""
    modules = [each for each in contents if isinstance(each, Module)]
    pacts = [each for each in contents if isinstance(each, PactText)]
    more = {name.replace("__", "/"): text for name, text in files.items()}
    return archive.packed(writing.pack_files(modules, pacts) | more)


def a_pack(actor: Actor | None = None, packed: bytes | None = None, filename: str = "koreksi.zip") -> Pack:
    """A pack that an author has uploaded; by default with one corrected question."""
    with transaction():
        uploader = actor or an_author()
        return actions.upload(uploader, filename=filename, packed=packed or zipped(a_corrected_module()))


def token_of(pack: Pack) -> str:
    """The token that the page of a pack carries now."""
    return packs.get_draft(pack.id).token


def as_upload(packed: bytes, filename: str = "koreksi.zip") -> dict[str, Any]:
    """The fields of the upload form."""
    return {"file": (io.BytesIO(packed), filename)}
