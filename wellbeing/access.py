"""Who may reach what: groups and workshops, found through the person. What is not reached this way is not found.

Facilitators' features read this page, so it names no entry, note, reflection, check-up, attendance or consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from wellbeing.db import columns, db
from wellbeing.domain.crowds import KEPT_MONTHS
from wellbeing.models.group import Group
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Membership
from wellbeing.models.person import Person
from wellbeing.models.retention import Retention
from wellbeing.models.sign_in import SignIn
from wellbeing.models.stewardship import Stewardship
from wellbeing.models.workshop import Workshop

T = TypeVar("T")
Whose = int | ColumnElement[int] | InstrumentedAttribute[int]


@dataclass(frozen=True)
class Reach(Generic[T]):
    """Rows a person may reach. `get` finds one by its uid among them, and only among them."""

    chosen: Select[Any]
    uid: Any

    def get(self, uid: str) -> T | None:
        found: T | None = db.session.scalar(self.chosen.where(self.uid == uid))
        return found

    def all(self) -> list[T]:
        return list(db.session.scalars(self.chosen))


class Named(NamedTuple):
    """A group, as a list names it."""

    uid: str
    name: str


def groups_led_by(person: Person) -> Reach[Group]:
    """Groups the person facilitates now, oldest first, closed ones left out."""
    return Reach(_groups(person.id, "facilitator"), Group.uid)


def groups_read_by(person: Person) -> Reach[Group]:
    """Groups whose figures the person reads: those they facilitate, and those they did when the group closed."""
    return Reach(_groups(person.id, "facilitator", closed=None), Group.uid)


def closed_groups_of(person: Person) -> Reach[Group]:
    """Groups the person facilitated when they closed, oldest first."""
    return Reach(_groups(person.id, "facilitator", closed=True), Group.uid)


def groups_joined_by(person: Person) -> Reach[Group]:
    """Groups the person takes part in now, oldest membership first."""
    return Reach(_groups(person.id, "participant"), Group.uid)


def ids_of_groups_joined(whose: Whose) -> Select[Any]:
    """Their ids, to be asked for inside another statement; `whose` may stand for a person yet to be named."""
    return _groups(whose, "participant").with_only_columns(Group.id).order_by(None)


def names_of_groups_joined(person: Person) -> list[Named]:
    """The same groups, as a page lists them."""
    return [Named(uid, name) for uid, name in columns(_NAMES_JOINED, {"person": person.id})]


def groups_left_with(person: Person) -> Reach[Group]:
    """Groups the person took part in when they closed, oldest membership first: what was published of them stays."""
    return Reach(_groups(person.id, "participant", closed=True), Group.uid)


def groups_seen_by(person: Person) -> Reach[Group]:
    """Groups whose page the person may open, in either role."""
    return Reach(
        select(Group).where(Group.id.in_(_group_ids(person.id)), Group.closed_at.is_(None)).order_by(Group.id),
        Group.uid,
    )


def workshops_open_to(person: Person) -> Reach[Workshop]:
    """Workshops of the groups the person takes part in."""
    mine = _group_ids(person.id, "participant")
    return Reach(select(Workshop).where(Workshop.group_id.in_(mine)).order_by(Workshop.starts_at), Workshop.uid)


def workshops_led_in(person: Person, group: Group) -> Reach[Workshop]:
    """Workshops of one group, for someone who facilitates it."""
    led = _group_ids(person.id, "facilitator")
    return Reach(
        select(Workshop).where(Workshop.group_id == group.id, Workshop.group_id.in_(led)).order_by(Workshop.starts_at),
        Workshop.uid,
    )


def leads(person: Person, group: Group) -> bool:
    return bool(
        db.session.scalar(select(exists(_group_ids(person.id, "facilitator").where(Membership.group_id == group.id))))
    )


def may_facilitate(person: Person) -> bool:
    """Whether the person leads a group, was invited to create one, or is a steward."""
    return bool(db.session.scalar(_MAY_FACILITATE, {"person": person.id}))


def is_steward(person: Person) -> bool:
    return bool(db.session.scalar(select(exists(_stewardships(person.id)))))


def any_steward() -> bool:
    return bool(db.session.scalar(select(exists(select(Stewardship.id).where(Stewardship.until.is_(None))))))


def _stewardships(whose: Whose) -> Select[Any]:
    return select(Stewardship.id).where(Stewardship.person_id == whose, Stewardship.until.is_(None))


def _groups(whose: Whose, role: str, *, closed: bool | None = False) -> Select[Any]:
    """Of one role now; running ones, closed ones, or both for None."""
    chosen = (
        select(Group)
        .join(Membership, Membership.group_id == Group.id)
        .where(
            Membership.person_id == whose,
            Membership.role == role,
            Membership.ended_at.is_(None),
        )
        .order_by(Membership.began_at, Membership.id)
    )
    return chosen if closed is None else chosen.where(Group.closed_at.is_not(None) == closed)


def _group_ids(whose: Whose, role: str | None = None) -> Select[Any]:
    running = select(Membership.group_id).where(Membership.person_id == whose, Membership.ended_at.is_(None))
    return running.where(Membership.role == role) if role else running


def sign_in_by(token_hash: bytes, now: datetime) -> tuple[SignIn, Person, bool] | None:
    """The device and the person a cookie's token stands for, unless ended or expired; and `may_facilitate`."""
    found = db.session.execute(_SIGN_IN, {"token_hash": token_hash, "now": now}).first()
    return (found[0], found[1], found[2]) if found else None


def _facilitates(whose: Whose) -> ColumnElement[bool]:
    return (
        exists(_group_ids(whose, "facilitator"))
        | exists(select(Invitation.id).where(Invitation.used_by == whose, Invitation.group_id.is_(None)))
        | exists(_stewardships(whose))
    )


# Asked with every page, and therefore built once: building a statement costs as much as asking it.
_NAMES_JOINED = _groups(bindparam("person"), "participant").with_only_columns(Group.uid, Group.name)
_MAY_FACILITATE = select(_facilitates(bindparam("person")))
_SIGN_IN = (
    select(SignIn, Person, _facilitates(Person.id))
    .join(Person, Person.id == SignIn.person_id)
    .where(
        SignIn.token_hash == bindparam("token_hash"), SignIn.revoked_at.is_(None), SignIn.expires_at > bindparam("now")
    )
)


def figures_kept_months() -> int:
    """For how many months after their period published figures may be seen: what a steward chose, or 24."""
    return db.session.scalar(select(Retention.figures_months)) or KEPT_MONTHS
