"""A database with many more people and groups, each living as the cast does: every row again, so many times.

Numbers are moved by a thousand a time, what there is once only is drawn anew; the rest is the same. Nobody can
read these copies, whose boxes were sealed for others, and nobody is meant to: they are there to be stepped over.
"""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from wellbeing.db import db
from wellbeing.hosting.operations.postgresql import set_counters

STEP = 1000  # above every number that the cast has
NOT_AGAIN = {"retention", "server_epoch", "setup_code", "reinforced"}  # one row each


def multiplied(app: Flask, times: int) -> dict[str, int]:
    """Rows by table when it is done. PostgreSQL knows how many; SQLite does not, on a host's computer or here."""
    with app.app_context(), db.engine.begin() as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        for table in db.metadata.sorted_tables:
            if table.name not in NOT_AGAIN:
                connection.exec_driver_sql(_again(table, times, on_postgresql))
        if on_postgresql:
            set_counters(connection, db.metadata.sorted_tables)
            connection.exec_driver_sql("ANALYZE")
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in db.metadata.sorted_tables
        }


def _again(table: sa.Table, times: int, on_postgresql: bool) -> str:
    once = {column for rule in table.constraints if isinstance(rule, sa.UniqueConstraint) for column in rule.columns}
    once |= {column for index in table.indexes for column in index.columns if index.unique or len(index.columns) == 1}
    once |= set(table.primary_key.columns)

    def value(column: sa.Column[object]) -> str:
        name = f'"{column.name}"'
        if column.foreign_keys or column.info.get("names") or (column.name == "id" and column.primary_key):
            return f"{name} + n.k * {STEP}"
        if (column in once or column.name == "passkey_handle") and isinstance(column.type, sa.LargeBinary):
            anew = f"{name} || convert_to(n.k::text, 'UTF8')" if on_postgresql else "randomblob(32)"
            return f"CASE WHEN {name} IS NULL THEN NULL ELSE {anew} END"
        if column.name in ("uid", "arrival", "phrase_selector", "key") and column in once:
            return f"substr({name}, 1, 27) || 'x' || n.k"
        return name

    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(value(column) for column in table.columns)
    return (
        f"WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {times}) "
        f'INSERT INTO "{table.name}" ({names}) SELECT {values} FROM "{table.name}", n'
    )
