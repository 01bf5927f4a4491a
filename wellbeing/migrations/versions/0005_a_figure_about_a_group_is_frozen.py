"""A figure about a group is frozen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("band", sa.Integer(), nullable=True),
        sa.Column("mechanism", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (level IS NOT NULL AND band IS NOT NULL)",
            name=op.f("release_published_has_a_level"),
        ),
        sa.CheckConstraint("state IN ('published', 'none')", name=op.f("release_state_known")),
        sa.CheckConstraint("days IN (14, 28, 84)", name=op.f("release_days_known")),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("release_group_id_belongs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id", "item", "start", name=op.f("release_primary")),
    )

    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER release_never_revised BEFORE UPDATE ON release "
            "BEGIN SELECT RAISE(ABORT, 'a release is never revised'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION release_never_revised() RETURNS trigger AS "
            "$$ BEGIN RAISE EXCEPTION 'a release is never revised'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER release_never_revised BEFORE UPDATE ON release "
            "FOR EACH ROW EXECUTE FUNCTION release_never_revised()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION release_never_revised() CASCADE")
    op.drop_table("release")
