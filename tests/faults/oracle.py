"""What became of every intent: the journal kept outside of the phones, held against the rows of the server.

*Lost* is an intent that is in none of: the server's rows, copies, history, a phone's outbox. *Doubled* is a row that no
intent asked for, one that came back, or a version that counts more than was asked: each op that is done adds one to it.
An op that was overtaken by a later one of the same device, or by one of another device that had seen it, is not lost.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select, text

from tests.faults.client import Phone
from tests.faults.intents import Intent
from wellbeing.db import db
from wellbeing.hosting.operations.replaying_words import ABOVE
from wellbeing.models.attendance import Attendance
from wellbeing.models.entry import Entry, EntryPast
from wellbeing.models.note import EarlyNote, Note, NoteCopy
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop
from wellbeing.vault.people import data_key_of

Numbers = tuple[Any, ...]
Key = tuple[str, str]  # whose, and which entry or workshop, as the phone names it


@dataclass
class There:
    """What the server holds of one thing."""

    numbers: list[Numbers] = field(default_factory=list)
    past: list[Numbers] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    version: int = 0


@dataclass
class Found:
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def judge(app: Flask, people: dict[int, str], intents: Iterable[Intent], phones: Iterable[Phone]) -> Found:
    """`people` maps the ids of persons to their names."""
    there, found = rows(app, people), Found()
    kept = {op_id for phone in phones for op_id in phone.outbox}
    asked: dict[Key, list[Intent]] = defaultdict(list)
    for intent in intents:
        asked[intent.person, intent.op["entity"]].append(intent)
    for key, about in asked.items():
        _about(there[key], [intent for intent in about if not intent.given_up], kept, found)
    for key in there.keys() - asked.keys():
        found.doubled.append(f"nobody asked for {key}")
    return found


def _about(there: There, intents: list[Intent], kept: set[str], found: Found) -> None:
    by_device: dict[str, list[Intent]] = defaultdict(list)
    for intent in sorted(intents, key=lambda intent: intent.op["seq"]):
        by_device[intent.device].append(intent)
    for device, told in by_device.items():
        others = [intent for intent in intents if intent.device != device]
        _numbers(there, told, others, kept, found)
        _words(there, told, others, kept, found)
    if there.version % ABOVE > len(intents):
        found.doubled.append(f"version {there.version} after {len(intents)} gestures")


def _numbers(there: There, told: list[Intent], others: list[Intent], kept: set[str], found: Found) -> None:
    last = next((i for i in reversed(told) if not i.op["kind"].startswith("note.")), None)
    if last is None or last.op["op_id"] in kept:
        return
    if last.op["kind"].endswith(".delete"):
        if there.numbers and not others:
            found.doubled.append(f"{last.op['kind']} {last.op['seq']} came back")
    elif (
        numbers_of(last.op) not in there.numbers
        and numbers_of(last.op)[:4] not in there.past
        and not _seen(last, others)
    ):
        found.lost.append(f"{last.op['kind']} {last.op['seq']} of {last.person}")


def _words(there: There, told: list[Intent], others: list[Intent], kept: set[str], found: Found) -> None:
    last = next((i for i in reversed(told) if "note" in i.op["data"] or i.op["kind"].endswith(".delete")), None)
    if last is None or last.op["op_id"] in kept or not (words := last.op["data"].get("note")):
        return
    if words not in [*there.words, *there.copies] and not _seen(last, others):
        found.lost.append(f"words of {last.op['kind']} {last.op['seq']} of {last.person}")


def _seen(intent: Intent, others: list[Intent]) -> bool:
    """Whether another device changed it knowing of it, or, for a presence, in which the last received wins, at all."""
    by_kind = intent.op["kind"].startswith("attendance.")
    return any(by_kind or 0 < intent.version <= other.op["base_version"] for other in others)


def numbers_of(op: dict[str, Any]) -> Numbers:
    if op["kind"].startswith("attendance."):
        return ("there",)
    said = op["data"]
    felt_at = datetime.fromisoformat(said["felt_at"]).astimezone(UTC)
    return said["mood"], said.get("energy"), said.get("calm"), felt_at, said["local_date"]


def rows(app: Flask, people: dict[int, str]) -> dict[Key, There]:
    """All that the server holds of these people, opened with their keys."""
    there: dict[Key, There] = defaultdict(There)
    with app.app_context():
        keyring = app.config["KEYRING"]
        boxes = {one: data_key_of(keyring, db.session.get_one(Person, one)) for one in people}

        def of(person_id: int, uid: str) -> There:
            return there[people[person_id], str(uuid.UUID(uid))]

        def opened(person_id: int, purpose: str, uid: str, box: bytes) -> str:
            return str(boxes[person_id].decrypted(purpose, uid, bytes(box)))

        for e in db.session.scalars(select(Entry).where(Entry.person_id.in_(people))):
            of(e.person_id, e.uid).numbers.append((e.mood, e.energy, e.calm, e.felt_at, e.local_date.isoformat()))
        for p in db.session.scalars(select(EntryPast).where(EntryPast.person_id.in_(people))):
            of(p.person_id, p.entry_uid).past.append((p.mood, p.energy, p.calm, p.felt_at))
        noted = select(Entry.person_id, Entry.uid, Note.text).join(Note, Note.entry_id == Entry.id)
        early = select(EarlyNote.person_id, EarlyNote.entry_uid, EarlyNote.text)
        for person_id, uid, box in [*db.session.execute(noted), *db.session.execute(early)]:
            of(person_id, uid).words.append(opened(person_id, "note.text", uid, box))
        for c in db.session.scalars(select(NoteCopy)):
            of(c.person_id, c.entry_uid).copies.append(opened(c.person_id, "note_copy.text", c.uid, c.text))
        were = select(Attendance.person_id, Workshop.uid).join(Workshop, Workshop.id == Attendance.workshop_id)
        for person_id, uid in db.session.execute(were):
            there[people[person_id], uid].numbers.append(("there",))
        for state in db.session.scalars(select(EntityState).where(EntityState.version > 0)):
            noun, _, uid = state.entity.partition(":")
            there[people[state.person_id], str(uuid.UUID(uid)) if noun == "entry" else uid].version = state.version
        db.session.rollback()
    return there


def integrity(app: Flask) -> str:
    """`ok`, or what is wrong with the database."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            asked = ["PRAGMA integrity_check", "PRAGMA foreign_key_check"]
        else:  # reads every row of every table, and so every page that holds one
            asked = [f'SELECT count(t) FROM "{table}" t' for table in db.metadata.tables]
        said = [str(value) for statement in asked for (value, *_) in db.session.execute(text(statement))]
        db.session.rollback()
        db.engine.dispose()
    whole = said == ["ok"] or all(value.isdigit() for value in said)
    return "ok" if whole else "; ".join(said)
