"""Markdown as blocks and sentences, pure: where each stands, what it hangs on, what is quoted or dated in it."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

ITEM = re.compile(r"[-*+]\s|\d+[.)]\s|\|")
HEADING = re.compile(r"#+\s")
RULED_ROW = re.compile(r"\|[\s:|-]+")
MONTH = r"(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember)"
DATE = re.compile(rf"\b{MONTH}\s+(?:19|20)\d\d\b", re.IGNORECASE)
MARKS = str.maketrans("", "", "*_`")
QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"")
SENTENCE_END = re.compile(r"(?<!\bNo\.)(?:(?<=[.?!])|(?<=[.?!][”\"*_)]))\s+")


class Kind(StrEnum):
    """What a block is; a row of a table is an item, its first row a heading, a quotation a paragraph."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item as one line, with the number of lines before it in its text."""

    offset: int
    kind: Kind
    text: str

    @property
    def is_opening(self) -> bool:
        """Whether it opens what follows: a paragraph that ends with a colon."""
        return self.kind is Kind.PARAGRAPH and self.text.rstrip("*_ ").endswith(":")


def any_of(words: str) -> re.Pattern[str]:
    """A pattern that finds one of some words, in large or small letters; each may be a pattern, commas part them."""
    choice = "|".join(re.split(r",\s+", words.strip()))
    return re.compile(rf"\b(?:{choice})\b", re.IGNORECASE)


def blocks(markdown: str) -> list[Block]:
    """The blocks of a text in order."""
    found: list[Block] = []
    is_open = was_quoted = False
    for offset, line in enumerate(markdown.splitlines()):
        text, is_quoted = line.lstrip(" \t>").rstrip(), line.lstrip().startswith(">")
        if RULED_ROW.fullmatch(text) and found:
            found[-1] = replace(found[-1], kind=Kind.HEADING)
        elif text and is_open and is_quoted == was_quoted and _kind(text) is Kind.PARAGRAPH:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {text}")
        elif text:
            found.append(Block(offset, _kind(text), text))
        is_open, was_quoted = bool(text), is_quoted
    return found


def passages(markdown: str) -> list[tuple[Block, list[Block]]]:
    """Each block, a paragraph together with the items of the list that stands right after it."""
    found: list[tuple[Block, list[Block]]] = []
    for block in blocks(markdown):
        if block.kind is Kind.ITEM and found and found[-1][0].kind is Kind.PARAGRAPH:
            found[-1][1].append(block)
        else:
            found.append((block, []))
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a block, roughly: parted after full stops, question and exclamation marks."""
    return SENTENCE_END.split(text)


def unquoted(text: str) -> str:
    """The text without what people say in it."""
    return QUOTED.sub("", text)


def has_date(*texts: str) -> bool:
    """Whether one of the texts names a month of a year, such as "30 Oktober 2024"."""
    return any(DATE.search(plain(text)) for text in texts)


def plain(text: str) -> str:
    """The text without the signs of Markdown that make words bold or slanted."""
    return text.translate(MARKS)


def _kind(text: str) -> Kind:
    if HEADING.match(text):
        return Kind.HEADING
    return Kind.ITEM if ITEM.match(text) else Kind.PARAGRAPH
