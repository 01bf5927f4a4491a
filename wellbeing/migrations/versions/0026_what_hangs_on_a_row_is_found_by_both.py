"""On SQLite, what hangs on a row is found by its owner and that row together.

Statements name both since every row says whose it is. By an index of the owner alone SQLite, which keeps no statistics
here, read every emotion of a person for each note that it showed. PostgreSQL has both in the key. Notes, cancellations
and dates that were seen are keyed by that row itself.
"""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"

HANGING = (
    ("entry_emotion", "person_id", "entry_id"), ("slot", "group_id", "workshop_id"),
    ("headcount", "group_id", "workshop_id"),
)  # fmt: skip


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, owner, link in HANGING:
            op.create_index(f"{table}_{owner}_{link}", table, [owner, link])
            op.drop_index(f"{table}_{owner}", table)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, owner, link in HANGING:
            op.create_index(f"{table}_{owner}", table, [owner])
            op.drop_index(f"{table}_{owner}_{link}", table)
