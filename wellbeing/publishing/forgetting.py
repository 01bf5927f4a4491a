"""What was published is kept for two years after its block ended, or as long as a steward chose; then the row and its
line in the ledger go together.

A forgotten block is neither listed nor frozen any more (`Block.forgotten`), so nothing can be drawn again.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import and_, delete, or_, select

from wellbeing import access
from wellbeing.db import db, transaction
from wellbeing.domain.crowds import Block
from wellbeing.models.release import Release
from wellbeing.publishing.ledger import Ledger


def forget(today: date, ledger_path: Path) -> None:
    """Delete rows and lines of blocks that are kept no longer. Looks first: mostly there is nothing to do.

    Raises LedgerUnwritable; a later call does what is left.
    """
    found = db.session.execute(select(Release.start, Release.days).distinct())
    months = access.figures_kept_months()
    old = [(start, days) for start, days in found if Block(start, days).forgotten(months) <= today]
    if old:
        with transaction():
            over = (and_(Release.start == start, Release.days == days) for start, days in old)
            db.session.execute(delete(Release).where(or_(*over)))
    ledger = Ledger(ledger_path)
    if any(line.block.forgotten(months) <= today for line in ledger.lines()):
        ledger.forget(today, months)
