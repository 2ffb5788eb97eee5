"""Somebody else's photograph as one of ours, and back; pure.

It is drawn anew, so that nothing but its pixels comes along, and made smaller until it may stand in a page.
"""

import base64
import io
import re

from PIL import Image, ImageOps

from elearn.content.checks.pictures import SVG
from elearn.content.checks.rasters import FORMATS, MOST_BYTES, MOST_SIDE, PHOTOGRAPH, content_of, measured
from elearn.content.formats import scoring

SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MOST_PIXELS = 16_000_000
PIXELS_A_STEP = 100
STEPS = ((1200, 82), (960, 75), (800, 65), (640, 55), (480, 45))
"""Width and quality of a photograph that is too large as it is, tried in turn."""

WRAPPED = re.compile(rf'<svg xmlns="{SVG}" viewBox="0 0 \d+ \d+"><image [^<>]*/></svg>')

BROKEN = "berkasnya rusak, terlalu lebar, atau terlalu banyak foto besar dalam satu berkas."


def is_photograph(content: bytes) -> bool:
    """Whether a file begins as a PNG or a JPEG."""
    return content.startswith(SIGNS)


def drawn(content: bytes) -> str | None:
    """The photograph as an SVG, smaller where it must be; None when it cannot be read."""
    kind, width, height = measured(content)
    if not kind or width * height > MOST_PIXELS or not scoring.is_affordable(width * height // PIXELS_A_STEP):
        return None
    try:
        with Image.open(io.BytesIO(content), formats=[*FORMATS]) as image:
            image.draft("RGB", (STEPS[0][0], STEPS[0][0])) if len(content) > MOST_BYTES else None
            image.load()
            if len(content) <= MOST_BYTES and max(image.size) <= MOST_SIDE and _is_bare(image):
                return _wrapped(content)
            return _wrapped(_smaller(ImageOps.exif_transpose(image)))
    except (OSError, ValueError, SyntaxError, MemoryError):
        return None


def _is_bare(image: Image.Image) -> bool:
    """Whether nothing but pixels is in a file: no place, camera, time or words."""
    return not (image.info.keys() - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "gamma", "srgb"})


def _smaller(image: Image.Image) -> bytes:
    """The image within the bounds: without loss where it fits so, else as a smaller and coarser JPEG."""
    most = STEPS[0][0]
    shown = ImageOps.contain(image, (most, most)) if max(image.size) > most else image
    plain = shown.convert("RGBA" if "A" in shown.getbands() or "transparency" in image.info else "RGB")
    exact = _saved(plain, "PNG", optimize=True)
    if len(exact) <= MOST_BYTES:
        return exact
    ground = Image.new("RGB", plain.size, "white")
    ground.paste(plain, mask=plain.getchannel("A") if plain.mode == "RGBA" else None)
    tries = (_saved(ImageOps.contain(ground, (side, side)), "JPEG", quality=quality) for side, quality in STEPS)
    return next((each for each in tries if len(each) <= MOST_BYTES), b"")


def _saved(image: Image.Image, form: str, **facts: object) -> bytes:
    buffer = io.BytesIO()
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    clean.save(buffer, form, **facts)
    return buffer.getvalue()


def _wrapped(content: bytes) -> str:
    kind, width, height = measured(content)
    address = f"data:{FORMATS.get(kind, '')};base64,{base64.b64encode(content).decode()}"
    sides = f'width="{width}" height="{height}"'
    return f'<svg xmlns="{SVG}" viewBox="0 0 {width} {height}"><image {sides} href="{address}"/></svg>'


def within(svg: str) -> tuple[str, bytes] | None:
    """The ending and the bytes of the photograph that is all of a drawing; None for any other drawing."""
    found = PHOTOGRAPH.search(svg) if WRAPPED.fullmatch(svg) else None
    if found is None:
        return None
    return ("png" if found[0].startswith("data:image/png") else "jpg"), content_of(found[0])
