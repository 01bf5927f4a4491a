"""The pieces that pages about before and after are made of: each is rendered from what it is handed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from wellbeing.domain import reflections
from wellbeing.domain.reflections import ITEMS, Part
from wellbeing.reflections.forms import AfterForm, BeforeForm
from wellbeing.reflections.queries.meetings import Meeting
from wellbeing.reflections.queries.words import UNREADABLE, Beside, Kept
from wellbeing.web.forms import filled
from wellbeing.web.fragments import fragment
from wellbeing.web.locale import clock_time


def form_of(part: Part, meeting: Meeting, onward: str, keepsake: str | None = "") -> BeforeForm:
    """The answers as a form holds them. Words that cannot be read have no field, so that saving leaves them alone."""
    answers = {name: str(level) for name, level in meeting.said(part).items()}
    fields: dict[str, object] = {"op_id": str(uuid.uuid4()), "next": onward, **answers}
    if part is Part.BEFORE:
        return filled(BeforeForm, **fields)
    form = filled(AfterForm, **fields, keepsake=keepsake)
    if keepsake is UNREADABLE:
        del form.keepsake
    return form


def before(
    meeting: Meeting,
    now: datetime,
    form: BeforeForm | None,
    *,
    version: int = 0,
    refused: str | None = None,
    sentence: str = "",
) -> Markup:
    """The two questions; without a form the word that they were answered."""
    return fragment(
        "reflections/_before.html",
        meeting=meeting,
        time=clock_time(meeting.starts),
        form=form,
        started=now >= meeting.starts_at,
        version=version,
        refused=refused or "",
        sentence=sentence,
    )


def after(
    meeting: Meeting,
    form: BeforeForm | None,
    turn: str = "",
    *,
    counts: bool = False,
    version: int = 0,
    refused: str | None = None,
    sentence: str = "",
) -> Markup:
    """All the questions; without a form what is told once they were answered."""
    moods = meeting.before.get("mood"), meeting.after.get("mood")
    return fragment(
        "reflections/_after.html",
        meeting=meeting,
        heading="",
        form=form,
        items=(*ITEMS, turn),
        counts=counts,
        version=version,
        moods=moods if all(moods) else (),
        down=reflections.changes(meeting.before, meeting.after).get("mood", 0) < 0,
        unsafe=reflections.felt_unsafe(meeting.after),
        refused=refused or "",
        sentence=sentence,
    )


@dataclass(frozen=True)
class ToCome:
    """A workshop that a phone knows and this page does not: `{name}` stands where a value goes."""

    uid: str = "{id}"
    title: str = "{title}"
    contact: str = "{contact}"


def to_come() -> tuple[Markup, Markup]:
    """The questions of before and after with everything that may be said in them, for a phone to fill in and to cut."""
    plain = {"meeting": ToCome(), "version": "{version}", "refused": "", "sentence": ""}
    asked = filled(BeforeForm, op_id="", next="")
    before = fragment("reflections/_before.html", **plain, form=asked, time="{time}", started=True)
    asked = filled(AfterForm, op_id="", keepsake="{keepsake}")
    after = {"heading": "{title}, {day}", "items": (*ITEMS, *reflections.TURNING), "counts": True}
    told = {"moods": (), "down": False, "unsafe": False}
    return before, fragment("reflections/_after.html", **plain, **after, **told, form=asked)


def invitation(meeting: Meeting) -> Markup:
    """The way from Today to the questions of after."""
    return fragment("reflections/_invitation.html", meeting=meeting)


def back(kept: Kept) -> Markup:
    """What was taken away the last time, for its person."""
    return fragment("reflections/_back.html", kept=kept)


def told(meeting: Meeting, keepsake: str | None, now: datetime) -> Markup:
    """What was said of a workshop, on its page, and the ways to say it or to change it."""
    ways = {part: bool(meeting.said(part)) or meeting.open_for(part, now) for part in Part}
    ways[Part.AFTER] |= keepsake != ""
    return fragment(
        "reflections/_told.html",
        meeting=meeting,
        keepsake=keepsake,
        asks_before=ways[Part.BEFORE],
        asks_after=ways[Part.AFTER],
    )


def versions(meeting: Meeting, beside: Beside) -> Markup:
    """What other devices had said of it; nothing if they said the same."""
    if not beside.copies and not beside.pasts:
        return Markup()
    return fragment("reflections/_versions.html", uid=meeting.uid, copies=beside.copies, pasts=beside.pasts)
