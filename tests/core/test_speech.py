"""Sentences: Indonesian for every record, the visitor's language on her page."""

import json
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from gettext import NullTranslations

import pytest
from flask import Flask
from markupsafe import Markup, escape

from elearn.core import bahasa, voice
from elearn.core.speech import Sentence, again, kept, say, spoken, tally, term

ENGLISH = {
    "Berkas %(name)s tidak dikenal.": "The file %(name)s is unknown.",
    "Draf": "Draft",
    "Status: %(state)s": "State: %(state)s",
    "Sebelum %(day)s": "Before %(day)s",
    "%(day)s pukul %(time)s %(zone)s": "%(day)s at %(time)s %(zone)s",
    "%(number)s %%": "%(number)s%%",
    "dan": "and",
    "hari ini": "today",
}
COUNTED = {
    "%(num)s tugas": ("%(num)s task", "%(num)s tasks"),
    "%(num)s hari lagi": ("in %(num)s day", "in %(num)s days"),
}


MEANT = {("one", "Pegawai"): "Employee", ("many", "Pegawai"): "Employees"}


class Catalogue(NullTranslations):
    """A few sentences of English."""

    def gettext(self, message: str) -> str:
        return ENGLISH.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return COUNTED.get(msgid1, (msgid1, msgid2))[n != 1]

    def pgettext(self, context: str, message: str) -> str:
        return MEANT[context, message]


IN_ENGLISH = voice.Voice("en", Catalogue())


def test_a_sentence_is_indonesian_text() -> None:
    """It can be stored, compared and copied as any other text."""
    sentence = say("Berkas %(name)s tidak dikenal.", name="a.csv")
    assert "Berkas a.csv tidak dikenal." == sentence
    assert '"Berkas a.csv tidak dikenal."' == json.dumps(sentence)
    assert isinstance(deepcopy(sentence), Sentence)


def test_it_is_spoken_only_inside_a_voice() -> None:
    """On a page of an English reader it is English; before and after it is Indonesian."""
    sentence = say("Berkas %(name)s tidak dikenal.", name="<b>")
    with voice.speaking(IN_ENGLISH):
        assert "The file <b> is unknown." == str(sentence)
        assert Markup("The file &lt;b&gt; is unknown.") == escape(sentence)
        assert "Berkas <b> tidak dikenal." == sentence, "its value stays what it was"
    assert "Berkas <b> tidak dikenal." == str(sentence)


def test_it_stays_indonesian_when_made_inside_a_voice() -> None:
    """What a form's check says while a page is made is kept in Indonesian all the same."""
    with voice.speaking(IN_ENGLISH):
        sentence = say("Status: %(state)s", state=say("Draf"))
        assert ("Status: Draf", "State: Draft") == (sentence.casefold().title(), str(sentence))


def test_a_percent_sign_without_values_is_one() -> None:
    """A pattern without values is the text itself."""
    assert "Nilai 70 %" == say("Nilai 70 %")


@pytest.mark.parametrize(
    ("number", "indonesian", "english"), [(1, "1 tugas", "1 task"), (4000, "4.000 tugas", "4,000 tasks")]
)
def test_a_tally_has_the_readers_plural(number: int, indonesian: str, english: str) -> None:
    """Indonesian has one form, English two; thousands are parted as the language does."""
    count = tally("%(num)s tugas", number)
    with voice.speaking(IN_ENGLISH):
        assert english == str(count)
    assert indonesian == count


def test_a_word_of_two_meanings_is_spoken_by_its_meaning() -> None:
    """Indonesian has one word for both."""
    one, many = term("one", "Pegawai"), term("many", "Pegawai")
    assert "Pegawai" == one == many
    with voice.speaking(IN_ENGLISH):
        assert ["Employee", "Employees"] == [str(one), str(many)]


def test_values_are_written_as_the_language_does() -> None:
    """Days and decimals follow the voice."""
    day = say("Sebelum %(day)s", day=date(2026, 8, 17))
    score = say("Status: %(state)s", state=Decimal("13.5"))
    with voice.speaking(IN_ENGLISH):
        assert ["Before 17 August 2026", "State: 13.5"] == [str(day), str(score)]
    assert ["Sebelum 17 Agustus 2026", "Status: 13,5"] == [day, score]


