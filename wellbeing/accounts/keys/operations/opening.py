"""A passkey opens a journal on a device, and either key says again that it is oneself."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import update

from wellbeing.accounts.keys import passkeys, queries
from wellbeing.accounts.keys.operations import challenges
from wellbeing.accounts.keys.passkeys import Offered
from wellbeing.accounts.keys.refusals import PasskeyRefused
from wellbeing.accounts.operations import devices
from wellbeing.accounts.operations.devices import Opened
from wellbeing.db import db, transaction
from wellbeing.models.passkey import Passkey
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.web.devices import token_hash


def sign_in(offered: Offered, *, shared: bool, label: str, now: datetime) -> Opened:
    """Open the journal this passkey belongs to. Raises PasskeyRefused."""
    passkey, person, counted = _proved("sign_in", offered, now)
    with transaction():
        _use(passkey, counted, now)
        before = person.last_seen_day
        person.arrival_until, person.last_seen_day = None, now.date()
        device, token = devices.open_device(
            person, "passkey", shared=shared, now=now, label=label, passkey_id=passkey.id
        )
    return Opened(person, device, token, before)


def confirm_by_passkey(person: Person, device: SignIn, offered: Offered, now: datetime) -> str:
    """Ten minutes in which powers are open, and the device's new token. Raises PasskeyRefused."""
    passkey, owner, counted = _proved("step_up", offered, now)
    if owner.id != person.id:
        raise PasskeyRefused
    with transaction():
        _use(passkey, counted, now)
        return _renewed(device, now)


def confirm_by_phrase(person: Person, device: SignIn, typed: str, now: datetime) -> str:
    """The same by the seven words. Raises PhraseOpensNothing."""
    devices.confirm(person, typed, now)
    with transaction():
        return _renewed(device, now)


def _proved(purpose: str, offered: Offered, now: datetime) -> tuple[Passkey, Person, int]:
    """Whose passkey this is, and its new counter. An unknown one is refused after the same work as a wrong one."""
    challenge = challenges.claim(offered, purpose, now).challenge
    found = queries.found_by(passkeys.credential_in(offered.answer))
    public_key, counted = (found[0].public_key, found[0].sign_count) if found else (passkeys.nobodys_key(), 0)
    counted = passkeys.opened(offered.answer, challenge, public_key, counted)
    told = passkeys.handle_in(offered.answer)
    # a browser that is told which passkeys to ask may leave out whose they are; one that is not told never does
    if found is None or (told != found[1].passkey_handle and (told is not None or purpose == "sign_in")):
        raise PasskeyRefused
    return *found, counted


def _use(passkey: Passkey, counted: int, now: datetime) -> None:
    """Keep the counter, unless somebody was faster with a higher one."""
    kept = update(Passkey).where(
        Passkey.person_id == passkey.person_id, Passkey.id == passkey.id, Passkey.sign_count <= counted
    )
    used = db.session.execute(kept.values(sign_count=counted, last_used_day=now.date()).returning(Passkey.id))
    if used.first() is None:
        raise PasskeyRefused


def _renewed(device: SignIn, now: datetime) -> str:
    """A new token on the same row: whoever had learnt the one before has nothing."""
    token = secrets.token_urlsafe(32)
    device.token_hash, device.fresh_until = token_hash(token), now + devices.FRESH
    return token
