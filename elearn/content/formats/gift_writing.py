"""Questions as GIFT, the text format of Moodle, with what it cannot say; pure."""

from collections.abc import Iterator
from decimal import Decimal

from elearn.content.formats import texts
from elearn.content.formats.neutral import (
    ANY,
    FALSE,
    PUT,
    TRUE,
    Bank,
    Choice,
    Item,
    Kind,
    Written,
    combined_loss,
    losses_of,
    number_of,
    percent,
    picture_loss,
    told_number,
)

WRITTEN = str.maketrans({**{sign: f"\\{sign}" for sign in ":#={}~\\"}, "\n": "\\n"})


def write(bank: Bank) -> Written:
    """The questions as GIFT in Markdown, with ids and tags as comments and what GIFT cannot say."""
    blocks, losses, category = [], [], ""
    for number, item in enumerate(bank.items, start=1):
        if item.category != category:
            category = item.category
            blocks.append(
                f"$CATEGORY: {'/'.join(['$course$', 'top', category] if category else ['$course$', 'top'])}"
            )
        blocks.append(_block(item))
        losses += losses_of(item, number, (*item.losses, *unsaid(item)))
    content = "\n\n".join(blocks) + "\n"
    return Written(content.encode(), "text/plain; charset=utf-8", ".gift.txt", tuple(losses))


def unsaid(item: Item) -> Iterator[str]:
    """What GIFT has no place for."""
    yield from combined_loss(item, "GIFT")
    yield from picture_loss(item, "GIFT")
    if item.kind in (Kind.DESCRIPTION, Kind.UNKNOWN) and item.general_feedback:
        yield "GIFT tidak memuat penjelasan untuk teks tanpa jawaban."
    if item.kind in (*PUT, Kind.ORDER) and any(option.feedback for option in item.options):
        yield "GIFT tidak memuat umpan balik per butir untuk soal menjodohkan dan mengurutkan."
    if item.kind in PUT and any(not texts.is_plain(group) for group in item.groups):
        yield "GIFT memuat pasangan sebagai teks polos; cetak tebal dan miringnya hilang."
    if item.kind is Kind.UNKNOWN:
        yield "Soal yang tidak dipahami ditulis sebagai keterangan."


def _block(item: Item) -> str:
    marks = [f"[id:{item.ident}]"] if item.ident else []
    marks += [f"[tag:{_mark(tag)}]" for tag in item.tags]
    head = f"// {' '.join(marks)}\n" if marks else ""
    name = f"::{' '.join(item.title.split()).translate(WRITTEN)}::" if item.title else ""
    stem = f"{head}{name}[markdown]{_told(item.text)}"
    if item.kind in (Kind.DESCRIPTION, Kind.UNKNOWN):
        return stem
    general = f"####{_told(item.general_feedback)}" if item.general_feedback else ""
    return f"{stem}{{{_answers(item)}{general}}}"


def _mark(tag: str) -> str:
    return " ".join(tag.split()).replace("]", "\\]")


def _told(text: str) -> str:
    return text.translate(WRITTEN)


def _answers(item: Item) -> str:
    if item.kind is Kind.ESSAY:
        return ""
    if (
        item.kind is Kind.TRUE_FALSE
        and len(item.rights) == 1
        and {each.text for each in item.options} <= {TRUE, FALSE}
    ):
        return _truth_of(item)
    lines = [f"\t{line}" for line in _lines(item)]
    opening = {Kind.NUMERIC: "#", Kind.ORDER: f">{len(item.options)} ALL VERTICAL ALL_OR_NOTHING"}.get(item.kind, "")
    return "\n".join([opening, *lines, ""])


def _truth_of(item: Item) -> str:
    (right,) = item.rights
    wrong = next((option.feedback for option in item.options if option is not right), "")
    told = "TRUE" if right.text == TRUE else "FALSE"
    return f"{told}#{_told(wrong)}#{_told(right.feedback)}" if wrong or right.feedback else told


def _lines(item: Item) -> Iterator[str]:
    for option in item.options:
        feedback = f"#{_told(option.feedback)}" if option.feedback else ""
        if item.kind in PUT:
            side = _told(option.text).replace("->", "-\\>")
            yield f"={side} -> {_told(texts.to_plain(option.group))}"
        elif item.kind is Kind.ORDER:
            yield _told(option.text)
        elif item.kind is Kind.NUMERIC:
            yield _number_line(option, feedback)
        else:
            yield f"{_sign(item, option)}{_told(option.text)}{feedback}"
    used = {option.group for option in item.options}
    yield from (f"= -> {_told(texts.to_plain(group))}" for group in item.groups if group not in used)


def _sign(item: Item, option: Choice) -> str:
    if item.kind is Kind.SHORT_ANSWER:
        return "=" if option.fraction == 100 else f"=%{percent(option.fraction)}%"
    if option.fraction == 100 and item.kind is not Kind.MULTIPLE:
        return "="
    return "~" if option.fraction == 0 else f"~%{percent(option.fraction)}%"


def _number_line(option: Choice, feedback: str) -> str:
    if option.text == ANY:
        return f"~{feedback}"
    number = number_of(option.text) or Decimal(0)
    width = f":{told_number(number_of(option.tolerance) or Decimal(0))}" if option.tolerance else ":0"
    weight = "=" if option.fraction == 100 else f"=%{percent(option.fraction)}%"
    return f"{weight}{told_number(number)}{width}{feedback}"
