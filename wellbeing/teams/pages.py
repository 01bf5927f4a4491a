"""The pages of a team, the same for those who are in it and for the steward, who is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app

from wellbeing.domain.refusals import Refusal
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.teams import queries
from wellbeing.teams.forms import ShownNameForm
from wellbeing.teams.queries import Teammate
from wellbeing.web.errors import sentence_of
from wellbeing.web.fragments import page
from wellbeing.web.qr import qr


@dataclass(frozen=True)
class Place:
    """A group's team, seen from a page: its address, the page before it, and who looks if they are in the team."""

    group: Group
    address: str
    before: tuple[str, str]  # the address and the key of its name
    person_id: int | None

    @classmethod
    def of_the_team(cls, group: Group, person: Person) -> Place:
        return cls(group, f"/groups/{group.uid}/team", (f"/groups/{group.uid}", "nav.group"), person.id)

    @classmethod
    def of_the_steward(cls, group: Group) -> Place:
        return cls(group, f"/organisation/groups/{group.uid}", ("/organisation", "nav.organisation"), None)


def team(place: Place, now: datetime, form: ShownNameForm | None = None, refusal: Refusal | None = None) -> Response:
    mates = queries.team_of(place.group)
    mine = next((one for one in mates if one.person_id == place.person_id), None)
    return page(
        "teams/team.html",
        422 if refusal else 200,
        place=place,
        team=mates,
        mine=mine,
        invitations=queries.open_invitations(place.group, now),
        shown_name=(form.shown_name.data or "") if form else ((mine and mine.name) or ""),
        sentence=sentence_of(refusal) if refusal else "",
    )


def invitation(place: Place, token: str, until: datetime) -> Response:
    address = f"{current_app.config['LE_FIL'].public_url}/invitations/{token}"
    return page("teams/invitation.html", place=place, address=address, drawing=qr(address), until=until)


def closing(place: Place) -> Response:
    return page("teams/closing.html", place=place)


def ending(place: Place, gone: Teammate | None, refusal: Refusal | None = None) -> Response:
    """Before somebody's part in the team ends, or after that was refused; `gone` is None for the person who asks."""
    return page(
        "teams/ending.html",
        422 if refusal else 200,
        place=place,
        gone=gone,
        alone=len(queries.team_of(place.group)) == 1,
    )
