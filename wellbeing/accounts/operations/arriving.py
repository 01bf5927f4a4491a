"""Making accounts: joining a group, accepting an invitation, becoming the first steward."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select

from wellbeing.accounts import phrases, queries
from wellbeing.accounts.arrivals import Arrived, Newcomer
from wellbeing.accounts.keys.operations import passkeys
from wellbeing.accounts.keys.passkeys import Made, credential_in
from wellbeing.accounts.keys.queries import found_by
from wellbeing.accounts.operations.choices import new_consent
from wellbeing.accounts.operations.devices import end, open_device
from wellbeing.accounts.operations.entering import enter_team, take_part
from wellbeing.accounts.operations.wording import new_phrase
from wellbeing.db import db, one_at_a_time, transaction
from wellbeing.domain import codes
from wellbeing.domain.days import today_in
from wellbeing.domain.refusals import CodeOpensNothing, FormUsed
from wellbeing.keyring.current import current_keyring
from wellbeing.models.group import Group
from wellbeing.models.invitation import SetupCode
from wellbeing.models.person import Person, PersonKey
from wellbeing.models.sign_in import SignIn
from wellbeing.models.stewardship import Stewardship
from wellbeing.vault.people import new_data_key

SETUP_LIFE = timedelta(hours=24)
RETRY_ARRIVAL = timedelta(minutes=10)
Settling = Callable[[Person], None]


def join(newcomer: Newcomer, group: Group, now: datetime) -> Arrived:
    """Make a participant of the group.

    The same form sent again gives the same person and a new phrase, for ten minutes and until something shows that the
    first answer arrived. Raises FormUsed afterwards.
    """
    return _arrive(newcomer, group.uid, "phrase", lambda person: take_part(person, group, now), now)


def accept_invitation(newcomer: Newcomer, token: str, now: datetime) -> Arrived:
    """Make a facilitator. Raises InvitationOpensNothing when the link is unknown, used, revoked or over."""
    return _arrive(newcomer, token, "phrase", lambda person: enter_team(person, token, now), now)


def become_steward(newcomer: Newcomer, code: str, now: datetime) -> Arrived:
    """Make the first steward. Raises CodeOpensNothing when the setup code is wrong, over, or somebody is steward."""
    if not _setup_code_holds(code, now):
        raise CodeOpensNothing
    return _arrive(newcomer, "setup", "setup", lambda person: _first_stewardship(person, now), now)


def create_steward(now: datetime) -> str:
    """Make a steward from the command line; returns the phrase."""
    config = current_app.config["LE_FIL"]
    newcomer = Newcomer("Steward", config.default_locale, config.default_timezone, "command line", {})

    def settle(person: Person) -> None:
        db.session.add(Stewardship(person_id=person.id, since=now))

    return _arrive(newcomer, "", "setup", settle, now).phrase


def _arrive(newcomer: Newcomer, door: str, key_kind: str, settle: Settling, now: datetime) -> Arrived:
    drawn = new_phrase()
    arrival = None
    if newcomer.arrival:
        arrival = current_keyring().keyed_hash("arrival", f"{newcomer.where}|{door}|{newcomer.arrival}")
    made = _made(newcomer, arrival, now)

    with transaction():
        if arrival:
            one_at_a_time("arrival", arrival)  # the same form, twice at once
        person = _known_arrival(arrival, now)
        if person is None:
            person = _new_person(newcomer, arrival, now)
            settle(person)
        person.phrase_selector, person.phrase_verifier = drawn.selector, drawn.verifier
        passkey = passkeys.keep(person, made, newcomer.label, now) if made else None
        opened_by = ("passkey", passkey.id) if passkey else (key_kind, None)
        device, token = open_device(
            person, opened_by[0], shared=False, now=now, label=newcomer.label, passkey_id=opened_by[1]
        )
    return Arrived(person, device, drawn.phrase, token)


def _made(newcomer: Newcomer, arrival: bytes | None, now: datetime) -> Made | None:
    """The passkey the newcomer made, checked; none where this very form gave it to them already, its answer lost.

    Raises PasskeyRefused.
    """
    if newcomer.passkey is None:
        return None
    known = found_by(credential_in(newcomer.passkey.answer)) if arrival else None
    if known is not None and known[1].arrival == arrival:
        return None
    return passkeys.made_for("join", newcomer.passkey, now)


def _known_arrival(arrival: bytes | None, now: datetime) -> Person | None:
    """Someone whose answer got lost on the way: they never saw their phrase, so they are given a new one.

    Whoever signed in, signed out or wrote since then did see it: the form opens nothing any more. Raises FormUsed.
    """
    person = db.session.scalar(select(Person).where(Person.arrival == arrival)) if arrival else None
    if person is None:
        return None
    if person.arrival_until is None or person.arrival_until <= now:
        raise FormUsed
    end(person, select(SignIn).where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None)), now)
    return person


def _new_person(newcomer: Newcomer, arrival: bytes | None, now: datetime) -> Person:
    uid = secrets.token_hex(16)
    data_key, box = new_data_key(current_keyring(), uid)
    person = Person(
        uid=uid,
        pseudonym=data_key.encrypted("person.pseudonym", uid, newcomer.pseudonym),
        locale=newcomer.locale,
        timezone=newcomer.timezone,
        simple=newcomer.simple,
        signed_up_at=now,
        signed_up_on=today_in(newcomer.timezone, now),
        arrival=arrival,
        arrival_until=now + RETRY_ARRIVAL if arrival else None,
        last_seen_day=now.date(),
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(PersonKey(person_id=person.id, box=box))
    for purpose, text_hash in newcomer.agreed.items():
        db.session.add(new_consent(person, purpose, text_hash, newcomer.where, now))
    return person


def renew_setup_code(now: datetime) -> str:
    """A new code for the first steward, in groups of four; the one before stops working. 12 Crockford characters."""
    code = "".join(secrets.choice(codes.ALPHABET) for _ in range(12))
    verifier = phrases.verifier_of(code)
    with transaction():
        db.session.execute(delete(SetupCode))
        db.session.add(SetupCode(verifier=verifier, expires_at=now + SETUP_LIFE))
    return "-".join(code[i : i + 4] for i in (0, 4, 8))


def _setup_code_holds(code: str, now: datetime) -> bool:
    held = queries.setup_verifier(now)
    return phrases.verifies(held or phrases.nobodys_verifier(), code) and held is not None


def _first_stewardship(person: Person, now: datetime) -> None:
    used = db.session.execute(delete(SetupCode)).rowcount  # type: ignore[attr-defined]
    if not used or db.session.scalar(select(Stewardship.id).where(Stewardship.until.is_(None))):
        raise CodeOpensNothing
    db.session.add(Stewardship(person_id=person.id, since=now))
