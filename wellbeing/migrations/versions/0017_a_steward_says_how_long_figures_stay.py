"""A steward says how long published figures stay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "retention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("figures_months", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("retention_one_row")),
        sa.CheckConstraint("figures_months BETWEEN 12 AND 60", name=op.f("retention_months_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("retention_primary")),
    )


def downgrade() -> None:
    op.drop_table("retention")
