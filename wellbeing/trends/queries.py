"""The published rows of a group: the one source of the page, the card and the spreadsheet (trends.md, *Showing*)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.domain.trends import MOOD, Block, Item, Published, Withheld, blocks
from wellbeing.models.group import Group
from wellbeing.models.release import Release

Row = tuple[Block, Published | Withheld]


def rows(group: Group, today: date, item: Item = MOOD) -> list[Row]:
    """Every block of the group that is due on `today`, a UTC date, oldest first, with what was published of it.

    Of a closed group, the blocks that were due before it closed. Nothing but the group and the date is looked at; a
    block that is not due is not there, and one without a published row says nothing of why.
    """
    until = min(today, group.closed_at.date()) if group.closed_at else today
    published = _published(group, item)
    return [(block, published.get(block.start, Withheld())) for block in blocks(item, group.created_on, until)]


def _published(group: Group, item: Item) -> dict[date, Published]:
    found = db.session.execute(
        select(Release.start, Release.level, Release.band).where(
            Release.group_id == group.id, Release.item == item.name, Release.state == "published"
        )
    )
    return {start: Published(level, band) for start, level, band in found if level is not None and band is not None}
