"""Freezing: a due block of a group becomes one row, once, or stays for ever without a figure.

Run by the worker, never by a request. Under the lock of its group a cell is either found frozen, or taken from the
ledger, or drawn, written to the ledger and only then saved: whatever is killed when, a figure is drawn at most once.
What is computed on the way is kept nowhere. Cells of one block are frozen together: who counts is the same for all.

A group says from which day on it has to be looked at again, so that a pass with nothing due reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import OperationalError

from wellbeing import access
from wellbeing.db import db, transaction
from wellbeing.domain.flags import Raised, hold
from wellbeing.domain.trends import ITEMS, Block, Item, Published, RandBelow, action, kept_blocks, next_due, release
from wellbeing.models.flag import Flag
from wellbeing.models.group import Group
from wellbeing.models.reinforced import Reinforced
from wellbeing.models.release import Release
from wellbeing.publishing.cohort import Counted
from wellbeing.publishing.ledger import Ledger, LedgerUnwritable
from wellbeing.publishing.lines import Line

FREEZING = 4_702_127  # on PostgreSQL: alone, the lock of all freezing; with the number of a group, that of its own
TOGETHER = 100  # groups of which it is written down at once when to look again
NEVER = date.max


def freeze(*, now: datetime, randbelow: RandBelow, ledger_path: Path) -> None:
    """Freeze every due block that is not frozen yet. Doing it twice, or in two processes at once, changes nothing.

    `now` is an aware instant; days are UTC days. Raises LedgerUnwritable or OperationalError at the first block that
    meets it; other failures hold up no other block and are raised together at the end. What failed is not frozen, and
    a later call tries again.
    """
    ledger, failures, today = Ledger(ledger_path), list[Exception](), now.date()

    def frozen(group_id: int, block: Block, items: Iterable[Item]) -> bool:
        try:
            with transaction():
                return _freeze_block(group_id, block, items, now=now, randbelow=randbelow, ledger=ledger)
        except (LedgerUnwritable, OperationalError):
            raise
        except Exception as failure:  # noqa: BLE001 - another group must not wait for this one to be mended
            failures.append(failure)
            return False

    looked_at = _to_look_at(today)
    for some in (looked_at[at : at + TOGETHER] for at in range(0, len(looked_at), TOGETHER)):
        tried = {group_id: [frozen(group_id, *cells) for cells in _due(group_id, today)] for group_id in some}
        _look_again([group_id for group_id, blocks_of in tried.items() if all(blocks_of)], today)
    if failures:
        raise ExceptionGroup("some blocks could not be frozen", failures)


def unfrozen(today: date, group_id: int | None = None) -> Iterator[tuple[int, Item, Block]]:
    """Due cells without a row, of one group or of all, but for forgotten ones; of a closed group, those that were due
    before it closed.
    """
    of = Release.group_id == group_id, Group.id == group_id
    rows = select(Release.group_id, Release.item, Release.start)
    groups = select(Group.id, Group.created_on, Group.closed_at).order_by(Group.id)
    frozen = {tuple(cell) for cell in db.session.execute(rows if group_id is None else rows.where(of[0]))}
    months = access.figures_kept_months()
    for whose, created_on, closed_at in db.session.execute(groups if group_id is None else groups.where(of[1])):
        until = min(today, closed_at.date()) if closed_at else today
        due = kept_blocks(ITEMS, created_on, until, today, months)
        for item in ITEMS:
            for block in due[item.days]:
                if (whose, item.name, block.start) not in frozen:
                    yield whose, item, block


def look_at_everything_again() -> None:
    """Inside the caller's transaction: what groups say of when to look at them is not trusted any more."""
    db.session.execute(update(Group).where(Group.next_due.is_not(None)).values(next_due=None))


def _to_look_at(today: date) -> list[int]:
    return list(db.session.scalars(select(Group.id).where(or_(Group.next_due.is_(None), Group.next_due <= today))))


def _due(group_id: int, today: date) -> list[tuple[Block, list[Item]]]:
    """The blocks of a group that are not frozen yet, oldest first, each with the items that are missing."""
    found = sorted(((block, item) for _, item, block in unfrozen(today, group_id)), key=lambda cell: cell[0])
    return [(block, [item for _, item in cells]) for block, cells in groupby(found, key=lambda cell: cell[0])]


