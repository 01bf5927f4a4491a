"""A new release is put in place while people are answered: its migrations lock nobody out, and break nothing.

What each asks of PostgreSQL is written down as it is really sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade
from sqlalchemy import event

from tests.cast import Cast
from tests.databases import built, close, copied_postgresql, settings, shared
from tests.migrations.locking import Asked, offences
from tests.postgresql import Cluster
from wellbeing.db import db

PAST = "0022"  # no installation existed before: nobody was kept waiting by these, and no release ran beside them
# Migrations that take away what the release before no longer reads, and the one since which that is so.
TAKEN_AWAY: dict[str, str] = {}
OFFENDING = {"0006", "0007", "0015", "0018", "0021", "0022"}


@contextmanager
def brought(address: str, place: Path, shelf: Path) -> Iterator[dict[str, list[Asked]]]:
    """Inside the application of this database; what each migration asks of it, once it is asked."""
    asked: dict[str, list[Asked]] = {}
    waiting: list[Asked] = []

    def sent(connection: sa.Connection, _: Any, statement: str, values: Any, *__: Any) -> None:
        ended = re.match(r"(?:UPDATE|INSERT INTO) alembic_version .*?(\d{4})", f"{statement} {values or ''}", re.DOTALL)
        if ended:
            asked[ended[1]] = waiting.copy()
            waiting.clear()
        else:
            waiting.append(Asked(statement, connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT"))

    app = built(settings(place, database_url=address, **shared(shelf)))
    try:
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", sent)
            yield asked
    finally:
        close(app)


@pytest.fixture
def held(
    cluster: Cluster, postgresql_template: sa.Engine, postgresql_cast: Cast, shelf: Path, tmp_path: Path
) -> dict[str, list[Asked]]:
    """Each migration since, over the rows of the cast."""
    copy = copied_postgresql(cluster, postgresql_template, "gathered")
    with brought(next(copy), tmp_path, shelf) as asked:
        downgrade(revision=PAST)
        asked.clear()
        upgrade()
    next(copy, None)
    return asked


@pytest.fixture
def past(cluster: Cluster, postgresql_template: sa.Engine, shelf: Path, tmp_path: Path) -> dict[str, list[Asked]]:
    """Each migration from the first, over nothing."""
    copy = copied_postgresql(cluster, postgresql_template, "template0")
    with brought(next(copy), tmp_path, shelf) as asked:
        upgrade()
    next(copy, None)
    return asked


def test_nobody_waits_for_a_new_release_and_the_one_before_goes_on(held: dict[str, list[Asked]]) -> None:
    assert min(held, default=PAST + "+") > PAST
    for number in TAKEN_AWAY:
        held[number] = [one for one in held[number] if not re.search(r"\bDROP (COLUMN|TABLE)\b", one.text)]
    assert {number: offences(asked) for number, asked in held.items() if offences(asked)} == {}


def test_what_is_past_would_be_seen(past: dict[str, list[Asked]]) -> None:
    assert len(past) >= int(PAST)
    assert {number for number, asked in past.items() if offences(asked)} == OFFENDING


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("ALTER TABLE entry ADD COLUMN tint VARCHAR(8) NOT NULL", "does not fill it"),
        ("ALTER TABLE entry ADD COLUMN tint UUID DEFAULT gen_random_uuid() NOT NULL", "written anew"),
        ("ALTER TABLE entry ADD COLUMN tint INTEGER REFERENCES tint (id)", "every row is read"),
        ('ALTER TABLE "group" RENAME COLUMN place TO hall', "release before"),
        ("ALTER TABLE entry RENAME TO mood", "release before"),
        ("ALTER TABLE entry ADD COLUMN tint INTEGER, DROP COLUMN calm", "release before"),
        ("DROP TABLE pace", "release before"),
        ("CREATE INDEX entry_mood ON entry (mood)", "CONCURRENTLY"),
        ("CREATE UNIQUE INDEX entry_mood ON entry (mood)", "CONCURRENTLY"),
        ("DROP INDEX entry_mood", "CONCURRENTLY"),
        ("ALTER TABLE entry ADD CONSTRAINT calm CHECK (calm > 0)", "NOT VALID"),
        ("ALTER TABLE entry ADD CONSTRAINT of FOREIGN KEY(mood) REFERENCES mood (id)", "NOT VALID"),
        ("ALTER TABLE entry ADD CONSTRAINT once UNIQUE (person_id, felt_at)", "USING INDEX"),
        ("ALTER TABLE entry VALIDATE CONSTRAINT calm", "by itself"),
        ("ALTER TABLE entry ALTER COLUMN mood TYPE BIGINT", "a new column beside"),
        ("ALTER TABLE entry ALTER COLUMN calm SET NOT NULL", "NOT VALID"),
        ("UPDATE entry SET calm = 3 WHERE calm IS NULL", "in portions"),
        ("DELETE FROM entry WHERE mood = 1", "in portions"),
        ("INSERT INTO tint (entry_id) SELECT id FROM entry", "in portions"),
        ("LOCK TABLE entry", "not known"),
        ("ALTER TABLE entry SET UNLOGGED", "not known"),
    ],
)
def test_what_would_keep_somebody_waiting_is_refused(statement: str, why: str) -> None:
    (said,) = offences([Asked(statement)])
    assert why in said


@pytest.mark.parametrize(
    "statements",
    [
        [
            "ALTER TABLE person ADD COLUMN badge BOOLEAN DEFAULT false NOT NULL",
            "ALTER TABLE person ADD COLUMN tint TEXT",
        ],
        ["CREATE TABLE tint (id INTEGER)", "CREATE INDEX tint_id ON tint (id)", "DROP TABLE tint"],
        ["CREATE INDEX CONCURRENTLY entry_mood ON entry (mood)", "DROP INDEX CONCURRENTLY IF EXISTS entry_mood"],
        ["ALTER TABLE entry ADD CONSTRAINT calm CHECK (calm > 0) NOT VALID", "ALTER TABLE entry DROP CONSTRAINT once"],
        ["UPDATE entry SET calm = 3 WHERE id IN (SELECT id FROM entry WHERE calm IS NULL LIMIT 500)"],
        ["CREATE OR REPLACE FUNCTION tint() RETURNS trigger AS $$ $$", "DROP TRIGGER IF EXISTS tint ON entry",
         "CREATE TRIGGER tint BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION tint()"],
        ["ALTER TABLE entry DROP CONSTRAINT entry_primary, ADD CONSTRAINT entry_key PRIMARY KEY USING INDEX entry_key"],
    ],
)  # fmt: skip
def test_what_nobody_notices_may_be_asked(statements: list[str]) -> None:
    assert offences(map(Asked, statements)) == []
    assert offences([Asked("ALTER TABLE entry VALIDATE CONSTRAINT calm", alone=True)]) == []


@pytest.mark.parametrize(
    ("rule", "alone", "seen"),
    [("calm IS NOT NULL", True, False), ("calm IS NOT NULL", False, True), ("calm > 0", True, True)],
)
def test_a_column_is_asked_for_once_its_rows_were_read_without_a_lock(rule: str, alone: bool, seen: bool) -> None:
    asked = [
        Asked(f'ALTER TABLE "entry" ADD CONSTRAINT there CHECK ({rule}) NOT VALID'),
        Asked('ALTER TABLE "entry" VALIDATE CONSTRAINT "there"', alone=alone),
        Asked('ALTER TABLE "entry" ALTER COLUMN calm SET NOT NULL'),
    ]
    assert any("SET NOT NULL" in offence for offence in offences(asked)) is seen
