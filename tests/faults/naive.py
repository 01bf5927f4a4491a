"""Servers that receive gestures in a bad way. The faults must catch every one of them, or they prove nothing.

They are given to `create_app`, which takes them in tests only; no setting reaches them. Bad phones are in client.py.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from wellbeing.db import db, transaction
from wellbeing.domain import merging
from wellbeing.domain.merging import Gesture, Thing, Verb
from wellbeing.gestures import operations
from wellbeing.gestures.asked import Asked, Told
from wellbeing.gestures.ways import Ways
from wellbeing.keyring import Keyring
from wellbeing.models.operation import Operation
from wellbeing.models.person import Person


def no_table(person: Person, asked: Asked, keyring: Keyring, now: datetime, do: operations.Do) -> Told:
    """Remembers nothing: what comes twice is done twice."""
    with transaction():
        operations.lock(person)
        state = operations.standing(person, asked.entity)
        done = do(state, operations.meanwhile(person, asked))
        return Told(state.version, done.result)


def split(person: Person, asked: Asked, keyring: Keyring, now: datetime, do: operations.Do) -> Told:
    """Remembers in one transaction, and does in the next."""
    with transaction():
        operations.lock(person)
        if not operations.remember(person, asked, keyring, now):
            return operations.answered_before(person, asked, keyring)
        row = Operation.person_id == person.id, Operation.op_id == asked.op_id
        db.session.execute(update(Operation).where(*row).values(result=json.dumps({"status": "applied"})))
    with transaction():
        state = operations.standing(person, asked.entity)
        done = do(state, operations.meanwhile(person, asked))
        return operations.settle(person, asked, state, done)


def latest(thing: Thing[Any, Any], gesture: Gesture[Any, Any], later: int = 0, others: int = 0) -> Any:
    """Whoever comes last is right, whatever they had seen."""
    return merging.merged(thing, replace(gesture, base=None), later, others)


def resurrect(thing: Thing[Any, Any], gesture: Gesture[Any, Any], later: int = 0, others: int = 0) -> Any:
    """A creation makes an entry, whatever became of it since."""
    if gesture.verb is Verb.CREATE and thing.deleted_at is not None:
        return merging.merged(replace(thing, deleted_at=None), gesture, 0, others)
    return merging.merged(thing, gesture, later, others)


WAYS: dict[str, Ways] = {
    "no_table": Ways(once=no_table),
    "split": Ways(once=split),
    "latest": Ways(merged=latest),
    "resurrect": Ways(merged=resurrect),
}
