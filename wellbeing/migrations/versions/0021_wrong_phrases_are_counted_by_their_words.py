"""Wrong phrases are counted by their first two words, somebody's or nobody's, and not by the person they lead to.

What was counted until now is forgotten: at worst somebody has a few tries more on one day.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    # not in a batch: on SQLite that would make the table anew, and what hangs on it would go with the old one
    op.drop_column("person", "phrase_closed_until")
    op.drop_column("person", "phrase_failures")


def downgrade() -> None:
    op.add_column("person", sa.Column("phrase_failures", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("person", sa.Column("phrase_closed_until", sa.DateTime(timezone=True), nullable=True))
