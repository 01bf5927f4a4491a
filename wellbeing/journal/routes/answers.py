"""What the journal's writes are answered with: the pieces of Today that changed, the page of the entry, a refusal."""

from __future__ import annotations

import uuid
from datetime import datetime

from flask import Response, abort, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from wellbeing import clock
from wellbeing.domain.refusals import JournalOff, Refusal
from wellbeing.journal import pieces, queries
from wellbeing.journal.forms import FeelingForm, MomentForm
from wellbeing.journal.queries import Noted
from wellbeing.journal.versions import queries as versions
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.web import logs
from wellbeing.web.errors import sentence_of
from wellbeing.web.fragments import answer, page, wants_fragments


def mine(person: Person, uid: str) -> Noted:
    return queries.noted(person, uid) or abort(404)


def after(person: Person, uid: str, state: str) -> list[Markup]:
    """The pieces of Today that a saved or a completed entry changes."""
    now = clock.now()
    noted = today_of(person, now)
    entry = next((one for one in noted if one.uid == uid), None) or mine(person, uid)
    form = pieces.form_of(entry, notes_of(person, [entry]))
    details = pieces.details(form if state == "saved" else None, entry.uid, entry.version)
    thread = pieces.thread_line(person, now, pieces.is_quiet(entry))
    line = pieces.line(state, entry, version=entry.version, hidden=person.thread_hidden)
    return [line, details, pieces.today(noted), thread]


def entry_page(
    person: Person, entry: Noted, said: str = "", moving: MomentForm | None = None, sentence: str = ""
) -> Response:
    form, there = pieces.form_of(entry, notes_of(person, [entry])), beside(person, entry)
    line = pieces.line(said, entry, version=there.version, hidden=person.thread_hidden) if said else ""
    return pieces.writing(form, entry, line=line, moving=moving, sentence=sentence, beside=there)


def beside(person: Person, entry: Noted) -> pieces.Beside:
    """What other devices said of the entry, and its version."""
    copies = versions.copies_of(person, entry.uid, current_keyring())
    words = notes_of(person, [entry]).get(entry.uid) if copies else None
    others = [copy for copy in copies if copy.text is None or copy.text != words]  # the same words are no other version
    return pieces.Beside(entry.version, others, versions.pasts_of(person, entry.uid))


def refused(person: Person, refusal: Refusal, entry: Noted | None = None) -> AnyResponse:
    """Everything typed comes back with the sentence beside its field; nothing was stored."""
    form, sentence = FeelingForm(request.form), sentence_of(refusal)
    if entry is not None and "note" not in request.form:
        del form.note  # as it was left out of the form: words that cannot be read
    there = beside(person, entry) if entry else pieces.NOTHING_BESIDE
    if wants_fragments():
        line = pieces.line("refused", sentence=sentence)
        also = [] if entry is None else [pieces.details(form, entry.uid, there.version, refusal.field, sentence)]
        response = answer(line, *also, otherwise="")
        response.status_code = 422
        return response
    if isinstance(refusal, JournalOff):
        return page("journal/off.html", 422)
    if refusal.field == "op_id" or not form.op_id.data:
        form.op_id.data = str(uuid.uuid4())
    return pieces.writing(form, entry, refused=refusal.field, sentence=sentence, status=422, beside=there)


def today_of(person: Person, now: datetime) -> list[Noted]:
    return queries.noted_on(person, clock.today_for(person, now))


def notes_of(person: Person, entries: list[Noted]) -> dict[str, str | None]:
    notes = queries.notes_of(person, entries, current_keyring())
    if None in notes.values():
        logs.event("words_unreadable")
    return notes
