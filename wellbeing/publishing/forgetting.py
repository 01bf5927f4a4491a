"""What was published is kept for two years after its block ended, or as long as a steward chose; then the row and its
line in the ledger go together.

A forgotten block is neither listed nor frozen any more (`Block.forgotten`), so nothing can be drawn again.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import and_, delete, func, or_, select

from wellbeing import access
from wellbeing.db import db, transaction
from wellbeing.domain.crowds import Block
from wellbeing.domain.figures import LENGTHS
from wellbeing.models.release import Release
from wellbeing.publishing.ledger import Ledger


def forget(today: date, ledger_path: Path) -> None:
    """Delete lines and rows of blocks that are kept no longer. Looks first, at the oldest ones: mostly there is nothing
    to do.

    Lines go first: as long as a row of theirs is there, a later call does what is left. Raises LedgerUnwritable.
    """
    months = access.figures_kept_months()
    ledger, old = Ledger(ledger_path), _old(today, months)
    first = ledger.first()
    if old or (first is not None and first.block.forgotten(months) <= today):
        ledger.forget(today, months)
    if old:
        with transaction():
            over = (and_(Release.start == block.start, Release.days == block.days) for block in old)
            db.session.execute(delete(Release).where(or_(*over)))


def _old(today: date, months: int) -> list[Block]:
    """Blocks that have rows and are kept no longer. One that starts later is also forgotten later."""
    found = []
    for days in LENGTHS:
        start = _next_start(days, date.min)
        while start is not None and Block(start, days).forgotten(months) <= today:
            found.append(Block(start, days))
            start = _next_start(days, start)
    return found


def _next_start(days: int, after: date) -> date | None:
    return db.session.scalar(select(func.min(Release.start)).where(Release.days == days, Release.start > after))
