"""The published rows of a group: the one source of the page, the card, the spreadsheet and the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select

from wellbeing import access
from wellbeing.db import db
from wellbeing.domain.trends import ITEMS, MOOD, Block, Item, Published, Withheld, kept_blocks
from wellbeing.models.group import Group
from wellbeing.models.release import Release

Row = tuple[Block, Published | Withheld]
Series = tuple[Item, Sequence[Row]]
NOTHING = Withheld()


def rows(group: Group, today: date, item: Item = MOOD) -> list[Row]:
    """Every block of the group that is due on `today`, a UTC date, oldest first, with what was published of it.

    Of a closed group, the blocks that were due before it closed; of an old one, those that are not forgotten. Nothing
    but the group and the date is looked at; a block that is not due is not there, and one without a published row says
    nothing of why.
    """
    [(_, found)] = series(group, today, (item,))
    return found


def series(group: Group, today: date, items: Sequence[Item] = ITEMS) -> list[tuple[Item, list[Row]]]:
    """The rows of every item, in the order of `ITEMS`."""
    until = min(today, group.closed_at.date()) if group.closed_at else today
    published, months = _published(group), access.figures_kept_months()
    due = kept_blocks(items, group.created_on, until, today, months)
    return [
        (item, [(block, published.get((item.name, block.start), NOTHING)) for block in due[item.days]])
        for item in items
    ]


def _published(group: Group) -> dict[tuple[str, date], Published]:
    found = db.session.execute(_PUBLISHED, {"group": group.id})
    return {
        (item, start): Published(level, band)
        for item, start, level, band in found
        if level is not None and band is not None
    }


_PUBLISHED = select(Release.item, Release.start, Release.level, Release.band).where(
    Release.group_id == bindparam("group"), Release.state == "published"
)
