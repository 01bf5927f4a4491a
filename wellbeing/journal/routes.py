"""The journal's pages: one tap that saves, what may be added to it, a month, a day, one entry."""

from __future__ import annotations

import uuid
from datetime import datetime

from flask import Blueprint, Response, abort, current_app, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.days import read_day
from wellbeing.domain.refusals import ImpossibleDate, Refusal
from wellbeing.journal import pieces, queries
from wellbeing.journal.feeling import first_of_month
from wellbeing.journal.forms import FeelingForm, MomentForm
from wellbeing.journal.months import last_of, month_of
from wellbeing.journal.operations import noting
from wellbeing.journal.operations.telling import JournalOff
from wellbeing.journal.queries import Noted
from wellbeing.models.person import Person
from wellbeing.web import logs, throttle
from wellbeing.web.errors import sentence_of
from wellbeing.web.forms import typed
from wellbeing.web.fragments import answer, page, wants_fragments
from wellbeing.web.guards import participant

bp = Blueprint("journal", __name__)


# --- noting -----------------------------------------------------------------------------------------------------------
@bp.post("/journal")
@participant
def log(person: Person) -> AnyResponse:
    now = clock.now()
    try:
        form = typed(FeelingForm)
        if "skip" in request.form:
            return answer(pieces.line("rest"), otherwise="/?said=thread.rest_day")
        op_id = form.operation()
        if (kind := queries.kind_of(person, op_id)) is not None:
            return _told_already(person, op_id, kind)
        throttle.allow("entries", throttle.by_person(person.uid))
        feeling = form.feeling(person.timezone, now)
        if not noting.log_mood(person, op_id, feeling, current_app.config["KEYRING"], now):
            return _told_already(person, op_id, "entry.create")
    except Refusal as refusal:
        return _refused(refusal)
    throttle.count("entries", throttle.by_person(person.uid))
    otherwise = f"/journal/entries/{op_id}?saved=1" if form.day.data else f"/?saved={op_id}"
    return answer(*_after(person, _mine(person, op_id), "saved"), otherwise=otherwise)


def _told_already(person: Person, op_id: str, kind: str) -> AnyResponse:
    """The same op_id again: the same entry, whatever the body says, and a word for one that was deleted since."""
    if kind != "entry.create":
        raise Refusal(field="op_id")
    if (entry := queries.noted(person, op_id)) is None:
        line = pieces.line("deleted")
        return answer(line, otherwise="") if wants_fragments() else page("journal/deleted.html", line=line)
    if wants_fragments():
        return answer(*_after(person, entry, "saved"), otherwise="")
    return _entry_page(person, entry, said="saved")


def _refused(refusal: Refusal, entry: Noted | None = None) -> AnyResponse:
    """Everything typed comes back with the sentence beside its field; nothing was stored."""
    form, sentence = FeelingForm(request.form), sentence_of(refusal)
    if entry is not None and "note" not in request.form:
        del form.note  # as it was left out of the form: words that cannot be read
    if wants_fragments():
        line = pieces.line("refused", sentence=sentence)
        also = [] if entry is None else [pieces.details(form, entry.uid, refused=refusal.field, sentence=sentence)]
        response = answer(line, *also, otherwise="")
        response.status_code = 422
        return response
    if isinstance(refusal, JournalOff):
        return page("journal/off.html", 422)
    if refusal.field == "op_id" or not form.op_id.data:
        form.op_id.data = str(uuid.uuid4())
    return pieces.writing(form, entry, refused=refusal.field, sentence=sentence, status=422)


# --- one entry --------------------------------------------------------------------------------------------------------
@bp.get("/journal/entries/<uid>")
@participant
def entry(person: Person, uid: str) -> Response:
    return _entry_page(person, _mine(person, uid), said="saved" if "saved" in request.args else "")


