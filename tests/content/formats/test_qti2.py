"""Items of QTI 2 and 3 as the specification shows them: keys, mappings, processing of their own, feedback."""

import pytest
from lxml import etree

from elearn.content.formats import qti2
from elearn.content.formats.neutral import Choice, Item, Kind, UnreadableQuestions
from elearn.content.formats.qti2_names import V21, V22, V30, Version, said_in, unified, version_of
from elearn.content.formats.qti2_writing import HTML, element_of

RP = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
MATCHED, MAPPED = (f'<responseProcessing template="{RP}{each}"/>' for each in ("match_correct", "map_response"))


def declared(cardinality: str, base_type: str, *right: str, mapping: str = "") -> str:
    """The declaration of a response."""
    values = "".join(f"<value>{each}</value>" for each in right)
    key = f"<correctResponse>{values}</correctResponse>" if right else ""
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base_type}">'
        f"{key}{mapping}</responseDeclaration>"
    )


def read(*parts: str, body: str, version: Version = V21) -> Item:
    """The item of these declarations, this body, and what follows it."""
    before = "".join(part for part in parts if "Declaration" in part)
    after = "".join(part for part in parts if "Declaration" not in part)
    xml = f'<assessmentItem identifier="i" title="Judul">{before}<itemBody>{body}</itemBody>{after}</assessmentItem>'
    return qti2.read_root(said_in(version, etree.fromstring(xml), HTML))


def choices(*idents: str, name: str = "simpleChoice", more: str = "") -> str:
    """Choices named by their ids."""
    return "".join(f'<{name} identifier="{each}" {more}>Teks {each}</{name}>' for each in idents)


def asked(kind: str, inner: str, prompt: str = "Tanya?") -> str:
    """An interaction."""
    return f'<{kind}Interaction responseIdentifier="RESPONSE"><prompt>{prompt}</prompt>{inner}</{kind}Interaction>'


@pytest.mark.parametrize("version", [V21, V22, V30])
def test_one_choice(version: Version) -> None:
    """In every version; feedback inside a choice is its own."""
    inner = (
        choices("A") + '<simpleChoice identifier="B">Dua<feedbackInline outcomeIdentifier="FEEDBACK" identifier="B"'
    )
    inner += ' showHide="show">Tepat</feedbackInline></simpleChoice>'
    item = read(declared("single", "identifier", "B"), MATCHED, body=asked("choice", inner), version=version)
    assert (Kind.SINGLE, "Tanya?", "Judul") == (item.kind, item.text, item.title)
    assert (Choice("Teks A", 0.0, id="A"), Choice("Dua", 100.0, "Tepat", id="B")) == item.options


def test_several_choices_by_their_mapping() -> None:
    """H and O form water: each is worth half, a wrong one takes away."""
    entries = "".join(f'<mapEntry mapKey="{k}" mappedValue="{v}"/>' for k, v in (("H", 1), ("O", 1), ("Cl", -1)))
    mapping = f'<mapping lowerBound="0" upperBound="2" defaultValue="-2">{entries}</mapping>'
    key = declared("multiple", "identifier", "H", "O", mapping=mapping)
    item = read(key, MAPPED, body=asked("choice", choices("H", "He", "O", "Cl")))
    assert (Kind.MULTIPLE, [50, -100, 50, -50]) == (item.kind, [each.fraction for each in item.options])


def test_several_choices_all_or_nothing() -> None:
    """Without a mapping the key counts as a whole; its parts share."""
    item = read(declared("multiple", "identifier", "A", "C"), MATCHED, body=asked("choice", choices("A", "B", "C")))
    assert [50, 0, 50] == [each.fraction for each in item.options]


def test_order() -> None:
    """The right answer tells the order."""
    item = read(
        declared("ordered", "identifier", "C", "A", "B"), MATCHED, body=asked("order", choices("A", "B", "C"))
    )
    assert (Kind.ORDER, ["C", "A", "B"]) == (item.kind, [each.id for each in item.options])


def test_match_associate_and_gaps() -> None:
    """Whatever pairs things."""
    sets = f"<simpleMatchSet>{choices('A', 'B', name='simpleAssociableChoice')}</simpleMatchSet>"
    sets += f"<simpleMatchSet>{choices('X', 'Y', 'Z', name='simpleAssociableChoice')}</simpleMatchSet>"
    match = read(declared("multiple", "directedPair", "A Y", "B X"), MATCHED, body=asked("match", sets))
    assert (Kind.MATCH, ["Teks Y", "Teks X"], 3) == (match.kind, [e.group for e in match.options], len(match.groups))
    grouped = read(declared("multiple", "directedPair", "A Y", "B Y"), MATCHED, body=asked("match", sets))
    assert Kind.CLASSIFY is grouped.kind
    inner = choices("A", "C", "M", "P", name="simpleAssociableChoice")
    pairs = read(declared("multiple", "pair", "A P", "C M"), MAPPED, body=asked("associate", inner))
    assert [("Teks A", "Teks P"), ("Teks C", "Teks M")] == [(each.text, each.group) for each in pairs.options]
    inner = choices("W", "S", name="gapText") + '<p>Kini <gap identifier="G1"/> dan <gap identifier="G2"/> itu</p>'
    gaps = read(declared("multiple", "directedPair", "W G1", "S G2"), MAPPED, body=asked("gapMatch", inner, ""))
    assert "Kini (1) _____ dan (2) _____ itu" == gaps.text
    assert [("(1)", "Teks W"), ("(2)", "Teks S")] == [(each.text, each.group) for each in gaps.options]


