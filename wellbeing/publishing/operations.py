"""Freezing: a due block of a group becomes one row, once, or stays for ever without a figure (trends.md, *Freezing*).

Run by the worker, never by a request. Under the write lock a cell is either found frozen, or taken from the ledger, or
drawn, written to the ledger and only then saved: whatever is killed when, a figure is drawn at most once. What is
computed on the way is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, or_, select
from sqlalchemy.exc import OperationalError

from wellbeing import access
from wellbeing.db import db, transaction
from wellbeing.domain.flags import Raised, hold
from wellbeing.domain.trends import ITEMS, Block, Item, Published, RandBelow, action, blocks, release
from wellbeing.models.flag import Flag
from wellbeing.models.group import Group
from wellbeing.models.reinforced import Reinforced
from wellbeing.models.release import Release
from wellbeing.publishing.cohort import values_of
from wellbeing.publishing.ledger import Ledger, LedgerUnwritable, Line

FREEZING = 4_702_127  # the one advisory lock of freezing on PostgreSQL


def freeze(*, now: datetime, randbelow: RandBelow, ledger_path: Path) -> None:
    """Freeze every due block that is not frozen yet. Doing it twice, or in two processes at once, changes nothing.

    `now` is an aware instant; days are UTC days. Raises LedgerUnwritable or OperationalError at the first block that
    meets it; other failures hold up no other block and are raised together at the end. What failed is not frozen, and
    a later call tries again.
    """
    ledger, failures = Ledger(ledger_path), []
    for group_id, item, block in list(unfrozen(now.date())):
        try:
            with transaction():
                _freeze_one(group_id, item, block, now=now, randbelow=randbelow, ledger=ledger)
        except (LedgerUnwritable, OperationalError):
            raise
        except Exception as failure:  # noqa: BLE001 - another group must not wait for this one to be mended
            failures.append(failure)
    if failures:
        raise ExceptionGroup("some blocks could not be frozen", failures)


def unfrozen(today: date) -> Iterator[tuple[int, Item, Block]]:
    """Due cells without a row, but for forgotten ones; of a closed group, those that were due before it closed."""
    frozen = {tuple(cell) for cell in db.session.execute(select(Release.group_id, Release.item, Release.start))}
    months = access.figures_kept_months()
    groups = db.session.execute(select(Group.id, Group.created_on, Group.closed_at).order_by(Group.id))
    for group_id, created_on, closed_at in groups:
        until = min(today, closed_at.date()) if closed_at else today
        for item in ITEMS:
            for block in blocks(item, created_on, until):
                if block.forgotten(months) > today and (group_id, item.name, block.start) not in frozen:
                    yield group_id, item, block


def _freeze_one(
    group_id: int, item: Item, block: Block, *, now: datetime, randbelow: RandBelow, ledger: Ledger
) -> None:
    lock()
    if db.session.scalar(select(Group.id).where(Group.id == group_id)) is None:
        return  # deleted since it was listed
    if db.session.get(Release, (group_id, item.name, block.start)) is not None:
        return
    line = ledger.find(group_id, item.name, block.start)
    if line is None:
        what = _what_to_do(group_id, block, now)
        if what == "wait":
            return
        line = _drawn(group_id, in_force(item, block), block, now, randbelow if what == "draw" else None)
        ledger.append(line)
    db.session.add(Release(**vars(line)))


def lock() -> None:
    """Let no other worker freeze until this transaction ends. SQLite locks the whole database for a write anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(FREEZING)))


def _what_to_do(group_id: int, block: Block, now: datetime) -> str:
    """wait | draw | none. A number of the group that was called wrong holds its blocks until that is settled."""
    flags = db.session.execute(select(Flag.raised_at, Flag.settled_at, Flag.verdict).where(Flag.group_id == group_id))
    held = hold(block, (Raised(*flag) for flag in flags), now)
    return "none" if held == "withheld" else action(block, now.date(), held=held == "held")


def in_force(item: Item, block: Block) -> Item:
    """The item in the mode that was in force when the block opened: switching never re-reads the past."""
    reinforced = select(Reinforced.id).where(
        Reinforced.since <= block.opens, or_(Reinforced.until.is_(None), Reinforced.until > block.opens)
    )
    return item.reinforced() if db.session.scalars(reinforced).first() is not None else item


def _drawn(group_id: int, item: Item, block: Block, now: datetime, randbelow: RandBelow | None) -> Line:
    """The one draw of this cell; without `randbelow` there is none, and nobody's values are read."""
    figure = release(item, values_of(item, group_id, block, now), randbelow) if randbelow else None
    return line_of(group_id, item, block, figure if isinstance(figure, Published) else None)


def line_of(group_id: int, item: Item, block: Block, figure: Published | None) -> Line:
    """The line and the row of a cell: published as this figure, or without one for ever."""
    level, band = (figure.level, figure.band) if figure else (None, None)
    state = "published" if figure else "none"
    return Line(group_id, item.name, block.start, block.days, state, level, band, f"1/k{item.k}/e{item.eps}")
