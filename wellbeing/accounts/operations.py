"""Making accounts, opening and closing them on a device, and the choices a person makes about theirs."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from wellbeing.accounts import phrases, queries
from wellbeing.accounts.arrivals import Arrived, Newcomer
from wellbeing.db import db, transaction
from wellbeing.domain import codes
from wellbeing.domain.days import today_in
from wellbeing.domain.refusals import CodeOpensNothing, InvitationOpensNothing, PhraseOpensNothing
from wellbeing.domain.trends import ATOM, EPOCH
from wellbeing.keyring import Keyring
from wellbeing.models.consent import Consent
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation, SetupCode
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person, PersonKey
from wellbeing.models.sign_in import SignIn
from wellbeing.models.stewardship import Stewardship
from wellbeing.vault.people import new_data_key
from wellbeing.web.devices import token_hash

FRESH = timedelta(minutes=10)
OWN_IDLE, OWN_LONGEST = timedelta(days=90), timedelta(days=365)
SHARED_LONGEST = timedelta(hours=12)
DEVICES = 20
SETUP_LIFE = timedelta(hours=24)
RETRY_ARRIVAL = timedelta(hours=1)
Settling = Callable[[Person], None]


def _keyring() -> Keyring:
    ring: Keyring = current_app.config["KEYRING"]
    return ring


# --- arriving ---------------------------------------------------------------------------------------------------------
def join(newcomer: Newcomer, group: Group, now: datetime) -> Arrived:
    """Make a participant of the group. The same form sent again gives the same person, and a new phrase."""
    return _arrive(newcomer, "phrase", lambda person: _take_part(person, group, now), now)


def accept_invitation(newcomer: Newcomer, token: str, now: datetime) -> Arrived:
    """Make a facilitator. Raises InvitationOpensNothing when the link is unknown, used, revoked or over."""
    return _arrive(newcomer, "phrase", lambda person: _use_invitation(person, token, now), now)


def become_steward(newcomer: Newcomer, code: str, now: datetime) -> Arrived:
    """Make the first steward. Raises CodeOpensNothing when the setup code is wrong, over, or somebody is steward."""
    if not _setup_code_holds(code, now):
        raise CodeOpensNothing
    return _arrive(newcomer, "setup", lambda person: _first_stewardship(person, now), now)


def create_steward(now: datetime) -> str:
    """Make a steward from the command line; returns the phrase."""
    config = current_app.config["LE_FIL"]
    newcomer = Newcomer("Steward", config.default_locale, config.default_timezone, "command line", {})

    def settle(person: Person) -> None:
        db.session.add(Stewardship(person_id=person.id, since=now))

    return _arrive(newcomer, "setup", settle, now).phrase


def _arrive(newcomer: Newcomer, key_kind: str, settle: Settling, now: datetime) -> Arrived:
    keyring = _keyring()
    phrase = phrases.drawn()
    words = phrases.canonical(phrase) or ""
    while queries.phrase_taken(phrases.selector_of(keyring, words)):
        phrase = phrases.drawn()
        words = phrases.canonical(phrase) or ""
    selector, verifier = phrases.selector_of(keyring, words), phrases.verifier_of(words)
    arrival = keyring.keyed_hash("arrival", newcomer.arrival) if newcomer.arrival else None
    with transaction():
        person = _known_arrival(arrival, now)
        if person is None:
            person = _new_person(newcomer, arrival, now)
            settle(person)
        person.phrase_selector, person.phrase_verifier = selector, verifier
        device, token = _open(person, key_kind, shared=False, now=now)
    return Arrived(person, device, phrase, token)


def _known_arrival(arrival: bytes | None, now: datetime) -> Person | None:
    """Someone whose answer got lost on the way: they never saw their phrase, so they are given a new one."""
    if arrival is None:
        return None
    person = db.session.scalar(
        select(Person).where(Person.arrival == arrival, Person.signed_up_at > now - RETRY_ARRIVAL)
    )
    if person is not None:
        db.session.execute(
            update(SignIn).where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None)).values(revoked_at=now)
        )
    return person


def _new_person(newcomer: Newcomer, arrival: bytes | None, now: datetime) -> Person:
    uid = secrets.token_hex(16)
    data_key, box = new_data_key(_keyring(), uid)
    person = Person(
        uid=uid,
        pseudonym=data_key.encrypted("person.pseudonym", uid, newcomer.pseudonym),
        locale=newcomer.locale,
        timezone=newcomer.timezone,
        signed_up_at=now,
        signed_up_on=today_in(newcomer.timezone, now),
        arrival=arrival,
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(PersonKey(person_id=person.id, box=box))
    for purpose, text_hash in newcomer.agreed.items():
        db.session.add(_consent(person, purpose, text_hash, newcomer.where, now))
    return person


def join_also(person: Person, group: Group, now: datetime) -> bool:
    """Let someone who has an account take part in one more group. Returns False when they already do."""
    if queries.takes_part(person, group):
        return False
    try:
        with transaction():
            _take_part(person, group, now)
    except IntegrityError:  # the same tap, twice at once
        return False
    return True


def use_invitation(person: Person, token: str, now: datetime) -> None:
    """Make a facilitator of someone who has an account. Raises InvitationOpensNothing."""
    with transaction():
        _use_invitation(person, token, now)


def _take_part(person: Person, group: Group, now: datetime) -> None:
    db.session.add(
        Membership(uid=secrets.token_hex(16), person_id=person.id, group_id=group.id, role="participant", began_at=now)
    )
    latest = db.session.scalars(
        select(Contribution).where(Contribution.person_id == person.id).order_by(Contribution.from_atom.desc())
    ).first()
    if latest is None or latest.group_id is None:
        days = (now.date() - EPOCH).days
        next_atom = EPOCH + timedelta(days=(days // ATOM + 1) * ATOM)
        db.session.merge(Contribution(person_id=person.id, from_atom=next_atom, group_id=group.id))
    db.session.flush()


def _use_invitation(person: Person, token: str, now: datetime) -> None:
    taken = db.session.execute(
        update(Invitation)
        .where(
            Invitation.token_hash == token_hash(token),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .values(used_at=now, used_by=person.id)
        .returning(Invitation.group_id)
    ).first()
    if taken is None:
        raise InvitationOpensNothing
    if taken.group_id is not None and not queries.leads(person, taken.group_id):
        db.session.add(
            Membership(
                uid=secrets.token_hex(16),
                person_id=person.id,
                group_id=taken.group_id,
                role="facilitator",
                began_at=now,
            )
        )


# --- the first steward ------------------------------------------------------------------------------------------------
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


# --- signing in and out -----------------------------------------------------------------------------------------------
def sign_in(typed: str, *, shared: bool, now: datetime) -> tuple[Person, SignIn, str]:
    """Open the journal these seven words belong to: the person, the device and its token.

    Unknown, wrong, badly typed and blocked are the same refusal after the same work. Raises PhraseOpensNothing.
    """
    words = phrases.canonical(typed)
    person = queries.person_by_selector(phrases.selector_of(_keyring(), words)) if words else None
    closed = person is not None and person.phrase_closed_until is not None and person.phrase_closed_until > now
    verifier = person.phrase_verifier if person is not None and not closed else None
    right = phrases.verifies(verifier or phrases.nobodys_verifier(), words or "")
    if person is None or verifier is None or not right:
        if person is not None and not closed:
            _remember_failure(person, now)
        raise PhraseOpensNothing
    with transaction():
        person.phrase_failures, person.phrase_closed_until = 0, None
        device, token = _open(person, "phrase", shared=shared, now=now)
    return person, device, token


def _remember_failure(person: Person, now: datetime) -> None:
    """From the 5th wrong try on, 2ⁿ seconds up to 15 minutes; a hundred in a row, 24 hours."""
    with transaction():
        failures = person.phrase_failures + 1
        wait = timedelta(seconds=min(2 ** min(failures - 4, 10), 900)) if failures >= 5 else timedelta(0)
        person.phrase_failures = failures
        person.phrase_closed_until = now + (timedelta(hours=24) if failures % 100 == 0 else wait)


def _open(person: Person, key_kind: str, *, shared: bool, now: datetime) -> tuple[SignIn, str]:
    token = secrets.token_urlsafe(32)
    device = SignIn(
        uid=secrets.token_hex(16),
        person_id=person.id,
        token_hash=token_hash(token),
        key_kind=key_kind,
        shared=shared,
        created_at=now,
        last_seen_day=now.date(),
        fresh_until=now + FRESH,
        expires_at=now + (SHARED_LONGEST if shared else OWN_IDLE),
    )
    db.session.add(device)
    db.session.flush()
    for oldest in queries.open_devices(person, now)[DEVICES:]:
        oldest.revoked_at = now
    return device, token


def keep_open(device: SignIn, now: datetime) -> None:
    """Note the day of a write, once a day, and push the idle limit of an own device further."""
    if device.shared or device.last_seen_day == now.date():
        return
    with transaction():
        device.last_seen_day = now.date()
        device.expires_at = min(now + OWN_IDLE, device.created_at + OWN_LONGEST)


def sign_out(device: SignIn, now: datetime) -> None:
    """End the sign-in on the server: the old cookie opens nothing from here on."""
    with transaction():
        db.session.execute(update(SignIn).where(SignIn.id == device.id).values(revoked_at=now))


# --- settings ---------------------------------------------------------------------------------------------------------
def change_settings(person: Person, *, locale: str | None = None, timezone: str | None = None) -> None:
    """Language and time zone. Days already noted do not move (streak.md rule 1)."""
    with transaction():
        person.locale = locale or person.locale
        person.timezone = timezone or person.timezone


def choose(person: Person, purpose: str, given: bool, text_hash: str, now: datetime) -> None:
    """Give or take back one consent. Giving twice, or taking back what was not given, changes nothing."""
    with transaction():
        running = queries.consent_of(person, purpose)
        if given and running is None:
            db.session.add(_consent(person, purpose, text_hash, "settings", now))
        elif not given and running is not None:
            running.withdrawn_at = now


def _consent(person: Person, purpose: str, text_hash: str, where: str, now: datetime) -> Consent:
    return Consent(
        uid=secrets.token_hex(16),
        person_id=person.id,
        purpose=purpose,
        text_hash=text_hash,
        locale=person.locale,
        given_at=now,
        given_in=where,
    )
