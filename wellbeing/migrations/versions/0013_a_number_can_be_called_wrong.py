"""A number that everybody sees can be called wrong, and trends can be reinforced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=5), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verdict", sa.String(length=5), nullable=True),
        sa.CheckConstraint("number IN ('size', 'count')", name=op.f("flag_number_known")),
        sa.CheckConstraint("(number = 'count') = (workshop_id IS NOT NULL)", name=op.f("flag_count_of_a_workshop")),
        sa.CheckConstraint("verdict IN ('right', 'wrong')", name=op.f("flag_verdict_known")),
        sa.CheckConstraint("(settled_at IS NULL) = (verdict IS NULL)", name=op.f("flag_settled_with_a_verdict")),
        _belongs("flag", "group"),
        _belongs("flag", "workshop"),
        sa.PrimaryKeyConstraint("id", name=op.f("flag_primary")),
        sa.UniqueConstraint("uid", name=op.f("flag_uid_once")),
    )
    op.create_index("flag_group_id", "flag", ["group_id"])
    op.create_index("flag_workshop_id", "flag", ["workshop_id"])
    op.create_table(
        "flag_raiser",
        sa.Column("flag_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _belongs("flag_raiser", "flag"),
        _belongs("flag_raiser", "person"),
        sa.PrimaryKeyConstraint("flag_id", name=op.f("flag_raiser_primary")),
    )
    op.create_index("flag_raiser_person_id", "flag_raiser", ["person_id"])
    op.create_table(
        "reinforced",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("reinforced_primary")),
    )


def _belongs(table: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{to}_id"], [f"{to}.id"], name=op.f(f"{table}_{to}_id_belongs"), ondelete="CASCADE"
    )


def downgrade() -> None:
    for table in ("reinforced", "flag_raiser", "flag"):
        op.drop_table(table)
