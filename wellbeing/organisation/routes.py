"""`/organisation`: groups by name, links by which people come to run them, numbers called wrong, the reinforced mode,
and what all groups counted together.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.domain.days import today_in
from wellbeing.domain.refusals import Refusal
from wellbeing.inviting import operations as inviting
from wellbeing.models.person import Person
from wellbeing.organisation import operations, queries
from wellbeing.organisation.forms import ReinforcedForm, RetentionForm, VerdictForm
from wellbeing.web import logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import checked, sent, typed
from wellbeing.web.fragments import page
from wellbeing.web.guards import fresh, steward
from wellbeing.web.qr import qr

bp = Blueprint("organisation", __name__)


@bp.get("/organisation")
@steward
def organisation(person: Person) -> Response:
    return _page(person)


def _page(person: Person, months: str | None = None, refusal: Refusal | None = None) -> Response:
    now = clock.now()
    return page(
        "organisation/organisation.html",
        422 if refusal else 200,
        months=access.figures_kept_months() if months is None else months,
        sentence=sentence_of(refusal) if refusal else "",
        groups=queries.groups(),
        invitations=queries.open_invitations(now),
        doubts=queries.doubts(person, now),
        reinforced=queries.reinforced(),
        zone=current_app.config["LE_FIL"].default_timezone,
    )


@bp.get("/organisation/counts")
@steward
def counts(_person: Person) -> Response:
    """Across groups: how many groups, workshops and heads, and nothing else that anybody published or noted."""
    today = today_in(current_app.config["LE_FIL"].default_timezone, clock.now())
    return page("organisation/counts.html", groups=queries.how_many_groups(), years=queries.years(today))


@bp.post("/organisation/invitations")
@steward
@fresh
def invite(person: Person) -> Response:
    """The only answer that ever holds the link: it is kept as a hash, so a second look is a second invitation."""
    throttle.allow("invitations", throttle.by_person(person.uid))
    throttle.count("invitations", throttle.by_person(person.uid))
    now = clock.now()
    token = inviting.invite(person, None, now)
    logs.event("invitation", result="made")
    address = f"{current_app.config['LE_FIL'].public_url}/invitations/{token}"
    zone = current_app.config["LE_FIL"].default_timezone
    return page(
        "organisation/invitation.html", address=address, drawing=qr(address), until=now + inviting.LIFE, zone=zone
    )


@bp.post("/organisation/invitations/<uid>/revocation")
@steward
@fresh
def revoke(_person: Person, uid: str) -> AnyResponse:
    if not inviting.revoke(None, uid, clock.now()):
        abort(404)
    logs.event("invitation", result="revoked")
    return redirect("/organisation?said=org.revoked", 303)


@bp.post("/organisation/flags/<uid>/settlement")
@steward
@fresh
def settle(person: Person, uid: str) -> AnyResponse:
    now = clock.now()
    flag = queries.flag_open(uid, now) or abort(404)
    operations.settle(person, flag, checked(sent(VerdictForm)).chosen(), now)
    logs.event("flag", result="settled")
    return redirect("/organisation?said=org.flag_settled", 303)


@bp.post("/organisation/reinforced")
@steward
@fresh
def reinforce(_person: Person) -> AnyResponse:
    operations.reinforce(bool(typed(ReinforcedForm).on.data), clock.now())
    logs.event("reinforced", result="changed")
    return redirect("/organisation?said=org.mode_changed", 303)


@bp.post("/organisation/retention")
@steward
@fresh
def keep_figures(person: Person) -> AnyResponse:
    form = sent(RetentionForm)
    try:
        operations.keep_figures(checked(form).chosen())
    except Refusal as refusal:
        return _page(person, form.months.data or "", refusal)
    logs.event("retention", result="changed")
    return redirect("/organisation?said=org.retention_saved", 303)
