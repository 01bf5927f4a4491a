"""Indexes and rules made while people are answered: for migrations of tables that have rows (docs/scaling.md)."""

from __future__ import annotations

from typing import Any

from alembic import op


def create_index(name: str, table: str, columns: list[str], **how: Any) -> None:
    """On PostgreSQL outside of any transaction and without a lock; what a try that was stopped left there goes first.

    It waits for transactions that run, as long as they take, and nobody waits for it. What the migration did before is
    committed by it, so it comes last or has a migration of its own.
    """
    if op.get_bind().dialect.name != "postgresql":
        op.create_index(name, table, columns, **how)
        return
    with op.get_context().autocommit_block():
        waiting = op.get_bind().exec_driver_sql("SHOW lock_timeout").scalar()
        op.execute("SET lock_timeout = 0")
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.create_index(name, table, columns, postgresql_concurrently=True, **how)
        op.execute(f"SET lock_timeout = '{waiting}'")


def validate(table: str, rule: str) -> None:
    """Read every row once for a rule that was added NOT VALID, while they are written: it comes last, as an index does.

    SQLite knows no such rule: the table was made anew.
    """
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            op.execute(f'ALTER TABLE "{table}" VALIDATE CONSTRAINT "{rule}"')
