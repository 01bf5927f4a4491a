"""The tables as they are mapped: no road from a group to a person's words, and every rule has a name."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
import sqlalchemy as sa

import wellbeing.models
from wellbeing.db import Base


@pytest.fixture(scope="module", autouse=True)
def mapped() -> sa.MetaData:
    for module in pkgutil.iter_modules(wellbeing.models.__path__):
        importlib.import_module(f"wellbeing.models.{module.name}")
    sa.orm.configure_mappers()
    return Base.metadata


def followed(registry: sa.orm.registry) -> list[str]:
    return [f"{mapper.class_.__name__}.{key}" for mapper in registry.mappers for key in mapper.relationships.keys()]  # noqa: SIM118


def nameless(metadata: sa.MetaData) -> list[str]:
    rules = [(table.name, rule) for table in metadata.tables.values() for rule in table.constraints]
    return [table for table, rule in rules if isinstance(rule, sa.CheckConstraint) and not rule.name]


def without_zone(metadata: sa.MetaData) -> list[str]:
    return [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.DateTime) and not column.type.timezone
    ]


def test_nothing_is_reached_by_following_an_attribute() -> None:
    """There are no relationships at all: what is read is asked for, by a query that says whose it is."""
    assert len(list(Base.registry.mappers)) > 10
    assert followed(Base.registry) == []


def test_every_rule_a_table_holds_has_a_name(mapped: sa.MetaData) -> None:
    assert any(isinstance(rule, sa.CheckConstraint) for table in mapped.tables.values() for rule in table.constraints)
    assert nameless(mapped) == []


def test_instants_carry_their_zone(mapped: sa.MetaData) -> None:
    assert without_zone(mapped) == []
