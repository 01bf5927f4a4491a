"""`/groups/<id>/team`: who runs a group, as the team sees it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.domain.refusals import Refusal
from wellbeing.models.person import Person
from wellbeing.teams import operations, pages, queries
from wellbeing.teams.forms import ShownNameForm
from wellbeing.teams.pages import Place
from wellbeing.teams.routes import steps
from wellbeing.web import logs
from wellbeing.web.forms import checked, sent
from wellbeing.web.guards import facilitator, fresh, member

bp = Blueprint("teams", __name__)


@bp.get("/groups/<uid>/team")
@facilitator
@fresh
def team(person: Person, uid: str) -> Response:
    return pages.team(_led(person, uid), clock.now())


@bp.post("/groups/<uid>/team")
@facilitator
@fresh
def invite(person: Person, uid: str) -> Response:
    return steps.invite(person, _led(person, uid))


@bp.post("/groups/<uid>/team/invitations/<iid>/revocation")
@facilitator
@fresh
def revoke(person: Person, uid: str, iid: str) -> AnyResponse:
    return steps.revoke(_led(person, uid), iid)


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
    return steps.ending(_led(person, uid), mid)


@bp.post("/groups/<uid>/team/<mid>/end")
@facilitator
@fresh
def remove(person: Person, uid: str, mid: str) -> AnyResponse:
    return steps.remove(_led(person, uid), mid)


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


def _led(person: Person, uid: str) -> Place:
    return Place.of_the_team(access.groups_led_by(person).get(uid) or abort(404), person)
