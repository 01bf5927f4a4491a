"""A person looks back on their own check-ups, and may silence a card: both are boxes that they alone can read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "check_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("instrument", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("check_up_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("check_up_primary")),
        sa.UniqueConstraint("person_id", "uid", name=op.f("check_up_person_id_uid_once")),
        sa.UniqueConstraint(
            "person_id", "instrument", "taken_on", name=op.f("check_up_person_id_instrument_taken_on_once")
        ),
    )
    op.create_table(
        "check_up_wish",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=32), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("check_up_wish_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "instrument", name=op.f("check_up_wish_primary")),
    )
    op.create_table(
        "silence",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("silence_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("silence_primary")),
    )


def downgrade() -> None:
    op.drop_table("silence")
    op.drop_table("check_up_wish")
    op.drop_table("check_up")
