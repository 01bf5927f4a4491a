"""People sign in without a name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("pseudonym", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_up_on", sa.Date(), nullable=False),
        sa.Column("thread_hidden", sa.Boolean(), nullable=False),
        sa.Column("phrase_selector", sa.LargeBinary(), nullable=True),
        sa.Column("phrase_verifier", sa.String(length=200), nullable=True),
        sa.Column("phrase_failures", sa.Integer(), nullable=False),
        sa.Column("phrase_closed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrival", sa.LargeBinary(), nullable=True),
        sa.Column("arrival_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_day", sa.Date(), nullable=False),
        sa.CheckConstraint("locale IN ('fr', 'en')", name=op.f("person_locale_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("person_primary")),
        sa.UniqueConstraint("arrival", name=op.f("person_arrival_once")),
        sa.UniqueConstraint("phrase_selector", name=op.f("person_phrase_selector_once")),
        sa.UniqueConstraint("uid", name=op.f("person_uid_once")),
    )
    op.create_table(
        "person_key",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("person_key_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("person_key_primary")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("key_kind", sa.String(length=8), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_day", sa.Date(), nullable=False),
        sa.Column("fresh_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("key_kind IN ('passkey', 'phrase', 'setup')", name=op.f("sign_in_key_kind_known")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("sign_in_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("sign_in_primary")),
        sa.UniqueConstraint("token_hash", name=op.f("sign_in_token_hash_once")),
        sa.UniqueConstraint("uid", name=op.f("sign_in_uid_once")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "stewardship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("stewardship_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("stewardship_primary")),
    )
    with op.batch_alter_table("stewardship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("stewardship_person_id"), ["person_id"], unique=False)

    op.create_table(
        "setup_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verifier", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("setup_code_primary")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_in", sa.String(length=16), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('age_ok', 'journal', 'trends', 'checkups', 'reminders')", name=op.f("consent_purpose_known")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("consent_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("consent_primary")),
        sa.UniqueConstraint("uid", name=op.f("consent_uid_once")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("consent_person_id_purpose", ["person_id", "purpose"], unique=False)

    op.create_table(
        "throttle",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("throttle_primary")),
    )


def downgrade() -> None:
    op.drop_table("throttle")
    op.drop_table("consent")
    op.drop_table("setup_code")
    op.drop_table("stewardship")
    op.drop_table("sign_in")
    op.drop_table("person_key")
    op.drop_table("person")
