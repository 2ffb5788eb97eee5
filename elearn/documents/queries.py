"""Reads of the issued documents."""

from uuid import UUID

from flask import current_app
from sqlalchemy import select

from elearn.core.db import db
from elearn.core.errors import NotFound
from elearn.documents import keys
from elearn.documents.models import Document


def get_bytes(document_id: UUID) -> bytes:
    """The bytes of an issued document as they were given out; NotFound for an unknown id."""
    content = db.session.scalar(select(Document.bytes).where(Document.id == document_id))
    if content is None:
        raise NotFound
    return content


def get_document(document_id: UUID) -> Document:
    """What is known of an issued document, without its bytes; NotFound for an unknown id."""
    document = db.session.get(Document, document_id)
    if document is None:
        raise NotFound
    return document


def find_by_sha256(sha256: str) -> Document | None:
    """The document whose bytes have this SHA-256 (hexadecimal), or None."""
    return db.session.scalar(select(Document).where(Document.sha256 == sha256))


def find_seal() -> keys.KeyPair | None:
    """The seal of this installation, or None before it has one."""
    try:
        return keys.load(current_app.config["SETTINGS"].instance_dir)
    except FileNotFoundError:
        return None
