"""The address of a calendar: made, shown once, renewed, ended; and what a calendar finds there."""

from __future__ import annotations

import hashlib
import re

from flask import Blueprint, Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.models.person import Person
from wellbeing.web import logs, throttle
from wellbeing.web.devices import token_hash
from wellbeing.web.fragments import page
from wellbeing.web.guards import participant, public
from wellbeing.web.locale import t_in
from wellbeing.workshops.feed import operations, queries, writing

bp = Blueprint("feed", __name__)
TOKEN = re.compile(r"[a-z2-7]{32}")


@bp.post("/workshops/calendar")
@participant
def renew(person: Person) -> Response:
    """The only answer that ever holds the address: it is kept as a hash, so a second look is a second address."""
    token = operations.renew(person, clock.now())
    logs.event("calendar_feed", result="made")
    address = f"{current_app.config['LE_FIL'].public_url}/calendar/{token}.ics"
    return page("workshops/calendar.html", address=address, subscribing=re.sub("^https?:", "webcal:", address))


@bp.post("/workshops/calendar/end")
@participant
def end(person: Person) -> AnyResponse:
    operations.end(person, clock.now())
    logs.event("calendar_feed", result="ended")
    return redirect("/workshops?said=ws.cal_ended", 303)


@bp.get("/calendar/<token>.ics")
@public
def dates(token: str) -> AnyResponse:
    """What a calendar fetches, with the address alone: no cookie is looked at.

    Wrong addresses are counted by where they come from, apart from the codes that people type: a calendar that still
    asks for an old address must shut nobody out of a group, and a right one is always answered.
    """
    person = queries.reader_of(token_hash(token)) if TOKEN.fullmatch(token) else None
    if person is None:
        throttle.allow("calendar", throttle.by_address())
        throttle.count("calendar", throttle.by_address())
        abort(404)
    config, now = current_app.config["LE_FIL"], clock.now()
    response = Response(
        writing.calendar(
            queries.dates_for(person, now),
            name=config.name,
            zone=config.default_timezone,
            cancelled=t_in(config.default_locale, "ws.cancelled"),
            now=now,
        ),
        mimetype="text/calendar",
    )
    # A name of its own: a browser would call the file by its secret address.
    response.headers["Content-Disposition"] = 'attachment; filename="workshops.ics"'
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    return response.make_conditional(request)
