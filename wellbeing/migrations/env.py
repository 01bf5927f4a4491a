"""Runs the migrations inside the application, on whichever database it is configured for."""

from __future__ import annotations

from alembic import context
from flask import current_app

WAITING = "10s"  # for a lock: whoever reads a table meanwhile would have to wait behind us

database = current_app.extensions["migrate"].db


def run() -> None:
    connectable = database.engine
    with connectable.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET lock_timeout = '{WAITING}'")
            connection.commit()
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
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("RESET lock_timeout")
            connection.commit()


run()
