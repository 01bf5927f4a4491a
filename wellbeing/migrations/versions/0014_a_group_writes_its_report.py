"""A group writes its report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

TEXTS = {
    "association": 80,
    "action": 80,
    "territory": 60,
    "funders": 100,
    "contact": 80,
    "need": 200,
    "team": 60,
    "public": 140,
    "quote": 160,
    "learning": 240,
    "difficulties": 180,
    "next": 240,
    "means": 140,
}


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("funder", sa.String(length=12), nullable=False),
        sa.Column("policy", sa.Boolean(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in TEXTS.items()),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("people", "budget", "volunteer_hours")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("report_a_period")),
        sa.CheckConstraint(
            "funder IN ('', 'ars', 'cpam', 'city', 'cfppa', 'foundation', 'drac', 'grant')",
            name=op.f("report_funder_known"),
        ),
        sa.CheckConstraint("people >= 0 AND budget >= 0 AND volunteer_hours >= 0", name=op.f("report_numbers_whole")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("report_group_id_belongs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("report_primary")),
        sa.UniqueConstraint("uid", name=op.f("report_uid_once")),
    )
    op.create_index("report_group_id_starts_on", "report", ["group_id", "starts_on", "ends_on"])


def downgrade() -> None:
    op.drop_table("report")
