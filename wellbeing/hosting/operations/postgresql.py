"""The same on PostgreSQL: what `pg_dump` would read, in one snapshot, and tables put in place in one transaction.

By COPY over the connection we have and not by the program: there is then no second program whose version must match the
server's, and what is put back goes through the migrations like any other database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, func, make_url, select, text

from wellbeing.hosting.archive import Manifest
from wellbeing.withdrawals import WITHDRAWING

ASIDE = "restoring"  # the schema in which a backup is loaded
OURS = "alembic_version"


def copy(
    engine: Engine, folder: Path, meanwhile: Callable[[], None]
) -> tuple[dict[str, list[str]], dict[str, int], dict[str, bytes]]:
    """Copy every table but the data keys, one file each; returns columns and rows by table, and the boxes of the keys.

    See `sqlite.copy` for `meanwhile`: whoever has written a line of the ledger has committed before it runs.
    """
    columns: dict[str, list[str]] = {}
    rows: dict[str, int] = {}
    with engine.connect() as guard, engine.connect() as plain:
        reader = plain.execution_options(isolation_level="REPEATABLE READ")
        guard.execute(select(func.pg_advisory_xact_lock(WITHDRAWING)))
        tables = MetaData()
        tables.reflect(reader)  # from here on it sees this instant
        meanwhile()
        guard.rollback()
        for table in tables.sorted_tables:
            if table.name in (OURS, "person_key"):
                continue
            columns[table.name] = [column.name for column in table.columns]
            with (folder / _member(table.name)).open("wb") as out:
                rows[table.name] = _copy_out(reader, table.name, columns[table.name], out)
        keys = reader.execute(text("SELECT uid, box FROM person_key JOIN person ON person.id = person_key.person_id"))
        boxes = {uid: bytes(box) for uid, box in keys}
        reader.rollback()
    return columns, rows, boxes


def members(columns: dict[str, list[str]]) -> list[str]:
    return [_member(name) for name in columns]


def make_room(url: str) -> str:
    """An empty schema beside the one that serves; returns the address under which it is the only one seen."""
    with _alone(url) as engine, engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {ASIDE}"))
    aside = make_url(url).update_query_dict({"options": f"-csearch_path={ASIDE}"})
    return aside.render_as_string(hide_password=False)


def clear(url: str) -> None:
    """Leave no copy beside the tables that serve."""
    with _alone(url) as engine, engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE"))


def load(engine: Engine, folder: Path, manifest: Manifest) -> None:
    """Fill the tables, which the migrations have made as they were then, and let their counters go on from there."""
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        names = ", ".join(f'"{name}"' for name in tables.tables if name != OURS)
        connection.execute(text(f"TRUNCATE {names} CASCADE"))
        for table in tables.sorted_tables:
            if table.name in manifest.columns:
                with (folder / _member(table.name)).open("rb") as content:
                    _copy_in(connection, table.name, manifest.columns[table.name], content)
        set_counters(connection, tables.sorted_tables)


def set_counters(connection: Connection, tables: Iterable[Table]) -> None:
    """Numbers that are given go on from the highest there is."""
    for table in tables:
        if "id" in table.columns:
            counter = connection.scalar(text("SELECT pg_get_serial_sequence(:t, 'id')"), {"t": f'"{table.name}"'})
            if counter:
                top = connection.scalar(select(func.max(table.columns["id"])))
                connection.execute(text("SELECT setval(:c, :n, :used)"),
                                   {"c": counter, "n": top or 1, "used": top is not None})  # fmt: skip


def put_in_place(url: str, after_a_newer_release: bool = False) -> None:
    """Drop the tables that serve and move the others to where they were, in one transaction.

    What a newer release has made besides goes as well: it would be in the way when that release comes again.
    """
    with _alone(url) as engine, engine.begin() as connection:
        here = connection.scalar(text("SELECT current_schema()"))
        tables = MetaData()
        tables.reflect(connection, schema=ASIDE)
        names = [table.name for table in tables.sorted_tables]
        functions = connection.scalars(
            text("SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
                 "WHERE n.nspname = :aside"), {"aside": ASIDE}).all()  # fmt: skip
        for name in reversed(names):
            connection.execute(text(f'DROP TABLE IF EXISTS "{here}"."{name}" CASCADE'))
        if after_a_newer_release:
            for what, name in connection.execute(text(_LEFT), {"here": here}).all():
                connection.execute(text(f"DROP {what} IF EXISTS {name} CASCADE"))
        for signature in functions:
            bare = signature.removeprefix(f"{ASIDE}.")
            connection.execute(text(f'DROP FUNCTION IF EXISTS "{here}".{bare}'))
            connection.execute(text(f'ALTER FUNCTION {signature} SET SCHEMA "{here}"'))
        for name in names:
            connection.execute(text(f'ALTER TABLE {ASIDE}."{name}" SET SCHEMA "{here}"'))
        connection.execute(text(f"DROP SCHEMA {ASIDE} CASCADE"))


# All that our role has made where we serve, and no extension: docs/hosting.md asks for a database of Le fil’s own.
_LEFT = """
SELECT 'TABLE', c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = :here AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) = current_user
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT 'FUNCTION', p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = :here AND p.prokind = 'f' AND pg_get_userbyid(p.proowner) = current_user
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


class _alone:  # noqa: N801 - read as a word: with _alone(url) as engine
    """An engine for the length of a block."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)

    def __enter__(self) -> Engine:
        return self.engine

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()


def _member(table: str) -> str:
    return f"table.{table}"


def _copy_out(connection: Connection, table: str, columns: list[str], out: Any) -> int:
    with _cursor(connection) as cursor:
        with cursor.copy(f"COPY {_named(table, columns)} TO STDOUT") as stream:
            for part in stream:
                out.write(part)
        return int(cursor.rowcount)


def _copy_in(connection: Connection, table: str, columns: list[str], content: Any) -> None:
    with _cursor(connection) as cursor, cursor.copy(f"COPY {_named(table, columns)} FROM STDIN") as stream:
        while part := content.read(1024 * 1024):
            stream.write(part)


def _cursor(connection: Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _named(table: str, columns: list[str]) -> str:
    return f'"{table}" ({", ".join(chr(34) + column + chr(34) for column in columns)})'
