"""What the database holds of somebody's journal, read without the code under test."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Row, insert, text

from tests.cast import Cast
from wellbeing.db import db, transaction
from wellbeing.domain.years import read
from wellbeing.models.entry import Entry, EntryEmotion
from wellbeing.models.note import Note
from wellbeing.vault.people import data_key_of


def op() -> str:
    """A fresh op_id, as a phone writes it."""
    return str(uuid.uuid4())


def rows(app: Flask, statement: str, **values: Any) -> list[Row[Any]]:
    with app.app_context():
        found = list(db.session.execute(text(statement), values))
        db.session.rollback()
    return found


def entries(cast: Cast, name: str) -> list[Row[Any]]:
    """Every entry of somebody, oldest first."""
    return rows(
        cast.app, "SELECT * FROM entry WHERE person_id = :id ORDER BY felt_at, id", id=cast.people[name].person.id
    )


def words(cast: Cast, name: str) -> list[str]:
    """The emotion words of somebody's entries, in the order they were chosen."""
    found = rows(
        cast.app,
        "SELECT emotion FROM entry_emotion JOIN entry ON entry.id = entry_id WHERE entry.person_id = :id"
        " ORDER BY felt_at, entry.id, position",
        id=cast.people[name].person.id,
    )
    return [row.emotion for row in found]


def notes(cast: Cast, name: str) -> list[bytes]:
    """The boxes of somebody's notes."""
    found = rows(
        cast.app,
        "SELECT note.text FROM note JOIN entry ON entry.id = entry_id WHERE entry.person_id = :id",
        id=cast.people[name].person.id,
    )
    return [bytes(row.text) for row in found]


def weeks(cast: Cast, name: str) -> dict[str, tuple[int, int]]:
    """The summaries of somebody's weeks: Monday → days, days in time."""
    found = rows(cast.app, "SELECT * FROM logged_year WHERE person_id = :id", id=cast.people[name].person.id)
    return {
        str(monday): (days, in_time)
        for row in found
        for (monday, days), (_, in_time) in zip(read(row.year, row.days), read(row.year, row.days_in_time), strict=True)
        if days
    }


def note_mood(cast: Cast, name: str, mood: int = 4, **fields: Any) -> str:
    """Somebody notes a mood in their browser; the uid of the entry."""
    op_id = fields.pop("op_id", op())
    answer = cast.browser(name).post("/journal", data={"op_id": op_id, "mood": mood, **fields})
    assert answer.status_code == 303, answer.text
    return op_id.replace("-", "")


def years_of_notes(
    cast: Cast, name: str, days: int, said: Callable[[int], str], words: Sequence[str] = ("joy",)
) -> None:
    """A note a day for so many days, the latest today: `said` of how many days ago. Straight into the tables, each in
    its box, for through the pages it would take minutes.
    """
    with cast.app.app_context(), transaction():
        person = cast.person(name)
        key = data_key_of(cast.app.config["KEYRING"], person)
        noons = [datetime.combine(cast.now.date() - timedelta(days=ago), time(11), UTC) for ago in range(days)]
        listed = [
            {
                "person_id": person.id, "uid": uuid.uuid4().hex, "mood": ago * 7 % 5 + 1, "felt_at": noon,
                "offset_minutes": 60, "zone": "Europe/Paris", "local_date": noon.date(), "first_recorded_at": noon,
                "in_time": True, "imported": False,
            }
            for ago, noon in enumerate(noons)
        ]  # fmt: skip
        ids = list(db.session.scalars(insert(Entry).returning(Entry.id, sort_by_parameter_order=True), listed))
        boxes = [key.encrypted("note.text", row["uid"], said(ago)) for ago, row in enumerate(listed)]
        whose = [{"entry_id": number, "person_id": person.id} for number in ids]
        db.session.execute(insert(Note), [one | {"text": box} for one, box in zip(whose, boxes, strict=True)])
        told = [one | {"emotion": words[ago % len(words)], "position": 1} for ago, one in enumerate(whose) if ago % 3]
        db.session.execute(insert(EntryEmotion), told)
