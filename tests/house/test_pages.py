"""The inspector of pages sees what it must see, also on a page whose shape it met before."""

import pytest

from tests.pages import page_faults

SOUND = (
    '<!doctype html><html lang="id"><head><title>Judul · elearn</title></head><body><h1>Judul</h1>{}</body></html>'
)


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<p>Isi", None),
        ("<p>Isi</div>", "HTML: end-tag-too-early"),
        ('<p id="a">x</p><p id="a">y</p>', "double id 'a'"),
        ('<p aria-describedby="b">x</p>', "aria-describedby='b' points nowhere"),
        ('<form action="/x"><input name="nip"></form>', "no label for 'nip'"),
        ('<p style="color:red">x</p>', "style attribute on p"),
        ('<img src="/a.png">', "img without alt"),
        ("<p>{{ nama }}</p>", "stray '{{'"),
        ("<h1>Lagi</h1>", "2 h1"),
    ],
)
def test_faults_are_found(part: str, fault: str | None) -> None:
    """Each fault is named, the second time as well."""
    html = SOUND.replace("{}", part)
    for _time in range(2):
        found = page_faults(html)
        assert (not found) if fault is None else any(text.startswith(fault) for text in found), found
