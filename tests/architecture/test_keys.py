"""Every personal table is keyed first by person, every group table by group; those that are copied are in keys.py."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
import sqlalchemy as sa

import wellbeing.models
from tests.architecture.keys import COPIED, OF_THE_PLACE, SELDOM_ENDED
from tests.postgresql import Cluster
from wellbeing.db import Base

Keys = tuple[tuple[str, ...], set[frozenset[str]], set[tuple[tuple[str, ...], str]]]
PARTS = 4
OWNERS = ("person", "group")  # in this order: what leads to both is somebody's


@pytest.fixture(scope="module")
def mapped() -> sa.MetaData:
    for module in pkgutil.iter_modules(wellbeing.models.__path__):
        importlib.import_module(f"wellbeing.models.{module.name}")
    return Base.metadata


def owners(metadata: sa.MetaData) -> dict[str, str]:
    """Whose each table is: of the person or the group that its foreign keys lead to, by however many steps."""
    found: dict[str, str] = {}
    for owner in OWNERS:
        theirs = {owner}
        while more := {table.name for table in metadata.tables.values() if _pointed_at(table) & theirs} - theirs:
            theirs |= more
        found = dict.fromkeys(theirs, owner) | found
    return found


def not_led(metadata: sa.MetaData) -> set[str]:
    """Every key that its owner does not lead, as `table: columns`, or `table: column to table`."""
    whose = owners(metadata)
    return {
        f"{table.name}: {key}" for table in metadata.tables.values() if table.name in whose
        for key in (_led_away(table) if table.name in COPIED else _not_led(table, whose))
    }  # fmt: skip


def _not_led(table: sa.Table, whose: dict[str, str]) -> set[str]:
    owner = whose[table.name]
    leader = "id" if table.name == owner else f"{owner}_id"
    once = [list(table.primary_key.columns)]
    once += [list(rule.columns) for rule in table.constraints if isinstance(rule, sa.UniqueConstraint)]
    once += [list(index.columns) for index in table.indexes if index.unique]
    wrong = {" ".join(column.name for column in columns) for columns in once if columns[0].name != leader}
    for key in table.foreign_key_constraints:
        target = key.referred_table.name
        if target not in COPIED and leader not in key.column_keys:
            wrong.add(f"{' '.join(key.column_keys)} to {target}")
    return wrong


def _led_away(table: sa.Table) -> set[str]:
    """What a table of which there are copies points at, and cannot while that is spread."""
    return {f"copied, points at {target}" for target in _pointed_at(table) - set(COPIED)}


def _pointed_at(table: sa.Table) -> set[str]:
    return {key.referred_table.name for key in table.foreign_key_constraints}


def test_what_is_somebodys_or_a_groups_is_found_on_one_machine(mapped: sa.MetaData) -> None:
    assert len(owners(mapped)) > 40
    assert not_led(mapped) == set(), "begin the key with person_id or group_id (docs/scaling.md)"


def test_whatever_is_somebodys_or_a_groups_says_whose_it_is_in_every_row(mapped: sa.MetaData) -> None:
    found = {
        table: mapped.tables[table].columns.get(f"{owner}_id")
        for table, owner in owners(mapped).items() if table not in OWNERS and table not in COPIED
    }  # fmt: skip
    assert {table for table, column in found.items() if column is None} == set()
    there = [column for column in found.values() if column is not None]
    assert {str(column) for column in there if column.nullable} == set()
    assert {key.ondelete for column in there for key in column.foreign_keys if len(key.constraint.columns) == 1} == {  # type: ignore[union-attr]
        "CASCADE"
    }
    assert [str(column) for column in there if not column.foreign_keys] == []


def test_the_keys_are_those_of_the_database(
    mapped: sa.MetaData, cluster: Cluster, postgresql_template: sa.Engine
) -> None:
    """As PostgreSQL has them; SQLite, which is never spread, has a number alone as key where there is one."""
    assert in_the_database(cluster.url("template")) == {one.name: keys_of(one) for one in mapped.tables.values()}


def test_postgresql_itself_spreads_every_table_by_its_owner(
    mapped: sa.MetaData, cluster: Cluster, postgresql_template: sa.Engine
) -> None:
    """Over partitions of its own, of which it asks the same as a distributed PostgreSQL does of machines."""
    engine = sa.create_engine(cluster.url("template"), poolclass=sa.NullPool)
    with engine.connect() as connection:  # never committed
        refused = spread(connection, mapped)
        of_entries = sa.text("SELECT count(*) FROM pg_inherits WHERE inhparent = 'spread.entry'::regclass")
        assert connection.scalar(of_entries) == PARTS
    assert refused == []


@pytest.mark.parametrize(("once", "refused"), [("said", {"mood"}), ("person_id, said", set())])
def test_what_postgresql_would_not_spread_is_seen(
    cluster: Cluster, postgresql_template: sa.Engine, once: str, refused: set[str]
) -> None:
    made = f"CREATE TABLE mood (person_id INT REFERENCES person (id), said INT, UNIQUE ({once}))"
    with sa.create_engine(cluster.url("template"), poolclass=sa.NullPool).connect() as connection:
        connection.execute(sa.text(made))
        mapped = sa.MetaData()
        mapped.reflect(connection, only=["person", "mood"])
        assert {one.split(":")[0] for one in spread(connection, mapped)} == refused


def spread(connection: sa.Connection, mapped: sa.MetaData) -> list[str]:
    """Make every table anew in a schema of its own, parted by its owner; returns what PostgreSQL refuses."""
    whose, refused = owners(mapped), []
    connection.execute(sa.text("CREATE SCHEMA spread"))
    statements: list[tuple[str, str]] = []
    for table in mapped.tables.values():
        owner = whose.get(table.name)
        leader = "id" if table.name == owner else f"{owner}_id"
        apart = f" PARTITION BY HASH ({leader})" if owner and table.name not in COPIED else ""
        parts = [
            f'CREATE TABLE spread."{table.name}_{n}" PARTITION OF spread."{table.name}" '
            f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {n})"
            for n in range(PARTS) if apart
        ]  # fmt: skip
        made = f'CREATE TABLE spread."{table.name}" (LIKE public."{table.name}" INCLUDING ALL){apart}'
        statements += [(table.name, statement) for statement in (made, *parts)]
    for table in mapped.tables.values():
        for key in table.foreign_key_constraints:
            here, there = ", ".join(key.column_keys), ", ".join(one.column.name for one in key.elements)
            statements.append((
                table.name,
                f'ALTER TABLE spread."{table.name}" ADD FOREIGN KEY ({here}) '
                f'REFERENCES spread."{key.referred_table.name}" ({there})',
            ))  # fmt: skip
    for name, statement in statements:
        try:
            with connection.begin_nested():
                connection.execute(sa.text(statement))
        except sa.exc.DBAPIError as failure:
            refused.append(f"{name}: {failure.orig}")
    return refused


def in_the_database(address: str) -> dict[str, Keys]:
    real = sa.MetaData()
    real.reflect(sa.create_engine(address, poolclass=sa.NullPool))
    return {table.name: keys_of(table) for table in real.tables.values() if table.name != "alembic_version"}


def keys_of(table: sa.Table) -> Keys:
    """The primary key in its order; all that is there once, in any; what points where."""
    once = [rule.columns for rule in table.constraints if isinstance(rule, sa.UniqueConstraint)]
    once += [index.columns for index in table.indexes if index.unique]
    pointing = {(tuple(key.column_keys), key.elements[0].target_fullname) for key in table.foreign_key_constraints}
    primary = tuple(column.name for column in table.primary_key.columns)
    return primary, {frozenset(column.name for column in columns) for columns in once}, pointing


def test_whatever_has_no_owner_says_why(mapped: sa.MetaData) -> None:
    assert set(mapped.tables) - set(owners(mapped)) == set(OF_THE_PLACE)


def slow_to_end(metadata: sa.MetaData) -> set[str]:
    """Foreign keys that no index finds from the other side: when what they point at ends, the whole table is read."""
    found = set()
    for table in metadata.tables.values():
        whole = [index for index in table.indexes if index.dialect_options["sqlite"]["where"] is None]
        once = [rule for rule in table.constraints if isinstance(rule, sa.UniqueConstraint)]
        led = {f"{table.name}.{next(iter(one.columns.keys()))}" for one in (*whole, *once, table.primary_key)}
        found |= {f"{table.name}.{key.column_keys[0]}" for key in table.foreign_key_constraints} - led
    return found


def test_an_account_that_ends_takes_its_rows_by_an_index(mapped: sa.MetaData) -> None:
    assert slow_to_end(mapped) == SELDOM_ENDED
