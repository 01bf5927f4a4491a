"""A person's export is whole: every column that leads to them is in it, or is named with the reason why not."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
import sqlalchemy as sa

import wellbeing.models
from wellbeing.db import Base
from wellbeing.portability.contents import CARRIED, LEFT_OUT, WORDS


@pytest.fixture(scope="module")
def personal() -> set[str]:
    """Every column of every table that leads to a person, directly or by way of an entry that does."""
    for module in pkgutil.iter_modules(wellbeing.models.__path__):
        importlib.import_module(f"wellbeing.models.{module.name}")
    tables = Base.metadata.tables
    whose = {"person", "entry"}
    led = [table for table in tables.values() if table.name in whose or whose & {
        *(key.column.table.name for key in table.foreign_keys), *(column.info.get("names") for column in table.columns)
    }]  # fmt: skip
    assert len(led) > 20
    return {f"{table.name}.{column.name}" for table in led for column in table.columns}


def test_every_column_of_a_person_is_in_their_export_or_left_out_for_a_reason(personal: set[str]) -> None:
    carried = {f"{table}.{column}" for table, columns in CARRIED.items() for column in columns}
    left = {column for column in personal if column in LEFT_OUT or column.split(".")[0] in LEFT_OUT}
    assert sorted(personal - carried - left) == [], "decide in wellbeing/portability/contents.py"
    assert sorted(carried & left) == []


def test_nothing_is_listed_that_is_not_there(personal: set[str]) -> None:
    carried = {f"{table}.{column}" for table, columns in CARRIED.items() for column in columns}
    tables = {column.split(".")[0] for column in personal}
    assert sorted(carried - personal) == []
    assert sorted(name for name in LEFT_OUT if name not in personal | tables) == []
    assert all(len(reason) > 5 for reason in LEFT_OUT.values())


def test_every_box_of_words_is_opened_for_its_person(personal: set[str]) -> None:
    """A box is a column of bytes; one that is no hash and no key is a person's words, and is said in plain text."""
    tables = Base.metadata.tables
    boxes = {
        name for name in personal
        if isinstance(tables[name.split(".")[0]].columns[name.split(".")[1]].type, sa.LargeBinary)
    }  # fmt: skip
    left = {name for name in boxes if name in LEFT_OUT or name.split(".")[0] in LEFT_OUT}
    assert boxes - left == WORDS
