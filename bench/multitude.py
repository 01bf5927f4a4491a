"""Many rows at once, made inside the database from one that is there: a crowd in seconds. Nobody of it can sign in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect, text

from wellbeing.db import db

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
# What no two people may have in common, and what nobody has who was multiplied.
NOBODY = dict.fromkeys(("phrase_selector", "passkey_handle", "arrival"), "NULL")


def multiply(name: str, many: int, **chosen: str) -> None:
    """So many rows like the first of a table, but for what is chosen: expressions of the number `i`."""
    columns = [
        column["name"] for column in inspect(db.session.connection()).get_columns(name) if column["name"] != "id"
    ]
    values = ", ".join(chosen.get(column, f'one."{column}"') for column in columns)
    into = ", ".join(f'"{column}"' for column in columns)
    first = f'(SELECT * FROM "{name}" ORDER BY id LIMIT 1) one'
    sent(f'INSERT INTO "{name}" ({into}) {NUMBERS} SELECT {values} FROM n, {first}', many=many)


def sent(statement: str, **values: Any) -> None:
    db.session.execute(text(statement), values)


def count(name: str) -> int:
    return int(db.session.scalar(text(f"SELECT count(*) FROM {name}")) or 0)
