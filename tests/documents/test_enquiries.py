"""The port by which other rooms answer for their files."""

import pytest
from werkzeug.wrappers import Response

from elearn.documents import enquiries


def test_the_first_who_knows_a_file_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is asked once, in turn; a file that nobody knows has no answer."""
    monkeypatch.setattr(enquiries, "_answerers", [])
    page, asked = Response("ini"), []

    def never(content: bytes) -> None:
        asked.append(content)

    for each in (never, lambda content: page if content == b"ini" else None, never, never):
        enquiries.provide(each)
    assert page is enquiries.answer(b"ini")
    assert enquiries.answer(b"itu") is None
    assert [b"ini", b"itu"] == asked
