"""The law that a directive may rest on: the register, and what the modules cite."""

from collections.abc import Iterable
from datetime import date

from elearn.content import queries as content
from elearn.content.law import Citation, LegalForm
from elearn.directives import rules


def list_citations(slugs: Iterable[str]) -> list[Citation]:
    """Every place in the law of the register and of these modules, each once."""
    register = content.find_register()
    cited = [cite for slug in slugs for cite in content.current_module(slug)[1].citations]
    return list({each.id: each for each in (*cited, *(register.citations if register else ()))}.values())


def list_basis(day: date) -> list[Citation]:
    """What can be chosen on a day: law in force, of the register and of every published module."""
    slugs = [module.slug for _, module in content.list_current_modules()]
    return rules.may_be_basis(list_citations(slugs), day, _forms())


def _forms() -> dict[str, LegalForm]:
    """What kind of law each instrument of the register is."""
    register = content.find_register()
    return {each.id: each.form for each in register.instruments} if register else {}
