"""The ways in: the poster's code, an invitation, the setup code. Looking joins nobody."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.accounts import queries
from wellbeing.accounts.forms import NewcomerForm
from wellbeing.accounts.operations import arriving, entering
from wellbeing.accounts.routes.choosing import choices, first_ideas, welcome
from wellbeing.domain import codes
from wellbeing.domain.refusals import CodeOpensNothing, InvitationOpensNothing, Refusal
from wellbeing.web import logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, sent
from wellbeing.web.fragments import page
from wellbeing.web.guards import current_person, public

bp = Blueprint("arriving", __name__)


# --- joining a group --------------------------------------------------------------------------------------------------
@bp.get("/join")
@public
def join() -> AnyResponse:
    """The group a code leads to: its name and next date. Nothing is joined by looking.

    The code shown at a workshop leads here from a phone that nobody is signed in on, and back to it once in the group.
    """
    typed_code = request.args.get("code", "")
    if not typed_code:
        return _joining("")
    try:
        door = _doorway(typed_code)
    except Refusal as refusal:
        return _joining(typed_code, refusal=refusal)
    person = current_person()
    member = person is not None and queries.takes_part(person, door.group)
    if member and door.check_in:
        return redirect(door.check_in, 303)
    return _joining(typed_code, door, member=member)


@bp.get("/join/choices")
@public
def join_choices() -> AnyResponse:
    typed_code = request.args.get("code", "")
    try:
        _doorway(typed_code)
    except Refusal:
        return redirect("/join", 303)
    return choices("/join", first_ideas(code=typed_code))


@bp.post("/join/choices")
@public
def answer_choices() -> AnyResponse:
    """One choice more, in the simple version, where each is a screen of its own. Nothing is kept before the last."""
    form = sent(NewcomerForm)
    try:
        _doorway(form.code.data or "")
    except Refusal as refusal:
        return _joining(form.code.data or "", refusal=refusal)
    try:
        return choices("/join", checked(form))
    except Refusal as refusal:
        return choices("/join", form, refusal)


@bp.post("/join")
@public
def do_join() -> AnyResponse:
    form = sent(NewcomerForm)
    try:
        door = _doorway(form.code.data or "")
    except Refusal as refusal:
        return _joining(form.code.data or "", refusal=refusal)
    if (person := current_person()) is not None:
        joined = entering.join_also(person, door.group, clock.now())
        if door.check_in:
            return redirect(door.check_in, 303)
        return redirect(f"/groups/{door.group.uid}" + ("" if joined else "?said=join.already"), 303)
    throttle.allow("join", throttle.by_address())
    try:
        newcomer = checked(form).newcomer("join", door.group.timezone)
        throttle.count("join", throttle.by_address())
        return welcome(arriving.join(newcomer, door.group, clock.now()), door.check_in or "/")
    except Refusal as refusal:
        return choices("/join", form, refusal)


def _joining(
    code: str, door: queries.Doorway | None = None, refusal: Refusal | None = None, member: bool = False
) -> Response:
    """The group behind the door, or the field for a code. `shown` is the code, if it has the shape of one."""
    normalised = codes.normalised(code)
    said = {"sentence": sentence_of(refusal) if refusal else "", "shown": normalised and codes.grouped(normalised)}
    return page("accounts/join.html", 422 if refusal else 200, doorway=door, code=code, member=member, **said)


def _doorway(typed_code: str) -> queries.Doorway:
    """Raises CodeOpensNothing; wrong codes are counted by address."""
    throttle.allow("code", throttle.by_address())
    normalised = codes.normalised(typed_code)
    door = queries.doorway(normalised, clock.now()) if normalised else None
    if door is None:
        if normalised:  # what is no code at all guesses nothing; one of long ago neither, and is written all the same
            guesses = 0 if queries.was_ever_a_code(normalised) else 1
            throttle.count("code", throttle.by_address(), guesses)
            logs.event("join", result="refused")
        raise CodeOpensNothing
    return door


# --- becoming a facilitator, or the first steward ---------------------------------------------------------------------
@bp.get("/invitations/<token>")
@public
def invitation(token: str) -> Response:
    throttle.allow("code", throttle.by_address())
    invited = queries.invitation(token, clock.now())
    if invited is None:
        throttle.count("code", throttle.by_address())
        return page("accounts/refused.html", 404, sentence=sentence_of(InvitationOpensNothing()))
    if (person := current_person()) is not None:
        leads = invited.group is not None and queries.leads(person, invited.group.id)
        return page("accounts/invitation.html", action=f"/invitations/{token}", group=invited.group, leads=leads)
    return choices(f"/invitations/{token}", first_ideas(), team=invited.group)


@bp.post("/invitations/<token>")
@public
def accept(token: str) -> AnyResponse:
    form = sent(NewcomerForm)
    throttle.allow("code", throttle.by_address())
    try:
        if (person := current_person()) is not None:
            entering.use_invitation(person, token, clock.now())
            logs.event("role", result="facilitator")
            return redirect("/groups", 303)
        newcomer = checked(form).newcomer("invitation", current_app.config["LE_FIL"].default_timezone)
        welcomed = welcome(arriving.accept_invitation(newcomer, token, clock.now()), "/groups")
        logs.event("role", result="facilitator")
        return welcomed
    except InvitationOpensNothing as refusal:
        throttle.count("code", throttle.by_address())
        logs.event("invitation", result="refused")
        return page("accounts/refused.html", 404, sentence=sentence_of(refusal))
    except Refusal as refusal:
        invited = queries.invitation(token, clock.now())
        return choices(f"/invitations/{token}", form, refusal, invited.group if invited else None)


@bp.get("/setup")
@public
def setup() -> AnyResponse:
    if access.any_steward():
        abort(404)
    return choices("/setup", first_ideas(code=request.args.get("code", "")))


@bp.post("/setup")
@public
def do_setup() -> AnyResponse:
    if access.any_steward():
        abort(404)
    form = sent(NewcomerForm)
    throttle.allow("setup", throttle.by_address())
    try:
        newcomer = checked(form).newcomer("setup", current_app.config["LE_FIL"].default_timezone)
        code = codes.normalised(form.code.data or "", length=12)
        if code is None:
            raise CodeOpensNothing
        welcomed = welcome(arriving.become_steward(newcomer, code, clock.now()), "/organisation")
        logs.event("role", result="steward")
        return welcomed
    except CodeOpensNothing as refusal:
        throttle.count("setup", throttle.by_address())
        logs.event("setup", result="refused")
        return choices("/setup", form, refusal)
    except Refusal as refusal:
        return choices("/setup", form, refusal)
