"""In which group's trends a person counts, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, bindparam, exists, func, select

from wellbeing import access
from wellbeing.db import db
from wellbeing.models.consent import Consent
from wellbeing.models.group import Group
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person
from wellbeing.models.stewardship import Stewardship


@dataclass(frozen=True)
class Home:
    """The open group in whose trends a person counts now, and the one they chose. `moves_on` is the first day of the
    choice when that is to come. Whoever has `powers`, in a team or as steward, counts nowhere. `closed` is the group
    they chose last, if it has closed since: until they choose again they count nowhere, and nobody chooses for them.
    """

    now: Group | None
    chosen: Group | None
    moves_on: date | None
    powers: bool
    closed: Group | None


def home_of(person: Person, today: date) -> Home:
    """On `today`, a UTC date."""
    rows = db.session.execute(
        select(Contribution.from_atom, Group)
        .outerjoin(Group, (Group.id == Contribution.group_id) & Group.closed_at.is_(None))
        .where(Contribution.person_id == person.id)
        .order_by(Contribution.from_atom.desc())
        .limit(2)
    ).all()
    moves_on, chosen = rows[0] if rows else (None, None)
    begun = [group for since, group in rows if since <= today]
    to_come = moves_on if moves_on is not None and moves_on > today else None
    powers = access.is_steward(person) or bool(access.groups_led_by(person).all())
    return Home(begun[0] if begun else None, chosen, to_come, powers, closed_home(person))


def closed_home(person: Person) -> Group | None:
    """The group they chose last, if it has closed since and they agree to trends.

    Whoever has powers is told nothing, since they count nowhere.
    """
    return db.session.scalar(_CLOSED_HOME, {"person": person.id})


def asked_of(person: Person) -> Group | None:
    """The same, if they are in another group: on Today they are asked which it is now, where there is one to choose."""
    return db.session.scalar(_ASKED_OF, {"person": person.id})


def chosen_group(person: Person) -> int | None:
    """The id of the group of the latest choice, whether its day has come or not."""
    return db.session.scalar(
        select(Contribution.group_id)
        .where(Contribution.person_id == person.id)
        .order_by(Contribution.from_atom.desc())
        .limit(1)
    )


# Asked with every look at Today after a note, and therefore built once.
_ME: ColumnElement[int] = bindparam("person")
_LATEST = select(func.max(Contribution.from_atom)).where(Contribution.person_id == _ME).scalar_subquery()
_CLOSED_HOME = (
    select(Group)
    .join(Contribution, Contribution.group_id == Group.id)
    .where(
        Contribution.person_id == _ME,
        Contribution.from_atom == _LATEST,
        Group.closed_at.is_not(None),
        exists().where(Consent.person_id == _ME, Consent.purpose == "trends", Consent.withdrawn_at.is_(None)),
        ~exists().where(Membership.person_id == _ME, Membership.role == "facilitator", Membership.ended_at.is_(None)),
        ~exists().where(Stewardship.person_id == _ME, Stewardship.until.is_(None)),
    )
)
_ASKED_OF = _CLOSED_HOME.where(exists(access.ids_of_groups_joined(_ME)))
