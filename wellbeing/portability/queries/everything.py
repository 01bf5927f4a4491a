"""Everything that the server holds of a person, as one value that JSON can say (docs/export-format.md)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from wellbeing.db import Base, db
from wellbeing.domain.gentle import NEVER_SILENCED
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.attendance import Attendance
from wellbeing.models.book import TEXTS, BookPage
from wellbeing.models.calendar_feed import CalendarFeed
from wellbeing.models.check_up import CheckUp, CheckUpWish
from wellbeing.models.consent import Consent
from wellbeing.models.flag import Flag
from wellbeing.models.flag_raiser import FlagRaiser
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation
from wellbeing.models.keepsake import Keepsake, KeepsakeCopy
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.note import EarlyNote
from wellbeing.models.pace import Pace, Pause
from wellbeing.models.passkey import KeyChange, Passkey
from wellbeing.models.person import Person
from wellbeing.models.push_subscription import PushSubscription
from wellbeing.models.reflection import Reflection, ReflectionPast
from wellbeing.models.reminder import Reminder, Sent
from wellbeing.models.sign_in import SignIn
from wellbeing.models.silence import Silence
from wellbeing.models.stewardship import Stewardship
from wellbeing.portability.queries.moods import moods_of, with_words
from wellbeing.portability.queries.rows import Reader, Said, written
from wellbeing.portability.reading.exports import FORMAT, VERSION
from wellbeing.streak.queries import thread_of
from wellbeing.vault.people import data_key_of

MEETINGS: dict[str, type[Base]] = {
    "attendances": Attendance,
    "reflections": Reflection,
    "other_reflections": ReflectionPast,
    "keepsakes": Keepsake,
    "other_keepsakes": KeepsakeCopy,
    "book": BookPage,
}
LISTS: dict[str, type[Base]] = {
    "memberships": Membership,
    "contributions": Contribution,
    "consents": Consent,
    "goals": Pace,
    "pauses": Pause,
    "calendar_feed": CalendarFeed,
    "devices": SignIn,
    "passkeys": Passkey,
    "key_changes": KeyChange,
    "check_ups": CheckUp,
    "check_up_wishes": CheckUpWish,
    "silence": Silence,
    "reminders": Reminder,
    "reminder_days": Sent,
    "push_subscriptions": PushSubscription,
    "stewardships": Stewardship,
    "early_notes": EarlyNote,
}


def everything(person: Person, keyring: Keyring, now: datetime) -> Said:
    """The whole export. Words are in plain text; one that cannot be read is null."""
    try:
        reader = Reader(person.uid, data_key_of(keyring, person))
    except Unreadable:
        reader = Reader(person.uid, None)
    met = {name: reader.rows(table, _whose(table, person)) for name, table in MEETINGS.items()}
    flags = _flags(person)
    named = {row["workshop_id"] for rows in met.values() for row in rows} | {f["workshop_id"] for f in flags} - {None}
    workshops = reader.know_workshops(named)
    lists = {name: reader.rows(table, _whose(table, person)) for name, table in LISTS.items()}
    lists["invitations_made"] = reader.rows(Invitation, Invitation.made_by == person.id)
    lists["invitations_used"] = reader.rows(Invitation, Invitation.used_by == person.id)
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": written(now),
        "person": _person(person, reader),
        "entries": with_words(person, moods_of(person), reader),
        **{name: [_said(row, MEETINGS[name], reader) for row in rows] for name, rows in met.items()},
        **{name: [_said(row, LISTS.get(name, Invitation), reader) for row in rows] for name, rows in lists.items()},
        "flags": [_flag(row, reader) for row in flags],
        "thread": _thread(person, now),
        "workshops": workshops,
        "groups": _groups(reader, lists, workshops, flags),
    }


def _whose(table: type[Base], person: Person) -> ColumnElement[bool]:
    mine: ColumnElement[bool] = table.__table__.c["person_id"] == person.id
    return mine


def _person(person: Person, reader: Reader) -> Said:
    (row,) = reader.rows(Person, Person.id == person.id)
    return reader.said({**row, "pseudonym": reader.words("person.pseudonym", person.uid, row["pseudonym"])})


def _said(row: Said, table: type[Base], reader: Reader) -> Said:
    """A row with its words opened. What a box is bound to differs from table to table."""
    opened: dict[str, Any] = {}
    if table is Keepsake:
        opened = {"text": reader.words("keepsake.text", reader.workshops[row["workshop_id"]], row["text"])}
    elif table is KeepsakeCopy:
        opened = {"text": reader.words("keepsake_copy.text", row["uid"], row["text"])}
    elif table is EarlyNote:  # its box is the one that the entry's note will be
        opened = {"text": reader.words("note.text", row["entry_uid"], row["text"])}
    elif table is BookPage:
        workshop = reader.workshops[row["workshop_id"]]
        opened = {name: reader.words(f"book_page.{name}", workshop, row[name]) for name in TEXTS}
    elif table is SignIn:
        opened = {"label": reader.words("sign_in.label", row["uid"], row["label"])}
    elif table is Passkey:
        opened = {"name": reader.words("passkey.name", row["uid"], row["name"])}
    elif table is CheckUp:
        answers = reader.words("check_up.answers", row["uid"], row["answers"])
        opened = {"answers": None if answers is None else json.loads(answers)}
    elif table is Silence:  # the same for everybody until they ask for it
        until = reader.words("silence.until", reader.person_uid, row["until"])
        opened = {"until": None if until == str(NEVER_SILENCED) else until}
    return reader.said({**row, **opened})


def _flags(person: Person) -> list[Said]:
    """Numbers that the person called wrong, while who did is kept at all: 84 days."""
    raised = select(
        Flag.group_id, Flag.workshop_id, Flag.number, Flag.day, Flag.shown, Flag.raised_at, Flag.settled_at,
        Flag.verdict,
    ).join(FlagRaiser, FlagRaiser.flag_id == Flag.id)  # fmt: skip
    rows = db.session.execute(raised.where(FlagRaiser.person_id == person.id).order_by(Flag.raised_at, Flag.id))
    return [dict(row) for row in rows.mappings()]


def _flag(row: Said, reader: Reader) -> Said:
    workshop = row["workshop_id"]
    said = reader.said({name: value for name, value in row.items() if name != "workshop_id"})
    return said | {"workshop": None if workshop is None else reader.workshops[workshop]}


def _thread(person: Person, now: datetime) -> Said:
    """The thread, counted from the rest of the file on the day of the export."""
    thread = thread_of(person, now)
    past = [{"first": written(one.first), "last": written(one.last), "weeks": one.count}
            for one in thread.streak.threads]  # fmt: skip
    regularity = thread.streak.regularity
    return {
        "weeks": thread.streak.count or None,
        "state": thread.streak.state.value,
        "longest": thread.streak.longest,
        "weeks_in_all": thread.streak.kept_in_all,
        "regularity": f"{regularity.kept}/{regularity.of}" if regularity else None,
        "past": past,
        "days_with_a_mood": thread.total_days,
        "workshops_attended": thread.total_workshops,
    }


def _groups(reader: Reader, lists: dict[str, list[Said]], workshops: list[Said], flags: list[Said]) -> list[Said]:
    """What each group that the file names is: its name, and no more than its people see of it."""
    named = {row["group_id"] for rows in (*lists.values(), flags) for row in rows if row.get("group_id") is not None}
    uids = {reader.groups[one] for one in named} | {one["group"] for one in workshops}
    rows = db.session.execute(
        select(Group.uid, Group.name, Group.activity, Group.place, Group.timezone, Group.closed_at)
        .where(Group.uid.in_(uids))
        .order_by(Group.id)
    )
    return [
        {"id": row.uid, "name": row.name, "activity": row.activity, "place": row.place, "timezone": row.timezone,
         "closed_at": written(row.closed_at)}
        for row in rows
    ]  # fmt: skip
