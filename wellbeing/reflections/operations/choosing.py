"""Choosing between what two devices said of one workshop: the other version is kept, or let go, by its person alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from wellbeing.db import db, transaction
from wellbeing.domain.merging import WORDS
from wellbeing.domain.reflections import Part
from wellbeing.gestures.asked import by_form
from wellbeing.gestures.operations import lock
from wellbeing.keyring import Keyring
from wellbeing.models.keepsake import KeepsakeCopy
from wellbeing.models.person import Person
from wellbeing.models.reflection import ReflectionPast
from wellbeing.reflections.operations.telling import say, tell
from wellbeing.reflections.queries import words
from wellbeing.reflections.queries.meetings import Meeting
from wellbeing.reflections.saying import Said
from wellbeing.withdrawals import withdrawn


def keep_words(person: Person, meeting: Meeting, copy_uid: str, keyring: Keyring, now: datetime) -> bool:
    """Make a copy what was taken away, in the place of what is there. Whether there is such a copy to be read."""
    with transaction():
        lock(person)
        copy = next((one for one in words.copies_of(person, meeting, keyring) if one.uid == copy_uid), None)
        if copy is None or copy.text is None:
            return False
        said = Said(Part.AFTER, {}, copy.text, speaks=True)
        asked = by_form("reflection.after", f"after:{meeting.uid}", now, parts=WORDS, keepsake=copy.text)
        tell(person, meeting.uid, asked, said, keyring, now)
        _drop(KeepsakeCopy, person, meeting, copy_uid)
    return True


def drop_words(person: Person, meeting: Meeting, copy_uid: str, now: datetime) -> bool:
    """Let a copy go. Whether there was one."""
    with transaction():
        lock(person)
        if not _drop(KeepsakeCopy, person, meeting, copy_uid):
            return False
        withdrawn("keepsake", person, copy_uid, now)
    return True


def keep_answers(person: Person, meeting: Meeting, past_uid: str, keyring: Keyring, now: datetime) -> bool:
    """Give back the answers that had lost. Whether there are such answers."""
    with transaction():
        lock(person)
        past = next((one for one in words.pasts_of(person, meeting) if one.uid == past_uid), None)
        if past is None:
            return False
        say(person, meeting, Said(past.part, past.answers), keyring, now)
        _drop(ReflectionPast, person, meeting, past_uid)
    return True


def drop_answers(person: Person, meeting: Meeting, past_uid: str) -> bool:
    """Let answers of the history go. Whether there were any."""
    with transaction():
        lock(person)
        return _drop(ReflectionPast, person, meeting, past_uid)


def _drop(table: type[KeepsakeCopy | ReflectionPast], person: Person, meeting: Meeting, uid: str) -> bool:
    row = table.person_id == person.id, table.workshop_id == meeting.id, table.uid == uid
    return db.session.execute(delete(table).where(*row).returning(table.uid)).first() is not None
