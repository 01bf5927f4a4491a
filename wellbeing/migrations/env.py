"""Runs the migrations inside the application, on whichever database it is configured for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from alembic import context
from flask import current_app
from sqlalchemy import Connection

WAITING = "4s"  # for a lock: whoever asks for it meanwhile waits behind us, and a page gives up later (db.LOCKED)
ONE_AT_A_TIME = 4_702_129  # the advisory lock of whoever brings the tables up to date

database = current_app.extensions["migrate"].db


def take_turns(connection: Connection) -> None:
    """Machines that start together do it one after the other. Asked again and again, never waited for inside a
    statement: an index that is made CONCURRENTLY would wait for that one, and both for ever."""
    while not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({ONE_AT_A_TIME})").scalar():
        connection.commit()
        time.sleep(0.2)
    connection.commit()


@contextmanager
def on_postgresql(connection: Connection) -> Iterator[None]:
    take_turns(connection)
    connection.exec_driver_sql(f"SET lock_timeout = '{WAITING}'")
    connection.commit()
    try:
        yield
        connection.exec_driver_sql("RESET lock_timeout")
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({ONE_AT_A_TIME})")
        connection.commit()
    except BaseException:
        connection.invalidate()  # closed, and with it goes the lock
        raise


def run() -> None:
    with database.engine.connect() as connection:
        here = on_postgresql(connection) if connection.dialect.name == "postgresql" else nullcontext()
        with here:
            context.configure(
                connection=connection,
                target_metadata=database.metadata,
                render_as_batch=True,
                compare_type=True,
                transaction_per_migration=False,
            )
            with context.begin_transaction():
                context.run_migrations()
            connection.commit()


run()
