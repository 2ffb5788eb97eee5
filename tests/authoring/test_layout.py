"""The rows of the form of a draft: what was sent, what a button adds and takes away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.authoring.layout import MOST_ROWS, Layout, is_only_shown
from elearn.content.questions import QuestionKind
from tests.factories.items import a_question_of

MATCH = Layout.of(a_question_of(QuestionKind.MATCH))
SINGLE = Layout.of(a_question_of(QuestionKind.SINGLE))


def test_a_row_more_and_a_row_less() -> None:
    """A new row has an id that is free; what is removed is gone, the others stay in their order."""
    more = SINGLE.after("tambah-pilihan")
    assert (len(SINGLE.options) + 1, SINGLE.options) == (len(more.options), more.options[:-1])
    assert SINGLE == more.after(f"hapus-pilihan:{more.options[-1]}")
    assert SINGLE.options[1:] == SINGLE.after(f"hapus-pilihan:{SINGLE.options[0]}").options


def test_groups_where_the_kind_has_them() -> None:
    """Pairs and headings come and go; those of true and false never do, other kinds have none."""
    assert len(MATCH.groups) + 1 == len(MATCH.after("tambah-kelompok").groups)
    truth = Layout.of(a_question_of(QuestionKind.TRUE_FALSE))
    for layout in (truth, SINGLE):
        assert layout == layout.after("tambah-kelompok").after("hapus-kelompok:benar")
    sent = Layout.sent({"kind": "true-false", "groups": "x,y"}, SINGLE)
    assert (("benar", "salah"), ()) == (sent.groups, Layout.sent({"kind": "order", "groups": "x"}, MATCH).groups)


@given(st.dictionaries(st.sampled_from(["kind", "options", "groups"]), st.text()), st.lists(st.text(), max_size=30))
def test_whatever_is_sent_stays_within_bounds(fields: dict[str, str], deeds: list[str]) -> None:
    """No id that no field could have, none twice, never more rows than a page may show."""
    layout = Layout.sent(fields, SINGLE)
    for deed in [*deeds, *["tambah-pilihan"] * 20]:
        layout = layout.after(deed)
    assert len(layout.options) == len(set(layout.options)) == MOST_ROWS
    assert all(each.isascii() and " " not in each for each in layout.options)


@pytest.mark.parametrize(
    ("deed", "only"),
    [("tambah-pilihan", True), ("hapus-pilihan:a", True), ("tampilkan", True), ("simpan-dulu", False)],
)
def test_which_buttons_save(deed: str, only: bool) -> None:
    """Those that change rows show the form again; the others save."""
    assert (only, False) == (is_only_shown(deed), is_only_shown(""))
