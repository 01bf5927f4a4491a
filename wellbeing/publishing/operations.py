"""Freezing: a due block of a group becomes one row, once, or stays for ever without a figure (trends.md, *Freezing*).

Run by the worker, never by a request. Under the write lock a cell is either found frozen, or taken from the ledger, or
drawn, written to the ledger and only then saved: whatever is killed when, a figure is drawn at most once. What is
computed on the way is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from wellbeing.db import db, transaction
from wellbeing.domain.trends import MOOD, Block, Item, Published, RandBelow, action, blocks, release
from wellbeing.models.group import Group
from wellbeing.models.release import Release
from wellbeing.publishing.cohort import values_of
from wellbeing.publishing.ledger import Ledger, LedgerUnwritable, Line

ITEMS = (MOOD,)
FREEZING = 4_702_127  # the one advisory lock of freezing on PostgreSQL; SQLite locks the whole database for a write


def freeze(*, now: datetime, randbelow: RandBelow, ledger_path: Path) -> None:
    """Freeze every due block that is not frozen yet. Doing it twice, or in two processes at once, changes nothing.

    `now` is an aware instant; days are UTC days. Raises LedgerUnwritable or OperationalError at the first block that
    meets it; other failures hold up no other block and are raised together at the end. What failed is not frozen, and
    a later call tries again.
    """
    ledger, failures = Ledger(ledger_path), []
    for group_id, item, block in list(_unfrozen(now.date())):
        try:
            with transaction():
                _freeze_one(group_id, item, block, now=now, randbelow=randbelow, ledger=ledger)
        except (LedgerUnwritable, OperationalError):
            raise
        except Exception as failure:  # noqa: BLE001 - another group must not wait for this one to be mended
            failures.append(failure)
    if failures:
        raise ExceptionGroup("some blocks could not be frozen", failures)


def _unfrozen(today: date) -> Iterator[tuple[int, Item, Block]]:
    """Cells that are due and have no row; of a closed group, those that were due before it closed."""
    frozen = {tuple(cell) for cell in db.session.execute(select(Release.group_id, Release.item, Release.start))}
    groups = db.session.execute(select(Group.id, Group.created_on, Group.closed_at).order_by(Group.id))
    for group_id, created_on, closed_at in groups:
        until = min(today, closed_at.date()) if closed_at else today
        for item in ITEMS:
            for block in blocks(item, created_on, until):
                if (group_id, item.name, block.start) not in frozen:
                    yield group_id, item, block


def _freeze_one(
    group_id: int, item: Item, block: Block, *, now: datetime, randbelow: RandBelow, ledger: Ledger
) -> None:
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(FREEZING)))
    if db.session.scalar(select(Group.id).where(Group.id == group_id)) is None:
        return  # deleted since it was listed
    if db.session.get(Release, (group_id, item.name, block.start)) is not None:
        return
    line = ledger.find(group_id, item.name, block.start)
    if line is None:
        what = action(block, now.date(), held=False)
        if what == "wait":
            return
        line = _drawn(group_id, item, block, now, randbelow if what == "draw" else None)
        ledger.append(line)
    db.session.add(Release(**vars(line)))


def _drawn(group_id: int, item: Item, block: Block, now: datetime, randbelow: RandBelow | None) -> Line:
    """The one draw of this cell; without `randbelow` it is too late for one, and nobody's values are read."""
    figure = release(item, values_of(item, group_id, block, now), randbelow) if randbelow else None
    level, band = (figure.level, figure.band) if isinstance(figure, Published) else (None, None)
    state = "none" if level is None else "published"
    return Line(group_id, item.name, block.start, block.days, state, level, band, f"1/k{item.k}/e{item.eps}")
