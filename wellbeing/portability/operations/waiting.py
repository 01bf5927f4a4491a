"""Handing in what a phone had kept when somebody signed out with it in a file (`out.take`)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from wellbeing.db import db, transaction
from wellbeing.domain.merging import FORM
from wellbeing.domain.refusals import JournalOff, Refusal
from wellbeing.gestures.asked import Invalid, Told
from wellbeing.gestures.operations import lock
from wellbeing.journal.operations.weeks import recount
from wellbeing.keyring import Keyring
from wellbeing.models.entry import Entry
from wellbeing.models.person import Person
from wellbeing.portability.brought import Waiting
from wellbeing.portability.operations.drafts import let_draft_go
from wellbeing.portability.queries.drafts import days_of
from wellbeing.portability.refusals import WrongLine
from wellbeing.sync import shapes
from wellbeing.sync.envelope import Op
from wellbeing.sync.kinds import KINDS

OVER = ("too_late", "not_found", "entry_deleted")  # sound when it was said; its time, or its thing, is gone
REASONS = {"too_large": "data.bad_note", "local_date": "data.bad_date"}


@dataclass(frozen=True)
class HandedIn:
    """How many gestures were done now, and how many no longer can be. Those done before are neither."""

    done: int
    over: int


def hand_in(person: Person, waiting: Sequence[Waiting], keyring: Keyring, now: datetime) -> HandedIn:
    """Do each gesture as the phone would have sent it, all in one transaction. What was done before is left alone, so
    a file handed in twice does nothing more, nor does one whose phone had sent a part of it.

    Moods that come into being are marked as imported: they never count for the thread. Raises WrongLine for a gesture
    that is none, JournalOff as everywhere; then nothing is changed.
    """
    made = (one.entity for one in waiting if one.kind == "entry.create" and shapes.UUID.fullmatch(one.entity))
    moods = [uuid.UUID(entity).hex for entity in made]
    done = over = 0
    with transaction():
        lock(person)
        before = days_of(person, moods)
        for one in waiting:
            told = _tried(person, one, keyring, now)
            over += told is None
            done += told is not None and not told.again
        _mark_as_imported(person, [uid for uid in moods if uid not in before])
        let_draft_go(person)
    return HandedIn(done, over)


def _tried(person: Person, one: Waiting, keyring: Keyring, now: datetime) -> Told | None:
    """What came of a gesture; None when it can no longer be done, and then nothing of it is kept."""
    op = Op(one.op_id, None, one.kind, one.entity, None, one.recorded_at, dict(one.data))
    if op.kind not in KINDS:
        raise WrongLine(one.line, "data.bad_shape")
    try:
        with db.session.begin_nested():
            return KINDS[op.kind](person, FORM, op, False, keyring, now)
    except Invalid as refused:
        if refused.reason not in OVER:
            raise WrongLine(one.line, REASONS.get(refused.reason, "data.bad_shape")) from None
        return None
    except JournalOff:
        raise
    except Refusal:
        raise WrongLine(one.line, "data.bad_id") from None


def _mark_as_imported(person: Person, uids: Sequence[str]) -> None:
    days = days_of(person, uids)
    for uid in days:
        db.session.execute(update(Entry).where(Entry.person_id == person.id, Entry.uid == uid).values(imported=True))
    recount(person, days.values())
