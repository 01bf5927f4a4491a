"""A year, a month of it, and a day."""

from __future__ import annotations

import uuid
from datetime import date

from flask import Blueprint, Response, abort, request

from wellbeing import clock
from wellbeing.domain.days import read_day
from wellbeing.domain.refusals import ImpossibleDate
from wellbeing.journal import pieces, queries
from wellbeing.journal.feeling import first_of_month
from wellbeing.journal.months import last_of, month_of
from wellbeing.journal.routes.answers import notes_of
from wellbeing.journal.versions.queries import early_notes_of
from wellbeing.journal.years import year_of
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web.fragments import page
from wellbeing.web.guards import participant

bp = Blueprint("days", __name__)


@bp.get("/journal")
@participant
def month(person: Person) -> Response:
    today = clock.today_for(person, clock.now())
    try:
        first = first_of_month(request.args.get("month", ""), today)
    except ImpossibleDate:
        abort(404)
    moods = queries.moods_between(person, first, last_of(first))
    early = early_notes_of(person, current_keyring())
    return page("journal/month.html", month=month_of(first, moods), today=today, early=early)


@bp.get("/journal/<year:number>")
@participant
def year(person: Person, number: int) -> Response:
    try:
        shown = year_of(number, queries.moods_between(person, date(number, 1, 1), date(number, 12, 31)))
    except (ImpossibleDate, ValueError):  # ValueError: there was no year 0
        abort(404)
    return page("journal/year.html", year=shown, today=clock.today_for(person, clock.now()))


@bp.get("/journal/<day>")
@participant
def day(person: Person, day: str) -> Response:
    try:
        shown = read_day(day)
    except ImpossibleDate:
        abort(404)
    entries = queries.noted_on(person, shown)
    today = clock.today_for(person, clock.now())
    moved = next((entry for entry in entries if entry.uid == request.args.get("moved")), None)
    return page(
        "journal/day.html",
        day=shown,
        today=today,
        entries=entries,
        notes=notes_of(person, entries),
        line=pieces.line("moved", moved, hidden=person.thread_hidden) if moved else "",
        journal_on=queries.may_note(person),
        op_id=str(uuid.uuid4()),
    )
