"""Which browser on which device, in words, from what a browser says of itself; pure."""

import re

from elearn.core.speech import say

BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("UC Browser", r"UCBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
"""In the order in which they are looked for, since most also claim to be those behind them."""

SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Chromebook", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


def named(agent: str | None) -> str:
    """`Chrome di Android`; of what is not known, only what is."""
    browser, system = _first(BROWSERS, agent or ""), _first(SYSTEMS, agent or "")
    if browser and system:
        return say("%(browser)s di %(system)s", browser=browser, system=system)
    if system:
        return say("Peramban di %(system)s", system=system)
    return browser or say("Peramban tidak dikenal")


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, agent)), "")
