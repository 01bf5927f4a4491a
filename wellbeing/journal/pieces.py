"""The pieces that the journal's pages are made of, and Today with them: each is rendered from what it is handed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app
from markupsafe import Markup

from wellbeing.domain.emotions import QUADRANTS, Quadrant, quadrants_for
from wellbeing.domain.moods import LEVELS, is_low
from wellbeing.journal.feeling import weighs
from wellbeing.journal.forms import FeelingForm, MomentForm
from wellbeing.journal.queries import Noted
from wellbeing.journal.versions.queries import Copy, Past
from wellbeing.models.person import Person
from wellbeing.web.forms import filled
from wellbeing.web.fragments import fragment, page


@dataclass(frozen=True)
class Beside:
    """The version of an entry, and what other devices had said of it."""

    version: int = 0
    copies: Sequence[Copy] = ()
    pasts: Sequence[Past] = ()


NOTHING_BESIDE = Beside()
UNREADABLE = None  # the words of an entry that are there and cannot be read


def is_quiet(entry: Noted) -> bool:
    """Whether nothing that counts may stand on the screen that follows (docs/thread.md, rule 14)."""
    return is_low(entry.mood)


def line(state: str, entry: Noted | None = None, sentence: str = "", version: int = 0, hidden: bool = False) -> Markup:
    """What was done: `saved`, `kept` (more was added), `moved`, `deleted`, `rest` (nothing to say today), `refused`.

    `hidden`: the person hides their thread, and no word of it is said.
    """
    return fragment(
        "journal/_saved.html",
        state=state,
        entry=entry,
        version=version,
        low=entry is not None and is_low(entry.mood),
        late=entry is not None and not entry.in_time and not hidden,
        weighs=entry is not None and weighs(entry.mood, entry.emotions),
        sentence=sentence,
    )


def details(
    form: FeelingForm | None, uid: str, version: int = 0, refused: str | None = None, sentence: str = ""
) -> Markup:
    """What may be added to a mood just noted; without a form the word that it is done; without a uid nothing.

    `version` is the entry's, which a phone says it has seen when it changes it.
    """
    return fragment(
        "journal/_details.html",
        uid=uid,
        version=version,
        form=form,
        quadrants=_quadrants(form) if form else (),
        refused=refused or "",
        sentence=sentence,
    )


def no_details() -> Markup:
    """The place where a mood just noted will be completed."""
    return details(None, "")


def thread_line(person: Person, now: datetime, quiet: bool) -> Markup:
    """The thread's line on Today, as it is after a tap; empty on the screen that follows a mood of 1 or 2."""
    line: Markup = current_app.extensions["thread_line"](person, now, quiet)
    return line


def today(entries: Sequence[Noted]) -> Markup:
    """Today's notes, in short."""
    return fragment("journal/_today.html", entries=entries)


def form_of(entry: Noted, notes: Mapping[str, str | None]) -> FeelingForm:
    """The entry as a form holds it. Words that cannot be read have no field, so that saving leaves them alone."""
    form = filled(
        FeelingForm,
        op_id="",
        felt_at=entry.felt_at.isoformat(),
        mood=str(entry.mood),
        energy=str(entry.energy or ""),
        calm=str(entry.calm or ""),
        note=notes.get(entry.uid, ""),
    )
    form.emotions.data = list(entry.emotions)  # a field of several answers takes no first idea
    if notes.get(entry.uid, "") is UNREADABLE:
        del form.note
    return form


def writing(
    form: FeelingForm,
    entry: Noted | None,
    *,
    line: Markup | str = "",
    moving: MomentForm | None = None,
    refused: str | None = None,
    sentence: str = "",
    status: int = 200,
    beside: Beside = NOTHING_BESIDE,
) -> Response:
    """The page of one entry: to change it, or (without one) to mend what could not be saved."""
    if entry is not None and moving is None:
        moment = f"{entry.felt_at:%H:%M}"
        moving = filled(MomentForm, felt_at="", day=entry.local_date.isoformat(), time=moment)
    return page(
        "journal/entry.html",
        422 if sentence else status,
        form=form,
        entry=entry,
        line=line,
        moving=moving,
        beside=beside,
        quadrants=_quadrants(form),
        refused=refused or "",
        sentence=sentence,
        levels=LEVELS,
    )


def _quadrants(form: FeelingForm) -> tuple[Quadrant, ...]:
    """The nearest first, if the form says a mood."""
    mood, energy = ((form[name].data or "") for name in ("mood", "energy"))
    if mood not in map(str, LEVELS):
        return QUADRANTS
    return quadrants_for(int(mood), int(energy) if energy in map(str, LEVELS) else None)
