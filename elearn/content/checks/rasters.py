"""Is the photograph inside a drawing safe and small? Pure: a PNG or JPEG, whole, within bounds, from nowhere else."""

import base64
import binascii
import io
import re
import warnings

from PIL import Image

MOST_BYTES = 40_000
MOST_SIDE = 1_600
"""Bytes and pixels of a photograph: it travels inside a page to telephones on slow networks."""

PHOTOGRAPH = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}", re.ASCII)
FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg"}

NO_ADDRESS = "Foto di dalam gambar harus PNG atau JPEG yang termuat di dalam berkasnya sendiri, bukan alamat."
TOO_LARGE = f"Foto di dalam gambar lebih besar dari {MOST_BYTES // 1000} kB."
TOO_WIDE = f"Foto di dalam gambar lebih lebar atau lebih tinggi dari {MOST_SIDE} piksel."
BROKEN = "Foto di dalam gambar rusak atau bukan PNG maupun JPEG."


def misfit(address: str) -> str | None:
    """Why the photograph at that address must not be shown, as a sentence; None when it may."""
    if not PHOTOGRAPH.fullmatch(address):
        return NO_ADDRESS
    content = content_of(address)
    if len(content) > MOST_BYTES:
        return TOO_LARGE
    kind, width, height = measured(content)
    if not address.startswith(f"data:{FORMATS.get(kind, '-')};"):
        return BROKEN
    return TOO_WIDE if max(width, height) > MOST_SIDE else None


def content_of(address: str) -> bytes:
    """The bytes that such an address holds; none where they are damaged."""
    try:
        return base64.b64decode(address.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        return b""


def measured(content: bytes) -> tuple[str, int, int]:
    """Which format an image is in, its width and height, without unpacking it; empty for none of ours."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=[*FORMATS]) as image:
            warnings.simplefilter("ignore")
            return str(image.format), *image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "", 0, 0