def _look_again(done: Iterable[int], today: date) -> None:
    """When to look again at groups of which everything is frozen. One that waits, for a number that was called wrong or
    for another worker, is not among them, and is looked at each time.
    """
    with transaction():
        found = db.session.execute(select(Group.id, Group.created_on, Group.closed_at).where(Group.id.in_(done)))
        again = [
            {"id": group_id, "next_due": NEVER if closed_at else next_due(created_on, today)}
            for group_id, created_on, closed_at in found
        ]
        if again:
            db.session.execute(update(Group), again)


def _freeze_block(
    group_id: int, block: Block, items: Iterable[Item], *, now: datetime, randbelow: RandBelow, ledger: Ledger
) -> bool:
    """Whether these cells have their rows now."""
    if not _locked(group_id):
        return False  # another worker has it in hand
    if db.session.scalar(select(Group.id).where(Group.id == group_id)) is None:
        return True  # deleted since it was listed
    there = select(Release.item).where(
        Release.group_id == group_id, Release.start == block.start, Release.item.in_([item.name for item in items])
    )
    frozen = set(db.session.scalars(there))
    missing = [item for item in items if item.name not in frozen]
    lines = {item: ledger.find(group_id, item.name, block.start) for item in missing}
    undrawn = [item for item, line in lines.items() if line is None]
    what = _what_to_do(group_id, block, now) if undrawn else "wait"
    drawn = [] if what == "wait" else _drawn(group_id, undrawn, block, now, randbelow if what == "draw" else None)
    ledger.append(*drawn)
    db.session.add_all(Release(**vars(line)) for line in (*filter(None, lines.values()), *drawn))
    return not undrawn or what != "wait"


def lock() -> None:
    """Let no worker freeze until this transaction ends. SQLite locks the whole database for a write anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(FREEZING)))


def _locked(group_id: int) -> bool:
    """Whether this transaction has the group to itself: several workers freeze as many groups at once."""
    if db.engine.dialect.name != "postgresql":
        return True
    db.session.execute(select(func.pg_advisory_xact_lock_shared(FREEZING)))
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(FREEZING, group_id))))


def _what_to_do(group_id: int, block: Block, now: datetime) -> str:
    """wait | draw | none. A number of the group that was called wrong holds its blocks until that is settled."""
    flags = db.session.execute(select(Flag.raised_at, Flag.settled_at, Flag.verdict).where(Flag.group_id == group_id))
    held = hold(block, (Raised(*flag) for flag in flags), now)
    return "none" if held == "withheld" else action(block, now.date(), held=held == "held")


def in_force(item: Item, block: Block) -> Item:
    """The item in the mode that was in force when the block opened: switching never re-reads the past."""
    return item.reinforced() if _was_reinforced(block) else item


def _was_reinforced(block: Block) -> bool:
    reinforced = select(Reinforced.id).where(
        Reinforced.since <= block.opens, or_(Reinforced.until.is_(None), Reinforced.until > block.opens)
    )
    return db.session.scalars(reinforced).first() is not None


def _drawn(
    group_id: int, items: Iterable[Item], block: Block, now: datetime, randbelow: RandBelow | None
) -> list[Line]:
    """The one draw of these cells; without `randbelow` there is none, and nobody's values are read."""
    reinforced, counted = _was_reinforced(block), Counted(group_id, block, now) if randbelow else None
    lines = []
    for usual in items:
        item = usual.reinforced() if reinforced else usual
        figure = release(item, counted.values_of(item), randbelow) if counted and randbelow else None
        lines.append(line_of(group_id, item, block, figure if isinstance(figure, Published) else None))
    return lines


def line_of(group_id: int, item: Item, block: Block, figure: Published | None) -> Line:
    """The line and the row of a cell: published as this figure, or without one for ever."""
    level, band = (figure.level, figure.band) if figure else (None, None)
    state = "published" if figure else "none"
    return Line(group_id, item.name, block.start, block.days, state, level, band, f"1/k{item.k}/e{item.eps}")
