"""The ops of a batch, each in its own transaction: what the answer lists is committed, the rest stays on the phone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from wellbeing.db import db, transaction
from wellbeing.domain.refusals import JournalOff
from wellbeing.gestures.asked import Invalid, Told
from wellbeing.keyring import Keyring
from wellbeing.models.epoch import ServerEpoch
from wellbeing.models.person import Person
from wellbeing.sync.envelope import Batch, Op
from wellbeing.sync.kinds import KINDS
from wellbeing.web import logs

CLOCKS_APART = timedelta(hours=24)
TRIES = 4  # the first, and three more
LOST_A_RACE = ("40001", "40P01")  # serialisation failure, deadlock: PostgreSQL asks to try again
REFUSES = (OperationalError, InterfaceError, InternalError, NoConnection)  # locked, full, gone


@dataclass
class Dealt:
    """A result for each op that was dealt with; `stopped` when the database refused the next; `failed` by our fault."""

    results: list[dict[str, Any]] = field(default_factory=list)
    stopped: bool = False
    failed: bool = False


def deal_with(person: Person, batch: Batch, keyring: Keyring, now: datetime) -> Dealt:
    """Do each op once, in the order of `seq`. One that fails by a fault of ours is left out, and holds up no other."""
    dealt = Dealt()
    apart = abs(batch.sent_at - now) > CLOCKS_APART
    for op in batch.ops:
        try:
            dealt.results.append(_result(person, batch.device_id, op, apart, keyring, now))
        except REFUSES as refusal:
            logs.failure(refusal)
            dealt.stopped = True
            break
        except Exception as failure:  # noqa: BLE001 - the op stays on the phone, and the others go on
            logs.failure(failure)
            dealt.failed = True
    return dealt


def renew_epoch() -> str:
    """Begin another life of this database, after a backup was restored: phones will offer again what they sent."""
    fresh = str(uuid.uuid4())
    with transaction():
        db.session.execute(update(ServerEpoch).values(uid=fresh))
    return fresh


def _result(person: Person, device: str, op: Op, apart: bool, keyring: Keyring, now: datetime) -> dict[str, Any]:
    try:
        told = _tried(person, device, op, apart, keyring, now)
    except Invalid as refusal:
        fields = {"fields": list(refusal.fields)} if refusal.fields else {}
        return {"op_id": op.op_id, "status": "invalid", "reason": refusal.reason, **fields}
    except JournalOff:
        return {"op_id": op.op_id, "status": "invalid", "reason": "journal_off"}
    status = {"status": "duplicate"} if told.again else {}
    remembered = {name: value for name, value in told.result.items() if name != "uid"}  # what old forms left there
    return {"op_id": op.op_id, "version": told.version, **remembered, **status}


def _tried(person: Person, device: str, op: Op, apart: bool, keyring: Keyring, now: datetime) -> Told:
    if op.kind not in KINDS:
        raise Invalid("unknown_kind")
    for left in reversed(range(TRIES)):
        try:
            return KINDS[op.kind](person, device, op, apart, keyring, now)
        except DBAPIError as lost:
            if left == 0 or getattr(lost.orig, "sqlstate", None) not in LOST_A_RACE:
                raise
    raise AssertionError("the last try answers or raises")
