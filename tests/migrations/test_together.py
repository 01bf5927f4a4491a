"""Machines of one place that are started with a new release at the same moment bring the tables up to date in turn."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import Any

import sqlalchemy as sa
from flask_migrate import upgrade
from sqlalchemy import event

from tests.databases import built, close, copied_postgresql, settings, shared
from tests.postgresql import Cluster
from wellbeing.db import db

TAKEN = "SELECT pg_try_advisory_lock(4702129)"


def test_a_machine_waits_for_the_one_that_brings_the_tables_up_to_date(
    cluster: Cluster, postgresql_template: sa.Engine, shelf: Path, tmp_path: Path
) -> None:
    copy = copied_postgresql(cluster, postgresql_template, "template0")
    address = next(copy)
    app, turned_away = built(settings(tmp_path, database_url=address, **shared(shelf))), Event()

    def brings() -> None:
        with app.app_context():
            upgrade()

    def sent(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement == TAKEN:
            asked.append(statement)
        if len(asked) > 1:  # it was told no, and asks again
            turned_away.set()

    asked: list[str] = []
    other = sa.create_engine(address, poolclass=sa.NullPool)
    with other.connect() as first:
        assert first.exec_driver_sql(TAKEN).scalar() is True
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", sent)
        second = Thread(target=brings)
        second.start()
        assert turned_away.wait(30)
        assert sa.inspect(first).get_table_names() == []
    second.join()
    assert len(sa.inspect(other).get_table_names()) > 40
    close(app)
    with other.connect() as third:
        assert third.exec_driver_sql(TAKEN).scalar() is True
    next(copy, None)
