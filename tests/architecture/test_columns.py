"""Every column has a class, and is kept as its class asks."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
import sqlalchemy as sa

import wellbeing.models
from tests.architecture.columns import CLASSES, KEYS_IN_LETTERS, TABLES, class_of
from wellbeing.db import Base
from wellbeing.web.guards import WALLED_TABLES

PEOPLE = {"person", "entry"}  # a table that leads to one of these is about somebody


@pytest.fixture(scope="module")
def columns() -> list[tuple[str, sa.Column[object]]]:
    for module in pkgutil.iter_modules(wellbeing.models.__path__):
        importlib.import_module(f"wellbeing.models.{module.name}")
    found = [(table.name, column) for table in Base.metadata.tables.values() for column in table.columns]
    assert len(found) > 150
    return found


def names_somebody(table: str) -> bool:
    theirs = {key.column.table.name for column in Base.metadata.tables[table].columns for key in column.foreign_keys}
    return table in PEOPLE or bool(theirs & PEOPLE)


def test_every_column_has_a_class(columns: list[tuple[str, sa.Column[object]]]) -> None:
    without = sorted({table for table, column in columns if class_of(table, column.name) not in CLASSES})
    assert without == [], f"say in tests/architecture/columns.py what these tables hold: {', '.join(without)}"


def test_no_class_is_kept_for_a_column_that_is_gone(columns: list[tuple[str, sa.Column[object]]]) -> None:
    there = {(table, column.name) for table, column in columns}
    gone = [table for table in TABLES if table not in Base.metadata.tables] + [
        f"{table}.{name}"
        for table, (_, apart) in TABLES.items()
        for names in apart.values()
        for name in names.split()
        if (table, name) not in there
    ]
    assert gone == []


def test_words_are_in_a_box_of_their_person_behind_the_wall(columns: list[tuple[str, sa.Column[object]]]) -> None:
    words = [(table, column) for table, column in columns if class_of(table, column.name) == "words"]
    assert len(words) > 5
    for table, column in words:
        assert isinstance(column.type, sa.LargeBinary), f"{table}.{column.name} can be read in the database"
        assert names_somebody(table), table
        # whoever is signed in is looked up for every page, and brings their pseudonym, still in its box
        assert WALLED_TABLES.search(f"FROM {table}") or table in ("person", "sign_in"), table


def test_what_opens_something_is_a_hash_or_a_box(columns: list[tuple[str, sa.Column[object]]]) -> None:
    for table, column in columns:
        if class_of(table, column.name) == "keys" and f"{table}.{column.name}" not in KEYS_IN_LETTERS:
            assert isinstance(column.type, sa.LargeBinary), f"{table}.{column.name}"


def test_figures_and_what_is_public_name_nobody(columns: list[tuple[str, sa.Column[object]]]) -> None:
    named = {table for table, column in columns if class_of(table, column.name) in ("figures", "public")}
    assert {"release", "group"} <= named
    assert [table for table in sorted(named) if names_somebody(table)] == []


def test_what_names_somebody_has_the_class_of_it(columns: list[tuple[str, sa.Column[object]]]) -> None:
    wrong = {table for table, _ in columns if names_somebody(table) and TABLES[table][0] != "numbers"}
    assert wrong == set()


def test_no_column_holds_a_way_to_reach_somebody(columns: list[tuple[str, sa.Column[object]]]) -> None:
    reached = [
        f"{table}.{column.name}"
        for table, column in columns
        if any(word in column.name for word in ("mail", "birth", "address", "ip_", "user_agent", "telephone"))
        or ("phone" in column.name and column.name != "without_phone")
    ]
    assert reached == []
