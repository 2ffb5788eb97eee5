"""The looks: the stylesheet stays light, every class in a template has its rule, every text can be read."""

import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = {"app": 25_000, "office": 4_000, "print": 2_000}
"""The stylesheets, each with the bytes it stays under: everybody's, that of whoever has a desk, that of paper."""
CSS = (ROOT / "elearn/static/css/app.css").read_text()
RULES = "".join((ROOT / f"elearn/static/css/{name}.css").read_text() for name in SHEETS)
LIGHT, DARK = re.findall(r":root \{(.*?)\}", CSS, re.S)
PAGES = [p for p in (ROOT / "templates").rglob("*.html") if not {"print", "_print", "mail"} & set(p.parts)]
BACKGROUNDS, TEXTS = ("paper", "mist"), ("ink", "muted", "laut", "bata", "daun")


def tokens(block: str) -> dict[str, str]:
    """The colours of one theme by name, as `rrggbb`."""
    found = re.findall(r"--([\w-]+): #(\w+);", block)
    return {name: hue if len(hue) == 6 else "".join(c * 2 for c in hue) for name, hue in found}


def luminance(hue: str) -> float:
    """The relative luminance of a colour (WCAG 2.2), from 0 to 1."""
    parts = (int(hue[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2), from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", SHEETS)
def test_a_stylesheet_is_light(name: str) -> None:
    """Each stays under its bound, whatever is added."""
    assert (ROOT / f"elearn/static/css/{name}.css").stat().st_size < SHEETS[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT / "templates")))
def test_every_class_has_a_rule(page: Path) -> None:
    """A class that no rule knows is a slip of the pen."""
    written = " ".join(re.findall(r'class="([^"{%]*)"', page.read_text())).split()
    assert set() == set(written) - set(re.findall(r"\.([a-z][\w-]*)", RULES)) - {"quiet"}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read(theme: str) -> None:
    """Text reaches 6.7 : 1 on page and card, in both themes; words on buttons and warnings too."""
    hues = tokens(theme)
    pairs = [*product(BACKGROUNDS, TEXTS), ("laut", "on-laut"), ("bata", "on-bata"), ("kunyit-soft", "kunyit")]
    assert [] == [pair for pair in pairs if contrast(hues[pair[0]], hues[pair[1]]) < 6.7]
