"""What stands on pages of siblings: the cards of Today, and what was said on the page of a workshop."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from wellbeing.domain.days import today_in
from wellbeing.domain.reflections import Part
from wellbeing.keyring.current import current_keyring
from wellbeing.models.person import Person
from wellbeing.reflections import pieces
from wellbeing.reflections.queries import meetings, words
from wellbeing.reflections.queries.meetings import Meeting


def today(person: Person, now: datetime) -> list[Markup]:
    """The cards of Today: what may be said now and was not, and what was taken away before a workshop to come.

    Before is asked of one workshop, the next to end; after from its end on, though its page opens at the start.
    """
    near = meetings.near(person, now)
    to_begin = [one for one in near if one.open_for(Part.BEFORE, now) and not one.before]
    ended = [one for one in near if one.ends_at <= now and one.concerns() and _unanswered(one, now)]
    before = [pieces.before(one, now, pieces.form_of(Part.BEFORE, one, "/")) for one in to_begin[:1]]
    return [*before, *map(pieces.invitation, ended), *_back(person, near, now)]


def _unanswered(meeting: Meeting, now: datetime) -> bool:
    return meeting.open_for(Part.AFTER, now) and not meeting.after


def of_a_workshop(person: Person, uid: str, now: datetime) -> Markup:
    """What the person said of a workshop, what other devices had said, and the ways to it; nothing if there is none."""
    meeting = meetings.meeting_of(person, uid)
    if meeting is None:
        return Markup()
    keepsake = words.keepsake_of(person, meeting, current_keyring())
    beside = words.beside(person, meeting, current_keyring())
    return pieces.versions(meeting, beside) + pieces.told(meeting, keepsake, now)


def _back(person: Person, near: list[Meeting], now: datetime) -> list[Markup]:
    """Where a group meets again today or tomorrow, until it begins."""
    soon = {
        one.group_id for one in near
        if one.starts_at > now and (one.local_date - today_in(one.zone, now)).days <= 1
    }  # fmt: skip
    kept = words.last_kept(person, soon, current_keyring()) if soon else None
    return [pieces.back(kept)] if kept and kept.text else []
