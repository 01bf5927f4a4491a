"""What hangs on an entry or a workshop says whose it is, whoever wrote it, and goes with whoever that is."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.journal.record import rows, years_of_notes
from tests.keeping.owned import HANGING, a_day_of_every_form, counted, not_named
from wellbeing import worker
from wellbeing.db import db, transaction
from wellbeing.keeping.owners.operations import name_owners
from wellbeing.models.group import Group
from wellbeing.models.person import Person

MANY = 1100  # more than two portions
ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # on SQLite whoever writes is alone


@pytest.fixture
def lived(cast: Cast, clock: Clock) -> dict[str, int]:
    """A day, and Ben's years; how many rows each table has of them."""
    a_day_of_every_form(cast, clock)
    years_of_notes(cast, "Ben", MANY, lambda ago: f"{ago} {CANARY}")
    found = counted(cast.app)
    assert min(found.values()) > 1
    assert found["note"] > MANY
    return found


def forgotten(cast: Cast) -> None:
    """As the release before writes them: without their owner."""
    with cast.app.app_context(), transaction():
        for table, _, _, owner in HANGING:
            db.session.execute(sa.text(f"UPDATE {table} SET {owner} = NULL"))
    assert not_named(cast.app) == counted(cast.app)


def contents(cast: Cast) -> list[Any]:
    return [sorted(map(repr, rows(cast.app, f"SELECT * FROM {table}"))) for table, *_ in HANGING]


def test_every_form_phone_and_file_says_whose_each_row_is(cast: Cast, lived: dict[str, int]) -> None:
    assert not_named(cast.app) == {}


def test_what_was_written_before_the_migration_says_whose_it_is_after_it(cast: Cast, lived: dict[str, int]) -> None:
    before, rules = contents(cast), _rules(cast)
    with cast.app.app_context():
        downgrade(revision="0024")
        columns = {table: {one["name"] for one in sa.inspect(db.engine).get_columns(table)} for table, *_ in HANGING}
    assert [table for table, *_, owner in HANGING if owner in columns[table]] == []
    assert _rules(cast) == rules
    with cast.app.app_context():
        upgrade()
    assert not_named(cast.app) == {}
    assert contents(cast) == before
    assert _rules(cast) == rules


@ON_POSTGRESQL
def test_a_migration_that_was_stopped_half_way_is_started_again(cast: Cast, lived: dict[str, int]) -> None:
    """On PostgreSQL, where each of its steps is kept by itself. Of one table it had done all, of another nothing."""
    before = contents(cast)
    forgotten(cast)
    with cast.app.app_context(), transaction():
        db.session.execute(sa.text("UPDATE note SET person_id = entry.person_id FROM entry WHERE entry.id = entry_id"))
        db.session.execute(sa.text("DROP INDEX entry_emotion_person_id"))
        db.session.execute(sa.text("ALTER TABLE slot DROP CONSTRAINT slot_group_id_belongs"))
        db.session.execute(sa.text("ALTER TABLE date_seen DROP COLUMN group_id"))
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = '0024'"))
    with cast.app.app_context():
        upgrade()
        left = [table for table, *_, owner in HANGING if not _whole(table, owner)]
    assert left == []
    assert not_named(cast.app) == {}
    assert contents(cast) == before


def _rules(cast: Cast) -> dict[str, set[str | None]]:
    with cast.app.app_context():
        inspector = sa.inspect(db.engine)
        return {table: {one["name"] for one in inspector.get_check_constraints(table)} for table, *_ in HANGING}


def _whole(table: str, owner: str) -> bool:
    inspector = sa.inspect(db.engine)
    leads = [key["options"].get("ondelete") for key in inspector.get_foreign_keys(table)
             if key["constrained_columns"] == [owner]]  # fmt: skip
    return leads == ["CASCADE"] and [owner] in [one["column_names"] for one in inspector.get_indexes(table)]


def test_what_the_release_before_writes_afterwards_is_named_by_the_worker(
    cast: Cast, clock: Clock, lived: dict[str, int]
) -> None:
    before = contents(cast)
    forgotten(cast)
    with cast.app.app_context():
        assert worker.tick(clock.now)
    assert not_named(cast.app) == {}
    assert contents(cast) == before


@ON_POSTGRESQL
def test_nobody_waits_for_the_worker_and_the_worker_for_nobody(cast: Cast, lived: dict[str, int]) -> None:
    """Somebody holds Ben's row, as whoever erases him does: the others are named, and he is in the next pass."""
    forgotten(cast)
    with cast.app.app_context(), db.engine.begin() as other:
        other.execute(sa.select(Person.id).where(Person.id == cast.people["Ben"].person.id).with_for_update())
        name_owners(cast.now)
        left = not_named(cast.app)
        assert set(left) == {"note", "entry_emotion"}
        assert left["note"] < lived["note"]
    with cast.app.app_context():
        name_owners(cast.now)
    assert not_named(cast.app) == {}


def test_a_person_who_goes_takes_their_rows_and_nobody_elses_named_or_not(cast: Cast, lived: dict[str, int]) -> None:
    of_cleo = {table: _of(cast, table, "Cleo") for table in ("note", "entry_emotion")}
    assert min(of_cleo.values()) > 0
    forgotten(cast)
    with cast.app.app_context():
        name_owners(cast.now)
    assert cast.fresh("Ana").post("/settings/erasure").status_code == 303
    forgotten(cast)
    assert cast.fresh("Ben").post("/settings/erasure").status_code == 303
    with cast.app.app_context():
        name_owners(cast.now)
    assert {table: _of(cast, table, "Cleo") for table in of_cleo} == of_cleo
    gus = {table: _of(cast, table, "Gus") for table in of_cleo}
    assert {table: counted(cast.app)[table] for table in of_cleo} == {
        table: of_cleo[table] + gus[table] for table in of_cleo
    }


def _of(cast: Cast, table: str, name: str) -> int:
    whose = {"id": cast.people[name].person.id}
    return int(rows(cast.app, f"SELECT count(*) AS n FROM {table} WHERE person_id = :id", **whose)[0].n)


@pytest.mark.parametrize("named", [True, False])
def test_a_group_that_is_deleted_takes_what_hangs_on_its_dates(cast: Cast, lived: dict[str, int], named: bool) -> None:
    if not named:
        forgotten(cast)
    with cast.app.app_context(), transaction():
        db.session.execute(sa.delete(Group).where(Group.id == cast.groups["Willow"].id))
    with cast.app.app_context():
        name_owners(cast.now)
    left = counted(cast.app)
    for table, *_, owner in HANGING:
        if owner == "group_id":
            whose = rows(cast.app, f"SELECT DISTINCT group_id FROM {table}")
            assert [one.group_id for one in whose] == [cast.groups["Oak"].id]
            assert left[table] * 2 == lived[table]
