"""A workshop is spoken of before and after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

FIVE = ("before_mood", "before_calm", "after_mood", "after_calm", "interaction", "cooperation", "exchange", "safety",
        "return", "belong")  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "reflection",
        *_whose("reflection"),
        *(sa.Column(name, sa.Integer(), nullable=True, quote=name == "return") for name in (*FIVE, "size")),
        *(
            sa.Column(f"{part}_{told}", sa.DateTime(timezone=True), nullable=True)
            for part in ("before", "after")
            for told in ("first_told_at", "told_at")
        ),
        *(
            _rule("reflection", f"{_quoted(name)} BETWEEN 1 AND {highest}", f"{name}_in_range")
            for name, highest in (*((name, 5) for name in FIVE), ("size", 3))
        ),
        _rule("reflection", "belong IS NULL OR size IS NULL", "one_by_turns"),
        _rule("reflection", "before_told_at IS NOT NULL OR after_told_at IS NOT NULL", "something_told"),
        *(
            _rule("reflection", f"({part}_told_at IS NULL) = ({part}_first_told_at IS NULL)", f"{part}_first_known")
            for part in ("before", "after")
        ),
        sa.PrimaryKeyConstraint("person_id", "workshop_id", name=op.f("reflection_primary")),
    )
    op.create_table(
        "reflection_past",
        sa.Column("id", sa.Integer(), nullable=False),
        *_whose("reflection_past"),
        sa.Column("part", sa.String(length=6), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.String(length=200), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        _rule("reflection_past", "part IN ('before', 'after')", "part_known"),
        sa.PrimaryKeyConstraint("id", name=op.f("reflection_past_primary")),
        sa.UniqueConstraint("person_id", "uid", name=op.f("reflection_past_person_id_uid_once")),
    )
    op.create_index("reflection_past_person_id_workshop_id", "reflection_past", ["person_id", "workshop_id"])
    op.create_table(
        "keepsake",
        *_whose("keepsake"),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "workshop_id", name=op.f("keepsake_primary")),
    )
    op.create_table(
        "keepsake_copy",
        *_whose("keepsake_copy"),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "workshop_id", "device_id", name=op.f("keepsake_copy_primary")),
        sa.UniqueConstraint("person_id", "uid", name=op.f("keepsake_copy_person_id_uid_once")),
    )
    for table in ("reflection", "reflection_past", "keepsake", "keepsake_copy"):
        op.create_index(f"{table}_workshop_id", table, ["workshop_id"])


def _whose(table: str) -> list[sa.Column[int] | sa.ForeignKeyConstraint]:
    return [
        part
        for of in ("person", "workshop")
        for part in (
            sa.Column(f"{of}_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                [f"{of}_id"], [f"{of}.id"], name=op.f(f"{table}_{of}_id_belongs"), ondelete="CASCADE"
            ),
        )
    ]


def _rule(table: str, condition: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"{table}_{name}"))


def _quoted(name: str) -> str:
    return '"return"' if name == "return" else name


def downgrade() -> None:
    for table in ("keepsake_copy", "keepsake", "reflection_past", "reflection"):
        op.drop_table(table)
