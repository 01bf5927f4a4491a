"""A stage has parts, a date can move, and a group may have school holidays of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "slot",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 1440", name=op.f("slot_minutes_in_range")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("slot_workshop_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", "starts_at", name=op.f("slot_primary")),
    )
    op.create_table(
        "holiday_range",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("returns_on", sa.Date(), nullable=False),
        sa.CheckConstraint("returns_on > leaves_on", name=op.f("holiday_range_returns_after_it_leaves")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("holiday_range_group_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "leaves_on", name=op.f("holiday_range_primary")),
    )


def downgrade() -> None:
    op.drop_table("holiday_range")
    op.drop_table("slot")
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_column("revision")
