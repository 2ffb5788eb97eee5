"""Names as offices write them, taken apart."""

import pytest

from elearn.agencies.naming import parted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siti Aminah", ("Siti Aminah", None, None)),
        ("Siti Aminah, S.Kep., Ns.", ("Siti Aminah", None, "S.Kep., Ns.")),
        ("Drs. H. Rusdi Hamzah, M.Si.", ("Rusdi Hamzah", "Drs. H.", "M.Si.")),
        ("dr. Ani", ("Ani", "dr.", None)),
        ("H. Ahmad", ("H. Ahmad", None, None)),
        ("Ir Ahmad", ("Ir Ahmad", None, None)),
        ("M. Nur, S.E.,", ("M. Nur", None, "S.E.")),
        (", S.E.", (", S.E.", None, None)),
        ("Dr.", ("Dr.", None, None)),
        ("Siti, " + "S.E., " * 30, ("Siti, " + "S.E., " * 30, None, None)),
    ],
)
def test_titles_are_told_from_the_name(text: str, expected: tuple[str, str | None, str | None]) -> None:
    """Degrees before it, all after the first comma; an honour without a degree is part of the name."""
    assert expected == parted(text)
