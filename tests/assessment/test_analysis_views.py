"""The pages of figures, and the files behind them."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from elearn.agencies.models import Agency
from elearn.content.models import Publication
from elearn.core import clock
from elearn.core.permissions import Role
from tests.factories.agencies import an_employee, an_opd
from tests.factories.content import SLUG, published_module
from tests.factories.sittings import NOON, a_sitting

PAGE = f"/penilaian/{SLUG}"
HIDDEN = "Angkanya tidak ditampilkan"


@pytest.fixture
def publication(app: Flask) -> Publication:
    """A published module."""
    return published_module()


@pytest.fixture
def offices(publication: Publication) -> list[Agency]:
    """One office of twenty-four, where the strong get the first question wrong, and one of two."""
    health, schools = an_opd("dinkes", "Dinas Kesehatan"), an_opd("disdik", "Dinas Pendidikan")
    for number in range(24):
        answers = ("baaa", "baab", "abbb", "aabb")[number % 4]
        a_sitting(an_employee(health).account_id, publication, [*answers], at=NOON + timedelta(minutes=number))
    for _ in range(2):
        a_sitting(an_employee(schools).account_id, publication, [*"aaaa"])
    return [health, schools]


def test_all_modules_with_what_asks_for_care(offices: list[Agency], sign_in: Any) -> None:
    """The mean, how many passed, and how many questions look wrong."""
    page = sign_in(Role.AUTHOR).get("/penilaian").text
    assert [] == [each for each in ("Netralitas ASN", "26 orang", "1 soal perlu diperiksa") if each not in page]


def test_a_quiz_in_plain_words(offices: list[Agency], sign_in: Any) -> None:
    """The doubtful question first, a picture, the spread, the table, the offices, the way to the risk map."""
    page = sign_in(Role.HR).get(PAGE).text
    expected = (
        "Peserta yang kuat justru lebih sering keliru di soal ini. Kuncinya mungkin salah; periksa kuncinya.",
        'aria-label="Kemudahan dan daya beda tiap soal',
        "Percobaan menurut bagian nilai penuh",
        "Konsistensi internal (alfa Cronbach)",
        "Dinas Kesehatan",
        f"/laporan/kerawanan?modul={SLUG}",
        f"{PAGE}/pola",
    )
    assert [] == [each for each in expected if each not in page]
    assert f"{PAGE}?opd=dinkes" in page


def test_the_filters_are_folded_behind_what_they_are_set_to(offices: list[Agency], sign_in: Any) -> None:
    """A phone shows what is filtered first; where nothing can be shown the filters stand open."""
    hr = sign_in(Role.HR)
    page = hr.get(f"{PAGE}?opd=dinkes&percobaan=terakhir").text
    assert "Dinas Kesehatan · Percobaan terakhir tiap orang · Yang perlu diperiksa dahulu</span></summary>" in page
    assert '<details class="fold">' in page
    assert '<details class="fold" open>' in hr.get(f"{PAGE}?opd=disdik").text
    assert '<details class="fold">' in hr.get(f"{PAGE}/pola").text


def test_a_small_office_is_hidden_everywhere(offices: list[Agency], sign_in: Any) -> None:
    """On the page, in the files, on the page of a question, and in the comparison."""
    hr = sign_in(Role.HR)
    assert HIDDEN in hr.get(f"{PAGE}?opd=disdik").text
    assert HIDDEN in hr.get(f"{PAGE}/soal/dasar-1?opd=disdik").text
    assert [] == json.loads(hr.get(f"{PAGE}.json?opd=disdik").data)["rows"]
    assert "opd=disdik" not in hr.get(PAGE).text
    assert HIDDEN in sign_in(Role.OPD_OFFICER, agency_id=offices[1].id).get(PAGE).text


def test_a_question_and_who_answered_what(offices: list[Agency], sign_in: Any) -> None:
    """Its figures, and the wrong option that the strong prefer."""
    page = sign_in(Role.AUTHOR).get(f"{PAGE}/soal/dasar-1").text
    expected = (
        "Daya beda",
        "Tebakan acak",
        "Yang kuat lebih sering memilihnya; mungkin ini juga benar.",
        "Dari 26 lembar",
    )
    assert [] == [each for each in expected if each not in page]
    assert 404 == sign_in(Role.AUTHOR).get(f"{PAGE}/soal/tidak-ada").status_code
    assert 404 == sign_in(Role.AUTHOR).get("/penilaian/tidak-ada").status_code


def test_the_files_hold_the_same_figures(offices: list[Agency], sign_in: Any) -> None:
    """CSV for a spreadsheet, JSON for programs, a workbook."""
    hr = sign_in(Role.HR)
    told = json.loads(hr.get(f"{PAGE}.json").data)
    row = next(each for each in told["rows"] if "dasar-1" in each["name"])
    assert (26, pytest.approx(14 / 26), "Semua yang dapat dilihat pembuatnya") == (
        row["attempts"],
        row["facility"],
        told["filters"]["Perangkat daerah"],
    )
    assert "Peserta yang kuat justru" in hr.get(f"{PAGE}.csv").data.decode("utf-8-sig")
    assert b"PK" == hr.get(f"{PAGE}.xlsx").data[:2]


def test_nobody_is_named(offices: list[Agency], sign_in: Any, publication: Publication) -> None:
    """Authors, auditors and officers see figures and no people."""
    from elearn.agencies.models import Employee
    from elearn.core.db import db

    names = [each.name for each in db.session.query(Employee)]
    for browser in (sign_in(Role.AUTHOR), sign_in(Role.AUDITOR), sign_in(Role.OPD_OFFICER, agency_id=offices[0].id)):
        pages = [browser.get(address).text for address in ("/penilaian", PAGE, f"{PAGE}/soal/dasar-1", f"{PAGE}.csv")]
        assert [] == [name for name in names for page in pages if name in page]


def test_a_time_that_makes_no_sense_ends_in_a_sentence(offices: list[Agency], sign_in: Any) -> None:
    """And not in an error."""
    answer = sign_in(Role.HR).get(f"{PAGE}?sejak=besok")
    assert (422, True) == (answer.status_code, "Masa ditulis tahun-bulan-hari" in answer.text)


def test_who_may_not_look(offices: list[Agency], sign_in: Any) -> None:
    """A learner sees none of it; patterns are for HR alone."""
    assert 403 == sign_in(Role.ASN).get(PAGE).status_code
    for role in (Role.AUTHOR, Role.AUDITOR, Role.ASN):
        assert 403 == sign_in(role).get(f"{PAGE}/pola").status_code


def test_patterns_are_questions_with_names_and_reasons(publication: Publication, sign_in: Any) -> None:
    """A swift pass, twins and a crowd on one device, each with its bound and its innocent explanation."""
    paper = tuple(f"{topic}-{number}" for topic in ("dasar", "medsos") for number in range(1, 5))
    people = [an_employee(an_opd(), name=f"Nama Contoh {letter}") for letter in "ABCD"]
    for number, person in enumerate(people):
        a_sitting(
            person.account_id,
            publication,
            [*"bbaaaaaa"],
            at=NOON + timedelta(minutes=5 * number),
            seconds=24 if number == 0 else 240,
            device="d1",
            paper=paper,
        )
    page = sign_in(Role.HR).get(f"{PAGE}/pola").text
    expected = (
        "Ini pertanyaan, bukan putusan",
        "Lulus 8 soal dalam 24 detik.",
        "8 soal yang sama dijawab sama, dalam urutan yang sama, 2 di antaranya keliru.",
        "4 orang bergantian pada satu perangkat dalam satu jam.",
        "Nama Contoh D",
        "Bertanyalah bagaimana kuis dikerjakan di sana.",
    )
    assert [] == [each for each in expected if each not in page]
    assert 3 == sign_in(Role.HR).get(f"{PAGE}/pola?sampai=2026-01-01").text.count("Tidak terlihat dalam masa ini.")


@pytest.mark.parametrize(
    ("order", "first"),
    [("kemudahan", "medsos-2"), ("waktu", "dasar-1"), ("soal", "dasar-1"), ("daya-beda", "dasar-1")],
)
def test_questions_are_sorted_as_the_address_says(
    offices: list[Agency], sign_in: Any, order: str, first: str
) -> None:
    """By the hardest, the slowest, the least telling, or the name; another order is not there."""
    page = sign_in(Role.HR).get(f"{PAGE}?urut={order}").text
    rows = [line for line in page.splitlines() if '<th scope="row"><a href="/penilaian' in line]
    assert f"/soal/{first}" in rows[0]
    assert 404 == sign_in(Role.HR).get(f"{PAGE}?urut=warna").status_code


def test_an_english_visitor_reads_the_figures_in_english(offices: list[Agency], sign_in: Any) -> None:
    """Verdicts, headings, numbers and days; what content says is named Indonesian, and files stay so."""
    hr = sign_in(Role.HR)
    hr.set_cookie("bahasa", "en")
    page, today = hr.get(f"{PAGE}?sejak=2026-01-01").text, f"{clock.today():%-d %B %Y}"
    expected = (
        '<h1>Quiz <span lang="id">Netralitas ASN</span></h1>',
        "Strong learners get this question wrong more often. The key may be wrong; check it.",
        "Internal consistency (Cronbach’s alpha)",
        f"People count where they served on {today}.",
        '<span lang="id">dasar-1: ',
    )
    assert [] == [each for each in expected if each not in page]
    told = hr.get(f"{PAGE}/soal/dasar-1").text
    assert f"Each person’s first attempt, until {today}." in told
    assert "Peserta yang kuat justru" in hr.get(f"{PAGE}.csv").text
