"""`/groups`: the page everyone in a group sees; counting who came, and codes. Found through the person."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.domain import codes
from wellbeing.domain.refusals import Refusal
from wellbeing.groups import pages, scanned
from wellbeing.groups.forms.circle import GroupForm, RenewalForm
from wellbeing.groups.forms.counting import HeadcountForm
from wellbeing.groups.operations import circle as circles
from wellbeing.groups.operations import dates
from wellbeing.groups.queries import circle
from wellbeing.groups.routes.found import led_by, led_workshop
from wellbeing.models.person import Person
from wellbeing.web import logs, throttle
from wellbeing.web.forms import checked, filled, sent, typed
from wellbeing.web.fragments import answer, page, wants_fragments
from wellbeing.web.guards import facilitator, fresh, member

bp = Blueprint("groups", __name__)


# --- groups -----------------------------------------------------------------------------------------------------------
@bp.get("/groups")
@facilitator
def groups(person: Person) -> Response:
    return pages.groups(access.groups_led_by(person).all(), access.closed_groups_of(person).all(), clock.now())


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
    seen = access.groups_seen_by(person).get(uid)
    if seen is None:
        return pages.closed(access.groups_left_with(person).get(uid) or abort(404), clock.now())
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


# --- counting ---------------------------------------------------------------------------------------------------------
@bp.post("/groups/<uid>/workshops/<wid>/headcount")
@facilitator
def count(person: Person, uid: str, wid: str) -> AnyResponse:
    led, found = led_workshop(person, uid, wid)
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
    return scanned.check_in_code(*led_workshop(person, uid, wid), clock.now())


@bp.get("/groups/<uid>/code")
@facilitator
@fresh
def renewing(person: Person, uid: str) -> Response:
    led = led_by(person, uid)
    return page("groups/renew.html", group=led, code=circle.join_code(led))


@bp.post("/groups/<uid>/code")
@facilitator
@fresh
def renew(person: Person, uid: str) -> AnyResponse:
    instead_of = codes.normalised(typed(RenewalForm).instead_of.data or "")
    circles.renew_code(led_by(person, uid), instead_of, clock.now())
    logs.event("join_code", result="renewed")
    return redirect(f"/groups/{uid}?said=fac.renewed", 303)


@bp.get("/groups/<uid>/poster")
@facilitator
def poster(person: Person, uid: str) -> Response:
    return scanned.poster(led_by(person, uid), request.args.get("size", "").lower())


def _default_zone() -> str:
    zone: str = current_app.config["LE_FIL"].default_timezone
    return zone
