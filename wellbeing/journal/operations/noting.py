"""Noting a mood, changing it, moving it, deleting it by a plain form: each one transaction, each done once however
often it is sent. A phone may ask again under the same op_id, even after the entry is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from wellbeing.db import transaction
from wellbeing.domain.merging import BOTH, NUMBERS, Verb
from wellbeing.domain.zones import zone_of
from wellbeing.gestures.asked import by_form
from wellbeing.gestures.operations import lock
from wellbeing.journal import queries
from wellbeing.journal.feeling import Feeling
from wellbeing.journal.operations.telling import tell
from wellbeing.journal.saying import Numbers, Said, numbers_of
from wellbeing.journal.versions.queries import is_early
from wellbeing.keyring import Keyring
from wellbeing.models.person import Person


def log_mood(
    person: Person,
    op_id: str,
    feeling: Feeling,
    keyring: Keyring,
    now: datetime,
    take: Callable[[], None] = lambda: None,
) -> bool:
    """Note a mood under the uid `op_id` (32 hex digits). Returns whether it is new; `take` counts it, if it is.

    The same op_id of the same person again changes nothing, whatever it says, also once the entry is deleted. Raises
    JournalOff without the consent `journal`, and whatever `take` raises; then nothing is kept.
    """

    def saying() -> Said:
        take()
        felt_at = feeling.felt_at or now.astimezone(zone_of(person.timezone))
        return Said(Verb.CREATE, numbers_of(feeling, felt_at, person.timezone), feeling.note or None)

    parts = BOTH if feeling.note is not None else NUMBERS
    asked = by_form("entry.create", f"entry:{op_id}", now, op_id, parts, **_data(feeling))
    return not tell(person, op_id, asked, saying, keyring, now).again


def change(
    person: Person, uid: str, feeling: Feeling, keyring: Keyring, now: datetime, op_id: str | None = None
) -> bool:
    """Replace the numbers and words of an entry, its note if one is given, its moment if one is given.

    Returns whether there was such an entry of this person. Raises Invalid for an op_id that named something else.
    """
    with transaction():
        lock(person)
        if (before := queries.noted(person, uid)) is None:
            return False
        said = Said(Verb.UPDATE, numbers_of(feeling, before.felt_at), feeling.note or None)
        parts = BOTH if feeling.note is not None else NUMBERS
        tell(
            person,
            uid,
            by_form("entry.update", f"entry:{uid}", now, op_id, parts, **_data(feeling)),
            said,
            keyring,
            now,
        )
    return True


def move(
    person: Person, uid: str, felt_at: datetime, keyring: Keyring, now: datetime, op_id: str | None = None
) -> bool:
    """Give an entry another moment; it counts for the thread only if it was first recorded in time for it (rule 11)."""
    with transaction():
        lock(person)
        if (before := queries.noted(person, uid)) is None:
            return False
        moved = Numbers(before.mood, before.energy, before.calm, before.emotions, felt_at)
        asked = by_form("entry.update", f"entry:{uid}", now, op_id, NUMBERS, felt_at=felt_at.isoformat())
        tell(person, uid, asked, Said(Verb.UPDATE, moved), keyring, now)
    return True


def delete_entry(person: Person, uid: str, keyring: Keyring, now: datetime, op_id: str | None = None) -> bool:
    """Delete an entry with its words. Again, it changes nothing. Returns whether it is, or was, the person's."""
    with transaction():
        lock(person)
        if queries.noted(person, uid) is None and not is_early(person, uid):
            return queries.was_deleted(person, uid)
        tell(person, uid, by_form("entry.delete", f"entry:{uid}", now, op_id), Said(Verb.DELETE), keyring, now)
    return True


def _data(feeling: Feeling) -> dict[str, object]:
    """What the form said, for its hash alone."""
    said: dict[str, object] = {"mood": feeling.mood, "energy": feeling.energy, "calm": feeling.calm}
    said |= {"emotions": feeling.emotions, "felt_at": feeling.felt_at.isoformat() if feeling.felt_at else None}
    return said | ({"note": feeling.note or None} if feeling.note is not None else {})
