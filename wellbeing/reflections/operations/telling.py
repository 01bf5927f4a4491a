"""The one way by which what is said of a workshop changes, whoever asks: a form, a phone's queue, a choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from wellbeing.attending import operations as attending
from wellbeing.domain import reflections
from wellbeing.domain.merging import NUMBERS, Gesture, Thing, Verb
from wellbeing.domain.reflections import Answers, Part
from wellbeing.domain.refusals import JournalOff, WorkshopCancelled
from wellbeing.gestures import ways
from wellbeing.gestures.asked import Asked, Done, Invalid, Meanwhile, Told, by_form
from wellbeing.gestures.standing import stand, thing_of, told
from wellbeing.keyring import Keyring
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.reflections.operations import record
from wellbeing.reflections.queries import meetings
from wellbeing.reflections.queries.meetings import Meeting
from wellbeing.reflections.saying import Said
from wellbeing.vault.boxes import Words
from wellbeing.withdrawals import withdrawn


def say(
    person: Person, meeting: Meeting, said: Said, keyring: Keyring, now: datetime, op_id: str | None = None
) -> Told:
    """Say by a form what was felt before a workshop or after it, whole; nothing at all clears it.

    Raises AnswersNotYetOpen and AnswersClosed for first answers outside their hours, WorkshopCancelled, JournalOff.
    """
    content: dict[str, object] = {name: said.answers.get(name) for name in said.part.fields}
    content |= {"keepsake": said.words} if said.speaks else {}
    entity = f"{said.part.value}:{meeting.uid}"
    asked = by_form(f"reflection.{said.part.value}", entity, now, op_id, said.parts, **content)
    return tell(person, meeting.uid, asked, said, keyring, now)


def tell(
    person: Person, uid: str, asked: Asked, saying: Callable[[], Said] | Said, keyring: Keyring, now: datetime
) -> Told:
    """Do what is asked of one part of the workshop `uid`, once, by the rules of `domain.merging`.

    What is said after a workshop says besides that the person was there, in the same transaction. What was said once
    may be corrected or cleared at any time: it is the person's. Raises as `say` does, and Invalid `not_found`.
    """

    def do(state: EntityState, meanwhile: Meanwhile) -> Done:
        said = saying() if callable(saying) else saying
        meeting = meetings.meeting_of(person, uid)
        if meeting is None:
            raise Invalid("not_found")
        _check(meeting, said, state, asked.recorded_at, now)
        stored = record.load(person, meeting, said.part, keyring)
        before = thing_of(state, stored.answers, stored.words, stored.copies)
        gesture: Gesture[Answers, Words] = Gesture(
            Verb.UPDATE, asked.device, asked.base, asked.parts, asked.recorded_at, said.answers or None, said.words
        )
        after, outcome = ways.merged(before, gesture, meanwhile.later, meanwhile.others)
        comes_into_being = not (before.numbers or before.words) and (after.numbers or after.words)
        if comes_into_being and not meetings.may_answer(person):
            raise JournalOff
        stand(state, after, asked.recorded_at, now)
        copy_uid = record.save(
            person, meeting, said.part, stored, before, after, state, keyring, asked.recorded_at, now
        )  # fmt: skip
        if outcome.lost is not None:
            record.keep_past(person, meeting, said.part, outcome.lost, outcome.lost_by or "", now)
        if said.part is Part.AFTER and said.something and asked.parts & NUMBERS:
            attending.there_by_answering(person, meeting, asked, keyring, now)
        _withdraw(person, asked, uid, before, after)
        return told(outcome, copy_uid, said.warnings)

    return ways.once(person, asked, keyring, now, do)


def _check(meeting: Meeting, said: Said, state: EntityState, recorded_at: datetime, now: datetime) -> None:
    """First answers have their hours, by the clock they were told at; one that runs behind is no reason to refuse."""
    if meeting.cancelled and said.something:
        raise WorkshopCancelled
    if state.version == 0:
        opens = reflections.opens(said.part, meeting.starts_at)
        told_at = max(recorded_at, opens) if now >= opens else now
        reflections.check_open(said.part, meeting.starts_at, meeting.ends_at, told_at)


def _withdraw(
    person: Person, asked: Asked, uid: str, before: Thing[Answers, Words], after: Thing[Answers, Words]
) -> None:
    """Last before the commit: what is taken back is on the disk before it is gone."""
    if before.numbers is not None and after.numbers is None:
        withdrawn("reflection", person, asked.entity, asked.recorded_at, device=asked.device)
    if before.words is not None and after.words is None:
        withdrawn("keepsake", person, uid, asked.recorded_at, device=asked.device)
