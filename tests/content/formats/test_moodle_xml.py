"""Moodle XML: the kinds of its core, what only Moodle does told as lost."""

from elearn.content.formats import moodle_xml
from elearn.content.formats.neutral import Choice, Item, Kind

HEAD = '<?xml version="1.0" encoding="UTF-8"?><quiz>'
CATEGORY = '<question type="category"><category><text>$course$/top/Bab 1/Sub</text></category></question>'


def read(kind: str, inner: str) -> Item:
    """The one question of a file with these parts."""
    stem = '<name><text>Nama</text></name><questiontext format="html"><text><![CDATA[<p>Apa <b>ini</b>?</p>]]></text>'
    question = f'<question type="{kind}">{stem}</questiontext>{inner}</question>'
    (item,) = moodle_xml.read(f"{HEAD}{CATEGORY}{question}</quiz>".encode()).items
    return item


def an_answer(fraction: str, text: str, feedback: str = "", more: str = "") -> str:
    """An answer as Moodle exports it."""
    told = f'<feedback format="html"><text>{feedback}</text></feedback>'
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{told}{more}</answer>'


def test_a_choice_with_all_around_it() -> None:
    """Fractions, feedback, category, number, tags; weight and hints are lost and told."""
    inner = (
        "<generalfeedback format='html'><text>Umum</text></generalfeedback><defaultgrade>2.0</defaultgrade>"
        "<penalty>0.3333</penalty><hidden>1</hidden><idnumber>s-1</idnumber><single>false</single>"
        "<shuffleanswers>0</shuffleanswers><correctfeedback format='html'><text>Bagus</text></correctfeedback>"
        + an_answer("50", "&lt;p&gt;a&lt;/p&gt;", "ya")
        + an_answer("50", "b")
        + an_answer("-33.33333", "c", "bukan")
        + "<hint format='html'><text>ingat</text></hint><tags><tag><text>satu</text></tag></tags>"
    )
    item = read("multichoice", inner)
    assert (Kind.MULTIPLE, "Apa **ini**?", "Nama", "s-1") == (item.kind, item.text, item.title, item.ident)
    assert [("a", 50.0, "ya"), ("b", 50.0, ""), ("c", -33.33333, "bukan")] == [
        (each.text, each.fraction, each.feedback) for each in item.options
    ]
    assert ("Umum", ("Bagus", "", ""), "Bab 1/Sub", ("satu",)) == (
        item.general_feedback,
        item.combined,
        item.category,
        item.tags,
    )
    assert 4 == len(
        [word for word in ("Bobot", "hint", "tersembunyi", "tetap") if any(word in x for x in item.losses)]
    )


def test_one_or_several() -> None:
    """`single` decides."""
    answers = an_answer("100", "a") + an_answer("0", "b")
    assert [Kind.SINGLE, Kind.SINGLE, Kind.MULTIPLE, Kind.MULTIPLE] == [
        read("multichoice", f"<single>{each}</single>{answers}").kind for each in ("true", "1", "false", "0")
    ]


def test_true_or_false() -> None:
    """The options are ours, whatever their order."""
    item = read("truefalse", an_answer("0", "false", "x") + an_answer("100", "true", "y"))
    assert (Choice("Benar", 100.0, "y"), Choice("Salah", 0.0, "x")) == item.options


def test_numbers_with_tolerance_and_units() -> None:
    """Units are lost and told; `*` is any other answer."""
    answers = an_answer("100", "3,5", "", "<tolerance>0.1</tolerance>") + an_answer("0", "*", "lain")
    item = read(
        "numerical", answers + "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
    )
    assert (Choice("3.5", 100.0, "", "0.1"), Choice("*", 0.0, "lain")) == item.options
    assert [True] == ["Satuan" in loss for loss in item.losses]


def test_words_to_type() -> None:
    """A star stays a star."""
    item = read("shortanswer", "<usecase>1</usecase>" + an_answer("100", "a_b*"))
    assert (Kind.SHORT_ANSWER, "a_b*", 1) == (item.kind, item.options[0].text, len(item.losses))


def test_pairs() -> None:
    """An empty question offers a partner to nobody."""
    pairs = "".join(
        f'<subquestion format="html"><text>{one}</text><answer><text>{two}</text></answer></subquestion>'
        for one, two in (("Italia", "Roma"), ("Jepang", "Tokyo"), ("", "Paris"))
    )
    item = read("matching", f"<shuffleanswers>true</shuffleanswers>{pairs}")
    assert (Kind.MATCH, ("Roma", "Tokyo", "Paris"), 2) == (item.kind, item.groups, len(item.options))


def test_order_essay_description() -> None:
    """The plugin for order, and what has no answer."""
    item = read("ordering", an_answer("1", "satu") + an_answer("2", "dua"))
    assert (Kind.ORDER, ["satu", "dua"]) == (item.kind, [each.text for each in item.options])
    assert [Kind.ESSAY, Kind.DESCRIPTION] == [read(each, "").kind for each in ("essay", "description")]


def test_what_is_not_understood_is_told() -> None:
    """Its text is kept, and a reason."""
    for kind, word in (("cloze", "cloze"), ("ddwtos", "ddwtos"), ("calculated", "calculated")):
        item = read(kind, "")
        assert (Kind.UNKNOWN, "Apa **ini**?", True) == (item.kind, item.text, word in item.losses[0])


def test_a_file_that_hangs_on_a_text_is_named() -> None:
    """A picture does not come along."""
    inner = '<questiontext format="html"><text>&lt;img src="@@PLUGINFILE@@/peta.png" alt="Peta"&gt;</text>'
    inner += '<file name="peta.png" path="/" encoding="base64">iVBORw0KGgo=</file></questiontext>'
    item = moodle_xml.read(f'<quiz><question type="essay">{inner}</question></quiz>'.encode()).items[0]
    assert ("[Peta]", True) == (item.text, any("peta.png" in loss for loss in item.losses))


def test_fraction_that_is_none_and_element_that_is_no_question_are_told() -> None:
    """Both passed in silence once."""
    text = (
        '<quiz><questions/><question type="multichoice"><questiontext><text>q</text></questiontext>'
        '<answer fraction="NaN"><text>a</text></answer><answer fraction="200"><text>b</text></answer>'
        "</question></quiz>"
    )
    found = moodle_xml.read(text.encode())
    assert any("<questions>" in each for each in found.losses)
    assert sum("persentase" in each for each in found.items[0].losses) == 2
