"""Silencing the gentle card, for two weeks or for ever; a silence for everybody, so that having one says nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db, transaction
from wellbeing.domain import gentle
from wellbeing.gentle.queries import COLUMN
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.person import Person
from wellbeing.models.silence import Silence
from wellbeing.vault.people import data_key_of

AT_ONCE = 1000  # people, the latest first: a pass looks no further back once nobody among so many lacks one


def silence(person: Person, until: date, keyring: Keyring) -> None:
    """Keep the card away before this date. Asking twice is asking once."""
    box = _box(person, until, keyring)
    with transaction():
        row = _insert().values(person_id=person.id, until=box)
        db.session.execute(row.on_conflict_do_update(index_elements=[Silence.person_id], set_={"until": box}))


def give_everyone_one(keyring: Keyring) -> None:
    """Let whoever has no silence have one that ended long ago. By the worker; looks first, as there is rarely anybody.

    Without it a row would say that its person had been shown the card and had answered it.
    """
    last = db.session.scalar(select(func.max(Person.id))) or 0
    while last > 0:
        some = Person.id.between(last - AT_ONCE + 1, last)
        found = list(db.session.scalars(select(Person).where(some, ~exists().where(Silence.person_id == Person.id))))
        if not sum([_give_one(person, keyring) for person in found]):
            return  # whoever came before the last ones has one
        last -= AT_ONCE


def _give_one(person: Person, keyring: Keyring) -> bool:
    try:
        box = _box(person, gentle.NEVER_SILENCED, keyring)
    except Unreadable:  # their words are gone, and so is what a card could be worked out from
        return False
    with transaction():
        row = _insert().values(person_id=person.id, until=box)
        db.session.execute(row.on_conflict_do_nothing(index_elements=[Silence.person_id]))
    return True


def _box(person: Person, until: date, keyring: Keyring) -> bytes:
    return data_key_of(keyring, person).encrypted(COLUMN, person.uid, until.isoformat())


def _insert() -> sqlite.Insert | postgresql.Insert:
    return (sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert)(Silence)
