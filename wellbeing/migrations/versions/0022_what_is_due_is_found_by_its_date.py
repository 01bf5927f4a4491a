"""What is due, and what has served its time, is found by its date: a pass with nothing to do reads nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

INDEXES = (
    ("group_next_due", "group", ["next_due"]),
    ("release_days_start", "release", ["days", "start"]),
    ("operation_received_at", "operation", ["received_at"]),
    ("sign_in_expires_at", "sign_in", ["expires_at"]),
    ("sign_in_revoked_at", "sign_in", ["revoked_at"]),
    ("throttle_expires", "throttle", ["expires"]),
    ("key_change_at", "key_change", ["at"]),
    ("import_draft_kept_at", "import_draft", ["kept_at"]),
    ("person_last_seen_day", "person", ["last_seen_day"]),
)
DELETED = sa.text("deleted_at IS NOT NULL")


def upgrade() -> None:
    # empty: the worker looks at every group once
    op.add_column("group", sa.Column("next_due", sa.Date(), nullable=True))
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)
    op.create_index(
        "entity_state_deleted_at", "entity_state", ["deleted_at"], sqlite_where=DELETED, postgresql_where=DELETED
    )


def downgrade() -> None:
    op.drop_index("entity_state_deleted_at", "entity_state")
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table)
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.drop_column("next_due")
