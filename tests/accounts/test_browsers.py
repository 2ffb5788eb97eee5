"""What a browser says of itself, in words."""

import pytest

from elearn.accounts.browsers import named

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36", "Chrome di Android"),
        (
            f"Mozilla/5.0 (Linux; Android 13) {CHROME} SamsungBrowser/25.0 Mobile Safari/537.36",
            "Samsung Internet di Android",
        ),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/126.0", "Edge di Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox di Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
            "Safari di iPhone",
        ),
        ("Opera/9.80", "Opera"),
        ("Sesuatu (Android 4)", "Peramban di Android"),
        ("curl/8.0", "Peramban tidak dikenal"),
        (None, "Peramban tidak dikenal"),
    ],
)
def test_a_browser_is_named_in_words(agent: str | None, expected: str) -> None:
    """The browser and its device, and only what is known of them."""
    assert expected == named(agent)
