"""While PostgreSQL is brought up to date, and after, the release before reads and writes as if nothing happened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import downgrade, upgrade

from tests.cast import Cast
from tests.databases import built, close, copied_postgresql, settings, shared
from tests.migrations.yesterday import Yesterday
from tests.postgresql import Cluster
from wellbeing.db import LOCKED, db

BEFORE = "0024"  # what came after 0025 was of SQLite alone
MANY = 20_000
MOODS = """
    INSERT INTO entry (person_id, uid, mood, felt_at, offset_minutes, zone, local_date, first_recorded_at, in_time,
                       imported)
    SELECT (SELECT min(id) FROM person), 'x' || n, 1 + n % 5, now(), 60, 'Europe/Paris', current_date, now(), true, true
    FROM generate_series(1, :many) n
"""


@pytest.fixture
def before(
    cluster: Cluster, postgresql_template: sa.Engine, postgresql_cast: Cast, shelf: Path, tmp_path: Path
) -> Iterator[Flask]:
    """The application, on a database of the release before, with people and many moods."""
    copy = copied_postgresql(cluster, postgresql_template, "gathered")
    app = built(settings(tmp_path, database_url=next(copy), **shared(shelf)))
    with app.app_context():
        downgrade(revision=BEFORE)
        with db.engine.begin() as connection:
            connection.execute(sa.text(MOODS), {"many": MANY})
        yield app
    close(app)
    next(copy, None)


def test_a_new_release_is_put_in_place_and_nobody_is_turned_away(before: Flask) -> None:
    yesterday = Yesterday.at(before.config["LE_FIL"].database_url)
    assert len(yesterday.tables) > 40
    with yesterday.going_on():
        upgrade()
    yesterday.engine.dispose()
    assert yesterday.failed == []
    assert min(yesterday.rounds.values()) > 0
    assert yesterday.slowest < LOCKED


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE consent DROP COLUMN locale",
        "ALTER TABLE consent RENAME TO agreement",
        "ALTER TABLE consent ADD COLUMN tint TEXT NOT NULL DEFAULT ''; ALTER TABLE consent ALTER tint DROP DEFAULT",
    ],
)
def test_what_breaks_the_release_before_is_seen(before: Flask, change: str) -> None:
    yesterday = Yesterday.at(before.config["LE_FIL"].database_url)
    with db.engine.begin() as connection:
        connection.execute(sa.text(change))
    yesterday.reads()
    yesterday.writes()
    yesterday.engine.dispose()
    assert {failed.partition(":")[0] for failed in yesterday.failed} == {"consent"}
