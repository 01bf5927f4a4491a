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
from wellbeing.db import db, transaction
from wellbeing.models.group import Group

MANY = 1100  # more than two portions
ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # on SQLite whoever writes is alone
# In which order a migration was stopped: each of these undoes one of its steps on one table.
STOPPED = (
    "ALTER TABLE date_seen DROP COLUMN group_id CASCADE",
    "ALTER TABLE date_seen ADD CONSTRAINT date_seen_primary PRIMARY KEY (workshop_id)",
    "DROP FUNCTION note_names_its_owner() CASCADE",
    "ALTER TABLE slot DROP CONSTRAINT slot_group_id_belongs",
    "ALTER TABLE cancellation DROP CONSTRAINT cancellation_primary, ALTER COLUMN group_id DROP NOT NULL",
    "ALTER TABLE cancellation ADD CONSTRAINT cancellation_primary PRIMARY KEY (workshop_id)",
    "UPDATE cancellation SET group_id = NULL",
    "ALTER TABLE cancellation ADD CONSTRAINT cancellation_group_id_there CHECK (group_id IS NOT NULL) NOT VALID",
    "DROP INDEX sign_in_token_hash",
    "CREATE INDEX stewardship_person_id ON stewardship (person_id)",
    "ALTER TABLE consent DROP CONSTRAINT consent_person_id_uid_once, ADD CONSTRAINT consent_uid_once UNIQUE (uid)",
)


@pytest.fixture
def lived(cast: Cast, clock: Clock) -> dict[str, int]:
    """A day, and Ben's years; how many rows each table has of them."""
    a_day_of_every_form(cast, clock)
    years_of_notes(cast, "Ben", MANY, lambda ago: f"{ago} {CANARY}")
    found = counted(cast.app)
    assert min(found.values()) > 1
    assert found["note"] > MANY
    return found


def contents(cast: Cast) -> list[Any]:
    return [sorted(map(repr, rows(cast.app, f"SELECT * FROM {table}"))) for table, *_ in HANGING]


def rules(cast: Cast) -> dict[str, list[str]]:
    """Every key, rule and index there is, by its table."""
    with cast.app.app_context():
        seen = sa.inspect(db.engine)
        return {
            table: sorted(map(repr, [
                seen.get_pk_constraint(table), *seen.get_foreign_keys(table), *seen.get_unique_constraints(table),
                *seen.get_check_constraints(table),
                *((one["name"], one["column_names"], one["unique"]) for one in seen.get_indexes(table)),
                *((one["name"], one["nullable"]) for one in seen.get_columns(table)),
            ]))
            for table in seen.get_table_names()
        }  # fmt: skip


def test_every_form_phone_and_file_says_whose_each_row_is(cast: Cast, lived: dict[str, int]) -> None:
    assert not_named(cast.app) == {}


def test_what_was_written_before_the_migration_says_whose_it_is_after_it(cast: Cast, lived: dict[str, int]) -> None:
    before, here = contents(cast), rules(cast)
    with cast.app.app_context():
        downgrade(revision="0024")
        columns = {table: {one["name"] for one in sa.inspect(db.engine).get_columns(table)} for table, *_ in HANGING}
    assert [table for table, *_, owner in HANGING if owner in columns[table]] == []
    with cast.app.app_context():
        upgrade()
    assert not_named(cast.app) == {}
    assert contents(cast) == before
    assert rules(cast) == here


@ON_POSTGRESQL
def test_a_migration_that_was_stopped_half_way_is_started_again(cast: Cast, lived: dict[str, int]) -> None:
    """On PostgreSQL, where each of its steps is kept by itself."""
    before, here = contents(cast), rules(cast)
    with cast.app.app_context(), transaction():
        for step in STOPPED:
            db.session.execute(sa.text(step))
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = '0024'"))
    assert rules(cast) != here
    with cast.app.app_context():
        upgrade()
    assert rules(cast) == here
    assert not_named(cast.app) == {}
    assert contents(cast) == before


@ON_POSTGRESQL
def test_what_the_release_before_writes_meanwhile_is_named_as_it_comes(cast: Cast, lived: dict[str, int]) -> None:
    """It knows nothing of the owner's column."""
    before = contents(cast)
    with cast.app.app_context(), transaction():
        for table, *_, owner in HANGING:
            names = [one["name"] for one in sa.inspect(db.session.connection()).get_columns(table)]
            known = ", ".join(f'"{name}"' for name in names if name != owner)
            for step in (
                f"CREATE TEMPORARY TABLE aside ON COMMIT DROP AS SELECT {known} FROM {table}",
                f"DELETE FROM {table}",
                f"INSERT INTO {table} ({known}) SELECT {known} FROM aside",
                "DROP TABLE aside",
            ):
                db.session.execute(sa.text(step))
    assert not_named(cast.app) == {}
    assert contents(cast) == before


def test_a_person_who_goes_takes_their_rows_and_nobody_elses(cast: Cast, lived: dict[str, int]) -> None:
    of_cleo = {table: _of(cast, table, "Cleo") for table in ("note", "entry_emotion")}
    assert min(of_cleo.values()) > 0
    for name in ("Ana", "Ben"):
        assert cast.fresh(name).post("/settings/erasure").status_code == 303
    gus = {table: _of(cast, table, "Gus") for table in of_cleo}
    assert {table: counted(cast.app)[table] for table in of_cleo} == {
        table: of_cleo[table] + gus[table] for table in of_cleo
    }


def _of(cast: Cast, table: str, name: str) -> int:
    whose = {"id": cast.people[name].person.id}
    return int(rows(cast.app, f"SELECT count(*) AS n FROM {table} WHERE person_id = :id", **whose)[0].n)


def test_a_group_that_is_deleted_takes_what_hangs_on_its_dates(cast: Cast, lived: dict[str, int]) -> None:
    with cast.app.app_context(), transaction():
        db.session.execute(sa.delete(Group).where(Group.id == cast.groups["Willow"].id))
    left = counted(cast.app)
    for table, *_, owner in HANGING:
        if owner == "group_id":
            whose = rows(cast.app, f"SELECT DISTINCT group_id FROM {table}")
            assert [one.group_id for one in whose] == [cast.groups["Oak"].id]
            assert left[table] * 2 == lived[table]
