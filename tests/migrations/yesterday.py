"""The release before, as the database sees it: it names the columns that it knew, fills all of them, and no others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import sqlalchemy as sa

from wellbeing.db import LOCKED

OURS = "alembic_version"


@dataclass
class Yesterday:
    """Tables as they were, one reader and one writer of them, who wait for a lock no longer than a page does."""

    engine: sa.Engine
    tables: list[sa.Table]
    failed: list[str] = field(default_factory=list)
    slowest: float = 0
    rounds: dict[str, int] = field(default_factory=dict)

    @classmethod
    def at(cls, address: str) -> Yesterday:
        engine = sa.create_engine(address, connect_args={"options": f"-c lock_timeout={LOCKED}s"})
        known = sa.MetaData()
        known.reflect(engine)
        return cls(engine, [table for table in known.sorted_tables if table.name != OURS])

    def reads(self) -> None:
        for table in self.tables:
            self._asked(table, _read)

    def writes(self) -> None:
        """A row of each table as it is, and where nothing hangs on it, gone and written again."""
        pointed_at = {key.referred_table.name for table in self.tables for key in table.foreign_key_constraints}
        for table in self.tables:
            self._asked(table, _touched if table.name in pointed_at else _written_again)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Both go on, round after round; each makes a whole one before, and one after."""
        stop = Event()

        def again(name: str) -> None:
            while not stop.is_set():
                self.rounds[name] = self.rounds.get(name, 0) + 1
                getattr(self, name)()

        self.reads()
        self.writes()
        threads = [Thread(target=again, args=(name,)) for name in ("reads", "writes")]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.reads()
        self.writes()

    def _asked(self, table: sa.Table, ask: Callable[[sa.Connection, sa.Table], Any]) -> None:
        began = time.monotonic()
        try:
            with self.engine.begin() as connection:
                ask(connection, table)
        except sa.exc.DBAPIError as failure:
            self.failed.append(f"{table.name}: {failure.orig}")
        self.slowest = max(self.slowest, time.monotonic() - began)


def _read(connection: sa.Connection, table: sa.Table) -> None:
    connection.execute(sa.select(table).limit(50)).all()


def _row(connection: sa.Connection, table: sa.Table) -> tuple[list[sa.ColumnElement[bool]], dict[str, object]]:
    found = connection.execute(sa.select(table).limit(1).with_for_update()).mappings().first()
    values = dict(found) if found else {}
    return [column == values[column.name] for column in table.primary_key] if values else [], values


def _touched(connection: sa.Connection, table: sa.Table) -> None:
    this, values = _row(connection, table)
    if values:
        connection.execute(sa.update(table).where(*this).values(values))


def _written_again(connection: sa.Connection, table: sa.Table) -> None:
    this, values = _row(connection, table)
    if values:
        connection.execute(sa.delete(table).where(*this))
        connection.execute(sa.insert(table).values(values))
