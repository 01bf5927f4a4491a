"""A file waits, encrypted, until its person has said yes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "import_draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("import_draft_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("import_draft_primary")),
        sa.UniqueConstraint("uid", name=op.f("import_draft_uid_once")),
    )


def downgrade() -> None:
    op.drop_table("import_draft")
