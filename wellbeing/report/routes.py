"""`/groups/<id>/report`: one page and an annex for those who fund a group, its texts, and its rows as a spreadsheet."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, abort, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import access, clock
from wellbeing.domain.days import today_in
from wellbeing.domain.refusals import Refusal
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.report import operations, pages
from wellbeing.report.figures import figures_of
from wellbeing.report.forms import AsideForm, ReportForm, period_of
from wellbeing.report.spreadsheet import as_csv
from wellbeing.web.forms import checked, sent, typed
from wellbeing.web.guards import facilitator

bp = Blueprint("report", __name__)


@bp.get("/groups/<uid>/report")
@facilitator
def report(person: Person, uid: str) -> Response:
    led = _led(person, uid)
    today = _today(led)
    try:
        return pages.report(led, period_of(request.args, today), clock.now())
    except Refusal as refusal:
        return pages.report(led, period_of({}, today), clock.now(), asked=request.args, refusal=refusal)


@bp.post("/groups/<uid>/report")
@facilitator
def save(person: Person, uid: str) -> AnyResponse:
    led, form, now = _led(person, uid), sent(ReportForm), clock.now()
    try:
        period = period_of({name: checked(form).given(name) for name in ("from", "to")}, _today(led))
        aside = operations.save(led, period, form.typed(), form.given("seen"), now)
    except Refusal as refusal:
        return pages.report(led, period_of({}, _today(led)), now, form=form, refusal=refusal)
    return redirect(pages.address(led, period, "rep.saved_both" if aside else "rep.saved"), 303)


@bp.post("/groups/<uid>/report/aside/end")
@facilitator
def let_go(person: Person, uid: str) -> AnyResponse:
    """Texts that a colleague saved meanwhile, once they were read."""
    led = _led(person, uid)
    period = period_of(request.args, _today(led))
    operations.let_go(led, period, typed(AsideForm).version.data or "")
    return redirect(pages.address(led, period), 303)


@bp.get("/groups/<uid>/report.csv")
@facilitator
def spreadsheet(person: Person, uid: str) -> Response:
    led = _led(person, uid)
    response = make_response(as_csv(figures_of(led, period_of(request.args, _today(led)), clock.now())))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="report.csv"'
    return response


def _led(person: Person, uid: str) -> Group:
    return access.groups_read_by(person).get(uid) or abort(404)


def _today(led: Group) -> date:
    return today_in(led.timezone, clock.now())
