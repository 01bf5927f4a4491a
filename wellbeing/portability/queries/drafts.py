"""The file that waits for its person's yes, and what of a file is in the journal already."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.keeping.operations import A_DRAFT
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.entry import Entry
from wellbeing.models.import_draft import ImportDraft
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.portability.brought import Brought
from wellbeing.vault.people import data_key_of

COLUMN = "import_draft.content"


def draft_of(person: Person, keyring: Keyring, now: datetime) -> bytes | None:
    """The file as it was sent; None when none waits, or none that can be read."""
    row = db.session.execute(
        select(ImportDraft.uid, ImportDraft.content).where(
            ImportDraft.person_id == person.id, ImportDraft.kept_at > now - A_DRAFT
        )
    ).first()
    if row is None:
        return None
    try:
        return zlib.decompress(data_key_of(keyring, person).opened(COLUMN, row.uid, bytes(row.content)))
    except Unreadable:
        return None


def new_ones(person: Person, entries: Iterable[Brought]) -> list[Brought]:
    """Those that the journal has never held. What was deleted here is not brought back by a file that has it still."""
    known = set(db.session.scalars(select(Entry.uid).where(Entry.person_id == person.id)))
    of_entries = select(EntityState.entity).where(
        EntityState.person_id == person.id, EntityState.entity.startswith("entry:")
    )
    known |= {entity.removeprefix("entry:") for entity in db.session.scalars(of_entries)}
    return list({entry.uid: entry for entry in reversed(list(entries)) if entry.uid not in known}.values())[::-1]


def days_of(person: Person, uids: Iterable[str]) -> dict[str, date]:
    """The local dates of these entries of the person, by uid; those that are not there are left out."""
    wanted = set(uids)
    rows = db.session.execute(select(Entry.uid, Entry.local_date).where(Entry.person_id == person.id))
    return {uid: day for uid, day in rows if uid in wanted}
