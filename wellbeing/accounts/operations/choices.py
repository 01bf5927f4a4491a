"""What a person chooses about their account: pseudonym, language, zone, version, consents."""

from __future__ import annotations

import secrets
from datetime import datetime

from wellbeing.accounts import queries
from wellbeing.db import db, transaction
from wellbeing.keeping.subscriptions.operations import end_reminders, look_soon
from wellbeing.keyring.current import current_keyring
from wellbeing.models.consent import Consent
from wellbeing.models.person import Person
from wellbeing.vault.people import data_key_of
from wellbeing.withdrawals import withdrawn


def change_settings(
    person: Person,
    *,
    locale: str | None = None,
    timezone: str | None = None,
    pseudonym: str | None = None,
    now: datetime,
) -> None:
    """Language, zone and pseudonym, each left alone where None. No day already noted moves (docs/thread.md, rule 1)."""
    with transaction():
        if pseudonym is not None:
            data_key = data_key_of(current_keyring(), person)
            person.pseudonym = data_key.encrypted("person.pseudonym", person.uid, pseudonym)
        person.locale = locale or person.locale
        if timezone and timezone != person.timezone:
            person.timezone = timezone
            look_soon(person, now)


def read_simply(person: Person, simple: bool) -> None:
    """The simple version from now on, or the ordinary one."""
    with transaction():
        person.simple = simple


def number_the_icon(person: Person, wanted: bool) -> None:
    """Whether the icon of the installed application says how many notes wait for the network."""
    with transaction():
        person.badge = wanted


def choose(person: Person, purpose: str, given: bool, text_hash: str, now: datetime) -> None:
    """Give or take back one consent. Giving twice, or taking back what was not given, changes nothing."""
    with transaction():
        running = queries.consent_of(person, purpose)
        if given and running is None:
            db.session.add(new_consent(person, purpose, text_hash, "settings", now))
        elif not given and running is not None:
            running.withdrawn_at = now
            db.session.flush()
            withdrawn("consent", person, running.uid, now, purpose=purpose)
            if purpose == "reminders":
                end_reminders(person, now)


def new_consent(person: Person, purpose: str, text_hash: str, where: str, now: datetime) -> Consent:
    """The row of a consent given now, in the language the person reads; `text_hash` names the text they saw."""
    return Consent(
        uid=secrets.token_hex(16),
        person_id=person.id,
        purpose=purpose,
        text_hash=text_hash,
        locale=person.locale,
        given_at=now,
        given_in=where,
    )
