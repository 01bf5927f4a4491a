"""What a group costs who runs it, by its size and its age: 500 members in three years against 10 in three months.

Every block is published and every date is counted: the most that a page can have to show.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from bench.growth import rows_of
from bench.installation import NOW, ZONE, Installation
from bench.multitude import NOBODY, multiply, sent
from bench.servers import product
from bench.tables import table
from wellbeing.db import db, transaction
from wellbeing.domain.trends import ITEMS, blocks
from wellbeing.groups.operations import circle, seasons
from wellbeing.groups.wishes import Plan, Wanted
from wellbeing.models.group import Group
from wellbeing.models.person import Person

YOUNG, OLD = ("Petit cercle", 10, 13), ("Grand cercle", 500, 156)  # name, members, weeks
SEASON = 52


def measure(installation: Installation, rounds: int) -> None:
    """Print the table of a group's pages."""
    young, old = (_group(installation, *wanted) for wanted in (YOUNG, OLD))
    cookie = installation.steward()
    pages = {f"/groups/…/{page}": page for page in ("trends", "report", "trends.csv")}
    asked = {shown: (f"/groups/{young}/{page}", f"/groups/{old}/{page}") for shown, page in pages.items()}
    with product(installation) as server:
        rows = rows_of((server, cookie), (server, cookie), asked, rounds)
    heads = ("", f"{YOUNG[1]} members, ms", "÷, median", "lowest–highest")
    title = f"CPU a request, {OLD[1]} members in {OLD[2]} weeks divided by {YOUNG[1]} in {YOUNG[2]}, {rounds} rounds"
    table(title, heads, rows)


def _group(installation: Installation, name: str, members: int, weeks: int) -> str:
    """Its uid."""
    begun = NOW - timedelta(weeks=weeks)
    with installation.app.app_context():
        steward = db.session.get_one(Person, 1)
        group = circle.create_group(steward, Wanted(name, "dance", "Salle 1", ZONE, "none", "Dominique", "Sam"), begun)
        first = begun.date() - timedelta(days=begun.weekday())
        for start in range(0, weeks, SEASON):
            last = first + timedelta(weeks=min(start + SEASON, weeks) - 1)
            plan = Plan("Danse douce", first + timedelta(weeks=start), time(18), 90, "weekly", last)
            seasons.plan_workshops(group, plan)
        with transaction():
            _members(group, members)
            _figures(group, begun.date())
        return group.uid


def _members(group: Group, members: int) -> None:
    here, uid = {"group": group.id, "began": str(group.created_at)[:19] + ".000000"}, f"m{group.id}-"
    multiply("person", members, **{"uid": f"'{uid}' || i", **NOBODY})
    sent(
        "INSERT INTO membership (uid, person_id, group_id, role, began_at) "
        f"SELECT uid, id, :group, 'participant', :began FROM person WHERE uid LIKE '{uid}%'",
        **here,
    )


def _figures(group: Group, created: date) -> None:
    sent(
        "INSERT INTO headcount (workshop_id, group_id, present, without_phone, newcomers, counted_at) "
        "SELECT id, group_id, 5 + id % 7, 1, id % 3, starts_at FROM workshop "
        "WHERE group_id = :group AND starts_at < :now",
        group=group.id,
        now=NOW.strftime("%Y-%m-%d %H:%M:%S.%f"),
    )
    for item in ITEMS:
        for number, block in enumerate(blocks(item, created, NOW.date())):
            sent(
                "INSERT INTO release (group_id, item, start, days, state, level, band, mechanism) "
                "VALUES (:group, :item, :start, :days, 'published', :level, :band, '1/k5/e2')",
                group=group.id, item=item.name, start=block.start.isoformat(), days=block.days,
                level=item.levels[number % len(item.levels)], band=item.bands[0],
            )  # fmt: skip
