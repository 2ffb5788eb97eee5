"""How migrations run: online, in one transaction, on the database the application uses."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from elearn.core.db import UtcInstant, writing

config = context.config
database = current_app.extensions["migrate"].db


def render(kind: str, item: object, _context: object) -> str | bool:
    """How a type of ours is written in a migration, so that old steps do not depend on today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcInstant) else False


def run() -> None:
    """Apply migrations; on PostgreSQL with a limit for locks, so that a deploy never stops the service."""
    writing.set(True)
    with database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET lock_timeout = '5s'")
            connection.commit()
        else:  # a table rebuilt in batch is dropped for a moment, and its rows are referred to
            _watch_references(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            compare_type=True,
            render_item=render,
            render_as_batch=connection.dialect.name == "sqlite",
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if connection.dialect.name == "sqlite":
            _check_references(connection)
    writing.set(False)


def _check_references(connection: Connection) -> None:
    """Prove that no row refers to a missing one, and watch over it again."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    connection.commit()
    if orphans:
        raise RuntimeError(f"rows without the row they refer to: {orphans[:5]}")
    _watch_references(connection, "ON")


def _watch_references(connection: Connection, state: str) -> None:
    """Set SQLite's watch over references, which it lets nobody change within a transaction."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA foreign_keys={state}")


run()
