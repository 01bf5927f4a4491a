"""Who runs a group keeps a book."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "book_page",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("intention", sa.LargeBinary(), nullable=True),
        sa.Column("worked", sa.LargeBinary(), nullable=True),
        sa.Column("adapt", sa.LargeBinary(), nullable=True),
        sa.Column("edition", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "intention IS NOT NULL OR worked IS NOT NULL OR adapt IS NOT NULL",
            name=op.f("book_page_something_written"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("book_page_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("book_page_workshop_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "workshop_id", name=op.f("book_page_primary")),
    )
    op.create_index("book_page_workshop_id", "book_page", ["workshop_id"])


def downgrade() -> None:
    op.drop_table("book_page")
