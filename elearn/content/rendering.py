"""Markdown made into safe HTML, once, at publication: no raw HTML in, an allow-list out, citations as links."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache, lru_cache
from html import escape
from typing import Any, TypeVar

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from elearn.content.checks.wording import CITED
from elearn.content.law import Citation
from elearn.content.modules import Lesson, Module
from elearn.content.pacts import PactText
from elearn.content.questions import Question
from elearn.content.rules import Line, Prose
from elearn.content.stories.scenes import Scenario

Value = TypeVar("Value")

TAGS = {"p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "blockquote", "code", "a"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"class", "href"}}
NEIGHBOURS = re.compile(r'(?<=</a>)\)\s+\((?=<a class="citation")')


def rendered_module(module: Module) -> Module:
    """The module as it is published: prose with its HTML, and only the law and the drawings it uses."""
    shown = _rendered(module, _renderer(module.citation_by_id))
    drawn = {scene.picture for scenario in module.scenarios for scene in scenario.scenes}
    drawn |= {question.picture for question in module.questions}
    parts: tuple[Lesson | Scenario | Question, ...] = (*module.lessons, *module.scenarios, *module.questions)
    covered = {rule for part in parts for rule in part.covers}
    return replace(
        shown,
        citations=_used(module.citations, replace(module, rules=())),
        pictures=tuple(each for each in module.pictures if each.id in drawn),
        rules=tuple(each for each in module.rules if each.id in covered),
    )


def rendered_pact(pact: PactText) -> PactText:
    """The pact as it is published: its words are plain text and stay so; only the citations it uses."""
    return replace(pact, citations=_used(pact.citations, pact))


def html_of(markdown: str, *, is_line: bool = False) -> str:
    """The safe HTML of a text that is not published yet; citations stay as they are written."""
    return _html(markdown, (), is_line=is_line)


def anchor(citation_id: str) -> str:
    """The id of a citation's entry in the list "Dasar hukum" of a page."""
    return f"rujukan-{citation_id}"


def _renderer(citations: dict[str, Citation]) -> Callable[[Prose], str]:
    def render(prose: Prose) -> str:
        cited = {each for each in CITED.findall(prose.markdown) if each in citations}
        labels = tuple((each, citations[each].label) for each in sorted(cited))
        return _html(prose.markdown, labels, is_line=isinstance(prose, Line))

    return render


@lru_cache(maxsize=16_384)
def _html(markdown: str, labels: tuple[tuple[str, str], ...], *, is_line: bool) -> str:
    """The HTML of a text whose citations are called so; a text that was seen before costs nothing."""
    known = {"labels": dict(labels)}
    html = _markdown().renderInline(markdown, known) if is_line else _markdown().render(markdown, known)
    html = NEIGHBOURS.sub("; ", html)
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https"}, link_rel=None).strip()


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.inline.ruler.before("link", "citation", _read_citation)
    markdown.add_render_rule("citation", _link)
    return markdown


def _link(_self: Any, tokens: list[Any], index: int, _options: Any, known: dict[str, dict[str, str]]) -> str:
    cited = tokens[index].content
    label = known["labels"].get(cited)
    return f'(<a class="citation" href="#{anchor(cited)}">{escape(label)}</a>)' if label else f"[@{escape(cited)}]"


def _read_citation(state: StateInline, silent: bool) -> bool:
    found = CITED.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _rendered(value: Value, render: Callable[[Prose], str]) -> Value:
    """The value with the HTML of every prose in it, however deep."""
    if isinstance(value, Prose):
        return replace(value, html=render(value))
    if isinstance(value, tuple):
        return tuple(_rendered(each, render) for each in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, Citation | type):
        return replace(value, **{each.name: _rendered(getattr(value, each.name), render) for each in fields(value)})
    return value


def _used(citations: tuple[Citation, ...], content: object) -> tuple[Citation, ...]:
    """The citations that the content names, and their successors."""
    used = set(_cited(content))
    used |= {each.replaced_by for each in citations if each.id in used and each.replaced_by}
    return tuple(each for each in citations if each.id in used)


def _cited(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for each in value:
            yield from _cited(each)
    elif is_dataclass(value) and not isinstance(value, Citation):
        yield from getattr(value, "cites", ())
        for one in fields(value):
            yield from _cited(getattr(value, one.name))
