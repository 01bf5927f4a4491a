"""The pages of a group, put together from what was found and, when a form was refused, from what was typed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app
from markupsafe import Markup

from wellbeing.domain.gatherings import story_of
from wellbeing.domain.refusals import Refusal
from wellbeing.groups.forms.circle import TERRITORIES, GroupForm
from wellbeing.groups.forms.counting import HeadcountForm
from wellbeing.groups.forms.reading import typed_again
from wellbeing.groups.queries import circle, meetings
from wellbeing.groups.queries.meetings import Meeting
from wellbeing.groups.scanned import shown, worth_showing
from wellbeing.groups.school_holidays import ZONES
from wellbeing.models.group import ACTIVITIES, Group
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop
from wellbeing.web.errors import sentence_of
from wellbeing.web.fragments import fragment, page

SOON = 3  # dates shown on the group's page; the others are one tap further
COUNTS = 6


def groups(led: list[Group], closed: list[Group], now: datetime) -> Response:
    says = current_app.extensions["latest_trend"]
    today = now.astimezone(UTC).date()
    trends = {group.uid: says(group, today) for group in led}
    return page("groups/groups.html", cards=circle.cards(led, now), trends=trends, closed=closed)


# --- the group --------------------------------------------------------------------------------------------------------
def group(seen: Group, now: datetime, *, leads: bool, takes_part: bool) -> Response:
    listed = meetings.meetings_of(seen, now)
    tools: dict[str, Any] = _tools(seen, listed, now) if leads else {}
    return page(
        "groups/group.html",
        group=seen,
        leads=leads,
        takes_part=takes_part,
        circle=_circle(seen, listed, takes_part),
        story=_story(seen, listed),
        trends=_published(seen, now),
        **tools,
    )


def closed(left: Group, now: datetime) -> Response:
    """A group that closed, for those who took part until then: what was published of it, which its team reads too."""
    return page("groups/closed.html", group=left, trends=_published(left, now))


def _published(seen: Group, now: datetime) -> Markup:
    card: Markup = current_app.extensions["trends_card"](seen, now.astimezone(UTC).date())
    return card


def _circle(seen: Group, listed: list[Meeting], takes_part: bool) -> Markup:
    """The numbers and dates that are the same for everyone in the group; who takes part may call a number wrong."""
    shared = circle.circle_of(seen, listed)
    return fragment(
        "groups/_circle.html",
        size=shared.size,
        team=shared.team,
        contact=seen.safety_contact,
        coming=shared.coming[:SOON],
        counted=shared.counted[:COUNTS],
        flags=f"/groups/{seen.uid}/flags" if takes_part else None,
    )


def _story(seen: Group, listed: list[Meeting]) -> Markup | str:
    """From the dates on which the group met, counted or not: nobody is in it, so it is the same for everyone."""
    told = story_of(meeting.workshop.local_date for meeting in listed if meeting.over and not meeting.cancelled)
    return fragment("groups/_story.html", story=told, place=seen.place) if told else ""


def _tools(led: Group, listed: list[Meeting], now: datetime) -> dict[str, Any]:
    """What only the team has at hand: codes, and the pad for the latest workshop that began."""
    begun = [meeting for meeting in listed if meeting.countable]
    running = [meeting for meeting in listed if meetings.checking_in(meeting, now)]
    return {
        "pad": pad(led, begun[-1].workshop) if begun else "",
        "running": [(meeting, shown(meetings.check_in_code(meeting.workshop))) for meeting in reversed(running)],
        "soon": [meeting for meeting in listed if not meeting.over][:SOON],
        "code": shown(circle.join_code(led)),
        "planned": bool(listed),
    }


def group_form(form: GroupForm, refusal: Refusal | None = None) -> Response:
    return page(
        "groups/new.html",
        422 if refusal else 200,
        typed=typed_again(form),
        activities=ACTIVITIES,
        school_zones=ZONES,
        territories=TERRITORIES,
        **refused(refusal),
    )


def first_ideas(zone: str) -> Mapping[str, str]:
    return {"op_id": str(uuid.uuid4()), "timezone": zone, "holiday_zone": "none"}


# --- a date -----------------------------------------------------------------------------------------------------------
def workshop(led: Group, found: Workshop, now: datetime, sentence: str = "", again: Markup | None = None) -> Response:
    """One date. `sentence` is why something was refused; `again` is the pad with what was typed."""
    meeting = meetings.meeting(led, found, now)
    return page(
        "groups/workshop.html",
        422 if sentence or again else 200,
        group=led,
        meeting=meeting,
        sentence=sentence,
        pad=again or (pad(led, found) if meeting.countable else ""),
        code=shown(meetings.check_in_code(found)) if worth_showing(meeting, now) else None,
    )


# --- counting ---------------------------------------------------------------------------------------------------------
def pad(led: Group, found: Workshop, form: HeadcountForm | None = None, refusal: Refusal | None = None) -> Markup:
    """The number pad of one workshop: what was counted, what was corrected, and the numbers as they were typed."""
    counts = meetings.headcounts(found)
    held = counts[-1] if counts else None
    numbers = {name: getattr(held, name) for name in ("present", "without_phone", "newcomers")} if held else {}
    return fragment(
        "groups/_pad.html",
        action=f"/groups/{led.uid}/workshops/{found.uid}/headcount",
        uid=found.uid,
        title=found.title,
        starts=meetings.local(found.starts_at, led),
        counted=numbers,
        counted_at=meetings.local(held.counted_at, led) if held else None,
        corrected=meetings.corrections(counts),
        history=[(meetings.local(count.counted_at, led), count) for count in counts],
        typed=typed_again(form) if form else {name: str(number) for name, number in numbers.items()},
        **refused(refusal),
    )


def counted(person: Person, led: Group, found: Workshop, now: datetime) -> list[Markup]:
    """What a new count changes: the pad, the card of the group, and the line of the date where it is listed."""
    date = fragment("groups/_date.html", group_uid=led.uid, meeting=meetings.meeting(led, found, now))
    takes_part = circle.participation(person, led) is not None
    return [pad(led, found), _circle(led, meetings.meetings_of(led, now), takes_part), date]


def refused(refusal: Refusal | None) -> dict[str, str | None]:
    return {
        "refused": refusal.field if refusal else None,
        "sentence": sentence_of(refusal) if refusal else "",
    }
