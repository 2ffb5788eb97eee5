"""QTI 1.2 as the specification and Canvas write it."""

import pytest

from elearn.content.formats import qti12
from elearn.content.formats.neutral import Item, Kind, UnreadableQuestions

OUTCOMES = '<outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>'


def material(text: str, kind: str = "text/plain") -> str:
    """A text."""
    return f'<material><mattext texttype="{kind}">{text}</mattext></material>'


def chosen(cardinality: str, *idents: str, ident: str = "r", stem: str = "") -> str:
    """A response with labels."""
    labels = "".join(f'<response_label ident="{each}">{material(f"Teks {each}")}</response_label>' for each in idents)
    head = f'<response_lid ident="{ident}" rcardinality="{cardinality}">'
    return f"{head}{stem}<render_choice>{labels}</render_choice></response_lid>"


def condition(tests: str, score: str = "", shows: str = "", action: str = "Set", go_on: str = "No") -> str:
    """A rule."""
    told = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    told += f'<displayfeedback feedbacktype="Response" linkrefid="{shows}"/>' if shows else ""
    return f'<respcondition continue="{go_on}"><conditionvar>{tests}</conditionvar>{told}</respcondition>'


def equal(text: str, ident: str = "r") -> str:
    """A test for one value."""
    return f'<varequal respident="{ident}">{text}</varequal>'


def read(presentation: str, *rules: str, after: str = "") -> Item:
    """The one item of a file."""
    processing = f"<resprocessing>{OUTCOMES}{''.join(rules)}</resprocessing>"
    item = f'<item ident="q1" title="Judul"><presentation>{presentation}</presentation>{processing}{after}</item>'
    xml = f'<questestinterop><assessment><section title="Bab 1">{item}</section></assessment></questestinterop>'
    (found,) = qti12.read(xml.encode()).items
    return found


def test_one_choice_as_canvas_writes_it() -> None:
    """Feedback of all, of one, of the right one, of every wrong one."""
    after = "".join(
        f'<itemfeedback ident="{each}"><flow_mat>{material(each)}</flow_mat></itemfeedback>'
        for each in ("general_fb", "correct_fb", "general_incorrect_fb", "1_fb")
    )
    item = read(
        material("&lt;p&gt;Mana &lt;b&gt;satu&lt;/b&gt;?&lt;/p&gt;", "text/html") + chosen("Single", "1", "2"),
        condition("<other/>", "", "general_fb", go_on="Yes"),
        condition(equal("1"), "", "1_fb", go_on="Yes"),
        condition(equal("2"), "100", "correct_fb"),
        condition("<other/>", "", "general_incorrect_fb", go_on="Yes"),
        after=after,
    )
    assert (Kind.SINGLE, "Mana **satu**?", "Bab 1", "general_fb") == (
        item.kind,
        item.text,
        item.category,
        item.general_feedback,
    )
    assert [(0, "1_fb"), (100, "")] == [(e.fraction, e.feedback) for e in item.options]
    assert ("correct_fb", "", "general_incorrect_fb") == item.combined


def test_several_choices_as_one_condition() -> None:
    """All right ones and none of the wrong."""
    rule = condition(f"<and>{equal('1')}{equal('2')}<not>{equal('3')}</not></and>", "100")
    item = read(material("Pilih") + chosen("Multiple", "1", "2", "3"), rule)
    assert (Kind.MULTIPLE, [50, 50, 0]) == (item.kind, [each.fraction for each in item.options])


def test_several_choices_point_by_point() -> None:
    """Each adds or takes its share."""
    rules = [
        condition(equal(each), score, "", "Add", "Yes") for each, score in (("1", "50"), ("2", "50"), ("3", "-50"))
    ]
    item = read(material("Pilih") + chosen("Multiple", "1", "2", "3"), *rules)
    assert [50, 50, -50] == [each.fraction for each in item.options]


def test_pairs() -> None:
    """Several responses with the same labels."""
    parts = "".join(chosen("Single", "a", "b", ident=each, stem=material(each)) for each in ("satu", "dua"))
    rules = [condition(equal(right, each), "50", "", "Add", "Yes") for each, right in (("satu", "b"), ("dua", "a"))]
    item = read(material("Jodohkan") + parts, *rules)
    assert (Kind.MATCH, [("satu", "Teks b"), ("dua", "Teks a")]) == (
        item.kind,
        [(each.text, each.group) for each in item.options],
    )


def test_order() -> None:
    """By the index of each value."""
    tests = "".join(f'<varequal respident="r" index="{n}">{each}</varequal>' for n, each in enumerate("cab", 1))
    item = read(material("Urutkan") + chosen("Ordered", "a", "b", "c"), condition(f"<and>{tests}</and>", "100"))
    assert (Kind.ORDER, ["c", "a", "b"]) == (item.kind, [each.id for each in item.options])


def test_numbers_and_words() -> None:
    """A range is a tolerance; words side by side are either; nothing to compare is an essay."""
    field = '<response_str ident="r" rcardinality="Single"><render_fib fibtype="{}"/></response_str>'
    bounds = '<and><vargte respident="r">2.5</vargte><varlte respident="r">3.5</varlte></and>'
    number = read(material("Pi") + field.format("Decimal"), condition(f"<or>{equal('3.0')}{bounds}</or>", "100"))
    assert (Kind.NUMERIC, [("3", "0.5", 100)]) == (
        number.kind,
        [(e.text, e.tolerance, e.fraction) for e in number.options],
    )
    word = read(material("Kata") + field.format("String"), condition(equal("ya") + equal("iya"), "100"))
    assert (Kind.SHORT_ANSWER, [("ya", 100), ("iya", 100)]) == (
        word.kind,
        [(e.text, e.fraction) for e in word.options],
    )
    assert Kind.ESSAY is read(material("Tulis") + field.format("String"), condition("<other/>")).kind


@pytest.mark.parametrize("name", ["response_xy", "response_grp"])
def test_what_is_not_understood_is_told(name: str) -> None:
    """Its text is kept, and a reason."""
    item = read(material("Tunjuk") + f'<{name} ident="r"><render_hotspot/></{name}>')
    assert (Kind.UNKNOWN, "Tunjuk", True) == (item.kind, item.text, name in item.losses[0])


def test_another_root_is_refused() -> None:
    """It is no QTI 1.2."""
    with pytest.raises(UnreadableQuestions):
        qti12.read(b"<quiz/>")


def test_item_in_many_sections_is_found() -> None:
    """Sections may lie in one another as deep as XML allows."""
    inside = '<item ident="i"><presentation><material><mattext>q</mattext></material></presentation></item>'
    text = f"<questestinterop>{'<section>' * 30}{inside}{'</section>' * 30}</questestinterop>"
    assert [item.text for item in qti12.read(text.encode()).items] == ["q"]
