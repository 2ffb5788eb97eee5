"""Safe by default: response headers, the content security policy and its nonce, cookie flags, size limits.

The headers are those of the OWASP Secure Headers project; they go on every answer, errors included.
"""

import secrets

from flask import Flask, Response, g, has_request_context
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from elearn.core import assets

YEAR = 365 * 24 * 3600


def nonce() -> str:
    """The nonce of this request, which allows our own scripts and nobody else's."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def policy() -> str:
    """The content security policy (CSP level 3) of this answer: nothing inline, nothing from elsewhere."""
    script = _scripts() if has_request_context() else "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {script}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            " ".join(("form-action 'self'", *_form_targets())),
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "manifest-src 'self'",
            "worker-src 'self'",
        )
    )


def allow_forms_to(*origins: str) -> None:
    """Let the forms of this answer lead to other sites as well, by a redirect of ours."""
    g.form_targets = origins


def allow_own_scripts() -> None:
    """Let this answer, a script that imports others, load whichever of ours it names: an import has no nonce."""
    g.is_own_script = True


def _scripts() -> str:
    return "'self'" if g.get("is_own_script") else f"'nonce-{nonce()}'"


def _form_targets() -> tuple[str, ...]:
    return tuple(g.get("form_targets", ())) if has_request_context() else ()


def harden(response: Response, *, is_https: bool) -> Response:
    """Put the security headers on one answer."""
    headers = response.headers
    headers["Content-Security-Policy"] = policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Cache-Control"] = _caching(response)
    if is_https:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    return response


def _caching(response: Response) -> str:
    """Fingerprinted files are kept for ever; everything else belongs to one person and is kept nowhere."""
    return f"public, max-age={YEAR}, immutable" if assets.is_kept_for_ever(response) else "no-store"


def install(app: Flask, settings: Settings) -> None:
    """Set the limits and cookie flags of an application and harden each of its answers."""
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_NAME="elearn",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch must still be accepted
        WTF_CSRF_SSL_STRICT=False,  # the token itself is checked; referrers are stripped by some proxies
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.context_processor(lambda: {"nonce": nonce()})

    @app.after_request
    def _harden(response: Response) -> Response:
        return harden(response, is_https=settings.is_https)