@bp.route("/journal/entries/<uid>", methods=["POST", "PUT"])
@participant
def change(person: Person, uid: str) -> AnyResponse:
    before, now = _mine(person, uid), clock.now()
    try:
        feeling = typed(FeelingForm).feeling(person.timezone, now)
        noting.change(person, uid, feeling, current_app.config["KEYRING"], now)
    except Refusal as refusal:
        return _refused(refusal, before)
    after = _mine(person, uid)
    here = f"/journal/{after.local_date}?said=saved.ok" if "page" in request.form else f"/?kept={uid}"
    return answer(*_after(person, after, "kept"), otherwise=here)


@bp.route("/journal/entries/<uid>/date", methods=["POST", "PUT"])
@participant
def move(person: Person, uid: str) -> AnyResponse:
    before, now = _mine(person, uid), clock.now()
    try:
        form = typed(MomentForm)
        moment = form.moment(person.timezone, now)
        if moment is None:
            raise ImpossibleDate
        noting.move(person, uid, moment, current_app.config["KEYRING"], now)
    except Refusal as refusal:
        return _entry_page(person, before, moving=MomentForm(request.form), sentence=sentence_of(refusal))
    return redirect(f"/journal/{_mine(person, uid).local_date}?moved={uid}", 303)


@bp.get("/journal/entries/<uid>/deletion")
@participant
def ask_deletion(person: Person, uid: str) -> Response:
    return page("journal/deletion.html", entry=_mine(person, uid))


@bp.delete("/journal/entries/<uid>", endpoint="delete")
@bp.post("/journal/entries/<uid>/deletion")
@participant
def delete_entry(person: Person, uid: str) -> AnyResponse:
    gone, now = queries.noted(person, uid), clock.now()
    if not noting.delete_entry(person, uid, current_app.config["KEYRING"], now):
        abort(404)
    here = f"/journal/{gone.local_date}" if gone and "page" in request.form else "/"
    also = pieces.no_details(), pieces.today(_today(person, now)), pieces.thread_line(person, now, quiet=False)
    return answer(pieces.line("deleted"), *also, otherwise=f"{here}?said=saved.deleted")


def _mine(person: Person, uid: str) -> Noted:
    return queries.noted(person, uid) or abort(404)


def _after(person: Person, entry: Noted, state: str) -> list[Markup]:
    """The pieces of Today that a saved or a completed entry changes."""
    now = clock.now()
    form = pieces.form_of(entry, _notes(person, [entry]))
    details = pieces.details(form, entry.uid) if state == "saved" else pieces.details(None, entry.uid)
    thread = pieces.thread_line(person, now, pieces.is_quiet(entry))
    return [pieces.line(state, entry), details, pieces.today(_today(person, now)), thread]


def _entry_page(
    person: Person, entry: Noted, said: str = "", moving: MomentForm | None = None, sentence: str = ""
) -> Response:
    form, line = pieces.form_of(entry, _notes(person, [entry])), pieces.line(said, entry) if said else ""
    return pieces.writing(form, entry, line=line, moving=moving, sentence=sentence)


# --- a month, a day ---------------------------------------------------------------------------------------------------
@bp.get("/journal")
@participant
def month(person: Person) -> Response:
    today = clock.today_for(person, clock.now())
    try:
        first = first_of_month(request.args.get("month", ""), today)
    except ImpossibleDate:
        abort(404)
    moods = queries.moods_between(person, first, last_of(first))
    return page("journal/month.html", month=month_of(first, moods), today=today)


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
        notes=_notes(person, entries),
        line=pieces.line("moved", moved) if moved else "",
        journal_on=queries.may_note(person),
        op_id=str(uuid.uuid4()),
    )


def _today(person: Person, now: datetime) -> list[Noted]:
    return queries.noted_on(person, clock.today_for(person, now))


def _notes(person: Person, entries: list[Noted]) -> dict[str, str | None]:
    notes = queries.notes_of(person, entries, current_app.config["KEYRING"])
    if None in notes.values():
        logs.event("words_unreadable")
    return notes
