"""A module as it is with drafts in it: where each goes, what it is called there, and its picture with it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from elearn.authoring.drafts import Draft
from elearn.content.formats import pictures
from elearn.content.formats.own import Understood
from elearn.content.modules import Module, Picture
from elearn.content.questions import Question

NUMBERED = re.compile(r"(.*-)(\d+)")


def grown(modules: Sequence[Module], ready: Iterable[Draft]) -> list[Module]:
    """The modules with these drafts in them, each in its own behind the last question of its topic."""
    found = {module.slug: module for module in modules}
    known = {picture.id: picture for module in modules for picture in module.pictures}
    for each in ready:
        module = found[each.row.module_slug or ""]
        question, picture = each.question, each.picture
        if picture is not None:
            picture = known_as(picture, known)
            known[picture.id] = picture
            question = replace(question, picture=picture.id)
        found[module.slug] = _with(module, question, picture)
    return list(found.values())


def pictured(found: Understood, known: dict[str, Picture]) -> Understood:
    """A question of a file whose picture has a name of its own among those of the file that are known so far."""
    if found.picture is None or found.question is None:
        return found
    picture = known_as(found.picture, known)
    known[picture.id] = picture
    return replace(found, picture=picture, question=replace(found.question, picture=picture.id))


def known_as(picture: Picture, known: dict[str, Picture]) -> Picture:
    """The picture by a name that no other has; the very same one keeps the name it has."""
    number, named = 1, picture
    while named.id in known and known[named.id] != named:
        number += 1
        named = pictures.renamed(picture, f"{picture.id}-{number}")
    return named


def _with(module: Module, question: Question, picture: Picture | None) -> Module:
    questions = list(module.questions)
    new = replace(question, id=fresh(question, questions))
    last = max((place for place, one in enumerate(questions) if one.topic == new.topic), default=-1)
    questions.insert(last + 1 if last >= 0 else len(questions), new)
    more = (picture,) if picture is not None and picture not in module.pictures else ()
    return replace(module, questions=tuple(questions), pictures=(*module.pictures, *more))


def fresh(question: Question, taken: Sequence[Question]) -> str:
    """The id of a new question: its own unless it is taken, else the next number of its topic."""
    ids = {each.id for each in taken}
    if question.id and question.id not in ids:
        return question.id
    numbered = [found for each in taken if each.topic == question.topic and (found := NUMBERED.fullmatch(each.id))]
    head = numbered[-1][1] if numbered else f"{question.topic}-"
    number = max((int(found[2]) for found in numbered if found[1] == head), default=0) + 1
    while f"{head}{number:02}" in ids:
        number += 1
    return f"{head}{number:02}"
