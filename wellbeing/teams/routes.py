"""`/groups/<id>/team`: who runs a group, as the team sees it; `/organisation/groups/<id>`: as the steward does."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.domain.refusals import Refusal
from wellbeing.inviting import operations as inviting
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.teams import operations, pages, queries
from wellbeing.teams.forms import ShownNameForm
from wellbeing.teams.pages import Place
from wellbeing.web import logs, throttle
from wellbeing.web.forms import checked, sent
from wellbeing.web.guards import facilitator, fresh, member, steward

bp = Blueprint("teams", __name__)


# --- the team itself --------------------------------------------------------------------------------------------------
@bp.get("/groups/<uid>/team")
@facilitator
@fresh
def team(person: Person, uid: str) -> Response:
    return pages.team(_led(person, uid), clock.now())


@bp.post("/groups/<uid>/team")
@facilitator
@fresh
def invite(person: Person, uid: str) -> Response:
    return _invite(person, _led(person, uid))


@bp.post("/groups/<uid>/team/invitations/<iid>/revocation")
@facilitator
@fresh
def revoke(person: Person, uid: str, iid: str) -> AnyResponse:
    return _revoke(_led(person, uid), iid)


@bp.post("/groups/<uid>/team/shown-name")
@facilitator
@fresh
def rename(person: Person, uid: str) -> AnyResponse:
    led, form = _led(person, uid), sent(ShownNameForm)
    try:
        operations.rename(person, led.group, checked(form).name())
    except Refusal as refusal:
        return pages.team(led, clock.now(), form, refusal)
    return redirect(f"{led.address}?said=fac.name_saved", 303)


@bp.get("/groups/<uid>/team/<mid>/end")
@facilitator
@fresh
def removing(person: Person, uid: str, mid: str) -> AnyResponse:
    return _ending(_led(person, uid), mid)


@bp.post("/groups/<uid>/team/<mid>/end")
@facilitator
@fresh
def remove(person: Person, uid: str, mid: str) -> AnyResponse:
    return _remove(_led(person, uid), mid)


# --- leaving it -------------------------------------------------------------------------------------------------------
@bp.get("/groups/<uid>/team/end")
@facilitator
@fresh
def leaving(person: Person, uid: str) -> Response:
    return pages.ending(_led(person, uid), None)


@bp.post("/groups/<uid>/team/end")
@member
@fresh
def leave(person: Person, uid: str) -> AnyResponse:
    """Leaving again says again that it is done, since a phone may not have heard the first answer."""
    group = access.groups_led_by(person).get(uid)
    if group is None:
        return redirect("/?said=fac.left", 303) if queries.once_led(person, uid) else abort(404)
    try:
        operations.leave(person, group, clock.now())
    except Refusal as refusal:
        return pages.ending(Place.of_the_team(group, person), None, refusal)
    logs.event("team", result="left")
    return redirect("/?said=fac.left", 303)


# --- the steward ------------------------------------------------------------------------------------------------------
@bp.get("/organisation/groups/<uid>")
@steward
@fresh
def overseen(_person: Person, uid: str) -> Response:
    return pages.team(_overseen(uid), clock.now())


@bp.post("/organisation/groups/<uid>")
@steward
@fresh
def invite_to(person: Person, uid: str) -> Response:
    return _invite(person, _overseen(uid))


@bp.post("/organisation/groups/<uid>/invitations/<iid>/revocation")
@steward
@fresh
def revoke_of(_person: Person, uid: str, iid: str) -> AnyResponse:
    return _revoke(_overseen(uid), iid)


@bp.get("/organisation/groups/<uid>/<mid>/end")
@steward
@fresh
def removing_from(_person: Person, uid: str, mid: str) -> AnyResponse:
    return _ending(_overseen(uid), mid)


@bp.post("/organisation/groups/<uid>/<mid>/end")
@steward
@fresh
def remove_from(_person: Person, uid: str, mid: str) -> AnyResponse:
    return _remove(_overseen(uid), mid)


@bp.get("/organisation/groups/<uid>/closing")
@steward
@fresh
def closing(_person: Person, uid: str) -> Response:
    return pages.closing(_overseen(uid))


@bp.post("/organisation/groups/<uid>/closing")
@steward
@fresh
def close(_person: Person, uid: str) -> AnyResponse:
    operations.close(queries.any_group(uid) or abort(404), clock.now())
    logs.event("group", result="closed")
    return redirect("/organisation?said=org.close_done", 303)


# --- what both do -----------------------------------------------------------------------------------------------------
def _invite(person: Person, place: Place) -> Response:
    """The only answer that ever holds the link: it is kept as a hash, so a second look is a second invitation."""
    throttle.allow("invitations", throttle.by_person(person.uid))
    throttle.count("invitations", throttle.by_person(person.uid))
    now = clock.now()
    token = inviting.invite(person, place.group, now)
    logs.event("invitation", result="made")
    return pages.invitation(place, token, now + inviting.LIFE)


def _revoke(place: Place, iid: str) -> AnyResponse:
    if not inviting.revoke(place.group, iid, clock.now()):
        abort(404)
    logs.event("invitation", result="revoked")
    return redirect(f"{place.address}?said=org.revoked", 303)


def _ending(place: Place, mid: str) -> AnyResponse:
    gone = queries.teammate(place.group, mid) or abort(404)
    return redirect(f"{place.address}/end", 303) if gone.person_id == place.person_id else pages.ending(place, gone)


def _remove(place: Place, mid: str) -> AnyResponse:
    """Twice is once, and the second answer says the same. Nobody removes themselves: they leave, and are told what."""
    gone = queries.teammate(place.group, mid, also_gone=True) or abort(404)
    if gone.person_id == place.person_id:
        return redirect(f"{place.address}/end", 303)
    try:
        operations.remove(place.group, mid, clock.now())
    except Refusal as refusal:
        return pages.ending(place, gone, refusal)
    logs.event("team", result="removed")
    return redirect(f"{place.address}?said=fac.removed", 303)


# --- found through the person -----------------------------------------------------------------------------------------
def _led(person: Person, uid: str) -> Place:
    return Place.of_the_team(access.groups_led_by(person).get(uid) or abort(404), person)


def _overseen(uid: str) -> Place:
    group: Group = queries.open_group(uid) or abort(404)
    return Place.of_the_steward(group)
