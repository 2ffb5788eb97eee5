"""Sanitised HTML as Markdown, pure: the way back from what our own renderer makes of it.

Signs of a text that Markdown might misread carry a marker until a block is whole. Then the barest of three ways to
write it is taken that still reads the same: as it is, with the few usual escapes, with every sign escaped.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt

MARK, HARD = "\ue000", "\ue001"
WITHOUT_MARKERS = dict.fromkeys(range(0xE000, 0xE020))
SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
USUAL = re.compile(rf"{MARK}(?=[\\`*_\[\]<&~])")
RISKY = re.compile(rf"{MARK}[\\`*_\[\]<>&~=|#+]|^(?:{MARK}-|\d+{MARK}[.)])", re.MULTILINE)
RISES, FALLS = (
    str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
)
VOID = {"br", "hr", "img"}
BLOCKS = {"p", "div", "caption"}
DEEPEST = 60
MOST_WEIGHED = 3_000
"""Signs in one block from which on nobody weighs how few of them need escaping."""


@dataclass(frozen=True, slots=True)
class Block:
    """A whole block of Markdown, or a row of a table whose cells are parted by a control sign."""

    text: str


@dataclass
class Frame:
    """An element that is open: what has come inside it."""

    tag: str
    facts: dict[str, str | None] = field(default_factory=dict)
    parts: list[str | Block] = field(default_factory=list)


def of_html(html: str) -> str:
    """The Markdown of HTML that was sanitised."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return writer.whole()


def escaped(text: str) -> str:
    """A paragraph of plain text as Markdown."""
    return _settled(marked(text))


def marked(text: str) -> str:
    """A text whose signs carry the marker."""
    return SIGNS.sub(lambda found: MARK + found[0], text)


def rendered(text: str) -> str:
    """The HTML of Markdown as our own renderer makes it, citations left as they are written."""
    return str(_renderer().render(text)).strip()


@cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _settled(block: str) -> str:
    """A block without markers, escaped as little as reads the same."""
    if not RISKY.search(block):
        return block.replace(MARK, "")
    full = block.replace(MARK, "\\")
    if block.count(MARK) > MOST_WEIGHED:
        return full
    bare, usual = block.replace(MARK, ""), USUAL.sub(r"\\", block).replace(MARK, "")
    meant = rendered(full)
    return next(each for each in (bare, usual, full) if each == full or rendered(each) == meant)


