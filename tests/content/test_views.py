"""Authors and auditors read the content; nobody else does."""

from typing import Any

import pytest
from flask import Flask

from elearn.core.permissions import Role
from tests.factories.content import SLUG, published_module
from tests.factories.stories import a_story


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.AUDITOR])
def test_the_list_shows_number_and_fingerprint(app: Flask, sign_in: Any, role: Role) -> None:
    """Which version is in force can be compared with what somebody signed."""
    publication = published_module()
    page = sign_in(role).get("/materi").text
    assert publication.fingerprint in page
    assert "Pakta Integritas" in page


def test_the_list_is_readable_before_anything_is_published(app: Flask, sign_in: Any) -> None:
    """An empty shelf says how to fill it."""
    assert "flask content publish" in sign_in(Role.AUTHOR).get("/materi").text


def test_the_preview_shows_keys_branches_and_confidence(app: Flask, sign_in: Any) -> None:
    """Everything an author checks stands on one page."""
    published_module()
    page = sign_in(Role.AUTHOR).get(f"/materi/{SLUG}").text
    assert [] == [word for word in ("Kunci", "Pengecoh", "Melanggar", "(B+)", "akhir buruk") if word not in page]


def test_the_preview_tells_what_a_story_depends_on(app: Flask, sign_in: Any) -> None:
    """Variables, variants, conditions, effects, routes and asides, in words an author understands."""
    published_module(scenarios=(a_story(),))
    page = sign_in(Role.AUTHOR).get(f"/materi/{SLUG}").text
    expected = (
        "Kepercayaan publik mulai dari 60",
        "diundi tiap permainan: tetangga, wali-murid",
        "Tersedia hanya bila Risiko sanksi sedikitnya 30.",
        "Hanya bila tidak memilih “Memilih maju” di “Sabtu sore”:",
        "Kepercayaan publik turun 15. Risiko sanksi naik 25.",
        "Bila Risiko sanksi sedikitnya 50: lanjut ke",
        "Selain itu lanjut ke",
        "Diperdebatkan, tidak dinilai",
    )
    assert [] == [words for words in expected if words not in page]


def test_an_unknown_module_is_not_found(app: Flask, sign_in: Any) -> None:
    """No page for what was never published."""
    assert 404 == sign_in(Role.AUTHOR).get("/materi/tidak-ada").status_code


def test_a_learner_never_sees_the_keys(app: Flask, sign_in: Any) -> None:
    """The preview is closed to those who take the quiz."""
    published_module()
    assert 403 == sign_in(Role.ADMIN).get(f"/materi/{SLUG}").status_code


def test_an_english_visitor_reads_the_authors_words_in_english(app: Flask, sign_in: Any) -> None:
    """Headings, verdicts and conditions are spoken; what is taught stays Indonesian, and is named so."""
    published_module(scenarios=(a_story(),))
    author = sign_in(Role.AUTHOR)
    author.set_cookie("bahasa", "en")
    page = author.get(f"/materi/{SLUG}").text
    expected = (
        '<h2 id="soal">Question bank</h2>',
        "Against the rules",
        "Available only if Risiko sanksi at least 30.",
        "Risiko sanksi goes up by 25.",
        '<article class="card" lang="id">',
        '<p class="muted" lang="en">',
    )
    assert [] == [words for words in expected if words not in page]
