"""The forms by which dates are planned and moved, put together from what was found and from what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from flask import Response
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from wellbeing.domain.refusals import Refusal
from wellbeing.domain.seasons import LISTED
from wellbeing.domain.stages import Span
from wellbeing.groups.forms.circle import TERRITORIES
from wellbeing.groups.forms.reading import typed_again
from wellbeing.groups.forms.seasons import HolidaysForm, MoveForm, SeasonForm
from wellbeing.groups.pages import refused
from wellbeing.groups.queries import meetings, school
from wellbeing.groups.school_holidays import ZONES
from wellbeing.groups.wishes import STAGE
from wellbeing.models.group import Group
from wellbeing.models.workshop import Workshop
from wellbeing.web.errors import sentence_of
from wellbeing.web.fragments import fragment, page

USUAL = {"starts_at": "18:30", "minutes": "90", "repeat": "weekly"}
Row = TypeVar("Row")
NO_DATE, NO_SLOT, NO_RANGE = "", ("", "", ""), ("", "")
NOWHERE = -1
DATES, SLOTS, RANGES = 6, 2, 4  # empty rows offered at first; as many more each time they are asked for


# --- the schedule -----------------------------------------------------------------------------------------------------
def schedule(
    led: Group,
    form: SeasonForm,
    now: datetime,
    refusal: Refusal | None = None,
    holidays: Markup | None = None,
) -> Response:
    return page(
        "groups/schedule.html",
        422 if refusal or holidays else 200,
        group=led,
        meetings=meetings.meetings_of(led, now),
        form=season_form(led, form, refusal),
        holidays=holidays or holidays_form(led),
    )


def season_form(led: Group, form: SeasonForm, refusal: Refusal | None = None) -> Markup:
    more = bool(form.more.data)
    return fragment(
        "groups/_season_form.html",
        group_uid=led.uid,
        zone=led.holiday_zone if led.holiday_zone in ZONES else "",
        typed=typed_again(form),
        listed=_with_blanks(form.listed(), NO_DATE, DATES, len(form.dates.data or []) if more else 0),
        fresh=_first_blank(form.listed(), more and form.repeat.data == LISTED),
        slots=_slot_rows(form, more, refusal),
        **refused(refusal),
    )


def _slot_rows(form: SeasonForm, more: bool, refusal: Refusal | None) -> Markup:
    typed = form.slot_rows()
    fresh = _first_blank(typed, more and form.repeat.data == STAGE)
    rows = _with_blanks(typed, NO_SLOT, SLOTS, len(form.slot_on.data or []) if more else 0)
    return fragment("groups/_slots.html", rows=rows, fresh=fresh, **refused(refusal))


def _with_blanks(rows: list[Row], blank: Row, least: int, sent: int = 0) -> list[Row]:
    """What was typed, and empty rows below it: one at least, `least` rows in all, or that many more than were `sent`
    where more were asked for.
    """
    return [*rows, *[blank] * (max(least + sent, len(rows) + 1) - len(rows))]


def _first_blank(typed: Sequence[object], asked: bool) -> int:
    """Which of the rows that were asked for takes the focus, so that the page opens there."""
    return len(typed) if asked else NOWHERE


def holidays_form(led: Group, form: HolidaysForm | None = None, refusal: Refusal | None = None) -> Markup:
    """Where holidays are typed, for a group whose territory no library knows; empty for any other."""
    if led.holiday_zone not in TERRITORIES:
        return Markup()
    kept = [(one.leaves_on.isoformat(), one.returns_on.isoformat()) for one in school.ranges_of(led)]
    rows = form.rows() if form else kept
    return fragment(
        "groups/_holidays.html",
        group_uid=led.uid,
        territory=led.holiday_zone.replace("-", "_"),
        rows=[*rows, *[NO_RANGE] * (2 if rows else RANGES)],
        typed=len(kept),
        sentence=sentence_of(refusal) if refusal else "",
    )


def next_season(led: Group, now: datetime) -> Mapping[str, str]:
    """What a facilitator would most likely type: the hour and length of the latest date, or usual ones."""
    latest = next((one for one in reversed(meetings.meetings_of(led, now)) if not one.slots), None)
    if latest is None:
        return {**USUAL, "title": led.name, "starts_on": meetings.local(now, led).date().isoformat()}
    return {
        **USUAL,
        "title": latest.title,
        "starts_on": (latest.starts + timedelta(days=7)).date().isoformat(),
        "starts_at": f"{latest.starts:%H:%M}",
        "minutes": str(latest.workshop.minutes),
    }


# --- moving one date --------------------------------------------------------------------------------------------------
def moving(led: Group, found: Workshop, form: MoveForm, now: datetime, refusal: Refusal | None = None) -> Response:
    meeting = meetings.meeting(led, found, now)
    several, rows = bool(meeting.slots), _with_blanks(form.slot_rows(), NO_SLOT, 1)
    return page(
        "groups/move.html",
        422 if refusal else 200,
        group=led,
        meeting=meeting,
        several=several,
        typed=typed_again(form),
        slots=fragment("groups/_slots.html", rows=rows, fresh=NOWHERE, **refused(refusal)) if several else "",
        **refused(refusal),
    )


def as_it_is(led: Group, found: Workshop) -> MoveForm:
    """The form that moves a date, with what it has now."""
    held = meetings.timed_as(found)
    first, *others = [_typed(span, led) for span in held.slots or (held.whole,)]
    fields = [*zip(("starts_on", "starts_at", "minutes"), first, strict=True)]
    for row in others:
        fields += zip(("slot_on", "slot_at", "slot_minutes"), row, strict=True)
    return MoveForm(MultiDict(fields))


def _typed(span: Span, led: Group) -> tuple[str, str, str]:
    starts = meetings.local(span.starts_at, led)
    return starts.date().isoformat(), f"{starts:%H:%M}", str(span.minutes)
