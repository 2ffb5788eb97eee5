"""The graph of a story as a drawing: everything in it, nothing upon another, readable without colour; its command."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from elearn.content.rules import Line
from elearn.content.stories import drawing
from elearn.content.stories.plan import BELOW, laid_out
from tests.content.test_source import FILES
from tests.factories.content import a_choice, a_scenario
from tests.factories.stories import a_story

NAMES = [f"kotak-{number}" for number in range(9)]
SVG = "{http://www.w3.org/2000/svg}"


@st.composite
def forward_edges(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Lines that lead forward in the list of names."""
    pairs = st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1])
    return [(NAMES[one], NAMES[other]) for one, other in draw(st.lists(pairs, max_size=14))]


@settings(max_examples=60, deadline=None)
@given(edges=forward_edges())
def test_no_box_touches_another_and_every_line_leads_down(edges: list[tuple[str, str]]) -> None:
    """Boxes keep their distance, lie within the plan, and each line goes from a bottom to a top below it."""
    sizes = {name: (100.0 + 10 * number, 30.0 + 7 * number) for number, name in enumerate(NAMES)}
    plan = laid_out(sizes, edges)
    for one, other in itertools.combinations(NAMES, 2):
        (x, y), (to_x, to_y) = plan.places[one], plan.places[other]
        is_beside = abs(x - to_x) >= (sizes[one][0] + sizes[other][0]) / 2
        assert is_beside or abs(y - to_y) >= BELOW
    for name, (x, y) in plan.places.items():
        width, height = sizes[name]
        assert -0.01 <= x - width / 2
        assert x + width / 2 <= plan.width + 0.01
        assert 0 <= y <= y + height <= plan.height + 0.01
    for (upper, lower), way in plan.ways.items():
        x, y = plan.places[upper]
        assert (x, y + sizes[upper][1]) == way[0]
        assert plan.places[lower] == way[-1]
        assert [y for _, y in way] == sorted(y for _, y in way)


def words(svg: str) -> str:
    """All text of a drawing."""
    return " ".join(etree.fromstring(svg).itertext())


def test_a_drawing_tells_scenes_choices_verdicts_and_endings() -> None:
    """In words, so that nobody needs the colours; with a title and a description."""
    said = words(drawing.svg(a_story()))
    expected = (
        "Sabtu sore",
        "Memilih maju",
        "Aman",
        "Melanggar",
        "Diperdebatkan",
        "bila tersedia",
        "Akhir yang baik",
    )
    assert [] == [word for word in (*expected, "Alur cerita Satu jempol", "3 akhir cerita") if word not in said]
    assert "%" not in said


def test_shares_are_told_in_percent_and_drawn_in_width() -> None:
    """The more people, the wider the line; a choice that nobody has made says 0 %."""
    svg = drawing.svg(a_scenario(), {("awal", "maju"): 0.75, ("awal", "salah"): 0.25, ("tengah", "ragu"): 0.0})
    assert [] == [word for word in ("Aman · 75 %", "Melanggar · 25 %", "Berisiko · 0 %") if word not in words(svg)]
    widths = [float(path.get("stroke-width", 0)) for path in etree.fromstring(svg).iter(f"{SVG}path")]
    assert {1.5, 3.4, 7.1} == {width for width in widths if width}


def test_a_route_is_dashed() -> None:
    """What depends on conditions looks different from what always follows."""
    assert 1 == drawing.svg(a_story()).count("stroke-dasharray")
    assert 0 == drawing.svg(a_scenario()).count("stroke-dasharray")


def test_text_is_escaped_and_cut_and_shows_no_markdown() -> None:
    """Whatever an author writes stays text."""
    text = Line("Menulis <script> & **tebal** " + "panjang " * 40)
    scenes = (*a_scenario().scenes[1:],)
    first = a_scenario().scenes[0]
    choices = (a_choice("maju", "tengah", text=text), *first.choices[1:])
    scenario = a_scenario(scenes=(type(first)("awal", "A < B", first.text, choices), *scenes))
    svg = drawing.svg(scenario)
    assert "<script>" not in svg
    assert [] == [word for word in ("<script>", "& tebal", "…", "A < B") if word not in words(svg)]


def test_a_policy_for_content_takes_nothing_away() -> None:
    """No style, no script, nothing fetched."""
    svg = drawing.svg(a_story())
    assert [] == [word for word in ("style", "<script", "href", "url(", " on", "class=") if word in svg]


TURNING = """
id: putar
title: Berputar
summary: Tidak pernah selesai.
minutes: 1
topic: dasar
start: awal
scenes:
  - id: awal
    heading: Awal
    text: Mulai.
    choices:
      - {id: lagi, text: Lagi, verdict: aman, next: awal, then: Begitu., why: Begini., cites: [pp-94]}
"""


@pytest.fixture
def draw(app: Flask, tmp_path: Path) -> Callable[..., Result]:
    """A function that runs the command on a small folder with a story that turns and, twice, one that does not."""
    ending = "  - {id: baik, heading: Akhir, text: Selesai., ending: baik, debrief: Ingat.}\n"
    straight = (
        TURNING.replace("next: awal", "next: baik").replace("Berputar", "Lurus").replace("putar", "lurus") + ending
    )
    files = FILES | {
        "modules/contoh/scenarios/putar.yaml": TURNING,
        "modules/contoh/scenarios/lurus.yaml": straight,
        "modules/kedua/module.yaml": FILES["modules/contoh/module.yaml"].replace("slug: contoh", "slug: kedua"),
        "modules/kedua/scenarios/lurus.yaml": straight,
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["content", "graph", *words, "--from", str(tmp_path)])


def test_the_command_draws_a_story_by_its_full_name(draw: Callable[..., Result], tmp_path: Path) -> None:
    """Printed, or written to a file; complaints elsewhere do not matter."""
    printed = draw("contoh/lurus")
    assert (0, True) == (printed.exit_code, printed.output.startswith("<svg "))
    done = draw("kedua/lurus", "--out", str(tmp_path / "lurus.svg"))
    assert (0, f"Lurus: {tmp_path / 'lurus.svg'}\n") == (done.exit_code, done.output)
    assert printed.output == (tmp_path / "lurus.svg").read_text() + "\n"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("lurus", "Beberapa modul punya cerita ini: contoh/lurus, kedua/lurus."),
        ("entah", "Tidak ada cerita dengan nama ini. Yang terbaca: contoh/lurus, contoh/putar, kedua/lurus."),
        ("putar", "belum dapat digambar. Cerita dapat berputar tanpa akhir: awal → awal."),
    ],
)
def test_the_command_says_what_it_cannot_draw(draw: Callable[..., Result], name: str, sentence: str) -> None:
    """A name of two stories or of none, and a story that turns."""
    done = draw(name)
    assert (1, True) == (done.exit_code, sentence in done.output)
