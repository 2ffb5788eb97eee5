"""The graph of a story as an SVG, pure: scenes and choices from top to bottom, verdicts in colour and in words.

Looks are attributes only, so that no content security policy takes them away; text is as wide as most fonts draw it.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from elearn.content.stories.plan import Plan, Point, laid_out
from elearn.content.stories.scenes import Choice, Ending, Scenario, Scene, Verdict

Shares = Mapping[tuple[str, str], float]
"""The part (0 to 1) of those who came to a scene that made a choice, by (scene, choice)."""

INK, MUTED, PAPER, MIST, LINE = "#17212b", "#4a5664", "#ffffff", "#f3f6f9", "#8594a3"
VERDICTS = {
    Verdict.SAFE: ("#17633a", "Aman"),
    Verdict.RISKY: ("#8a5a00", "Berisiko"),
    Verdict.BREACH: ("#a8201a", "Melanggar"),
    Verdict.DISPUTED: ("#4a5664", "Diperdebatkan"),
}
ENDINGS = {
    Ending.GOOD: ("#17633a", "Akhir yang baik"),
    Ending.CAREFUL: ("#8a5a00", "Akhir hati-hati"),
    Ending.BAD: ("#a8201a", "Akhir yang merugikan"),
}
MARKS = re.compile(r"[*_`]|\[@[^\]]*\]")

MARGIN, PADDING, LEADING = 16, 10, 16
SCENE_WIDTH, SCENE_SIGNS, SCENE_LINES = 216, 24, 3
CHOICE_WIDTH, CHOICE_SIGNS, CHOICE_LINES = 200, 25, 4
THIN, THICK = 1.5, 9.0
"""How wide a line is that nobody took, or everybody."""


@dataclass(frozen=True, slots=True)
class Box:
    """A scene or a choice as it is drawn: lines of text with their colour, whether bold; the colour of its mark."""

    lines: tuple[tuple[str, str, bool], ...]
    width: int
    mark: str = ""
    is_choice: bool = False

    @property
    def height(self) -> int:
        """How high the box is."""
        return len(self.lines) * LEADING + PADDING * 2 - 4


def svg(scenario: Scenario, shares: Shares | None = None) -> str:
    """The graph of a story without loops; with `shares`, lines are as wide as many went there, and percents told."""
    boxes = {scene.id: _scene_box(scene) for scene in scenario.scenes}
    for scene in scenario.scenes:
        for choice in scene.choices:
            boxes[_name(scene, choice)] = _choice_box(choice, (shares or {}).get((scene.id, choice.id)))
    plan = laid_out({name: (box.width, box.height) for name, box in boxes.items()}, _edges(scenario))
    legend = list(_legend(plan.height + MARGIN * 3, has_shares=shares is not None))
    width, height = plan.width + MARGIN * 2, plan.height + MARGIN * 4 + LEADING * len(legend)
    drawn = [*_lines(scenario, plan, shares or {}), *(_box(box, *plan.places[name]) for name, box in boxes.items())]
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} font-family="sans-serif" font-size="12">',
            f"<title>{escape(f'Alur cerita {scenario.title}')}</title>",
            f"<desc>{escape(_described(scenario))}</desc>",
            f'<rect width="100%" height="100%" fill="{PAPER}"/>',
            f'<g transform="translate({MARGIN} {MARGIN})">',
            *drawn,
            "</g>",
            *legend,
            "</svg>",
        )
    )


def _name(scene: Scene, choice: Choice) -> str:
    return f"{scene.id}/{choice.id}"


def _edges(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """From scene to choice, and from choice to each scene it may lead to."""
    for scene in scenario.scenes:
        for choice in scene.choices:
            yield scene.id, _name(scene, choice)
            for target in (choice.next, *(route.next for route in choice.routes)):
                yield _name(scene, choice), target


def _scene_box(scene: Scene) -> Box:
    lines = [(line, INK, True) for line in _wrapped(scene.heading, SCENE_SIGNS, SCENE_LINES)]
    lines.append((scene.id, MUTED, False))
    if scene.ending is None:
        return Box(tuple(lines), SCENE_WIDTH)
    colour, word = ENDINGS[scene.ending]
    return Box((*lines, (word, colour, True)), SCENE_WIDTH, mark=colour)


def _choice_box(choice: Choice, share: float | None) -> Box:
    colour, word = VERDICTS[choice.verdict]
    told = [
        word,
        *(["bila tersedia"] if choice.when else []),
        *([f"{share * 100:.0f} %"] if share is not None else []),
    ]
    lines = [(" · ".join(told), colour, True)]
    lines += [(line, INK, False) for line in _wrapped(choice.text.markdown, CHOICE_SIGNS, CHOICE_LINES)]
    return Box(tuple(lines), CHOICE_WIDTH, mark=colour, is_choice=True)


def _wrapped(text: str, signs: int, lines: int) -> list[str]:
    """A text without Markdown in so many lines of so many signs, cut with an ellipsis."""
    return textwrap.wrap(MARKS.sub("", text), signs, max_lines=lines, placeholder=" …")


def _described(scenario: Scenario) -> str:
    choices = sum(len(scene.choices) for scene in scenario.scenes)
    endings = sum(scene.ending is not None for scene in scenario.scenes)
    scenes = len(scenario.scenes) - endings
    return f"Bagan dari atas ke bawah: {scenes} adegan, {choices} pilihan, {endings} akhir cerita."


def _lines(scenario: Scenario, plan: Plan, shares: Shares) -> Iterator[str]:
    for scene in scenario.scenes:
        for choice in scene.choices:
            name, colour = _name(scene, choice), VERDICTS[choice.verdict][0]
            width = THIN + (THICK - THIN) * shares.get((scene.id, choice.id), 0)
            yield _line(plan.ways[scene.id, name], colour, width)
            yield from _ways_on(name, choice, plan, width)


def _ways_on(name: str, choice: Choice, plan: Plan, width: float) -> Iterator[str]:
    """From a choice to where it leads; where that depends on conditions nobody is counted, and a route is dashed."""
    colour = VERDICTS[choice.verdict][0]
    yield _line(plan.ways[name, choice.next], colour, THIN if choice.routes else width, has_head=True)
    for target in {route.next for route in choice.routes} - {choice.next}:
        yield _line(plan.ways[name, target], colour, THIN, has_head=True, dash=' stroke-dasharray="6 4"')


def _line(points: tuple[Point, ...], colour: str, width: float, *, has_head: bool = False, dash: str = "") -> str:
    """A line that leaves and arrives upright, with an arrow's head if it has one."""
    way = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (y + to_y) / 2
        way += f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"
    line = f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{width:.1f}"{dash}/>'
    if not has_head:
        return line
    x, y = points[-1]
    half = 4 + width / 2
    return f'{line}<path d="M{x:.1f} {y:.1f}l{-half:.1f} -9h{2 * half:.1f}z" fill="{colour}"/>'


