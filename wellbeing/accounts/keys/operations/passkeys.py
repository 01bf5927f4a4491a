"""Passkeys are made, named and removed. The last key of a person cannot be removed."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import and_, select, update

from wellbeing.accounts.keys import passkeys, queries
from wellbeing.accounts.keys.operations import challenges
from wellbeing.accounts.keys.passkeys import Made, Offered
from wellbeing.accounts.keys.refusals import KeysFull, LastKey, PasskeyRefused
from wellbeing.accounts.operations.devices import end
from wellbeing.db import db, one_at_a_time, transaction
from wellbeing.keyring.current import current_keyring
from wellbeing.models.passkey import KeyChange, Passkey
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.vault.people import data_key_of
from wellbeing.withdrawals import withdrawn

MOST = 10


def made_for(purpose: str, offered: Offered, now: datetime) -> Made:
    """The passkey that a browser was asked to make, checked. Raises PasskeyRefused."""
    claimed = challenges.claim(offered, purpose, now)
    return passkeys.made(offered.answer, claimed.challenge, claimed.handle or b"")


def keep(person: Person, made: Made, name: str, now: datetime) -> Passkey:
    """Give the person this passkey, inside the caller's transaction. Raises KeysFull and PasskeyRefused."""
    hold(person)
    one_at_a_time("credential", made.credential_id)
    if queries.how_many_passkeys(person) >= MOST:
        raise KeysFull(n=MOST)
    handle = db.session.scalar(select(Person.passkey_handle).where(Person.id == person.id)) or made.handle
    if handle != made.handle or queries.found_by(made.credential_id) is not None:
        raise PasskeyRefused  # two first passkeys, asked for at once: the later one names somebody who is nobody
    person.passkey_handle = handle
    uid = secrets.token_hex(16)
    passkey = Passkey(
        uid=uid,
        person_id=person.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        name=_boxed(person, uid, name) if name else None,
        created_at=now,
    )
    db.session.add(passkey)
    db.session.flush()
    return passkey


def add(person: Person, offered: Offered, name: str, now: datetime) -> None:
    """One more passkey for somebody who has a journal. Raises KeysFull and PasskeyRefused."""
    made = made_for("add", offered, now)
    with transaction():
        keep(person, made, name, now)
        db.session.add(KeyChange(person_id=person.id, at=now))


def rename(person: Person, passkey: Passkey, name: str) -> None:
    """`name` is at most 120 characters on one line; it is kept encrypted."""
    with transaction():
        passkey.name = _boxed(person, passkey.uid, name)


def remove(person: Person, uid: str, here: SignIn, now: datetime) -> None:
    """Remove a passkey, and close every device that it opened but the one this is done on. Twice is once.

    Raises LastKey when the person has no other key.
    """
    with transaction():
        has_phrase = hold(person)
        passkey = queries.passkey_of(person, uid)
        if passkey is None:
            return
        if not has_phrase and queries.how_many_passkeys(person) == 1:
            raise LastKey
        opened = and_(SignIn.person_id == person.id, SignIn.passkey_id == passkey.id)
        end(person, select(SignIn).where(opened, SignIn.id != here.id, SignIn.revoked_at.is_(None)), now)
        db.session.execute(update(SignIn).where(opened).values(passkey_id=None))  # ended ones are kept a while
        withdrawn("passkey", person, uid, now)  # on the disk before the key is gone
        db.session.delete(passkey)
        db.session.add(KeyChange(person_id=person.id, at=now))


def hold(person: Person) -> bool:
    """Until the transaction ends nobody else changes this person's keys; returns whether they have a phrase."""
    held = select(Person.phrase_selector).where(Person.id == person.id).with_for_update()
    return db.session.execute(held).scalar_one() is not None


def _boxed(person: Person, uid: str, name: str) -> bytes:
    return data_key_of(current_keyring(), person).encrypted("passkey.name", uid, name)
