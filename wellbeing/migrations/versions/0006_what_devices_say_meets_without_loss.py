"""What devices say meets without loss."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KNOWN_ENTRIES = """
    INSERT INTO entity_state (person_id, entity, version, numbers_version, numbers_device, words_version, words_device,
                              first_recorded_at)
    SELECT e.person_id, 'entry:' || e.uid, COALESCE(o.version, 1), COALESCE(o.numbers, 1), 'form',
           COALESCE(o.words, 0), CASE WHEN o.words IS NULL THEN NULL ELSE 'form' END, e.first_recorded_at
    FROM entry e LEFT JOIN (
        SELECT person_id, entity, MAX(version) AS version, MAX(CASE WHEN parts IN (1, 3) THEN version END) AS numbers,
               MAX(CASE WHEN parts IN (2, 3) THEN version END) AS words
        FROM operation GROUP BY person_id, entity
    ) o ON o.person_id = e.person_id AND o.entity = 'entry:' || e.uid
"""
DELETED_ENTRIES = """
    INSERT INTO entity_state (person_id, entity, version, numbers_version, numbers_device, words_version, words_device,
                              deleted_at)
    SELECT o.person_id, o.entity, MAX(o.version), MAX(o.version), 'form', MAX(o.version), 'form', MAX(o.received_at)
    FROM operation o
    WHERE o.kind = 'entry.delete' AND NOT EXISTS (
        SELECT 1 FROM entity_state s WHERE s.person_id = o.person_id AND s.entity = o.entity
    )
    GROUP BY o.person_id, o.entity
"""
KNOWN_PRESENCES = """
    INSERT INTO entity_state (person_id, entity, version, numbers_version, numbers_device, words_version)
    SELECT a.person_id, 'attendance:' || w.uid, 1, 1, 'form', 0
    FROM attendance a JOIN workshop w ON w.id = a.workshop_id
"""


def upgrade() -> None:
    op.create_table(
        "entity_state",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("numbers_version", sa.Integer(), nullable=False),
        sa.Column("numbers_device", sa.String(length=36), nullable=True),
        sa.Column("words_version", sa.Integer(), nullable=False),
        sa.Column("words_device", sa.String(length=36), nullable=True),
        sa.Column("first_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        _theirs("entity_state"),
        sa.PrimaryKeyConstraint("person_id", "entity", name=op.f("entity_state_primary")),
    )
    op.create_table(
        "note_copy",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_uid", sa.String(length=32), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        _theirs("note_copy"),
        sa.PrimaryKeyConstraint("person_id", "entry_uid", "device_id", name=op.f("note_copy_primary")),
        sa.UniqueConstraint("person_id", "uid", name=op.f("note_copy_person_id_uid_once")),
    )
    op.create_table(
        "early_note",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_uid", sa.String(length=32), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _theirs("early_note"),
        sa.PrimaryKeyConstraint("person_id", "entry_uid", name=op.f("early_note_primary")),
    )
    op.create_table(
        "entry_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_uid", sa.String(length=32), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("mood", sa.Integer(), nullable=False),
        sa.Column("energy", sa.Integer(), nullable=True),
        sa.Column("calm", sa.Integer(), nullable=True),
        sa.Column("emotions", sa.String(length=60), nullable=False),
        sa.Column("felt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        _theirs("entry_past"),
        sa.PrimaryKeyConstraint("id", name=op.f("entry_past_primary")),
        sa.UniqueConstraint("person_id", "uid", name=op.f("entry_past_person_id_uid_once")),
    )
    with op.batch_alter_table("entry_past", schema=None) as batch_op:
        batch_op.create_index("entry_past_person_id_entry_uid", ["person_id", "entry_uid"], unique=False)
    epoch = op.create_table(
        "server_epoch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("server_epoch_primary")),
    )
    op.bulk_insert(epoch, [{"id": 1, "uid": str(uuid.uuid4())}])
    if op.get_bind().dialect.name != "sqlite":  # where every integer is as long as it needs to be
        op.alter_column("operation", "seq", type_=sa.BigInteger(), existing_nullable=True)
    for filling in (KNOWN_ENTRIES, DELETED_ENTRIES, KNOWN_PRESENCES):
        op.execute(filling)


def _theirs(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=op.f(f"{table}_person_id_belongs"), ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in ("server_epoch", "entry_past", "early_note", "note_copy", "entity_state"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("operation", "seq", type_=sa.Integer(), existing_nullable=True)
