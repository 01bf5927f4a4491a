"""What the team and the steward both do, each from their own page of the group."""

from __future__ import annotations

from flask import Response, abort, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.refusals import Refusal
from wellbeing.inviting import operations as inviting
from wellbeing.models.person import Person
from wellbeing.teams import operations, pages, queries
from wellbeing.teams.pages import Place
from wellbeing.web import logs, throttle


def invite(person: Person, place: Place) -> Response:
    """The only answer that ever holds the link: it is kept as a hash, so a second look is a second invitation."""
    throttle.allow("invitations", throttle.by_person(person.uid))
    throttle.count("invitations", throttle.by_person(person.uid))
    now = clock.now()
    token = inviting.invite(person, place.group, now)
    logs.event("invitation", result="made")
    return pages.invitation(place, token, now + inviting.LIFE)


def revoke(place: Place, iid: str) -> AnyResponse:
    if not inviting.revoke(place.group, iid, clock.now()):
        abort(404)
    logs.event("invitation", result="revoked")
    return redirect(f"{place.address}?said=org.revoked", 303)


def ending(place: Place, mid: str) -> AnyResponse:
    gone = queries.teammate(place.group, mid) or abort(404)
    return redirect(f"{place.address}/end", 303) if gone.person_id == place.person_id else pages.ending(place, gone)


def remove(place: Place, mid: str) -> AnyResponse:
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
