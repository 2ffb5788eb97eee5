"""Texts between Markdown, HTML and plain, pure: what becomes of them is safe, and what is lost is said.

Markdown that our own renderer has made into HTML comes back from it letter by letter, but for other ways to write
the same. Signs that Markdown would misread are escaped, and only where it would.
"""

import re
from functools import cache
from html import escape

import nh3
from lxml import etree
from markdown_it import MarkdownIt

from elearn.content.formats import markdown, scoring
from elearn.content.formats.neutral import Notes
from elearn.core import signs

MOST_SIGNS = 100_000
MOST_TAGS = 5_000
TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+\d*);")
MATHS = (("\\(", "\\)"), ("\\[", ""), ("$$", "$$"))
"""Between what formulas in LaTeX stand."""

TOO_LONG = "Teks lebih panjang dari 100.000 tanda; sisanya tidak ikut."
TOO_TANGLED = "Teks memuat lebih dari 5.000 tag HTML; semua tag dibuang."
MATHS_AS_TEXT = "Rumus LaTeX tetap sebagai teks; halaman soal tidak menggambarnya."
DANGEROUS = (
    (re.compile(r"<script\b|<style\b|<template\b", re.IGNORECASE), "Skrip dan lembar gaya di dalam teks dibuang."),
    (
        re.compile(r"<[^<>]*\son\w+\s*=", re.IGNORECASE),
        "Perintah yang menempel pada teks (onclick dan sejenisnya) dibuang.",
    ),
    (
        re.compile(r"(?:javascript|vbscript|data:text/html)\s*:", re.IGNORECASE),
        "Tautan yang menjalankan perintah dibuang.",
    ),
    (
        re.compile(r"<(?:iframe|object|embed|applet|frame|form|input|button|select|textarea)\b", re.IGNORECASE),
        "Sisipan dan formulir di dalam teks dibuang.",
    ),
    (re.compile(r"<(?:audio|video|source|track)\b", re.IGNORECASE), "Suara dan video di dalam teks dibuang."),
    (re.compile(r"<(?:img|svg|picture)\b", re.IGNORECASE), "Gambar di dalam teks tidak ikut; tinggal keterangannya."),
    (re.compile(r"<math\b", re.IGNORECASE), "Rumus MathML menjadi teks biasa."),
    (
        re.compile(r"<[^<>]*\bstyle\s*=|<(?:font|u|s|strike|mark|small|big|center)\b", re.IGNORECASE),
        "Warna, ukuran, dan garis bawah tulisan tidak ikut.",
    ),
)
"""What an HTML text may hold that we do not keep, and how we say so."""

TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "b", "em", "i", "blockquote"),
    *(
        "code",
        "pre",
        "a",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "sub",
        "sup",
        "img",
        "div",
        "caption",
    ),
}
EMPTIED = {"script", "style", "template", "iframe", "object", "embed", "noscript", "title", "head", "textarea"}
ATTRIBUTES = {"a": {"href"}, "img": {"alt"}}


def from_html(html: str, notes: Notes) -> str:
    """Markdown that says what the HTML says; what it cannot say is noted."""
    html = _within(html, notes)
    if not MARKUP.search(html):
        return from_plain(html, notes)
    if html.count("<") > MOST_TAGS:
        notes.add(TOO_TANGLED)
        return from_plain(TAG.sub(" ", html), notes)
    notes.add(*(sentence for pattern, sentence in DANGEROUS if pattern.search(html)))
    clean = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=EMPTIED,
        attributes=ATTRIBUTES,
        url_schemes={"https", "http"},
        link_rel=None,
    )
    return _noted(markdown.of_html(clean), notes)


def from_element(element: etree._Element, notes: Notes) -> str:
    """Markdown of the XHTML inside an element."""
    if not len(element):
        return from_plain(element.text or "", notes)
    inner = "".join(etree.tostring(each, encoding="unicode") for each in element)
    return from_html(escape(element.text or "", quote=False) + inner, notes)


def from_plain(text: str, notes: Notes) -> str:
    """Markdown that reads like the plain text; an empty line parts paragraphs."""
    text = signs.without_hidden(_within(text, notes).replace("\t", " ").replace("\r", "").replace("\n", "\ue00a"))
    lines = [" ".join(line.split()) for line in text.split("\ue00a")]
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip())
    return _noted("\n\n".join(markdown.escaped(each) for each in paragraphs), notes)


def from_markdown(text: str, notes: Notes) -> str:
    """Markdown of somebody else; where it holds HTML, that is made Markdown too."""
    text = _within(text, notes)
    if TAG.search(text):
        return from_html(_with_html().render(text), notes)
    kept = "".join(sign for sign in text if sign in "\n" or not signs.is_hidden(sign))
    return _noted(kept.rstrip(), notes)


def from_moodle(text: str, form: str, notes: Notes) -> str:
    """A text in one of Moodle's formats: html, markdown, plain_text or plain, moodle_auto_format or moodle."""
    if form == "markdown":
        return from_markdown(text, notes)
    if form.startswith("plain"):
        return from_plain(text, notes)
    return from_html(text, notes)


def to_html(text: str) -> str:
    """The HTML of a Markdown text; one paragraph alone stands without its tag."""
    html = markdown.rendered(text)
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return inner if "<p>" not in inner and html.startswith("<p>") and html.endswith("</p>") else html


def to_plain(text: str) -> str:
    """What a Markdown text reads like without its signs."""
    if is_plain(text):
        return text.strip()
    html = re.sub(r"</(?:p|li|h[1-6]|tr|blockquote)>\s*|<(?:br|hr)\s*/?>\s*", "\n", markdown.rendered(text))
    html = re.sub(r"</t[dh]>\s*<t[dh]>", " | ", html)
    plain = nh3.clean(html, tags=set())
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&nbsp;", " "), ("&amp;", "&")):
        plain = plain.replace(entity, sign)
    return "\n".join(line.strip() for line in plain.split("\n") if line.strip())


def is_plain(text: str) -> bool:
    """Whether a Markdown text reads the same as plain text."""
    paragraphs = text.strip().split("\n\n")
    return all(
        markdown.rendered(each) == f"<p>{escape(each, quote=False)}</p>".replace('"', "&quot;") for each in paragraphs
    )


def _within(text: str, notes: Notes) -> str:
    if len(text) > MOST_SIGNS:
        notes.add(TOO_LONG)
    scoring.spend_signs(min(len(text), MOST_SIGNS))
    return text[:MOST_SIGNS].translate(markdown.WITHOUT_MARKERS)


def _holds_maths(text: str) -> bool:
    """Whether a formula opens somewhere and closes behind that; looked for once, however often it opens."""
    return any(opening in text and closing in text.partition(opening)[2] for opening, closing in MATHS)


def _noted(text: str, notes: Notes) -> str:
    if _holds_maths(text.replace("\\\\", "\\")):
        notes.add(MATHS_AS_TEXT)
    return text


@cache
def _with_html() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")
