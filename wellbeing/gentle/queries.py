"""Whether the gentle card stands on the page being answered. Asked by that page alone; the answer is not kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, bindparam, select

from wellbeing.db import columns, db
from wellbeing.domain import gentle
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.entry import Entry
from wellbeing.models.person import Person
from wellbeing.models.silence import Silence
from wellbeing.vault.people import data_key_of

COLUMN = "silence.until"


def shown_to(person: Person, today: date, keyring: Keyring) -> bool:
    """One statement; a second only where the weeks look heavy. Entries before the window cannot change the answer."""
    asked = {"person": person.id, "since": gentle.since(today), "today": today}
    felt = [(day, mood) for day, mood in columns(_FELT, asked)]
    return gentle.looks_heavy(felt, today) and today >= silent_until(person, keyring)


def silent_until(person: Person, keyring: Keyring) -> date:
    """The date before which the card stays silent: `date.min` for whoever never asked for it. For the export, too.

    A date that cannot be read keeps the card silent: whoever asked for silence must not be asked again.
    """
    box = db.session.scalar(select(Silence.until).where(Silence.person_id == person.id))
    if box is None:
        return gentle.NEVER_SILENCED
    try:
        return date.fromisoformat(data_key_of(keyring, person).decrypted(COLUMN, person.uid, bytes(box)))
    except (Unreadable, ValueError):
        return gentle.FOR_EVER


# Asked with every look at Today, and therefore built once.
_PERSON: ColumnElement[int] = bindparam("person")
_SINCE: ColumnElement[date] = bindparam("since")
_TODAY: ColumnElement[date] = bindparam("today")
_FELT = (
    select(Entry.local_date, Entry.mood)
    .where(Entry.person_id == _PERSON, Entry.local_date.between(_SINCE, _TODAY))
    .order_by(Entry.felt_at.desc(), Entry.id.desc())
)
