"""A new release that is taken back: the old one leaves its tables alone, and the backup brings everybody back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.hosting.conftest import Command
from tests.hosting.test_drill import noted, page
from tests.journal.record import entries, rows
from wellbeing import checking
from wellbeing.db import db, transaction

REFUSED = "The database is at 0999_later, of a newer Le fil than this one, which leaves it alone"


def brought_forward(cast: Cast) -> None:
    """By a release that does not exist yet: a table and a column more."""
    with cast.app.app_context(), transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0999_later'"))
        db.session.execute(
            text("CREATE TABLE of_later (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES person (id))")
        )
        db.session.execute(text("ALTER TABLE entry ADD COLUMN later INTEGER"))
        if db.engine.dialect.name == "postgresql":
            db.session.execute(
                text("CREATE FUNCTION later(one entry) RETURNS integer LANGUAGE sql AS 'SELECT one.later'")
            )
            db.session.execute(text("CREATE FUNCTION anew() RETURNS integer LANGUAGE sql AS 'SELECT 1'"))


def tables(cast: Cast) -> set[str]:
    with cast.app.app_context():
        found = set(inspect(db.engine).get_table_names())
        db.engine.dispose()
    return found


def test_the_old_release_leaves_newer_tables_alone_and_its_backup_brings_everybody_back(
    place: Cast, command: Command, kept: Path, clock: Clock
) -> None:
    before = noted(place, "Ana", f"before {CANARY}")
    assert command("backup", kept).exit_code == 0
    brought_forward(place)
    held = rows(place.app, "SELECT * FROM entry")
    for words in (("prepare",), ("create-steward",)):
        refused = command(*words)
        assert refused.exit_code == 1
        assert REFUSED in refused.output
    assert rows(place.app, "SELECT version_num FROM alembic_version")[0].version_num == "0999_later"
    assert rows(place.app, "SELECT * FROM entry") == held
    with place.app.app_context():
        [said] = checking.of_database()
    assert said.startswith(REFUSED)

    done = command("restore", kept)
    assert done.exit_code == 0, done.output
    assert "of_later" not in tables(place)
    assert entries(place, "Ana")
    assert f"before {CANARY}" in page(place, "Ana", before)
    with place.app.app_context():
        assert list(checking.of_database()) == []
    assert command("prepare").exit_code == 0
    brought_forward(place)  # and the newer one can come again
