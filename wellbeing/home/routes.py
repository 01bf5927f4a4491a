"""Today: the five buttons first, then what is near. It composes what its siblings know, and keeps nothing itself."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from flask import Blueprint, Response, request
from markupsafe import Markup

from wellbeing import access, clock
from wellbeing.accounts.contributing import queries as contributing
from wellbeing.check_ups import queries as check_ups
from wellbeing.domain.days import today_in
from wellbeing.gentle import queries as gentle
from wellbeing.journal import pieces
from wellbeing.journal import queries as journal
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.reflections import cards
from wellbeing.streak import queries as streak
from wellbeing.web import at_hand
from wellbeing.web.fragments import fragment, page
from wellbeing.web.guards import current_person, public
from wellbeing.web.locale import help_address, locale_now
from wellbeing.workshops import queries as workshops

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def today() -> Response:
    person = current_person()
    if person is None:
        return page("home/welcome.html", first_start=not access.any_steward())
    return _today(person)


def _today(person: Person) -> Response:
    now = clock.now()
    day = today_in(person.timezone, now)
    here = journal.for_today(person, day)
    noted = here.noted
    line, details, quiet = _just_noted(person, noted)
    journal_on = bool(noted) or here.agrees
    noted_twice = len(noted) > 1 or (bool(noted) and here.on_others)
    return page(
        "home/today.html",
        day=day,
        noted=noted,
        line=line,
        details=details,
        gentle=_gentle(person, day) if not line else "",
        journal_on=journal_on,
        op_id=str(uuid.uuid4()),
        thread=streak.line_for(person, now, quiet=quiet),
        cards=cards.today(person, now) if journal_on else [],
        questions=0 if quiet else check_ups.questions_ready(person, day, locale_now()),
        workshop=workshops.next_for(person, now),
        groups=[] if noted else access.names_of_groups_joined(person),
        closed=contributing.asked_of(person) if noted and not quiet else None,
        # to install the journal: after a note, from the second of all on, unless this browser said no
        offered=not quiet and noted_twice and at_hand.is_offered(day),
    )


def thread_line(person: Person, now: datetime, quiet: bool) -> Markup:
    """The thread as Today shows it, after a tap that may have changed it."""
    return fragment("streak/_line.html", line=streak.line_for(person, now, quiet=quiet))


def _gentle(person: Person, day: date) -> Markup | str:
    """The card that offers help, if two weeks look heavy; never on the page that answers a mood just saved."""
    heavy = gentle.shown_to(person, day, current_keyring())
    return fragment("gentle/_card.html", address=help_address()) if heavy else ""


def _just_noted(person: Person, noted: list[journal.Noted]) -> tuple[Markup | str, Markup, bool]:
    """For a page without script, what followed the tap: the line, what may be added, and whether counts keep silent."""
    for state, form_open in (("saved", True), ("kept", False)):
        if uid := request.args.get(state):
            entry = next((one for one in noted if one.uid == uid), None) or journal.noted(person, uid)
            if entry is not None:
                notes = journal.notes_of(person, [entry], current_keyring())
                form = pieces.form_of(entry, notes) if form_open else None
                line = pieces.line(state, entry, version=entry.version, hidden=person.thread_hidden)
                return line, pieces.details(form, uid, entry.version), pieces.is_quiet(entry)
    return "", pieces.no_details(), False
