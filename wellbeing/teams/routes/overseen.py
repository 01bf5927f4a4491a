"""`/organisation/groups/<id>`: who runs a group, as the steward sees it, and closing it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.models.person import Person
from wellbeing.teams import operations, pages, queries
from wellbeing.teams.pages import Place
from wellbeing.teams.routes import steps
from wellbeing.web import logs
from wellbeing.web.guards import fresh, steward

bp = Blueprint("overseen", __name__)


@bp.get("/organisation/groups/<uid>")
@steward
@fresh
def overseen(_person: Person, uid: str) -> Response:
    return pages.team(_overseen(uid), clock.now())


@bp.post("/organisation/groups/<uid>")
@steward
@fresh
def invite_to(person: Person, uid: str) -> Response:
    return steps.invite(person, _overseen(uid))


@bp.post("/organisation/groups/<uid>/invitations/<iid>/revocation")
@steward
@fresh
def revoke_of(_person: Person, uid: str, iid: str) -> AnyResponse:
    return steps.revoke(_overseen(uid), iid)


@bp.get("/organisation/groups/<uid>/<mid>/end")
@steward
@fresh
def removing_from(_person: Person, uid: str, mid: str) -> AnyResponse:
    return steps.ending(_overseen(uid), mid)


@bp.post("/organisation/groups/<uid>/<mid>/end")
@steward
@fresh
def remove_from(_person: Person, uid: str, mid: str) -> AnyResponse:
    return steps.remove(_overseen(uid), mid)


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


def _overseen(uid: str) -> Place:
    return Place.of_the_steward(queries.open_group(uid) or abort(404))
