"""The XLSX template, cell by cell."""

from elearn.content.formats import sheet


def test_number_of_a_cell_keeps_all_its_digits() -> None:
    """Six digits were kept once, so that the key of a sum of money was another sum."""
    assert [sheet._text(each) for each in (1234567.89, 0.1, 1e-7, 14.0)] == ["1234567.89", "0.1", "0.0000001", "14"]
