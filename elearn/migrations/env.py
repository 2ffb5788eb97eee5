"""How migrations run: online, in one transaction, on the database the application uses."""

from alembic import context
from flask import current_app

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
    writing.set(False)


run()
