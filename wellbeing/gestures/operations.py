"""One op, one transaction, once: its row, its effect and its answer are saved together or not at all.

A person's ops are dealt with one after the other: the week's summary, the versions and the thread all count on it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Executable, Table, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from wellbeing.db import columns, db, transaction
from wellbeing.domain.merging import FORM
from wellbeing.domain.refusals import Refusal
from wellbeing.gestures.asked import Asked, Done, Invalid, Meanwhile, Told
from wellbeing.keyring import Keyring
from wellbeing.models.operation import EntityState, Operation
from wellbeing.models.person import Person
from wellbeing.vault.people import data_key_of

Do = Callable[[EntityState, Meanwhile], Done]


def once(person: Person, asked: Asked, keyring: Keyring, now: datetime, do: Do) -> Told:
    """Do what is asked unless it was dealt with before; then answer as before, and change nothing.

    `do` changes the record and the state it is handed. Raises Invalid for an id that named something else (Refusal, if
    a form said it), and whatever `do` raises; then nothing is kept.
    """
    with transaction():
        lock(person)
        if not remember(person, asked, keyring, now):
            return answered_before(person, asked, keyring)
        state = standing(person, asked.entity)
        done = do(state, meanwhile(person, asked))
        return settle(person, asked, state, done)


def lock(person: Person) -> None:
    """One change at a time: two together would each count the week without the other. SQLite has one writer anyway."""
    if db.engine.dialect.name != "sqlite":
        db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))


def remember(person: Person, asked: Asked, keyring: Keyring, now: datetime) -> bool:
    """Write down that it was asked. False if it was before."""
    row = {
        "person_id": person.id,
        "op_id": asked.op_id,
        "kind": asked.kind,
        "entity": asked.entity,
        "parts": 0,
        "device_id": asked.device,
        "seq": asked.seq,
        "hash": _hash(person, asked, keyring),
        "version": 0,
        "result": "",
        "received_at": now,
    }
    return columns(_asking(db.engine.dialect.name), row).first() is not None


def standing(person: Person, entity: str) -> EntityState:
    """Where the entity stands, locked; a fresh state at version 0 if nothing was ever said of it."""
    standing, fresh = _standing(db.engine.dialect.name), {"populate_existing": True}
    found = db.session.scalars(standing, {"person": person.id, "of": entity}, execution_options=fresh)
    state: EntityState = found.one()
    return state


def meanwhile(person: Person, asked: Asked) -> Meanwhile:
    """What the same device has done since, and other devices at all."""
    if asked.seq is None:
        return Meanwhile()
    of = {"person": person.id, "entity": asked.entity, "device": asked.device}
    later = 0
    for (parts,) in columns(_SINCE, {**of, "seq": asked.seq}):
        later |= parts
    if not asked.kind.endswith(".delete"):
        return Meanwhile(later)
    return Meanwhile(later, columns(_ELSEWHERE, of).scalar_one() or 0)


def settle(person: Person, asked: Asked, state: EntityState, done: Done) -> Told:
    """Write beside what was asked what came of it."""
    written = {"version": state.version, "parts": done.parts, "result": json.dumps(done.result)}
    columns(_SETTLED, {"person": person.id, "id": asked.op_id, **written})
    return Told(state.version, done.result)


def answered_before(person: Person, asked: Asked, keyring: Keyring) -> Told:
    """The answer of the op that was dealt with under this id. Raises as `once` does."""
    before = db.session.scalars(
        select(Operation)
        .where(Operation.person_id == person.id, Operation.op_id == asked.op_id)
        .execution_options(populate_existing=True)
    ).one()
    # a form does not say when it was felt, nor a phone's queue what the form said: the same gesture, told twice
    by_form = FORM in (before.device_id, asked.device)
    same_gesture = by_form and (before.kind, before.entity) == (asked.kind, asked.entity)
    same_gesture = same_gesture or not before.hash  # emptied with a key that was lost: it equals any
    if not same_gesture and not hmac.compare_digest(bytes(before.hash), _hash(person, asked, keyring)):
        raise Refusal(field="op_id") if asked.device == FORM else Invalid("op_id_reused")
    if before.device_id == FORM != asked.device:
        _adopt(person, asked, before)
    return Told(before.version, json.loads(before.result), again=True)


def _adopt(person: Person, asked: Asked, before: Operation) -> None:
    """A phone names the gesture that its form had made: it was the phone's, so its next ones have seen it."""
    state = standing(person, asked.entity)
    if (state.numbers_version, state.numbers_device) == (before.version, FORM):
        state.numbers_device = asked.device
    if (state.words_version, state.words_device) == (before.version, FORM):
        state.words_device = asked.device
    before.device_id, before.seq = asked.device, asked.seq


def _hash(person: Person, asked: Asked, keyring: Keyring) -> bytes:
    return data_key_of(keyring, person).operation_hash(asked.kind, asked.entity, dict(asked.data))


# Asked with every gesture, and therefore built once for each database: building a statement costs as much as asking it.


@cache
def _asking(dialect: str) -> ReturningInsert[Any]:
    return _insert(dialect, _OPERATIONS).on_conflict_do_nothing().returning(_OPERATIONS.c.op_id)


@cache
def _standing(dialect: str) -> Executable:
    fresh = _insert(dialect, _STATES).values(
        person_id=bindparam("person"), entity=bindparam("of"), version=0, numbers_version=0, words_version=0
    )
    # to write what is there again locks it and reads it, in the one statement that would have made it
    there = fresh.on_conflict_do_update(index_elements=["person_id", "entity"], set_={"version": _STATES.c.version})
    return select(EntityState).from_statement(there.returning(*_STATES.c))


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


_OPERATIONS, _STATES = cast(Table, Operation.__table__), cast(Table, EntityState.__table__)
_OF = _OPERATIONS.c.person_id == bindparam("person"), _OPERATIONS.c.entity == bindparam("entity")
_SINCE = (
    select(_OPERATIONS.c.parts)
    .where(*_OF, _OPERATIONS.c.device_id == bindparam("device"), _OPERATIONS.c.seq > bindparam("seq"))
    .distinct()
)
_ELSEWHERE = select(func.max(_OPERATIONS.c.version)).where(
    *_OF, _OPERATIONS.c.device_id != bindparam("device"), _OPERATIONS.c.parts > 0
)
_SETTLED = (
    update(_OPERATIONS)
    .where(_OPERATIONS.c.person_id == bindparam("person"), _OPERATIONS.c.op_id == bindparam("id"))
    .values(version=bindparam("version"), parts=bindparam("parts"), result=bindparam("result"))
)
