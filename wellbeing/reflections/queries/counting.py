"""Whether what a person says of a workshop will count in the group's trends: said to them alone, where they answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select

from wellbeing.db import db
from wellbeing.domain import presence
from wellbeing.models.consent import Consent
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person
from wellbeing.models.stewardship import Stewardship
from wellbeing.reflections.queries.meetings import Meeting


def will_count(person: Person, meeting: Meeting, now: datetime) -> bool:
    """Who counts is the rule of trends.md, as far as it is known today: consent, this group, no role of a team.

    A reflection counts with an attendance, and answering is one while that can still be said.
    """
    if meeting.cancelled:
        return False
    if not meeting.there and not presence.declarable(meeting.starts_at, meeting.ends_at, meeting.zone, now):
        return False
    agrees = exists().where(
        Consent.person_id == person.id, Consent.purpose == "trends", Consent.withdrawn_at.is_(None)
    )  # fmt: skip
    member = exists().where(
        Membership.person_id == person.id,
        Membership.group_id == meeting.group_id,
        Membership.role == "participant",
        Membership.ended_at.is_(None),
    )
    leads = exists().where(
        Membership.person_id == person.id, Membership.role == "facilitator", Membership.ended_at.is_(None)
    )
    steers = exists().where(Stewardship.person_id == person.id, Stewardship.until.is_(None))
    chosen = (
        select(Contribution.group_id)
        .where(Contribution.person_id == person.id, Contribution.from_atom <= meeting.local_date)
        .order_by(Contribution.from_atom.desc())
        .limit(1)
        .scalar_subquery()
    )
    return bool(db.session.scalar(select(agrees & member & ~leads & ~steers & (chosen == meeting.group_id))))