@pytest.mark.parametrize(
    ("pattern", "name", "said"),
    [
        ("Diperiksa oleh %(name)s.", "Sri, S.Sos.", "Diperiksa oleh Sri, S.Sos."),
        ("Diperiksa oleh %(name)s.", "Sri", "Diperiksa oleh Sri."),
        (
            "Oleh %(name)s. Ditandatangani %(name)s.",
            "dr. Sri, M.Kes.",
            "Oleh dr. Sri, M.Kes. Ditandatangani dr. Sri, M.Kes.",
        ),
        ("%(name)s: selesai.", "Sri, S.Sos.", "Sri, S.Sos.: selesai."),
        ("Berkas %(name)s.pdf", "Sri.", "Berkas Sri..pdf"),
        ("Tunggu %(name)s...", "Sri.", "Tunggu Sri...."),
        ("<b>%(name)s</b>.", "Sri, S.Sos.", "<b>Sri, S.Sos.</b>"),
    ],
)
def test_a_sentence_ends_with_one_full_stop(pattern: str, name: str, said: str) -> None:
    """Also after a degree, which brings its own; elsewhere a full stop is what it is."""
    assert said == say(pattern, name=name) == tally(pattern, 1, name=name)


def test_a_page_ends_its_sentences_with_one_full_stop(app: Flask) -> None:
    """In both languages, escaped, and with marks around the name."""
    page = (
        "{% trans name=name %}Berkas {{ name }} tidak dikenal.{% endtrans %}|"
        "{% trans name=name %}Berkas {{ name }}.{% endtrans %}|"
        "{{ _('Berkas <b>%(name)s</b>.', name=name) }}|{{ _('Berkas %(name)s.', name=marked) }}"
    )
    facts = {"name": "A & B, S.H.", "marked": Markup("<i>Sri, S.H.</i>")}
    with app.test_request_context():
        shown = app.jinja_env.from_string("{% autoescape true %}" + page + "{% endautoescape %}").render(facts)
    assert shown.split("|") == [
        "Berkas A &amp; B, S.H. tidak dikenal.",
        "Berkas A &amp; B, S.H.",
        "Berkas <b>A &amp; B, S.H.</b>",
        "Berkas <i>Sri, S.H.</i>",
    ]


def test_a_list_is_written_with_the_readers_conjunction() -> None:
    """Its items may be sentences."""
    listed = say("Status: %(state)s", state=["a", say("Draf"), tally("%(num)s tugas", 1)])
    with voice.speaking(IN_ENGLISH):
        assert "State: a, Draft, and 1 task" == str(listed)
    assert "Status: a, Draf, dan 1 tugas" == listed


@pytest.mark.parametrize(
    ("sentence", "english"),
    [
        (say("Draf"), "Draft"),
        (tally("%(num)s tugas", 2), "2 tasks"),
        (term("one", "Pegawai"), "Employee"),
        (say("Sebelum %(day)s", day=date(2026, 8, 17)), "Before 17 August 2026"),
        (say("Status: %(state)s", state=[say("Draf"), "x"]), "State: Draft and x"),
        ("Draf", "Draf"),
    ],
)
def test_what_is_kept_as_json_is_spoken_again(sentence: str, english: str) -> None:
    """A sentence, what it is made of and its number; plain text stays plain."""
    told = again(json.loads(json.dumps(kept(sentence))))
    assert sentence == told
    with voice.speaking(IN_ENGLISH):
        assert english == spoken(told)


def test_filters_follow_the_voice() -> None:
    """Instants, shares, lists and deadlines too."""
    at, day = datetime(2026, 8, 17, 3, 32, tzinfo=UTC), date(2026, 8, 17)
    with voice.speaking(IN_ENGLISH):
        shown = [bahasa.waktu(at), bahasa.persen(0.729, 1), bahasa.daftar("abc"), bahasa.tenggat(day, day)]
        assert ["17 August 2026 at 10:32 WIB", "72.9%", "a, b, and c", "today"] == shown
        assert "in 1 day" == bahasa.tenggat(date(2026, 8, 18), day)


def test_other_text_is_left_alone() -> None:
    """What people entered is nobody's to translate."""
    with voice.speaking(IN_ENGLISH):
        assert "Draf" == spoken("Draf")


def test_a_complaint_that_a_validator_fills_once_more_stays_a_sentence() -> None:
    sentence = tally("Isi paling banyak %(num)s karakter.", 40)

    assert sentence % {"max": 40} is sentence
