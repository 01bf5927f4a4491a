"""A year of weeks is one row."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

WEEK = sa.table(
    "logged_week", sa.column("person_id"), sa.column("monday", sa.Date()), sa.column("days"), sa.column("days_in_time")
)


def upgrade() -> None:
    year = op.create_table(
        "logged_year",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("days", sa.String(length=53), nullable=False),
        sa.Column("days_in_time", sa.String(length=53), nullable=False),
        sa.CheckConstraint("length(days) = 53 AND length(days_in_time) = 53", name=op.f("logged_year_whole")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("logged_year_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "year", name=op.f("logged_year_primary")),
    )
    years: dict[tuple[int, int], tuple[list[str], list[str]]] = defaultdict(lambda: (["0"] * 53, ["0"] * 53))
    for person_id, monday, days, in_time in op.get_bind().execute(sa.select(WEEK)):
        number, week, _ = monday.isocalendar()
        digits = years[person_id, number]
        digits[0][week - 1], digits[1][week - 1] = str(days), str(in_time)
    rows = [
        {"person_id": person_id, "year": number, "days": "".join(days), "days_in_time": "".join(in_time)}
        for (person_id, number), (days, in_time) in years.items()
    ]
    op.bulk_insert(year, rows)
    op.drop_table("logged_week")
    op.create_index("workshop_group_id_local_date", "workshop", ["group_id", "local_date"])


def downgrade() -> None:
    op.drop_index("workshop_group_id_local_date", "workshop")
    week = op.create_table(
        "logged_week",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("days_in_time", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("logged_week_person_id_belongs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "monday", name=op.f("logged_week_primary")),
    )
    found = op.get_bind().execute(sa.text("SELECT person_id, year, days, days_in_time FROM logged_year")).all()
    op.bulk_insert(
        week,
        [
            {
                "person_id": person_id,
                "monday": date.fromisocalendar(year, place + 1, 1),
                "days": int(logged),
                "days_in_time": int(in_time),
            }
            for person_id, year, days, days_in_time in found
            for place, (logged, in_time) in enumerate(zip(days, days_in_time, strict=True))
            if logged != "0"
        ],
    )
    op.drop_table("logged_year")
