"""Naming the owner of what the release before wrote. Run by the worker, any number of times.

Since migration 0025 what hangs on an entry says whose it is, and what hangs on a workshop of which group. A machine
that still runs the release before leaves that empty. The next release asks for it in every row; this goes then.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update

from wellbeing.db import db, transaction
from wellbeing.models.entry import Entry, EntryEmotion
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.note import Note
from wellbeing.models.person import Person
from wellbeing.models.reminder import DateSeen
from wellbeing.models.workshop import Cancellation, Slot, Workshop

PORTION = 500

# The column that says whose a row is, the one it hangs by, what it hangs on, and the owner.
HANGING: tuple[tuple[Any, Any, Any, Any], ...] = (
    (Note.person_id, Note.entry_id, Entry, Person),
    (EntryEmotion.person_id, EntryEmotion.entry_id, Entry, Person),
    *((table.group_id, table.workshop_id, Workshop, Group) for table in (Slot, Cancellation, Headcount, DateSeen)),
)


def name_owners(_: datetime) -> None:
    """Give every row that lacks its owner the owner of what it hangs on, in portions.

    Looks first: when every row has one, nothing is locked. An owner whom somebody holds at that moment, who may be
    erasing them, is passed over until the next pass.
    """
    for column, link, above, owner in HANGING:
        if not db.session.scalar(select(exists().where(column.is_(None)))):
            continue
        while _portion(column, link, above, owner) == PORTION:
            pass


def _portion(column: Any, link: Any, above: Any, owner: Any) -> int:
    """How many owners were found; each is held before its rows are, which is the order of everybody else."""
    whose = getattr(above, column.key)
    found = select(link, whose).join(above, above.id == link).join(owner, owner.id == whose)
    chosen = found.where(column.is_(None)).limit(PORTION)
    with transaction():
        rows = db.session.execute(chosen.with_for_update(of=owner, read=True, key_share=True, skip_locked=True)).all()
        for hangs_on, named in rows:
            db.session.execute(update(column.class_).where(link == hangs_on, column.is_(None)).values({column: named}))
    return len(rows)
