"""A person keeps a journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("mood", sa.Integer(), nullable=False),
        sa.Column("energy", sa.Integer(), nullable=True),
        sa.Column("calm", sa.Integer(), nullable=True),
        sa.Column("felt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("first_recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.CheckConstraint("calm BETWEEN 1 AND 5", name=op.f("entry_calm_in_range")),
        sa.CheckConstraint("energy BETWEEN 1 AND 5", name=op.f("entry_energy_in_range")),
        sa.CheckConstraint("mood BETWEEN 1 AND 5", name=op.f("entry_mood_in_range")),
        sa.CheckConstraint("offset_minutes BETWEEN -1440 AND 1440", name=op.f("entry_offset_in_range")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("entry_person_id_belongs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("entry_primary")),
        sa.UniqueConstraint("person_id", "uid", name=op.f("entry_person_id_uid_once")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index("entry_person_id_felt_at", ["person_id", "felt_at"], unique=False)
        batch_op.create_index("entry_person_id_local_date", ["person_id", "local_date"], unique=False)

    op.create_table(
        "entry_emotion",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("emotion", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name=op.f("entry_emotion_three_at_most")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("entry_emotion_entry_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", "emotion", name=op.f("entry_emotion_primary")),
        sa.UniqueConstraint("entry_id", "position", name=op.f("entry_emotion_entry_id_position_once")),
    )
    op.create_table(
        "note",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("note_entry_id_belongs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("note_primary")),
    )
    op.create_table(
        "operation",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("operation_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "op_id", name=op.f("operation_primary")),
    )
    with op.batch_alter_table("operation", schema=None) as batch_op:
        batch_op.create_index("operation_entity", ["person_id", "entity", "device_id", "seq"], unique=False)


def downgrade() -> None:
    op.drop_table("operation")
    op.drop_table("note")
    op.drop_table("entry_emotion")
    op.drop_table("entry")