def test_what_is_typed() -> None:
    """A number with its tolerance; words with what each is worth."""
    rule = (
        '<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.01 0.01">'
        '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal>'
        '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
        "</responseIf></responseCondition></responseProcessing>"
    )
    entry = '<p>Pi? <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    number = read(declared("single", "float", "3.14"), rule, body=entry)
    assert (Kind.NUMERIC, "Pi?", (Choice("3.14", 100.0, tolerance="0.01"),)) == (
        number.kind,
        number.text,
        number.options,
    )
    mapping = '<mapping><mapEntry mapKey="York" mappedValue="2"/><mapEntry mapKey="york" mappedValue="1"/></mapping>'
    body = '<p>Matahari <textEntryInteraction responseIdentifier="RESPONSE"/> itu</p>'
    word = read(declared("single", "string", "York", mapping=mapping), MAPPED, body=body)
    assert ("Matahari _____ itu", [("York", 100), ("york", 50)]) == (
        word.text,
        [(each.text, each.fraction) for each in word.options],
    )


def test_feedback_for_right_and_wrong() -> None:
    """What processing shows after an answer belongs to that answer; what it always shows, to all."""
    rule = """<responseProcessing><setOutcomeValue identifier="G"><baseValue baseType="identifier">g</baseValue>
    </setOutcomeValue><responseCondition><responseIf><match><variable identifier="RESPONSE"/>
    <correct identifier="RESPONSE"/></match>
    <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
    <setOutcomeValue identifier="F"><baseValue baseType="identifier">ya</baseValue></setOutcomeValue>
    </responseIf><responseElse><setOutcomeValue identifier="F"><baseValue baseType="identifier">tidak</baseValue>
    </setOutcomeValue></responseElse></responseCondition></responseProcessing>"""
    told = "".join(
        f'<modalFeedback outcomeIdentifier="{outcome}" identifier="{ident}" showHide="show">{text}</modalFeedback>'
        for outcome, ident, text in (("F", "ya", "Benar"), ("F", "tidak", "Keliru"), ("G", "g", "Umum"))
    )
    item = read(declared("single", "identifier", "A"), rule, told, body=asked("choice", choices("A", "B", "C")))
    assert (["Benar", "Keliru", "Keliru"], "Umum") == (
        [each.feedback for each in item.options],
        item.general_feedback,
    )


def test_what_cannot_be_carried_is_told() -> None:
    """Its text is kept, and a reason."""
    spot = read(body=asked("hotspot", '<hotspotChoice identifier="A" shape="circle" coords="1,1,1"/>', "Di mana?"))
    assert (Kind.UNKNOWN, "Di mana?", True) == (spot.kind, spot.text, "hotspot" in spot.losses[0])
    twice = read(body=asked("choice", choices("A")) + asked("choice", choices("B")))
    assert (Kind.UNKNOWN, True) == (twice.kind, "beberapa isian" in twice.losses[0])
    nobody = read(declared("single", "identifier"), body=asked("choice", choices("A", "B")))
    assert [True] == ["Kunci" in loss for loss in nobody.losses]
    strange = read(
        declared("single", "identifier", "A"),
        "<responseProcessing><patternMatch/></responseProcessing>",
        body=asked("choice", choices("A", "B")),
    )
    assert any("patternMatch" in loss for loss in strange.losses)


def test_no_item_is_refused() -> None:
    """A test without its items is nothing to read."""
    with pytest.raises(UnreadableQuestions):
        qti2.read_root(etree.fromstring("<assessmentTest/>"))


@pytest.mark.parametrize("version", [V21, V22, V30])
def test_the_words_of_a_version_go_and_come_back(version: Version) -> None:
    """What is said in a version is known as that version, and reads as before."""
    item = Item(Kind.SINGLE, "Apa **ini**?", (Choice("a", 100.0, "ya", id="a"), Choice("b", id="b")), "T", "t-1")
    written = element_of(item, 1, version)
    assert version is version_of(written)
    assert item == qti2.read_root(written)
    assert "assessmentItem" == unified(element_of(item, 1, version)).tag


def test_tolerance_of_blanks_is_none() -> None:
    """It ended in an error of the program."""
    text = (
        '<assessmentItem identifier="i"><responseDeclaration identifier="R" cardinality="single" baseType="float"/>'
        '<itemBody><p><textEntryInteraction responseIdentifier="R"/></p></itemBody><responseProcessing>'
        '<responseCondition><responseIf><equal toleranceMode="absolute" tolerance=" "><variable identifier="R"/>'
        '<baseValue baseType="float">3</baseValue></equal><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition>'
        "</responseProcessing></assessmentItem>"
    )
    assert [option.text for option in qti2.read_root(etree.fromstring(text)).options] == ["3"]
