"""A new phrase in the place of the old one, which ends at once."""

from __future__ import annotations

from datetime import datetime

from wellbeing.accounts.keys.operations.passkeys import hold
from wellbeing.accounts.operations.wording import new_phrase
from wellbeing.db import db, transaction
from wellbeing.models.passkey import KeyChange
from wellbeing.models.person import Person
from wellbeing.withdrawals import withdrawn


def renew(person: Person, now: datetime) -> str:
    """The new seven words, to be shown once. Raises Busy."""
    drawn = new_phrase()
    with transaction():
        hold(person)
        person.phrase_selector, person.phrase_verifier = drawn.selector, drawn.verifier
        db.session.add(KeyChange(person_id=person.id, at=now))
        db.session.flush()  # refused here rather than after the line is on the disk
        kept = {"selector": drawn.selector.hex(), "verifier": drawn.verifier}
        withdrawn("phrase", person, person.uid, now, **kept)
    return drawn.phrase
