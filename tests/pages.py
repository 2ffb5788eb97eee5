"""What every page must be, whoever opens it in whichever test."""

import re
from collections import Counter
from typing import Any

import html5lib
from lxml import etree

SCRIPTED = re.compile(r"^on[a-z]+$")
TAGS = re.compile(r'<(?:[^">]|"[^"]*")*>|&[^;\s<]*')
DATA = re.compile(r'<script type="application/json".*?</script>', re.DOTALL)
FORBIDDEN_WORDS = ("undefined", "None</", "{{", "}}", "{%")

_sound: set[int] = set()


def inspect(response: Any) -> None:
    """Raise AssertionError, naming the fault, unless the answer is a sound page of this house."""
    html = response.get_data(as_text=True)
    faults = list(page_faults(html, status=response.status_code))
    faults += list(header_faults(response.headers))
    assert not faults, f"{response.request.path}: " + "; ".join(faults)


def header_faults(headers: Any) -> list[str]:
    """Which security headers are missing."""
    wanted = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control")
    return [f"no {name}" for name in wanted if name not in headers]


def page_faults(html: str, *, status: int = 200) -> list[str]:
    """What is wrong with a page's HTML: form, names, labels, ids, scripts, language."""
    faults = _syntax_faults(html)
    tree = etree.fromstring(html, etree.HTMLParser())
    faults += _outline_faults(tree)
    faults += _id_faults(tree)
    faults += _form_faults(tree)
    faults += _script_faults(tree)
    read = DATA.sub("", html)
    faults += [f"stray {word!r}" for word in FORBIDDEN_WORDS if word in read]
    return faults


def _syntax_faults(html: str) -> list[str]:
    """What the HTML standard calls a parse error; a page whose tags were found right before is not parsed again.

    The strict parser takes a tenth of a second for a long page, and most tests open the same few pages.
    """
    shape = hash(tuple(re.sub(r'="[^"]*"', "=", tag) for tag in TAGS.findall(html)))
    if shape in _sound:
        return []
    parser = html5lib.HTMLParser()
    parser.parse(html)
    if not parser.errors:
        _sound.add(shape)
    return [f"HTML: {code} at {place}" for place, code, _ in parser.errors]


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _outline_faults(tree: etree._Element) -> list[str]:
    faults = []
    if tree.get("lang") not in ("id", "en"):
        faults.append("no lang")
    headings = tree.findall(".//h1")
    title = tree.find(".//title")
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1")
    elif title is None or not _text(title).startswith(_text(headings[0])):
        faults.append(f"title does not begin with the h1 {_text(headings[0])!r}")
    faults += ["img without alt" for img in tree.iter("img") if img.get("alt") is None]
    faults += ["empty link" for a in tree.iter("a") if not (_text(a) or a.get("aria-label"))]
    return faults


def _id_faults(tree: etree._Element) -> list[str]:
    ids = Counter(node.get("id") for node in tree.iter() if node.get("id"))
    faults = [f"double id {name!r}" for name, times in sorted(ids.items()) if times > 1]
    pointers = ("aria-describedby", "aria-labelledby", "for")
    pointed = [(a, name) for node in tree.iter() for a in pointers for name in (node.get(a) or "").split()]
    return faults + [f"{a}={name!r} points nowhere" for a, name in pointed if name not in ids]


def _form_faults(tree: etree._Element) -> list[str]:
    faults = []
    labelled = {label.get("for") for label in tree.iter("label")}
    inside = {id(node) for label in tree.iter("label") for node in label.iter()}
    for form in tree.iter("form"):
        if form.get("method", "get").lower() not in ("get", "post"):
            faults.append("form with a strange method")
        if form.get("action") is None:
            faults.append("form without action")
    for node in (*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")):
        if node.get("type") in ("hidden", "submit"):
            continue
        if node.get("id") not in labelled and id(node) not in inside and not node.get("aria-label"):
            faults.append(f"no label for {node.get('name')!r}")
    return faults


def _script_faults(tree: etree._Element) -> list[str]:
    faults = ["script without nonce" for script in tree.iter("script") if not script.get("nonce")]
    faults += ["style element" for _ in tree.iter("style")]
    for node in tree.iter():
        for name in node.keys():  # noqa: SIM118 - an lxml element is no dict
            if name == "style" or SCRIPTED.match(name):
                faults.append(f"{name} attribute on {node.tag}")
    return faults
