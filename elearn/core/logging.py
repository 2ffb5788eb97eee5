"""Structured log lines on standard output, one JSON object each, with the id of the request.

Paths are logged without their query, and runs of 16 or more digits are blotted out, so that no NIP and no
answer can reach a log by accident.
"""

import logging
import re
import secrets
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, request

from elearn.core import clock

Line = MutableMapping[str, Any]
LONG_NUMBER = re.compile(r"\d{16,}")


def blot(_logger: Any, _method: str, line: Line) -> dict[str, Any]:
    """Replace every long number in a log line by a mark."""
    return {
        key: LONG_NUMBER.sub("[nomor]", value) if isinstance(value, str) else value for key, value in line.items()
    }


def stamp(_logger: Any, _method: str, line: Line) -> dict[str, Any]:
    """Add the instant to a log line."""
    return {"at": clock.now().isoformat(timespec="milliseconds"), **line}


def install(app: Flask) -> None:
    """Write one line per refused unsafe request and one per error; what went well, the web server logs."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            stamp,
            blot,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    log = structlog.get_logger()

    @app.before_request
    def _name() -> None:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=secrets.token_hex(6))

    @app.after_request
    def _write(response: Response) -> Response:
        if response.status_code >= 500 or (response.status_code >= 400 and request.method not in ("GET", "HEAD")):
            log.info("request", method=request.method, endpoint=request.endpoint, status=response.status_code)
        return response
