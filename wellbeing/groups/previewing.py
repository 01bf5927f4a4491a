"""The page that shows every date of a season before it is saved: those that stay, those that holidays take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import Response

from wellbeing.domain.refusals import Refusal
from wellbeing.domain.seasons import ALONE
from wellbeing.groups.forms.reading import typed_again
from wellbeing.groups.forms.seasons import SeasonForm
from wellbeing.groups.pages import refused
from wellbeing.groups.planning import season_form
from wellbeing.groups.public_holidays import name_on
from wellbeing.groups.queries import meetings
from wellbeing.groups.queries.seasons import Proposal, Proposed
from wellbeing.groups.wishes import Plan
from wellbeing.models.group import Group
from wellbeing.web.fragments import page
from wellbeing.web.locale import locale_now


@dataclass(frozen=True)
class Shown:
    """One date as the preview has it, on the group's own clock. `holiday` is a public one, by its name."""

    day: date
    starts: datetime
    last_day: date
    slots: list[tuple[datetime, datetime]]
    holiday: str | None
    off: bool
    leaving: bool
    ticked: bool


def preview(led: Group, form: SeasonForm, plan: Plan, proposed: Proposal, refusal: Refusal | None = None) -> Response:
    """`form` is what was typed, ticks among it when the preview itself was refused."""
    return page(
        "groups/preview.html",
        422 if refusal else 200,
        group=led,
        choosing=plan.repeat not in ALONE,
        planned=_shown(led, proposed.planned, plan, ticked=True),
        removed=_shown(led, proposed.removed, plan, ticked=False),
        unknown_after=proposed.unknown_after,
        nothing_known=proposed.unknown_after == date.min,
        typed={name: value for name, value in typed_again(form).items() if name not in ("asked", "more")},
        listed=form.listed(),
        slots=form.slot_rows(),
        form=season_form(led, form),
        **refused(refusal),
    )


def _shown(led: Group, proposed: Iterable[Proposed], plan: Plan, *, ticked: bool) -> list[Shown]:
    return [
        Shown(
            day=one.day,
            starts=meetings.local(one.timed.whole.starts_at, led),
            last_day=one.timed.whole.days(led.timezone)[1],
            slots=[slot.on_clock(led.timezone) for slot in one.timed.slots],
            holiday=_public_holiday(one, led),
            off=one.off,
            leaving=one.leaving,
            ticked=ticked if plan.ticked is None else one.day in plan.ticked,
        )
        for one in proposed
    ]


def _public_holiday(proposed: Proposed, led: Group) -> str | None:
    """The first one, of a stage that has two."""
    days = dict.fromkeys(span.days(led.timezone)[0] for span in proposed.timed.slots or (proposed.timed.whole,))
    return next((name for day in days if (name := name_on(day, led, locale_now()))), None)
