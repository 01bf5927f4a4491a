"""A file waits for a yes: encrypted under its person's key, so that the disk never holds it in plain text."""

from __future__ import annotations

import secrets
import zlib
from datetime import datetime

from sqlalchemy import delete

from wellbeing.db import db, transaction
from wellbeing.keyring import Keyring
from wellbeing.models.import_draft import ImportDraft
from wellbeing.models.person import Person
from wellbeing.portability.queries.drafts import COLUMN
from wellbeing.vault.people import data_key_of


def keep_draft(person: Person, content: bytes, keyring: Keyring, now: datetime) -> None:
    """Keep the file for an hour, in the place of one that was kept before."""
    uid = secrets.token_hex(16)
    box = data_key_of(keyring, person).sealed(COLUMN, uid, zlib.compress(content))
    with transaction():
        let_draft_go(person)
        db.session.add(ImportDraft(person_id=person.id, uid=uid, content=box, kept_at=now))


def let_draft_go(person: Person) -> None:
    """Nothing waits any more. Again, it changes nothing."""
    with transaction():
        db.session.execute(delete(ImportDraft).where(ImportDraft.person_id == person.id))
