"""Whether what a person says of workshops will count in the group's trends: said to them alone, where they answer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, select

from wellbeing.db import db
from wellbeing.domain import presence
from wellbeing.models.consent import Consent
from wellbeing.models.membership import Contribution, Membership
from wellbeing.models.person import Person
from wellbeing.models.stewardship import Stewardship
from wellbeing.models.workshop import Workshop
from wellbeing.reflections.queries.meetings import Meeting


def counted(person: Person, meetings: Collection[Meeting], now: datetime) -> set[str]:
    """The uids of those that will count: by the rule of figures, as far as it is known today, with consent, in the
    group that was chosen, and without a role in a team.

    A reflection counts with an attendance, and answering is one while that can still be said; of what is yet to begin
    it is asked as of its start.
    """
    ids = [one.id for one in meetings if not one.cancelled and (one.there or _may_still_be_said(one, now))]
    agrees = exists().where(
        Consent.person_id == person.id, Consent.purpose == "trends", Consent.withdrawn_at.is_(None)
    )  # fmt: skip
    member = exists().where(
        Membership.person_id == person.id,
        Membership.group_id == Workshop.group_id,
        Membership.role == "participant",
        Membership.ended_at.is_(None),
    )
    leads = exists().where(
        Membership.person_id == person.id, Membership.role == "facilitator", Membership.ended_at.is_(None)
    )
    steers = exists().where(Stewardship.person_id == person.id, Stewardship.until.is_(None))
    chosen = (
        select(Contribution.group_id)
        .where(Contribution.person_id == person.id, Contribution.from_atom <= Workshop.local_date)
        .order_by(Contribution.from_atom.desc())
        .limit(1)
        .correlate(Workshop)
        .scalar_subquery()
    )
    found = select(Workshop.uid).where(
        Workshop.id.in_(ids), agrees, member, ~leads, ~steers, chosen == Workshop.group_id
    )  # fmt: skip
    return set(db.session.scalars(found)) if ids else set()


def _may_still_be_said(meeting: Meeting, now: datetime) -> bool:
    return presence.declarable(meeting.starts_at, meeting.ends_at, meeting.zone, max(now, meeting.starts_at))
