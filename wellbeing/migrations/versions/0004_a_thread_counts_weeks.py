"""A thread counts weeks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how IN ('code', 'declared')", name=op.f("attendance_how_known")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("attendance_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("attendance_workshop_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "workshop_id", name=op.f("attendance_primary")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("attendance_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "logged_week",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("days_in_time", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("logged_week_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "monday", name=op.f("logged_week_primary")),
    )
    op.create_table(
        "pace",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_monday", sa.Date(), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.CheckConstraint("goal IN (1, 2, 3, 5, 7)", name=op.f("pace_goal_offered")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("pace_person_id_belongs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "from_monday", name=op.f("pace_primary")),
    )
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("pause_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("pause_person_id_belongs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pause_primary")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("pause_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("pause")
    op.drop_table("pace")
    op.drop_table("logged_week")
    op.drop_table("attendance")
