"""Every personal table is keyed first by person, every group table by group; what is not yet so is named in keys.py."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
import sqlalchemy as sa

import wellbeing.models
from tests.architecture.keys import (
    EXPANDED,
    OF_THE_PLACE,
    OTHERWISE_NAMED,
    POINTED_AT,
    SELDOM_ENDED,
    STANDING,
    standing,
)
from wellbeing.db import Base

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
        for key in _not_led(table, whose)
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
        free = target in OWNERS or (target in POINTED_AT and whose[target] != owner)
        if not free and leader not in key.column_keys:
            wrong.add(f"{' '.join(key.column_keys)} to {target}")
    return wrong


def _pointed_at(table: sa.Table) -> set[str]:
    return {key.referred_table.name for key in table.foreign_key_constraints}


def test_what_is_somebodys_or_a_groups_is_found_on_one_machine(mapped: sa.MetaData) -> None:
    found = not_led(mapped)
    assert len(owners(mapped)) > 40
    new = sorted(found - standing())
    assert new == [], f"led by no owner (docs/scaling.md): begin the key with person_id or group_id: {new}"
    assert sorted(standing() - found) == [], "these keep to it now: strike them out of keys.py"


def test_whatever_is_somebodys_or_a_groups_says_whose_it_is_in_every_row(mapped: sa.MetaData) -> None:
    """What may still be empty is filled by the worker (tests/keeping/test_owners.py), until the next release."""
    found = {table: mapped.tables[table].columns.get(f"{owner}_id") for table, owner in owners(mapped).items()}
    assert {table for table, column in found.items() if column is None} - set(OWNERS) == OTHERWISE_NAMED
    there = [column for column in found.values() if column is not None]
    assert {str(column) for column in there if column.nullable} == EXPANDED
    assert {key.ondelete for column in there for key in column.foreign_keys} == {"CASCADE"}
    assert [str(column) for column in there if not column.foreign_keys] == []


def test_whatever_has_no_owner_says_why(mapped: sa.MetaData) -> None:
    assert set(mapped.tables) - set(owners(mapped)) == set(OF_THE_PLACE)


def test_nothing_stands_for_two_reasons() -> None:
    lines = " | ".join(" | ".join(found.strip().splitlines()) for found in STANDING.values()).split("|")
    assert len(lines) == len(standing())


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
