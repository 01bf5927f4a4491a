"""A passkey opens a journal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_day", sa.Date(), nullable=True),
        sa.CheckConstraint("sign_count >= 0", name=op.f("passkey_counts_upwards")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("passkey_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("passkey_primary")),
        sa.UniqueConstraint("credential_id", name=op.f("passkey_credential_id_once")),
        sa.UniqueConstraint("uid", name=op.f("passkey_uid_once")),
    )
    op.create_index("passkey_person_id", "passkey", ["person_id"])
    op.create_table(
        "key_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("key_change_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("key_change_primary")),
    )
    op.create_index("key_change_person_id_at", "key_change", ["person_id", "at"])
    op.create_table(
        "challenge",
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("browser", sa.LargeBinary(), nullable=False),
        sa.Column("handle", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('join', 'sign_in', 'step_up', 'add')", name=op.f("challenge_purpose_known")),
        sa.PrimaryKeyConstraint("challenge", name=op.f("challenge_primary")),
    )
    op.create_index("challenge_expires_at", "challenge", ["expires_at"])
    op.add_column("person", sa.Column("passkey_handle", sa.LargeBinary(), nullable=True))
    op.create_index("person_passkey_handle_once", "person", ["passkey_handle"], unique=True)
    with op.batch_alter_table("sign_in", schema=None) as batch_op:  # nothing points at a sign-in: it may be made anew
        batch_op.add_column(sa.Column("passkey_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("sign_in_passkey_id_belongs"), "passkey", ["passkey_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_index("sign_in_passkey_id", ["passkey_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index("sign_in_passkey_id")
        batch_op.drop_constraint(op.f("sign_in_passkey_id_belongs"), type_="foreignkey")
        batch_op.drop_column("passkey_id")
    op.drop_index("person_passkey_handle_once", "person")
    op.execute("ALTER TABLE person DROP COLUMN passkey_handle")
    op.drop_table("challenge")
    op.drop_table("key_change")
    op.drop_table("passkey")
