"""Groups meet and workshops are dated."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("activity", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("holiday_zone", sa.String(length=24), nullable=False),
        sa.Column("safety_contact", sa.String(length=120), nullable=False),
        sa.Column("join_code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("join_code_box", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "activity IN ('dance', 'movement', 'art', 'expression', 'other')", name=op.f("group_activity_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("group_primary")),
        sa.UniqueConstraint("join_code_hash", name=op.f("group_join_code_hash_once")),
        sa.UniqueConstraint("uid", name=op.f("group_uid_once")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("shown_name", sa.String(length=120), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("role IN ('participant', 'facilitator')", name=op.f("membership_role_known")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("membership_group_id_belongs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("membership_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("membership_primary")),
        sa.UniqueConstraint("uid", name=op.f("membership_uid_once")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("membership_group_id_role", ["group_id", "role"], unique=False)
        batch_op.create_index(
            "membership_running_once",
            ["person_id", "group_id", "role"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "contribution",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_atom", sa.Date(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("contribution_group_id_belongs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("contribution_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "from_atom", name=op.f("contribution_primary")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["group.id"], name=op.f("invitation_group_id_belongs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("invitation_made_by_belongs"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["used_by"], ["person.id"], name=op.f("invitation_used_by_belongs"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("invitation_primary")),
        sa.UniqueConstraint("token_hash", name=op.f("invitation_token_hash_once")),
        sa.UniqueConstraint("uid", name=op.f("invitation_uid_once")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("invitation_made_by"), ["made_by"], unique=False)

    op.create_table(
        "workshop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("check_in_code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("check_in_code_box", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 5 AND 5760", name=op.f("workshop_minutes_in_range")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("workshop_group_id_belongs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("workshop_primary")),
        sa.UniqueConstraint("check_in_code_hash", name=op.f("workshop_check_in_code_hash_once")),
        sa.UniqueConstraint("uid", name=op.f("workshop_uid_once")),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index("workshop_group_id_starts_at", ["group_id", "starts_at"], unique=False)

    op.create_table(
        "cancellation",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("cancellation_workshop_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("cancellation_primary")),
    )
    op.create_table(
        "headcount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("without_phone", sa.Integer(), nullable=False),
        sa.Column("newcomers", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("newcomers BETWEEN 0 AND present", name=op.f("headcount_newcomers_among_present")),
        sa.CheckConstraint("present BETWEEN 0 AND 500", name=op.f("headcount_present_in_range")),
        sa.CheckConstraint("without_phone BETWEEN 0 AND present", name=op.f("headcount_without_phone_among_present")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("headcount_workshop_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("headcount_primary")),
    )
    with op.batch_alter_table("headcount", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("headcount_workshop_id"), ["workshop_id"], unique=False)


def downgrade() -> None:
    op.drop_table("headcount")
    op.drop_table("cancellation")
    op.drop_table("workshop")
    op.drop_table("invitation")
    op.drop_table("contribution")
    op.drop_table("membership")
    op.drop_table("group")
