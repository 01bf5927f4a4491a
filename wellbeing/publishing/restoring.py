"""A database that was put back is told all that was published since, before anything may be drawn.

`flask restore` calls this before any tick can run. A second draw of a figure would halve its noise, so wherever it is
not known whether one was drawn, none ever is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select

from wellbeing import access
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.release import Release
from wellbeing.publishing.ledger import Ledger
from wellbeing.publishing.lines import Line
from wellbeing.publishing.operations import in_force, line_of, lock, look_at_everything_again, unfrozen

Cell = tuple[int, str, date]


class LedgersDisagree(Exception):
    """Two memories of one published figure differ. The host has to find out why; nothing was changed."""

    def __init__(self, cell: Cell) -> None:
        group_id, item, start = cell
        super().__init__(f"group {group_id}, {item}, block of {start}")


def replay(*, now: datetime, ledger_path: Path, archived: Path | None = None) -> None:
    """Bring the rows and the ledger together: afterwards each holds all that either knew, and the archive's copy too.

    The copy is merged into the ledger on disk, never put over it. Without a ledger on disk, every block that is due and
    that nobody remembers is marked as having no figure. Doing it twice changes nothing. Raises LedgersDisagree, and
    LedgerUnwritable as `Ledger` does.
    """
    ledger = Ledger(ledger_path)
    lost = not ledger_path.exists()
    with transaction():
        lock()
        rows = _rows()
        known = _together([*ledger.lines(), *(Ledger(archived).lines() if archived else ()), *rows])
        if lost:
            known |= {line.cell: line for line in _never(now) if line.cell not in known}
            ledger.put(known.values())
        else:
            on_disk = {line.cell for line in ledger.lines()}
            for line in known.values():
                if line.cell not in on_disk:
                    ledger.append(line)
        _insert(known.values(), {row.cell for row in rows}, now.date())
        look_at_everything_again()


def _rows() -> list[Line]:
    columns = [column.name for column in Release.__table__.columns]
    return [Line(**{name: getattr(row, name) for name in columns}) for row in db.session.scalars(select(Release))]


def _together(lines: Iterable[Line]) -> dict[Cell, Line]:
    known: dict[Cell, Line] = {}
    for line in lines:
        if known.setdefault(line.cell, line) != line:
            raise LedgersDisagree(line.cell)
    return known


def _never(now: datetime) -> list[Line]:
    """A line without a figure for every cell that is due and has no row."""
    return [line_of(group_id, in_force(item, block), block, None) for group_id, item, block in unfrozen(now.date())]


def _insert(known: Iterable[Line], have: set[Cell], today: date) -> None:
    groups, months = set(db.session.scalars(select(Group.id))), access.figures_kept_months()
    for line in known:
        if line.cell not in have and line.group_id in groups and line.block.forgotten(months) > today:
            db.session.add(Release(**vars(line)))
