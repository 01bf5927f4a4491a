"""« Mes données »: the two exports, and an import in two steps: what the file holds, then yes.

Both exports and each step of an import ask for a key again when the last time is long ago.
So does the page that leads to them: a key asked for between choosing a file and sending it would lose the file.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.refusals import Refusal
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.portability import forms, pages
from wellbeing.portability.brought import Held
from wellbeing.portability.operations import drafts, moods, waiting
from wellbeing.portability.queries.drafts import draft_of
from wellbeing.portability.queries.everything import everything
from wellbeing.portability.queries.moods import moods_of
from wellbeing.portability.reading import files
from wellbeing.portability.refusals import FileTooBig
from wellbeing.portability.writing import as_csv, as_json
from wellbeing.web import logs, throttle
from wellbeing.web.guards import fresh, participant
from wellbeing.web.locale import locale_now

bp = Blueprint("portability", __name__)
AROUND_A_FILE = 64 * 1024  # what a form says beside it
FILES = ("application/json", "text/csv")  # what a script may send as it is, without a form around it


@bp.get("/data")
@participant
@fresh
def data(_: Person) -> Response:
    return pages.data(said=pages.outcome(request.args))


@bp.get("/data/export.json")
@participant
@fresh
def export_json(person: Person) -> Response:
    _count("export", person)
    whole = as_json(everything(person, current_keyring(), clock.now()))
    logs.event("exported", form="json")
    return _file(whole, "application/json", "le-fil.json")


@bp.get("/data/export.csv")
@participant
@fresh
def export_csv(person: Person) -> Response:
    _count("export", person)
    logs.event("exported", form="csv")
    return _file(as_csv(moods_of(person)), "text/csv", "le-fil.csv")


@bp.post("/data/import")
@participant
@fresh
def look(person: Person) -> AnyResponse:
    """Read a file. A page asks to see what it holds first; a script's is imported at once, unless its moods have names
    of their own.
    """
    request.max_content_length = files.MOST_BYTES + AROUND_A_FILE
    throttle.allow("import", throttle.by_person(person.uid))
    try:
        content, now = _sent(), clock.now()
        throttle.count("import", throttle.by_person(person.uid))
        held = files.read(content, person.timezone, locale_now(), now)
        if "preview" not in request.form and not held.names:
            return _write(person, held)
    except Refusal as refusal:
        return pages.data(refusal, 413 if isinstance(refusal, FileTooBig) else 422)
    drafts.keep_draft(person, content, current_keyring(), now)
    return redirect("/data/import", 303)


@bp.get("/data/import")
@participant
@fresh
def contents(person: Person) -> AnyResponse:
    """What the file holds that waits for a yes."""
    held = _held(person)
    return redirect("/data", 303) if held is None else pages.contents(person, held, forms.first_ideas(held))


@bp.post("/data/import/entries")
@participant
@fresh
def bring_in(person: Person) -> AnyResponse:
    """Yes: all of it, or nothing."""
    held = _held(person)
    if held is None:
        return redirect("/data", 303)
    levels = forms.levels_of(held, request.form)
    try:
        return _write(person, forms.matched(held, levels))
    except Refusal as refusal:
        return pages.contents(person, held, levels, refusal)


@bp.post("/data/import/end")
@participant
def let_go(person: Person) -> AnyResponse:
    drafts.let_draft_go(person)
    return redirect("/data?said=data.import_stopped", 303)


def _sent() -> bytes:
    """The file: of a form, or the whole of what a script sent. Raises NoFile or FileTooBig."""
    if request.mimetype != "multipart/form-data" and request.content_length and request.mimetype not in FILES:
        abort(415)
    try:
        return forms.content_of(request.files, request.get_data() if request.mimetype in FILES else b"")
    except RequestEntityTooLarge:
        raise FileTooBig from None


def _held(person: Person) -> Held | None:
    now = clock.now()
    content = draft_of(person, current_keyring(), now)
    return None if content is None else files.read(content, person.timezone, locale_now(), now)


def _write(person: Person, held: Held) -> AnyResponse:
    keyring, now = current_keyring(), clock.now()
    if held.waiting:
        told = waiting.hand_in(person, held.waiting, keyring, now)
        logs.event("imported", form="waiting")
        return redirect(f"/data?arrived={told.done}&over={told.over}", 303)
    added = moods.bring_in(person, held.entries, keyring, now)
    logs.event("imported", form="moods")
    return redirect(f"/data?added={added}", 303)


def _count(limit: str, person: Person) -> None:
    throttle.allow(limit, throttle.by_person(person.uid))
    throttle.count(limit, throttle.by_person(person.uid))


def _file(text: str, kind: str, name: str) -> Response:
    response = make_response(text)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
