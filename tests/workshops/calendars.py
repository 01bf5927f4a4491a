"""A calendar as another program reads it: fetched by its address, without a cookie."""

from __future__ import annotations

import io
import re
from datetime import datetime, tzinfo
from typing import Any

import recurring_ical_events
from dateutil.tz import tzical
from icalendar import Calendar, Event
from werkzeug.test import TestResponse

from tests.cast import Cast


def made(cast: Cast, name: str) -> str:
    """A new address for this person; returns its token."""
    found = re.search(
        r'data-calendar="[^"]+/calendar/([^"]+)\.ics"', cast.browser(name).post("/workshops/calendar").text
    )
    assert found
    return found[1]


def fetched(cast: Cast, token: str, **headers: str) -> TestResponse:
    return cast.stranger().get(f"/calendar/{token}.ics", headers=headers)


def events(body: bytes) -> list[Event]:
    """The events in the order they are written."""
    return [part for part in Calendar.from_ical(body).walk("VEVENT") if isinstance(part, Event)]


def between(body: bytes, begins: datetime, ends: datetime) -> list[Any]:
    """What another library would show from one instant to another, whatever recurs written out, sorted by time."""
    return sorted(
        recurring_ical_events.of(Calendar.from_ical(body)).between(begins, ends), key=lambda event: event.start
    )


def told_zone(body: bytes, name: str) -> tzinfo:
    """The zone as the calendar itself tells it, read by a library that asks nothing else."""
    zone = tzical(io.StringIO(body.decode().replace("\r\n", "\n"))).get(name)
    assert zone is not None
    return zone


def wall(body: bytes, field: str) -> list[str]:
    """The bare local times of every event, such as 20260326T183000."""
    return re.findall(rf"\r\n{field};TZID=[^:]+:(\w+)\r\n", body.decode())
