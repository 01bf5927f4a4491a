"""What is known of accounts: who a code, a phrase or a link leads to, and what a person chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from wellbeing.db import db
from wellbeing.domain import presence
from wellbeing.keyring.current import current_keyring
from wellbeing.models.consent import Consent
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation, SetupCode
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn
from wellbeing.models.stewardship import Stewardship
from wellbeing.models.workshop import Cancellation, Workshop
from wellbeing.vault.people import pseudonym_of
from wellbeing.web.devices import token_hash


@dataclass(frozen=True)
class Doorway:
    """What the join page shows of a group to whoever holds its code: its name and when it meets next.

    `check_in` is the address that the code of a workshop leads on to, once one is in the group; None for a poster's.
    """

    group: Group
    next_starts_at: datetime | None
    check_in: str | None = None


def doorway(code: str, now: datetime) -> Doorway | None:
    """The open group this normalised code belongs to: its join code, or the code of one of its workshops while open."""
    group = db.session.scalar(
        select(Group).where(Group.join_code_hash == _hash("join_code", code), Group.closed_at.is_(None))
    )
    if group is None:
        return _doorway_of_the_day(code, now)
    cancelled = select(Cancellation.workshop_id)
    next_one = db.session.scalar(
        select(Workshop.starts_at)
        .where(Workshop.group_id == group.id, Workshop.starts_at > now, Workshop.id.not_in(cancelled))
        .order_by(Workshop.starts_at)
        .limit(1)
    )
    return Doorway(group, next_one)


def _doorway_of_the_day(code: str, now: datetime) -> Doorway | None:
    """Whoever reads the code shown at a workshop stands in the room, where the poster hangs as well."""
    found = db.session.execute(
        select(Group, Workshop)
        .join(Workshop, Workshop.group_id == Group.id)
        .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
        .where(
            Workshop.check_in_code_hash == _hash("check_in", code),
            Group.closed_at.is_(None),
            Cancellation.workshop_id.is_(None),
        )
    ).first()
    if found is None:
        return None
    group, workshop = found
    ends_at = workshop.starts_at + timedelta(minutes=workshop.minutes)
    open_now = presence.code_is_open(workshop.starts_at, ends_at, now)
    return Doorway(group, workshop.starts_at, f"/c/{code}") if open_now else None


def was_ever_a_code(code: str) -> bool:
    """Whether it is the code of a workshop, open or not. Who scans an old QR guesses nothing."""
    return bool(db.session.scalar(select(exists().where(Workshop.check_in_code_hash == _hash("check_in", code)))))


def _hash(purpose: str, code: str) -> bytes:
    return current_keyring().keyed_hash(purpose, code)


@dataclass(frozen=True)
class Invited:
    """What the page of an invitation shows to whoever holds its link: the group whose team it leads to, if to one."""

    group: Group | None


def invitation(token: str, now: datetime) -> Invited | None:
    """The invitation of this link, while it opens anything: the group of a closed one takes nobody in any more."""
    found = db.session.execute(
        select(Invitation.group_id, Group)
        .outerjoin(Group, Group.id == Invitation.group_id)
        .where(
            Invitation.token_hash == token_hash(token),
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
            Group.closed_at.is_(None),
        )
    ).first()
    return Invited(found[1]) if found else None


def setup_verifier(now: datetime) -> str | None:
    return db.session.scalar(select(SetupCode.verifier).where(SetupCode.expires_at > now))


def phrase_taken(selector: bytes) -> bool:
    return bool(db.session.scalar(select(exists(select(Person.id).where(Person.phrase_selector == selector)))))


def holders(selector: bytes) -> list[tuple[int, str | None]]:
    """The ids of those whose phrase begins so, nearly always one, and its verifier; 0 and None stand for nobody."""
    held = select(Person.id, Person.phrase_verifier).where(Person.phrase_selector == selector).order_by(Person.id)
    return [(person_id, verifier) for person_id, verifier in db.session.execute(held)] or [(0, None)]


def open_devices(person: Person, now: datetime) -> list[SignIn]:
    """Signed-in devices that still work, the newest first."""
    return list(
        db.session.scalars(
            select(SignIn)
            .where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None), SignIn.expires_at > now)
            .order_by(SignIn.created_at.desc(), SignIn.id.desc())
        )
    )


def takes_part(person: Person, group: Group) -> bool:
    return _holds(person, group.id, "participant")


def leads(person: Person, group_id: int) -> bool:
    return _holds(person, group_id, "facilitator")


def groups_run_alone(person: Person) -> list[Group]:
    """Open groups that have no other facilitator."""
    mine, other = aliased(Membership), aliased(Membership)
    running = (
        select(mine.group_id)
        .where(mine.person_id == person.id, mine.role == "facilitator", mine.ended_at.is_(None))
        .where(
            ~exists(
                select(other.id).where(
                    other.group_id == mine.group_id,
                    other.person_id != person.id,
                    other.role == "facilitator",
                    other.ended_at.is_(None),
                )
            )
        )
    )
    return list(db.session.scalars(select(Group).where(Group.id.in_(running), Group.closed_at.is_(None))))


def is_last_steward(person: Person) -> bool:
    stewards = list(db.session.scalars(select(Stewardship.person_id).where(Stewardship.until.is_(None))))
    return stewards == [person.id]


def consent_of(person: Person, purpose: str) -> Consent | None:
    """The running consent for this purpose, if there is one."""
    return db.session.scalars(
        select(Consent).where(
            Consent.person_id == person.id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
        )
    ).first()


def agreed_to(person: Person) -> set[str]:
    """The purposes the person agrees to now."""
    return set(
        db.session.scalars(
            select(Consent.purpose).where(Consent.person_id == person.id, Consent.withdrawn_at.is_(None))
        )
    )


def pseudonym(person: Person) -> str | None:
    return pseudonym_of(current_keyring(), person)


def _holds(person: Person, group_id: int, role: str) -> bool:
    running = (
        Membership.person_id == person.id,
        Membership.group_id == group_id,
        Membership.role == role,
        Membership.ended_at.is_(None),
    )
    return bool(db.session.scalar(select(exists(select(Membership.id).where(*running)))))
