"""Choosing between what two devices said of one entry: keep the other version, or let it go. Only its person does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from wellbeing.db import db, transaction
from wellbeing.domain.merging import NUMBERS, WORDS, Verb
from wellbeing.gestures.asked import by_form
from wellbeing.gestures.operations import lock
from wellbeing.journal.operations.telling import tell
from wellbeing.journal.saying import Said
from wellbeing.journal.versions import queries
from wellbeing.keyring import Keyring
from wellbeing.models.entry import EntryPast
from wellbeing.models.note import NoteCopy
from wellbeing.models.person import Person
from wellbeing.withdrawals import withdrawn


def keep_words(person: Person, uid: str, copy_uid: str, keyring: Keyring, now: datetime) -> bool:
    """Make a copy the words of the entry, in the place of those it has. Whether there is such a copy to be read."""
    with transaction():
        lock(person)
        copy = next((one for one in queries.copies_of(person, uid, keyring) if one.uid == copy_uid), None)
        if copy is None or copy.text is None:
            return False
        asked = by_form("note.put", f"entry:{uid}", now, parts=WORDS, note=copy.text)
        tell(person, uid, asked, Said(Verb.NOTE, words=copy.text), keyring, now)
        _drop(NoteCopy, person, uid, copy_uid)
    return True


def drop_words(person: Person, uid: str, copy_uid: str, now: datetime) -> bool:
    """Let a copy go. Whether there was one."""
    with transaction():
        lock(person)
        if not _drop(NoteCopy, person, uid, copy_uid):
            return False
        withdrawn("note", person, copy_uid, now)
    return True


def keep_numbers(person: Person, uid: str, past_uid: str, keyring: Keyring, now: datetime) -> bool:
    """Give the entry the numbers that had lost. Whether there are such numbers."""
    with transaction():
        lock(person)
        past = next((one for one in queries.pasts_of(person, uid) if one.uid == past_uid), None)
        if past is None:
            return False
        asked = by_form("entry.update", f"entry:{uid}", now, parts=NUMBERS, past=past_uid)
        tell(person, uid, asked, Said(Verb.UPDATE, past.numbers), keyring, now)
        _drop(EntryPast, person, uid, past_uid)
    return True


def drop_numbers(person: Person, uid: str, past_uid: str) -> bool:
    """Let numbers of the history go. Whether there were any."""
    with transaction():
        lock(person)
        return _drop(EntryPast, person, uid, past_uid)


def _drop(table: type[NoteCopy | EntryPast], person: Person, uid: str, row_uid: str) -> bool:
    row = table.person_id == person.id, table.entry_uid == uid, table.uid == row_uid
    return db.session.execute(delete(table).where(*row).returning(table.uid)).first() is not None
