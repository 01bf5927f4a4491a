"""Whoever counted for a group that is deleted counts for none: without their choice, an older one would hold again."""

from __future__ import annotations

from alembic import op

from wellbeing.migrations.online import validate

revision = "0023"
down_revision = "0022"

NAME = "contribution_group_id_belongs"


def upgrade() -> None:
    _if_the_group_goes("SET NULL")


def downgrade() -> None:
    _if_the_group_goes("CASCADE")


def _if_the_group_goes(what: str) -> None:
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(NAME), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f(NAME), "group", ["group_id"], ["id"], ondelete=what, postgresql_not_valid=True
        )
    validate("contribution", NAME)
