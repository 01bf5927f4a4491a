"""Keys made anew while people are answered: the new one is built beside the old and takes its place in a moment.

Each step looks first whether it is done, so that a migration that was stopped is started again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

from wellbeing.migrations.online import create_index, fill, validate


@dataclass(frozen=True)
class Hung:
    """Rows of `table` that point at one of `above` by `link`, together with their owner unless that is `lone`."""

    table: str
    link: str
    above: str
    owner: str = "person_id"
    lone: bool = False

    def alone(self) -> Hung:
        return Hung(self.table, self.link, self.above, self.owner, lone=True)

    @property
    def columns(self) -> list[str]:
        return [self.link] if self.lone else [self.owner, self.link]


def on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def named(table: str, link: str, above: str, owner: str) -> None:
    """A column that says whose each row is: that of the row of `above` which it hangs on.

    On PostgreSQL a trigger fills it for whoever does not know it yet. On SQLite it may be empty, as far as SQLite is
    concerned, for a rule would ask for a new table.
    """
    column = f"{owner}_id"
    if not on_postgresql():
        rule = f'CONSTRAINT {table}_{column}_belongs REFERENCES "{owner}" (id) ON DELETE CASCADE'
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN {column} INTEGER {rule}')
        fill(table, column, link, above)
        op.create_index(f"{table}_{column}", table, [column])
        return
    op.add_column(table, sa.Column(column, sa.Integer(), nullable=True), if_not_exists=True)
    _triggered(table, column, link, above)
    empty = sa.select(sa.exists().where(sa.table(table, sa.column(column)).c[column].is_(None)))
    while op.get_bind().scalar(empty):
        fill(table, column, link, above)  # passes over what somebody holds at that moment
        time.sleep(0.1)
    belongs(table, column, owner, "CASCADE")
    _always(table, column)


def unnamed(table: str, owner: str) -> None:
    column = f"{owner}_id"
    if on_postgresql():
        op.execute(f"DROP FUNCTION {_trigger(table)}() CASCADE")
    else:
        op.drop_index(f"{table}_{column}", table)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_column(column)


def key(table: str, columns: list[str], hung: Iterable[Hung]) -> None:
    """The primary key of `table` is this; what hangs on it is told so as well."""
    inspector = sa.inspect(op.get_bind())
    if inspector.get_pk_constraint(table)["constrained_columns"] != columns:
        create_index(f"{table}_key", table, columns, unique=True)
        for one in hung:
            for rule in _rules(one.table, one.above):
                op.drop_constraint(rule, one.table, type_="foreignkey")
        op.execute(
            f'ALTER TABLE "{table}" DROP CONSTRAINT {table}_primary, '
            f"ADD CONSTRAINT {table}_primary PRIMARY KEY USING INDEX {table}_key"
        )
        for one in hung:
            target = ["id"] if one.lone else [one.owner, "id"]
            op.create_foreign_key(
                _belongs(one.table, one.columns), one.table, one.above, one.columns, target,
                ondelete="CASCADE", postgresql_not_valid=True,
            )  # fmt: skip
    for one in hung:
        validate(one.table, _belongs(one.table, one.columns))


def once(table: str, old: list[str], new: list[str]) -> None:
    """`new` is there once and `old`, unless empty, may be there again."""
    if not _has(table, new):
        create_index(_once(table, new), table, new, unique=True)
        op.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT {_once(table, new)} UNIQUE USING INDEX {_once(table, new)}')
    if old:
        once_no_more(table, old)


def once_no_more(table: str, columns: list[str]) -> None:
    if _has(table, columns):
        op.drop_constraint(_once(table, columns), table, type_="unique")


def belongs(table: str, column: str, owner: str, ondelete: str) -> None:
    if _belongs(table, [column]) not in _rules(table, owner):
        op.create_foreign_key(
            _belongs(table, [column]), table, owner, [column], ["id"], ondelete=ondelete, postgresql_not_valid=True
        )
    validate(table, _belongs(table, [column]))


def belongs_no_more(table: str, column: str, owner: str) -> None:
    if _belongs(table, [column]) in _rules(table, owner):
        op.drop_constraint(_belongs(table, [column]), table, type_="foreignkey")


def _triggered(table: str, column: str, link: str, above: str) -> None:
    name = _trigger(table)
    rows = sa.table(above, sa.column("id"), sa.column(column))
    found = sa.select(rows.c[column]).where(rows.c.id == sa.literal_column(f"NEW.{link}"))
    op.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ "
        f"BEGIN NEW.{column} := ({found}); RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    op.execute(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
    op.execute(
        f'CREATE TRIGGER {name} BEFORE INSERT ON "{table}" '
        f"FOR EACH ROW WHEN (NEW.{column} IS NULL) EXECUTE FUNCTION {name}()"
    )


def _always(table: str, column: str) -> None:
    """NOT NULL, whose rows were read before, without a lock."""
    there = f"{table}_{column}_there"
    if {one["name"]: one["nullable"] for one in sa.inspect(op.get_bind()).get_columns(table)}[column]:
        if there not in {one["name"] for one in sa.inspect(op.get_bind()).get_check_constraints(table)}:
            op.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT {there} CHECK ({column} IS NOT NULL) NOT VALID')
        validate(table, there)
        op.execute(f'ALTER TABLE "{table}" ALTER COLUMN {column} SET NOT NULL')
    op.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS {there}')


def _trigger(table: str) -> str:
    return f"{table}_names_its_owner"


def _once(table: str, columns: list[str]) -> str:
    return f"{table}_{'_'.join(columns)}_once"


def _belongs(table: str, columns: list[str]) -> str:
    return f"{table}_{'_'.join(columns)}_belongs"


def _has(table: str, columns: list[str]) -> bool:
    rules = sa.inspect(op.get_bind()).get_unique_constraints(table)
    return _once(table, columns) in {one["name"] for one in rules}


def _rules(table: str, above: str) -> list[str]:
    """The foreign keys of `table` that lead to `above`."""
    rules = sa.inspect(op.get_bind()).get_foreign_keys(table)
    return [str(one["name"]) for one in rules if one["referred_table"] == above]
