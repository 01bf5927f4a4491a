"""What is held up to be scanned: the poster of a group, and the code of one date on a facilitator's phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app

from wellbeing.domain import codes
from wellbeing.groups.queries import circle, meetings
from wellbeing.groups.queries.meetings import Meeting
from wellbeing.models.group import Group
from wellbeing.models.workshop import Workshop
from wellbeing.web.fragments import page
from wellbeing.web.qr import qr


def check_in_code(led: Group, found: Workshop, now: datetime) -> Response:
    meeting = meetings.meeting(led, found, now)
    code = meetings.check_in_code(found) if worth_showing(meeting, now) else None
    address = f"{_public_url()}/c/{code}"
    return page("groups/code.html", group=led, meeting=meeting, code=shown(code), drawing=qr(address) if code else "")


@dataclass(frozen=True)
class Sheet:
    """The paper of a poster: its name, whether it is the smaller one, and how many strips its foot has room for."""

    name: str
    small: bool
    strips: int


A4, A5 = Sheet("A4", False, 9), Sheet("A5", True, 6)


def poster(led: Group, size: str) -> Response:
    """The poster, on A5 when that is asked for; else A4."""
    code = circle.join_code(led)
    number = current_app.extensions.get("poster_help_number")
    return page(
        "groups/poster.html",
        group=led,
        code=shown(code),
        drawing=qr(f"{_public_url()}/join?code={code}") if code else "",
        sheet=A5 if size == "a5" else A4,
        help_number=number() if number else None,
        help_page=_as_typed(f"{_public_url()}/help"),
        join_page=_as_typed(f"{_public_url()}/join"),
    )


def shown(code: str | None) -> str | None:
    """A code as people read it, in two groups of four."""
    return codes.grouped(code) if code else None


def worth_showing(meeting: Meeting, now: datetime) -> bool:
    """Until the code closes, early enough to make ready; afterwards it opens nothing and is not shown."""
    return not meeting.cancelled and (not meeting.over or meetings.checking_in(meeting, now))


def _as_typed(address: str) -> str:
    """An address as people type it."""
    return address.removeprefix("https://").removeprefix("http://")


def _public_url() -> str:
    address: str = current_app.config["LE_FIL"].public_url
    return address
