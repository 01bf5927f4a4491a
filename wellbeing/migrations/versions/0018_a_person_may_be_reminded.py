"""A person may be reminded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("days", sa.String(length=7), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("workshops", "keepsake", "news")),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.Column("silent_until", sa.Date(), nullable=True),
        sa.CheckConstraint("hour BETWEEN 9 AND 20", name=op.f("reminder_never_at_night")),
        sa.CheckConstraint("unanswered BETWEEN 0 AND 3", name=op.f("reminder_three_at_most")),
        _of_person("reminder"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("reminder_primary")),
    )
    op.create_index(op.f("reminder_next_at"), "reminder", ["next_at"])
    op.create_table(
        "reminder_sent",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        _of_person("reminder_sent"),
        sa.PrimaryKeyConstraint("person_id", "on_day", name=op.f("reminder_sent_primary")),
    )
    op.create_index(op.f("reminder_sent_on_day"), "reminder_sent", ["on_day"])
    op.create_table(
        "date_news",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        _of_person("date_news"),
        _of_workshop("date_news"),
        sa.PrimaryKeyConstraint("person_id", "workshop_id", name=op.f("date_news_primary")),
    )
    op.create_index(op.f("date_news_workshop_id"), "date_news", ["workshop_id"])
    op.create_table(
        "date_seen",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _of_workshop("date_seen"),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("date_seen_primary")),
    )
    op.create_table(
        "push_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sign_in_id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=False)
            for name in ("endpoint_hash", "endpoint", "p256dh", "auth")
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("failures >= 0", name=op.f("push_subscription_failures_counted")),
        _of_person("push_subscription"),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_in.id"], name=op.f("push_subscription_sign_in_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("push_subscription_primary")),
        sa.UniqueConstraint("uid", name=op.f("push_subscription_uid_once")),
        sa.UniqueConstraint("sign_in_id", name=op.f("push_subscription_sign_in_id_once")),
        sa.UniqueConstraint("endpoint_hash", name=op.f("push_subscription_endpoint_hash_once")),
    )
    op.create_index(op.f("push_subscription_person_id"), "push_subscription", ["person_id"])
    changed = sa.text("revision > 0")
    op.create_index("workshop_revised", "workshop", ["starts_at"], sqlite_where=changed, postgresql_where=changed)


def downgrade() -> None:
    op.drop_index("workshop_revised", "workshop")
    for table in ("push_subscription", "date_seen", "date_news", "reminder_sent", "reminder"):
        op.drop_table(table)


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_person_id_belongs")
    return sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=name, ondelete="CASCADE")


def _of_workshop(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_workshop_id_belongs")
    return sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=name, ondelete="CASCADE")
