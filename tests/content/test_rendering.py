"""Markdown becomes safe HTML: nothing that runs, citations as links, lines without paragraphs."""

import pytest

from elearn.content import rendering
from elearn.content.questions import Option
from elearn.content.rules import Line, Prose
from tests.factories.content import LAW, a_citation, a_lesson, a_module, a_pact, a_question


def html_of(markdown: str) -> str:
    """What a lesson that says this becomes."""
    return rendering.rendered_module(a_module(lessons=(a_lesson(body=Prose(markdown)),))).lessons[0].body.html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klik](javascript:alert(1))",
        '[klik](https://contoh.id "x" onclick=alert(1))',
        "![gambar](https://contoh.id/a.png)",
        "<style>p{}</style>",
    ],
)
def test_nothing_that_runs_or_loads_survives(attack: str) -> None:
    """Raw HTML is text, other schemes are no links, pictures of strangers are not fetched."""
    html = html_of(attack)
    assert not [word for word in ("<script", "<img", "<style", 'href="javascript', "<a onclick") if word in html]


def test_a_citation_links_to_its_entry() -> None:
    """Its label stands in brackets and leads to the list of law on the page."""
    expected = f'(<a class="citation" href="#rujukan-{LAW}">PP 94/2021 Pasal 5 huruf n</a>)'
    assert f"<p>Begitu {expected}.</p>" == html_of(f"Begitu [@{LAW}].")


def test_neighbouring_citations_share_their_brackets() -> None:
    """Two articles after one sentence read as a list."""
    html = html_of(f"Begitu [@{LAW}] [@{LAW}].")
    assert (1, 1, 2) == (html.count("("), html.count("; "), html.count("<a "))


def test_lines_have_no_paragraph() -> None:
    """A label or a button holds no block."""
    question = a_question(stem=Prose("Satu **kata**."), options=(Option("a", Line("Dua *kata*")),))
    shown = rendering.rendered_module(a_module(questions=(question,))).questions[0]
    assert "<p>Satu <strong>kata</strong>.</p>" == shown.stem.html
    assert "Dua <em>kata</em>" == shown.options[0].text.html


def test_a_publication_carries_only_the_law_it_uses() -> None:
    """And the successor of what was replaced."""
    successor = a_citation(id="penerus")
    used = a_citation(replaced_by="penerus")
    module = a_module(citations=(used, successor, a_citation(id="lain")))
    assert (used, successor) == rendering.rendered_module(module).citations
    assert (a_citation(),) == rendering.rendered_pact(a_pact(citations=(a_citation(), successor))).citations
