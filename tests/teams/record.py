"""What the record says of teams, read beside the application; and a link made as a facilitator makes one."""

from __future__ import annotations

import re

from sqlalchemy import select

from tests.cast import Cast
from wellbeing.db import db
from wellbeing.models.invitation import Invitation
from wellbeing.models.membership import Membership


def team_page(cast: Cast, group: str = "Willow") -> str:
    return f"/groups/{cast.groups[group].uid}/team"


def invited(cast: Cast, by: str = "Fay", group: str = "Willow") -> str:
    """The path of a new link, read off the page that shows it once."""
    answer = cast.browser(by).post(team_page(cast, group))
    assert answer.status_code == 200
    found = re.search(r'data-invitation="http://localhost([^"]+)"', answer.text)
    assert found
    return found[1]


def team(cast: Cast, group: str = "Willow") -> set[int]:
    """The ids of those who run a group now."""
    running = select(Membership.person_id).where(
        Membership.group_id == cast.groups[group].id, Membership.role == "facilitator", Membership.ended_at.is_(None)
    )
    with cast.app.app_context():
        return set(db.session.scalars(running))


def membership(cast: Cast, name: str, group: str = "Willow", role: str = "facilitator") -> str:
    """The uid of the latest membership of this kind."""
    chosen = select(Membership.uid).where(
        Membership.group_id == cast.groups[group].id,
        Membership.person_id == cast.people[name].person.id,
        Membership.role == role,
    )
    with cast.app.app_context():
        return str(db.session.scalars(chosen.order_by(Membership.id.desc())).first())


def invitations(cast: Cast) -> list[Invitation]:
    with cast.app.app_context():
        return list(db.session.scalars(select(Invitation).order_by(Invitation.id)))


def ids(cast: Cast, *names: str) -> set[int]:
    return {cast.people[name].person.id for name in names}
