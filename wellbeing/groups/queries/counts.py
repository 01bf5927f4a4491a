"""A group's dates and headcounts as values: lent to the features that show figures, which are strangers to this one."""

from __future__ import annotations

from datetime import datetime

from wellbeing.domain.indicators import Count, Dated
from wellbeing.groups.queries.meetings import Meeting, meetings_of
from wellbeing.models.group import Group


def dates_of(group: Group, now: datetime) -> list[Dated]:
    """Every date of the group, oldest first, with the count that holds. Declared by its team; nobody is in it."""
    listed = meetings_of(group, now)
    first = next((meeting for meeting in listed if _held(meeting)), None)
    return [_dated(meeting, meeting is first) for meeting in listed]


def _dated(meeting: Meeting, first: bool) -> Dated:
    workshop, counted = meeting.workshop, meeting.count
    count = None
    if counted is not None and not meeting.cancelled:
        numbers = (counted.present, counted.without_phone, counted.newcomers)
        count = Count(workshop.local_date, workshop.minutes, *numbers, first)
    return Dated(workshop.local_date, workshop.title, meeting.cancelled, meeting.over, count)


def _held(meeting: Meeting) -> bool:
    return meeting.count is not None and not meeting.cancelled
