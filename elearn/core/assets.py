"""Our own files for browsers: one release in their address, so that browsers may keep them for ever, and compressed.

The release is a fingerprint of all of them together: a module can import its neighbour by a relative address,
and both always belong to the same release. What is compressed once, as small as it gets, is kept in memory; remarks
for engineers stay at home.
"""

import hashlib
import mimetypes
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import rcssmin
import rjsmin
from flask import Flask, Response, abort, make_response, request

from elearn.core import compression

FOLDER = Path(__file__).resolve().parent.parent / "static"
PLACE = "/static"
PRINTED = ("fonts", "print")
"""What only paper needs; no browser is given it."""
SHORTENED: dict[str, Callable[[str], str]] = {".css": rcssmin.cssmin, ".js": rjsmin.jsmin}
"""What leaves comments and needless spaces out of a file, and changes nothing else."""
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """The files a browser may ask for, relative to `static/`."""
    found = (path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file())
    return frozenset(str(name) for name in found if name.parts[0] not in PRINTED)


@lru_cache(maxsize=1)
def release() -> str:
    """The fingerprint of all files together: 12 hexadecimal digits of SHA-256."""
    digest = hashlib.sha256()
    for name in sorted(names()):
        content = (FOLDER / name).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


@lru_cache(maxsize=256)
def body(name: str, encoding: str) -> bytes:
    """The bytes of a file in an encoding (`br`, `gzip` or `identity`)."""
    return compression.smallest(_shortened(FOLDER / name), encoding)


def _shortened(path: Path) -> bytes:
    shorten = SHORTENED.get(path.suffix)
    return shorten(path.read_text()).encode() if shorten else path.read_bytes()


def static_url(name: str) -> str:
    """The address of one of our files in this release."""
    return f"{request.script_root}{PLACE}/{release()}/{name}"


def is_kept_for_ever(response: Response) -> bool:
    """Whether this answer is a file at the address of its own release."""
    is_file = request.endpoint == "static" and response.status_code == 200
    return is_file and (request.view_args or {}).get("release") == release()


def _serve(release: str, filename: str) -> Response:
    """A file; at the address of another release too, but then not for ever."""
    if filename not in names():
        abort(404)
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    encoding = compression.accepted() if compression.is_worth(kind) else "identity"
    answer = make_response(body(filename, encoding))
    answer.content_type = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return compression.label(answer, encoding)


def install(app: Flask) -> None:
    """Serve the files under `/static/<release>/`, and give templates their addresses."""
    app.add_url_rule(f"{PLACE}/<release>/<path:filename>", endpoint="static", view_func=_serve)
    app.jinja_env.globals.update(static_url=static_url)
