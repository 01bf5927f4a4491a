"""The consents of a person, dated, for nobody but that person."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing.db import db
from wellbeing.models.consent import Consent
from wellbeing.models.person import Person


def consents_of(person: Person) -> dict[str, list[Consent]]:
    """By purpose, the latest first: those that run and those that were taken back."""
    found: dict[str, list[Consent]] = {}
    rows = select(Consent).where(Consent.person_id == person.id).order_by(Consent.given_at.desc(), Consent.id.desc())
    for consent in db.session.scalars(rows):
        found.setdefault(consent.purpose, []).append(consent)
    return found
