"""The token of our forms, masked: it looks different in each answer, so that its compressed length tells nothing.

Flask-WTF makes and checks the token; here it only gets a one-time pad before it goes out and loses it coming in.
"""

import base64
import binascii
import secrets
from typing import Any

from flask import g
from flask_wtf.csrf import CSRFProtect, _FlaskFormCSRF, generate_csrf


def mask(token: str) -> str:
    """The token under a pad of its own length, which goes before it."""
    plain = token.encode()
    pad = secrets.token_bytes(len(plain))
    return base64.urlsafe_b64encode(pad + _under(pad, plain)).decode().rstrip("=")


def unmask(text: str) -> str:
    """The token again; empty when this never was one."""
    try:
        both = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return _under(both[: len(both) // 2], both[len(both) // 2 :]).decode()
    except (binascii.Error, ValueError):
        return ""


def form_token() -> str:
    """The masked token of this answer, the same wherever it stands in it."""
    if "masked_token" not in g:
        g.masked_token = mask(generate_csrf())
    return str(g.masked_token)


def _under(pad: bytes, text: bytes) -> bytes:
    return (int.from_bytes(pad) ^ int.from_bytes(text)).to_bytes(len(text))


class FormToken(_FlaskFormCSRF):
    """The token as a field of a form."""

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        """The masked token of this answer."""
        return form_token()


class MaskedProtect(CSRFProtect):
    """Flask-WTF's protection, which takes the mask off before it looks."""

    def _get_csrf_token(self) -> str | None:
        token = super()._get_csrf_token()
        return unmask(token) if token else token