def _box(box: Box, x: float, y: float) -> str:
    """A box and its text; an ending has a second frame, a choice a bar of its colour."""
    left, stroke = x - box.width / 2, box.mark or LINE
    frame = f'<rect x="{left:.1f}" y="{y:.1f}" width="{box.width}" height="{box.height}"'
    drawn = [
        f'{frame} rx="{3 if box.is_choice else 8}" fill="{PAPER if box.is_choice else MIST}" stroke="{stroke}"/>'
    ]
    if box.is_choice:
        drawn.append(f'<rect x="{left:.1f}" y="{y:.1f}" width="6" height="{box.height}" fill="{box.mark}"/>')
    elif box.mark:
        inner = f'x="{left + 3:.1f}" y="{y + 3:.1f}" width="{box.width - 6}" height="{box.height - 6}"'
        drawn.append(f'<rect {inner} rx="6" fill="none" stroke="{box.mark}"/>')
    start = left + (PADDING + 4)
    for number, (text, colour, is_bold) in enumerate(box.lines, start=1):
        weight = ' font-weight="bold"' if is_bold else ""
        drawn.append(
            f'<text x="{start:.1f}" y="{y + number * LEADING + 2:.1f}" fill="{colour}"{weight}>{escape(text)}</text>'
        )
    return "".join(drawn)


def _legend(top: float, *, has_shares: bool) -> Iterable[str]:
    """What the picture's signs mean, a line each."""
    said = ["Garis putus-putus: jalan yang ditempuh hanya bila syaratnya terpenuhi."]
    if has_shares:
        said.append("Persen dan tebal garis: bagian dari yang sampai di adegan itu dan memilihnya.")
    for number, sentence in enumerate(said, start=1):
        yield f'<text x="{MARGIN}" y="{top + number * LEADING:.0f}" fill="{MUTED}">{escape(sentence)}</text>'
