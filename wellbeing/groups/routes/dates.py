"""Planning a season, and one date of it: its page, moving it, cancelling it, restoring it. Found through the person."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.refusals import Refusal
from wellbeing.groups import pages, planning, previewing
from wellbeing.groups.forms.seasons import HolidaysForm, MoveForm, SeasonForm
from wellbeing.groups.operations import dates, moving, seasons
from wellbeing.groups.queries import meetings, school
from wellbeing.groups.queries.seasons import proposal
from wellbeing.groups.refusals import NothingTicked
from wellbeing.groups.routes.found import led_by, led_workshop
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, filled, sent
from wellbeing.web.fragments import page
from wellbeing.web.guards import facilitator

bp = Blueprint("dates", __name__)


# --- a season ---------------------------------------------------------------------------------------------------------
@bp.get("/groups/<uid>/workshops")
@facilitator
def schedule(person: Person, uid: str) -> Response:
    led, now = led_by(person, uid), clock.now()
    return planning.schedule(led, _first_ideas(led, now), now)


@bp.post("/groups/<uid>/workshops/preview")
@facilitator
def preview(person: Person, uid: str) -> Response:
    """The dates a season would have, or the form with more rows. Writes nothing."""
    led = led_by(person, uid)
    form = sent(SeasonForm)
    try:
        if checked(form).more.data:
            return planning.schedule(led, form, clock.now())
        plan = form.plan(led.name)
        return previewing.preview(led, form, plan, proposal(led, plan))
    except Refusal as refusal:
        return planning.schedule(led, form, clock.now(), refusal)


@bp.post("/groups/<uid>/workshops")
@facilitator
def plan(person: Person, uid: str) -> AnyResponse:
    led = led_by(person, uid)
    form = sent(SeasonForm)
    try:
        wanted = checked(form).plan(led.name)
        made = seasons.plan_workshops(led, wanted)
    except NothingTicked as refusal:
        return previewing.preview(led, form, wanted, proposal(led, wanted), refusal)
    except Refusal as refusal:
        return planning.schedule(led, form, clock.now(), refusal)
    unknown = school.unknown_after(led, [workshop.local_date for workshop in made])
    return redirect(f"/groups/{uid}?said=fac.saved_unknown" if unknown else f"/groups/{uid}", 303)


@bp.post("/groups/<uid>/holidays")
@facilitator
def holidays(person: Person, uid: str) -> AnyResponse:
    """The school holidays of a territory that no library knows: all of them at once, as the form shows them."""
    led = led_by(person, uid)
    form = sent(HolidaysForm)
    try:
        seasons.keep_holidays(led, checked(form).ranges())
    except Refusal as refusal:
        now, again = clock.now(), planning.holidays_form(led, form, refusal)
        return planning.schedule(led, _first_ideas(led, now), now, holidays=again)
    return redirect(f"/groups/{uid}/workshops?said=saved.ok", 303)


def _first_ideas(led: Group, now: datetime) -> SeasonForm:
    return filled(SeasonForm, **planning.next_season(led, now))


# --- a date -----------------------------------------------------------------------------------------------------------
@bp.get("/groups/<uid>/workshops/<wid>")
@facilitator
def workshop(person: Person, uid: str, wid: str) -> Response:
    return pages.workshop(*led_workshop(person, uid, wid), clock.now())


@bp.get("/groups/<uid>/workshops/<wid>/time")
@facilitator
def when(person: Person, uid: str, wid: str) -> Response:
    led, found = led_workshop(person, uid, wid)
    return planning.moving(led, found, planning.as_it_is(led, found), clock.now())


@bp.post("/groups/<uid>/workshops/<wid>/time")
@facilitator
def move(person: Person, uid: str, wid: str) -> AnyResponse:
    led, found = led_workshop(person, uid, wid)
    form = sent(MoveForm)
    try:
        moving.move(led, found, checked(form).hours(), clock.now())
    except Refusal as refusal:
        return planning.moving(led, found, form, clock.now(), refusal)
    return redirect(f"/groups/{uid}/workshops/{wid}?said=fac.moved", 303)


@bp.get("/groups/<uid>/workshops/<wid>/cancellation")
@facilitator
def cancelling(person: Person, uid: str, wid: str) -> Response:
    led, found = led_workshop(person, uid, wid)
    return page("groups/cancel.html", group=led, meeting=meetings.meeting(led, found, clock.now()))


@bp.post("/groups/<uid>/workshops/<wid>/cancellation")
@facilitator
def cancel(person: Person, uid: str, wid: str) -> AnyResponse:
    led, found = led_workshop(person, uid, wid)
    try:
        dates.cancel(found, clock.now())
    except Refusal as refusal:
        return pages.workshop(led, found, clock.now(), sentence_of(refusal))
    return redirect(f"/groups/{uid}/workshops/{wid}", 303)


@bp.post("/groups/<uid>/workshops/<wid>/cancellation/end")
@facilitator
def restore(person: Person, uid: str, wid: str) -> AnyResponse:
    led, found = led_workshop(person, uid, wid)
    try:
        dates.restore(found, clock.now())
    except Refusal as refusal:
        return pages.workshop(led, found, clock.now(), sentence_of(refusal))
    return redirect(f"/groups/{uid}/workshops/{wid}", 303)
