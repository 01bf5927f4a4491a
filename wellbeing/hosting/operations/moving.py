"""`flask move-database`: an installation on SQLite becomes one on PostgreSQL, once, and nothing is lost on the way.

Everything is loaded into a schema beside, by the migrations and one transaction, compared row by row with what it came
from, and only then put in place, in one transaction more. Until that ends nobody is answered, the worker waits, and
SQLite is held by us as its only writer. Killed before it, PostgreSQL serves nothing and SQLite is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import Connection, Engine, Select, String, Table, create_engine, func, inspect, make_url, select
from sqlalchemy.exc import DBAPIError, OperationalError

from wellbeing.config import Config, ConfigurationMistakes
from wellbeing.db import db
from wellbeing.hosting.operations import postgresql
from wellbeing.hosting.operations.restoring import MIGRATIONS, beside
from wellbeing.hosting.refusals import HostRefused
from wellbeing.keyring.current import current_keyring
from wellbeing.web.restoring import alone, leave

AT_ONCE = 500  # rows that are held in memory


@dataclass(frozen=True)
class Moved:
    people: int
    rows: int
    tables: int


def move(address: str) -> Moved:
    """Fill the PostgreSQL at this address, which must be empty. Raises HostRefused, and then nothing was changed."""
    config: Config = current_app.config["LE_FIL"]
    url = _address(address)
    if db.engine.dialect.name != "sqlite":
        raise HostRefused("DATABASE_URL names a PostgreSQL already: there is nothing to move.")
    try:
        with alone(config.promises):
            _check_target(url)
            with _held() as source:
                _check_source(source)
                moved = _copied(source, config, url)
                leave(config.promises)
    except BlockingIOError:
        raise HostRefused("A backup is being put back, or the database moved, at this very moment.") from None
    except OperationalError as failure:
        raise HostRefused(f"A database does not answer ({type(failure.orig).__name__}); nothing was changed.") from None
    return moved


def _address(given: str) -> str:
    try:
        url = Config.from_env({"DATABASE_URL": given}).database_url
    except ConfigurationMistakes as mistakes:
        raise HostRefused(mistakes.mistakes[0]) from None
    if not url.startswith("postgresql"):
        raise HostRefused("Name the PostgreSQL to move to: postgresql://role:password@host/name.")
    return url


def _check_target(url: str) -> None:
    """Empty: no table at all, or those of this release with no more in them than the migrations put there."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            names = inspect(connection).get_table_names()
            if not names:
                return
            _same_form(connection, "The PostgreSQL")
            ours = [table for table in db.metadata.sorted_tables if table.name in names]
            strangers = set(names) - {table.name for table in ours} - {postgresql.OURS}
            filled = [table for table in ours if (_count(connection, table) or 0) > (table.name == "server_epoch")]
            if strangers or filled:
                raise HostRefused(
                    "The PostgreSQL is not empty: name one that nobody has used. Nothing was changed in either."
                )
    finally:
        engine.dispose()


def _check_source(source: Connection) -> None:
    _same_form(source, "The SQLite database")
    if set(inspect(source).get_table_names()) - {postgresql.OURS} != set(db.metadata.tables):
        raise HostRefused("The SQLite database holds other tables than Le fil’s: nothing was changed.")


def _same_form(connection: Connection, which: str) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if current != newest:
        raise HostRefused(
            f"{which} is at {current or 'no migration of ours'} and this release at {newest}: bring it up to date with "
            "`flask --app app prepare` first, or name an empty one. Nothing was changed."
        )


@contextmanager
def _held() -> Iterator[Connection]:
    """The SQLite that serves, with nobody else writing to it."""
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")  # it began as a reader
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.rollback()


def _copied(source: Connection, config: Config, url: str) -> Moved:
    target = beside(config, current_keyring(), postgresql.make_room(url))
    try:
        with target.app_context():
            try:
                upgrade()
                rows = _filled(source, db.engine)
            finally:
                db.engine.dispose()
        postgresql.put_in_place(url)
    except BaseException:
        postgresql.clear(url)
        raise
    return Moved(rows["person"], sum(rows.values()), len(rows))


def _filled(source: Connection, engine: Engine) -> dict[str, int]:
    rows: dict[str, int] = {}
    with engine.begin() as target:
        for table in reversed(db.metadata.sorted_tables):
            target.execute(table.delete())  # what the migrations put there: everything comes from SQLite
        for table in db.metadata.sorted_tables:
            try:
                names = [column.name for column in table.columns]
                rows_here = _rows(source, table)
                while part := list(islice(rows_here, AT_ONCE)):
                    target.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in part])
            except DBAPIError as failure:
                kind = type(failure.orig).__name__
                raise HostRefused(f"PostgreSQL refuses a row of {table.name} ({kind}): nothing was changed.") from None
        for table in db.metadata.sorted_tables:
            rows[table.name] = _compared(source, target, table)
        postgresql.set_counters(target, db.metadata.sorted_tables)
    return rows


def _compared(source: Connection, target: Connection, table: Table) -> int:
    """How many rows; each is there with the same values of the same types, encrypted bytes included."""
    count = 0
    pairs = zip_longest(_rows(source, table), _rows(target, table))
    for count, (here, there) in enumerate(pairs, 1):  # noqa: B007 - the number of the last one is what is asked for
        if here != there or list(map(type, here)) != list(map(type, there)):
            raise HostRefused(f"A row of {table.name} is not in PostgreSQL as it is in SQLite: nothing was changed.")
    return count


def _rows(connection: Connection, table: Table) -> Iterator[tuple[Any, ...]]:
    with connection.execute(_in_order(table, connection), execution_options={"yield_per": AT_ONCE}) as result:
        yield from map(tuple, result)


def _in_order(table: Table, connection: Connection) -> Select[Any]:
    """By the primary key, and letters by their bytes, which is the one order that both databases have."""
    there = connection.dialect.name == "postgresql"
    keys = [key.collate("C") if there and isinstance(key.type, String) else key for key in table.primary_key.columns]
    return select(table).order_by(*keys)


def _count(connection: Connection, table: Table) -> int | None:
    return connection.scalar(select(func.count()).select_from(table))


def where(address: str) -> str:
    """The address as it may be shown: without its password."""
    return make_url(_address(address)).set(drivername="postgresql").render_as_string(hide_password=True)
