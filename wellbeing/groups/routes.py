"""`/groups`: the page everyone in a group sees, and what those who run it do there. Found through the person."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.domain import codes
from wellbeing.domain.refusals import Refusal
from wellbeing.groups import pages, scanned
from wellbeing.groups.forms import GroupForm, HeadcountForm, RenewalForm, SeasonForm
from wellbeing.groups.operations import circle as circles
from wellbeing.groups.operations import dates
from wellbeing.groups.queries import circle, meetings
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop
from wellbeing.web import logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, filled, sent, typed
from wellbeing.web.fragments import answer, page, wants_fragments
from wellbeing.web.guards import facilitator, member

bp = Blueprint("groups", __name__)


# --- groups -----------------------------------------------------------------------------------------------------------
@bp.get("/groups")
@facilitator
def groups(person: Person) -> Response:
    return pages.groups(access.groups_led_by(person).all(), clock.now())


@bp.get("/groups/new")
@facilitator
def new(_person: Person) -> Response:
    return pages.group_form(filled(GroupForm, **pages.first_ideas(_default_zone())))


@bp.post("/groups")
@facilitator
def create(person: Person) -> AnyResponse:
    form = sent(GroupForm)
    throttle.allow("groups", throttle.by_person(person.uid))
    try:
        group = circles.create_group(person, checked(form).wanted(_default_zone()), clock.now())
    except Refusal as refusal:
        return pages.group_form(form, refusal)
    throttle.count("groups", throttle.by_person(person.uid))
    return redirect(f"/groups/{group.uid}", 303)


@bp.get("/groups/<uid>")
@member
def group(person: Person, uid: str) -> Response:
    seen = access.groups_seen_by(person).get(uid) or abort(404)
    takes_part = circle.participation(person, seen) is not None
    return pages.group(seen, clock.now(), leads=access.leads(person, seen), takes_part=takes_part)


# --- leaving ----------------------------------------------------------------------------------------------------------
@bp.get("/groups/<uid>/membership/end")
@member
def leaving(person: Person, uid: str) -> Response:
    return page("groups/leave.html", group=access.groups_joined_by(person).get(uid) or abort(404))


@bp.post("/groups/<uid>/membership/end")
@member
def leave(person: Person, uid: str) -> AnyResponse:
    """Leaving again says again that it is done, since a phone may not have heard the first answer."""
    circles.leave(person, circle.took_part(person, uid) or abort(404), clock.now())
    return redirect("/?said=grp.left", 303)


# --- dates ------------------------------------------------------------------------------------------------------------
@bp.get("/groups/<uid>/workshops")
@facilitator
def schedule(person: Person, uid: str) -> Response:
    led = _led(person, uid)
    now = clock.now()
    return pages.schedule(led, filled(SeasonForm, **pages.next_season(led, now)), now)


@bp.post("/groups/<uid>/workshops/preview")
@facilitator
def preview(person: Person, uid: str) -> Response:
    """The dates a season would have. Writes nothing."""
    led = _led(person, uid)
    form = sent(SeasonForm)
    try:
        plan = checked(form).plan(led.name)
        return pages.preview(led, form, plan, dates.starts_of(led, plan))
    except Refusal as refusal:
        return pages.schedule(led, form, clock.now(), refusal)


@bp.post("/groups/<uid>/workshops")
@facilitator
def plan(person: Person, uid: str) -> AnyResponse:
    led = _led(person, uid)
    form = sent(SeasonForm)
    try:
        dates.plan_workshops(led, checked(form).plan(led.name))
    except Refusal as refusal:
        return pages.schedule(led, form, clock.now(), refusal)
    return redirect(f"/groups/{uid}", 303)


@bp.get("/groups/<uid>/workshops/<wid>")
@facilitator
def workshop(person: Person, uid: str, wid: str) -> Response:
    return pages.workshop(*_led_workshop(person, uid, wid), clock.now())


@bp.get("/groups/<uid>/workshops/<wid>/cancellation")
@facilitator
def cancelling(person: Person, uid: str, wid: str) -> Response:
    led, found = _led_workshop(person, uid, wid)
    return page("groups/cancel.html", group=led, meeting=meetings.meeting(led, found, clock.now()))


@bp.post("/groups/<uid>/workshops/<wid>/cancellation")
@facilitator
def cancel(person: Person, uid: str, wid: str) -> AnyResponse:
    led, found = _led_workshop(person, uid, wid)
    try:
        dates.cancel(found, clock.now())
    except Refusal as refusal:
        return pages.workshop(led, found, clock.now(), sentence_of(refusal))
    return redirect(f"/groups/{uid}/workshops/{wid}", 303)


@bp.post("/groups/<uid>/workshops/<wid>/cancellation/end")
@facilitator
def restore(person: Person, uid: str, wid: str) -> AnyResponse:
    led, found = _led_workshop(person, uid, wid)
    try:
        dates.restore(found, clock.now())
    except Refusal as refusal:
        return pages.workshop(led, found, clock.now(), sentence_of(refusal))
    return redirect(f"/groups/{uid}/workshops/{wid}", 303)


@bp.post("/groups/<uid>/workshops/<wid>/headcount")
@facilitator
def count(person: Person, uid: str, wid: str) -> AnyResponse:
    led, found = _led_workshop(person, uid, wid)
    form = sent(HeadcountForm)
    try:
        dates.count(found, checked(form).counted(), clock.now())
    except Refusal as refusal:
        again = pages.pad(led, found, form, refusal)
        return Response(again, 422) if wants_fragments() else pages.workshop(led, found, clock.now(), again=again)
    return answer(*pages.counted(person, led, found, clock.now()), otherwise=f"/groups/{uid}#pad-{wid}")


# --- codes ------------------------------------------------------------------------------------------------------------
@bp.get("/groups/<uid>/workshops/<wid>/code")
@facilitator
def check_in_code(person: Person, uid: str, wid: str) -> Response:
    return scanned.check_in_code(*_led_workshop(person, uid, wid), clock.now())


@bp.get("/groups/<uid>/code")
@facilitator
def renewing(person: Person, uid: str) -> Response:
    led = _led(person, uid)
    return page("groups/renew.html", group=led, code=circle.join_code(led))


@bp.post("/groups/<uid>/code")
@facilitator
def renew(person: Person, uid: str) -> AnyResponse:
    circles.renew_code(_led(person, uid), codes.normalised(typed(RenewalForm).instead_of.data or ""))
    logs.event("join_code", result="renewed")
    return redirect(f"/groups/{uid}?said=fac.renewed", 303)


@bp.get("/groups/<uid>/poster")
@facilitator
def poster(person: Person, uid: str) -> Response:
    return scanned.poster(_led(person, uid))


# --- found through the person -----------------------------------------------------------------------------------------
def _led(person: Person, uid: str) -> Group:
    return access.groups_led_by(person).get(uid) or abort(404)


def _led_workshop(person: Person, uid: str, wid: str) -> tuple[Group, Workshop]:
    led = _led(person, uid)
    return led, access.workshops_led_in(person, led).get(wid) or abort(404)


def _default_zone() -> str:
    zone: str = current_app.config["LE_FIL"].default_timezone
    return zone
