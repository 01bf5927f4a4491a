"""Writing a page of one's book. One transaction; the same words sent twice are written once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from wellbeing.books import queries
from wellbeing.books.queries import Dated
from wellbeing.books.refusals import PageChanged
from wellbeing.db import db, transaction
from wellbeing.gestures.operations import lock
from wellbeing.keyring import Keyring
from wellbeing.models.book import TEXTS, BookPage
from wellbeing.models.person import Person
from wellbeing.vault.people import data_key_of
from wellbeing.withdrawals import withdrawn


def write(
    person: Person, workshop: Dated, texts: Mapping[str, str | None], seen: str | None, keyring: Keyring, now: datetime
) -> None:
    """Make the page hold these texts: an empty one is taken back, one that is None is left alone.

    `seen` is the edition that the form showed; None asks for no comparison. Raises PageChanged when another one stands
    there by now, unless it says the same.
    """
    with transaction():
        lock(person)
        before = queries.written(person, workshop, keyring)
        changed = {name: text for name, text in texts.items() if text is not None and text != before.texts[name]}
        if not changed:
            return
        if seen is not None and seen != before.edition:
            raise PageChanged
        key = data_key_of(keyring, person)
        boxes = {
            name: key.encrypted(queries.column(name), workshop.uid, text) if text else None
            for name, text in changed.items()
        }
        _keep(person, workshop, boxes)
        for name in (name for name, box in boxes.items() if box is None):
            withdrawn(f"book.{name}", person, workshop.uid, now)  # on the disk before the text is gone


def _keep(person: Person, workshop: Dated, boxes: Mapping[str, bytes | None]) -> None:
    """A page without a word is none."""
    this = BookPage.person_id == person.id, BookPage.workshop_id == workshop.id
    found = db.session.scalar(select(BookPage).where(*this).execution_options(populate_existing=True))
    page = found or BookPage(person_id=person.id, workshop_id=workshop.id)
    held = {name: getattr(page, name) for name in TEXTS} | dict(boxes)
    if not any(held.values()):
        db.session.execute(delete(BookPage).where(*this))
        return
    for name, box in boxes.items():
        setattr(page, name, box)
    page.edition = secrets.token_hex(8)
    db.session.add(page)
    db.session.flush()
