"""Indexes and rules made while people are answered: for migrations of tables that have rows (docs/scaling.md)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import sqlalchemy as sa
from alembic import op

PORTION = 500


@contextmanager
def _by_itself() -> Iterator[None]:
    """Outside of any transaction. What the migration did before is committed, so an index comes last or is made again.

    It waits for transactions that run, as long as they take, and nobody waits for it.
    """
    with op.get_context().autocommit_block():
        waiting = op.get_bind().exec_driver_sql("SHOW lock_timeout").scalar()
        op.execute("SET lock_timeout = 0")
        yield
        op.execute(f"SET lock_timeout = '{waiting}'")


def create_index(name: str, table: str, columns: list[str], **how: Any) -> None:
    """On PostgreSQL without a lock; what a try that was stopped left there goes first."""
    if op.get_bind().dialect.name != "postgresql":
        op.create_index(name, table, columns, **how)
        return
    with _by_itself():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.create_index(name, table, columns, postgresql_concurrently=True, **how)


def drop_index(name: str, table: str) -> None:
    """On PostgreSQL without a lock, and where it is still there."""
    if op.get_bind().dialect.name != "postgresql":
        op.drop_index(name, table)
        return
    with _by_itself():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)


def validate(table: str, rule: str) -> None:
    """Read every row once for a rule that was added NOT VALID, while they are written: it comes last, as an index does.

    SQLite knows no such rule: the table was made anew.
    """
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            op.execute(f'ALTER TABLE "{table}" VALIDATE CONSTRAINT "{rule}"')


def fill(table: str, column: str, by: str, above: str) -> None:
    """Give `column` of the rows that have none what the row of `above` that their column `by` points at says in it,
    some hundreds at a time in the order of `by`, which an index leads.

    On PostgreSQL each portion is committed by itself, and so is what the migration did before. A row that somebody
    holds at that moment is passed over: nobody waits for us, and we for nobody. So what is written beside us may stay
    empty, and who asks for the column fills it later.
    """
    rows = sa.table(table, sa.column(column), sa.column(by))
    whose = sa.table(above, sa.column(column), sa.column("id"))
    value, free = sa.select(whose.c[column]).where(whose.c.id == rows.c[by]).scalar_subquery(), rows.alias("free")
    apart = op.get_bind().dialect.name == "postgresql"
    with op.get_context().autocommit_block() if apart else nullcontext():
        connection, first = op.get_bind(), 0
        while last := connection.scalar(_end_of_a_portion(rows.c[by], first)):
            empty = sa.select(free.c[by]).where(free.c[by].between(first, last), free.c[column].is_(None))
            chosen = rows.c[by].in_(empty.with_for_update(skip_locked=True)), rows.c[column].is_(None)
            connection.execute(rows.update().where(*chosen).values({column: value}))
            first = last + 1


def _end_of_a_portion(numbers: sa.ColumnClause[Any], first: int) -> sa.Select[Any]:
    portion = sa.select(numbers.label("number")).where(numbers >= first).order_by(numbers).limit(PORTION).subquery()
    return sa.select(sa.func.max(portion.c.number))