class _Writer(HTMLParser):
    """Collects what stands inside each open element and writes it when the element closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.frames = [Frame("")]
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, or write one that has nothing inside; what is nested too deep is flat."""
        if tag in VOID:
            self.frames[-1].parts.append(_void(tag, dict(attrs)))
        elif len(self.frames) > DEEPEST:
            self.skipped += 1
        else:
            self.frames.append(Frame(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Write the element that closes."""
        if tag in VOID or len(self.frames) == 1:
            return
        if self.skipped:
            self.skipped -= 1
            return
        frame = self.frames.pop()
        self.frames[-1].parts += _written(frame)

    def handle_data(self, data: str) -> None:
        """Take text as it stands."""
        parts, inside = self.frames[-1].parts, {frame.tag for frame in self.frames}
        parts.append(data if inside & {"code", "pre"} else marked(data))

    def whole(self) -> str:
        """All blocks, an empty line between them."""
        while len(self.frames) > 1:
            self.skipped = 0
            self.handle_endtag(self.frames[-1].tag)
        return "\n\n".join(_flow(self.frames[0].parts))


def _void(tag: str, facts: dict[str, str | None]) -> str | Block:
    if tag == "br":
        return HARD
    if tag == "hr":
        return Block("---")
    return marked(f"[{(facts.get('alt') or 'gambar').strip()}]")


def _written(frame: Frame) -> list[str | Block]:
    """What an element says, as parts of the one around it."""
    if frame.tag in INLINE and not any(isinstance(each, Block) for each in frame.parts):
        return [INLINE[frame.tag](_inline(frame.parts), frame)]
    if frame.tag in WHOLE:
        return WHOLE[frame.tag](frame)
    return [Block(each) for each in _flow(frame.parts)] if frame.tag in BLOCKS else frame.parts


def _quotation(frame: Frame) -> list[str | Block]:
    lines = "\n\n".join(_flow(frame.parts)).split("\n")
    return [Block("\n".join(f"> {line}".rstrip() for line in lines))] if lines != [""] else []


def _heading(frame: Frame) -> list[str | Block]:
    level = "#" * min(max(int(frame.tag[1]), 2), 4)
    return [Block(f"{level} {' '.join(each.split())}") for each in _flow(frame.parts)]


def _row(frame: Frame) -> list[str | Block]:
    return [Block("".join(f"\x1f{each.text}" for each in frame.parts if isinstance(each, Block)))]


def _cell(frame: Frame) -> list[str | Block]:
    return [Block(" ".join(" ".join(_flow(frame.parts)).split()).replace("|", "\\|"))]


def _flow(parts: list[str | Block]) -> list[str]:
    """The blocks inside an element; text beside blocks is a paragraph of its own."""
    blocks, run = [], ""
    for part in [*parts, Block("")]:
        if isinstance(part, str):
            run += part
            continue
        blocks += [_paragraph(run), part.text]
        run = ""
    return [each for each in blocks if each]


def _paragraph(run: str) -> str:
    """A run of inline text: spaces as HTML counts them, line breaks of the source kept as such."""
    text = re.sub(r"[ \t\r\f\xa0]*\n[ \t\r\n\f]*", "\n", run)
    text = re.sub(r"[ \t\r\f]+", " ", text)
    text = re.sub(rf"[ \n]*{HARD}[ \n]*", HARD, text).strip(f" \n{HARD}")
    return _settled(text.replace(HARD, "  \n"))


def _inline(parts: list[str | Block]) -> str:
    return "".join(each if isinstance(each, str) else each.text for each in parts)


def _wrapped(sign: str, text: str) -> str:
    """A text between signs of emphasis, the spaces around it outside."""
    core = text.strip(f" \n{HARD}")
    if not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{sign}{core}{sign}{text[start + len(core) :]}"


def _coded(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence, pad = "`" * (longest + 1), " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else text


def _link(text: str, frame: Frame) -> str:
    address = frame.facts.get("href") or ""
    is_fit = address.startswith("https://") and not re.search(r"[\s<>()\\]", address)
    return f"[{text}]({address})" if is_fit and text.strip() else text


def _raised(text: str, table: dict[int, int], sign: str) -> str:
    plain = text.replace(MARK, "")
    moved = plain.translate(table)
    return moved if not set(plain) & set(moved) else marked(f"{sign}({plain})")


INLINE: dict[str, Callable[[str, Frame], str]] = {
    "strong": lambda text, _: _wrapped("**", text),
    "b": lambda text, _: _wrapped("**", text),
    "em": lambda text, _: _wrapped("*", text),
    "i": lambda text, _: _wrapped("*", text),
    "code": lambda text, _: _coded(text),
    "sup": lambda text, _: _raised(text, RISES, "^"),
    "sub": lambda text, _: _raised(text, FALLS, "_"),
    "a": _link,
}


def _point(blocks: list[str]) -> str:
    """What stands in a point of a list; a list inside it follows its text at once."""
    is_nested = len(blocks) == 2 and re.match(r"- |\d+\. ", blocks[1]) is not None
    return ("\n" if is_nested else "\n\n").join(blocks)


def _list(parts: list[str | Block], *, is_numbered: bool) -> list[str | Block]:
    """The points of a list, each behind its sign and what follows in it moved in as far."""
    points = [each.text for each in parts if isinstance(each, Block)]
    heads = [f"{number}. " if is_numbered else "- " for number in range(1, len(points) + 1)]
    moved = [head + point.replace("\n", "\n" + " " * len(head)) for head, point in zip(heads, points, strict=True)]
    gap = "\n\n" if any("\n\n" in point for point in points) else "\n"
    return [Block(re.sub(r"\n +(?=\n)", "\n", gap.join(moved)))] if points else []


def _table(parts: list[str | Block]) -> list[str | Block]:
    """A table whose first row is its heading."""
    rows = [each.text[1:].split("\x1f") for each in parts if isinstance(each, Block) and "\x1f" in each.text]
    loose: list[str | Block] = [each for each in parts if isinstance(each, Block) and "\x1f" not in each.text]
    if not rows:
        return loose
    width = max(len(row) for row in rows)
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return [*loose, Block("\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]))]


WHOLE: dict[str, Callable[[Frame], list[str | Block]]] = {
    "ul": lambda frame: _list(frame.parts, is_numbered=False),
    "ol": lambda frame: _list(frame.parts, is_numbered=True),
    "li": lambda frame: [Block(_point(_flow(frame.parts)))],
    "table": lambda frame: _table(frame.parts),
    "tr": _row,
    "td": _cell,
    "th": _cell,
    "blockquote": _quotation,
    "pre": lambda frame: [Block(f"```\n{_inline(frame.parts).strip('`').strip()}\n```")],
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
}
"""What is written as a block of its own, by tag."""
