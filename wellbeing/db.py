"""The database: naming conventions, instants, and the one way to write.

SQLite runs in WAL with `synchronous=FULL` (an answered write survives a power cut) and every write transaction begins
with `BEGIN IMMEDIATE`, without which two read-then-write requests silently lose one of the two. PostgreSQL needs
neither, but is told to wait for the disk where its host has set otherwise, and how long a page waits for it.
Reads begin plainly; a flush outside
`transaction()` is refused, so a page that is only looked at cannot write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, has_request_context
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    TypeDecorator,
    event,
    func,
    select,
)
from sqlalchemy.orm import DeclarativeBase, Session

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "%(table_name)s_%(column_0_N_name)s",
            "uq": "%(table_name)s_%(column_0_N_name)s_once",
            "ck": "%(table_name)s_%(constraint_name)s",
            "fk": "%(table_name)s_%(column_0_N_name)s_belongs",
            "pk": "%(table_name)s_primary",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, on both databases. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its offset")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@contextmanager
def transaction() -> Iterator[None]:
    """One write transaction: whatever happens inside is saved together at the end, or not at all.

    Inside another one it joins it. Values read before are not trusted for a decision: read again inside, or decide in
    the statement itself.
    """
    if _writing.get():
        yield
        return
    if db.session().in_transaction():
        db.session.commit()  # ends the reading that came before; nothing is pending, since a flush there is refused
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)


def one_at_a_time(*what: str | bytes) -> None:
    """Until this transaction ends, nobody who says the same is in one: what could be sent twice at once is there once.

    A rule of a table could say it only over all owners, and no key there may do so (docs/scaling.md). SQLite lets one
    writer in at a time as it is.
    """
    if db.engine.dialect.name == "postgresql":
        said = "|".join(one.hex() if isinstance(one, bytes) else one for one in what)
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(said, 0))))


def columns(statement: Executable, asked: Mapping[str, Any] | None = None) -> CursorResult[*tuple[Any, ...]]:
    """Ask for columns, which nobody will change: without what the ORM does for rows, half the cost of a statement."""
    db.session.flush()  # what waits to be written is read as well
    return db.session.connection().execute(statement, asked)


LOCKED = 5  # seconds to wait for another writer, on both databases
# Each thread of a process (gunicorn.conf.py) holds one connection: nothing ever waits for one. A firewall that forgets
# what is idle, and a database that was started again, are met by the ping and the half hour.
POOL = {"pool_size": 8, "max_overflow": 4, "pool_timeout": 5, "pool_recycle": 1800, "pool_pre_ping": True}


def init_app(app: Flask, url: str, patience: int = 15) -> None:
    """`patience`: seconds that a page waits for one statement of PostgreSQL. A command waits as long as it takes."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    if url.startswith("postgresql"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = POOL
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
        else:
            event.listen(db.engine, "connect", _wait_for_the_disk)
            event.listen(db.engine, "connect", partial(_lose_patience, patience))


def _wait_for_the_disk(connection: Any, _: object) -> None:
    """An answer says that the write is kept. Only `off` is lifted: a host may ask for more than `on`."""
    connection.autocommit = True
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )
    connection.autocommit = False


def _lose_patience(patience: int, connection: Any, _: object) -> None:
    """A statement, a lock or a forgotten transaction of a page ends in time, and whoever asked is told to try again.

    Only where a page opens the connection: a backup, a migration or a pass of the worker may take long.
    """
    if not has_request_context():
        return
    connection.autocommit = True
    connection.execute(
        "SELECT set_config('statement_timeout', %s, false), set_config('lock_timeout', %s, false), "
        "set_config('idle_in_transaction_session_timeout', %s, false)",
        (f"{patience}s", f"{min(patience, LOCKED)}s", f"{patience * 4}s"),
    )
    connection.autocommit = False


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late and too weak
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={LOCKED * 1000}",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_a_stray_write(unit: Session, *_: Any) -> None:
    changed = unit.new or unit.deleted or any(unit.is_modified(row) for row in unit.dirty)
    if changed and not _writing.get():
        raise RuntimeError("a write outside transaction()")
