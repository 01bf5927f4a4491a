"""Notes and emotions say whose they are, and what hangs on a workshop of which group: by it they may be spread.

Empty where the release before writes; the worker names those (keeping/owners). The next release asks for the column in
every row and puts it first in each key. Started again after it was stopped, this goes on from where it was.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wellbeing.migrations.online import create_index, fill, validate

revision = "0025"
down_revision = "0024"

HANGING = (
    ("note", "entry_id", "entry", "person"),
    ("entry_emotion", "entry_id", "entry", "person"),
    ("slot", "workshop_id", "workshop", "group"),
    ("cancellation", "workshop_id", "workshop", "group"),
    ("headcount", "workshop_id", "workshop", "group"),
    ("date_seen", "workshop_id", "workshop", "group"),
)


def upgrade() -> None:
    for table, link, above, owner in HANGING:
        column = f"{owner}_id"
        _add(table, column, owner)
        fill(table, column, link, above)
        _belongs(table, column, owner)
        create_index(f"{table}_{column}", table, [column])


def downgrade() -> None:
    for table, _, _, owner in reversed(HANGING):
        column = f"{owner}_id"
        op.drop_index(f"{table}_{column}", table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)


def _add(table: str, column: str, owner: str) -> None:
    """SQLite takes the column with its rule, and reads no row for it."""
    if op.get_bind().dialect.name == "postgresql":
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=True), if_not_exists=True)
    else:
        rule = f'CONSTRAINT {table}_{column}_belongs REFERENCES "{owner}" (id) ON DELETE CASCADE'
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN {column} INTEGER {rule}')


def _belongs(table: str, column: str, owner: str) -> None:
    """Asked for once the rows are filled: until then nothing that fills one has to look at its owner."""
    if op.get_bind().dialect.name == "postgresql":
        name = f"{table}_{column}_belongs"
        if name not in {key["name"] for key in sa.inspect(op.get_bind()).get_foreign_keys(table)}:
            op.create_foreign_key(name, table, owner, [column], ["id"], ondelete="CASCADE", postgresql_not_valid=True)
        validate(table, name)
