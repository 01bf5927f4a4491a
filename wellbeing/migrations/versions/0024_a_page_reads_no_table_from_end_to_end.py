"""A page, and a pass with nothing due, reads no table from end to end; a draft is keyed by its person alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from wellbeing.migrations.online import create_index

revision = "0024"
down_revision = "0023"

TAKEN_BACK = sa.text("withdrawn_at IS NOT NULL")


def upgrade() -> None:
    # nothing hangs on a draft: on SQLite the table may be made anew
    with op.batch_alter_table("import_draft", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("import_draft_uid_once"), type_="unique")
    create_index("membership_person_id", "membership", ["person_id"])
    create_index(
        "consent_taken_back", "consent", ["purpose", "withdrawn_at"],
        sqlite_where=TAKEN_BACK, postgresql_where=TAKEN_BACK,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("consent_taken_back", "consent")
    op.drop_index("membership_person_id", "membership")
    with op.batch_alter_table("import_draft", schema=None) as batch_op:
        batch_op.create_unique_constraint(op.f("import_draft_uid_once"), ["uid"])
