"""The database: the `db` object, the base of all models, column types, constraint names, SQLite's manners.

SQLite is set to lose nothing (`synchronous=FULL`, WAL) and to let one writer in at a time: a writing
transaction takes a file lock first and then begins IMMEDIATE, because waiting in `busy_timeout` is unfair
and a deferred transaction that turns into a writer fails under load.
"""

import fcntl
import os
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import uuid_utils
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, Enum, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, mapped_column

from elearn.core import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

writing: ContextVar[bool] = ContextVar("writing", default=False)
"""Whether a transaction begun now will write; set by core.transaction alone."""


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant: timestamptz on PostgreSQL, naive UTC on SQLite, always aware UTC in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(kind: type[StrEnum], name: str, length: int = 20) -> Enum:
    """The type of a column that holds one of a closed list: stored as its word, and held by a CHECK of that name."""
    values = [member.value for member in kind]
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=name,
        length=length,
        values_callable=lambda _: values,
    )


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562): unique, and ordered by the moment it was made."""
    moment = clock.now()
    nanoseconds = int(moment.timestamp()) * 10**9 + moment.microsecond * 1000
    return UUID(bytes=uuid_utils.uuid7(nanoseconds=nanoseconds).bytes)


Json = JSON().with_variant(postgresql.JSONB(), "postgresql")
MaybeJson = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
"""As Json, but None is NULL rather than the JSON value null."""
Id = Annotated[UUID, mapped_column(Uuid, primary_key=True, default=new_id)]
Instant = Annotated[datetime, mapped_column(UtcInstant)]
OptionalInstant = Annotated[datetime | None, mapped_column(UtcInstant)]


class Base(DeclarativeBase):
    """The base of every table; each model names its own table."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:

    class Model(Base):
        """The base of every table, as type checkers see it."""

        __abstract__ = True
else:
    Model = db.Model


def insert(model: type[Base]) -> Any:
    """An INSERT of the database in use, which knows `on_conflict_do_update` and `on_conflict_do_nothing`."""
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    return dialect.insert(model)


def prepare_sqlite(engine: Engine) -> None:
    """Teach one SQLite engine to lose nothing and to queue its writers."""
    lock_path = f"{engine.url.database}.lock"

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        kept = "cache_size=-8000"  # 8 MB of pages: a report of a large agency walks more than the 2 MB SQLite keeps
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", kept):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Any) -> None:  # not as an event of the engine, which would be looked for at every statement
        if writing.get():
            _take_lock(connection.info, lock_path)
            connection.cursor().execute("BEGIN IMMEDIATE")
        else:
            connection.cursor().execute("BEGIN")

    engine.dialect.do_begin = begin  # type: ignore[assignment, method-assign]

    @event.listens_for(engine, "checkin")
    def _returned(_connection: Any, record: Any) -> None:
        _release_lock(record.info)


def _take_lock(info: dict[Any, Any], path: str) -> None:
    """Wait in the kernel's fair queue until this process may write."""
    if "write_lock" not in info:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        info["write_lock"] = handle


def _release_lock(info: dict[Any, Any]) -> None:
    handle = info.pop("write_lock", None)
    if handle is not None:
        os.close(handle)
