"""A group's trends, for those who lead it: a page, and the same rows as a spreadsheet. No parameter changes either."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, make_response

from wellbeing import access, clock
from wellbeing.domain.indicators import held
from wellbeing.domain.trends import EXPERIENCE
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.trends import counted, queries
from wellbeing.trends.card import card_of
from wellbeing.trends.spreadsheet import as_csv
from wellbeing.web.fragments import fragment, page
from wellbeing.web.guards import facilitator

bp = Blueprint("trends", __name__)


@bp.get("/groups/<uid>/trends")
@facilitator
def trends(person: Person, uid: str) -> Response:
    group, now = _led(person, uid), clock.now()
    dates = current_app.extensions["dates_of"](group, now)
    series = queries.series(group, now.date())
    sizes = counted.sizes_of(dict(series)[EXPERIENCE], held(dates))
    return page(
        "trends/trends.html",
        group_uid=group.uid,
        closed=group.closed_at is not None,
        card=card_of(series),
        counts=fragment("trends/_counts.html", sentences=counted.sentences(dates)),
        sizes=fragment("trends/_sizes.html", sizes=sizes) if sizes else "",
    )


@bp.get("/groups/<uid>/trends.csv")
@facilitator
def spreadsheet(person: Person, uid: str) -> Response:
    response = make_response(as_csv(queries.series(_led(person, uid), clock.now().date())))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="trends.csv"'
    return response


def _led(person: Person, uid: str) -> Group:
    return access.groups_read_by(person).get(uid) or abort(404)
