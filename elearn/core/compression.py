"""Fewer bytes over a weak signal: answers leave as brotli or gzip, whichever the browser takes (RFC 9110, 12.5.3).

A secret beside text that a stranger can put into the same page could be guessed from its compressed length
(BREACH). The token of our forms is masked anew for each answer (core/tokens.py); docs/decisions/0010 has the rest.
"""

import zlib

import brotli
from flask import Flask, Response, request

LEAST = 600
"""Bytes under which compressing saves less than a packet."""
QUICK, SMALL = 4, 11
"""Brotli's quality for a page made for one person, and for a file made once."""
KINDS = frozenset(
    {"text/html", "text/css", "text/csv", "text/javascript", "text/plain", "text/calendar", "application/json"}
    | {"application/problem+json", "application/manifest+json", "image/svg+xml"}
)


def accepted() -> str:
    """The encoding this request is answered in: `br`, `gzip` or `identity`."""
    return request.accept_encodings.best_match(["br", "gzip"]) or "identity"


def is_worth(mimetype: str | None) -> bool:
    """Whether files of a kind become smaller; pictures, PDF and workbooks are compressed already."""
    return mimetype in KINDS


def quickly(content: bytes, encoding: str) -> bytes:
    """Content in an encoding, in about a millisecond for 50 kB."""
    return _brotli(content, QUICK) if encoding == "br" else _gzip(content, 5) if encoding == "gzip" else content


def smallest(content: bytes, encoding: str) -> bytes:
    """Content in an encoding, as small as it gets."""
    return _brotli(content, SMALL) if encoding == "br" else _gzip(content, 9) if encoding == "gzip" else content


def label(response: Response, encoding: str) -> Response:
    """Say in the headers how an answer is encoded, and that this depends on the request."""
    response.vary.add("Accept-Encoding")
    if encoding != "identity":
        response.headers["Content-Encoding"] = encoding
    return response


def compress(response: Response) -> Response:
    """The answer in the encoding this request takes, if that is worth it."""
    is_plain = not (response.is_streamed or response.direct_passthrough or "Content-Encoding" in response.headers)
    if not (is_plain and is_worth(response.mimetype)) or response.status_code in (204, 206, 304):
        return response
    content, encoding = response.get_data(), accepted()
    if len(content) < LEAST:
        return response
    if encoding != "identity":
        response.set_data(quickly(content, encoding))
    return label(response, encoding)


def _brotli(content: bytes, quality: int) -> bytes:
    return bytes(brotli.compress(content, quality=quality))


def _gzip(content: bytes, level: int) -> bytes:
    return zlib.compress(content, level, wbits=31)


def install(app: Flask) -> None:
    """Compress each answer, after everything else has been done to it."""
    app.after_request(compress)
