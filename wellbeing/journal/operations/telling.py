"""The one way by which an entry changes, whoever asks: a form, a phone's queue, a choice between two versions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from wellbeing.domain.merging import EntryDeleted, Gesture, Part, Thing
from wellbeing.domain.refusals import Refusal
from wellbeing.gestures import ways
from wellbeing.gestures.asked import Asked, Done, Invalid, Meanwhile, Told
from wellbeing.journal import queries
from wellbeing.journal.operations import record
from wellbeing.journal.saying import Numbers, Said, Words
from wellbeing.keyring import Keyring
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.withdrawals import withdrawn


class JournalOff(Refusal):
    """No mood is stored without the person's consent to store it."""

    key = "empty.journal_off"


def tell(
    person: Person, uid: str, asked: Asked, saying: Callable[[], Said] | Said, keyring: Keyring, now: datetime
) -> Told:
    """Do what is asked of the entry `uid`, once, by the rules of `domain.merging`.

    `saying` may read what is asked when it is needed: what was dealt with before is not judged again.

    Raises JournalOff without the consent `journal`, Invalid for words of an entry deleted elsewhere or a used op_id.
    """

    def do(state: EntityState, meanwhile: Meanwhile) -> Done:
        said = saying() if callable(saying) else saying
        kept = record.load(person, uid, keyring)
        before = _thing(state, kept)
        gesture: Gesture[Numbers, Words] = Gesture(
            said.verb, asked.device, asked.base, asked.parts, asked.recorded_at, said.numbers, said.words
        )
        try:
            after, outcome = ways.merged(before, gesture, meanwhile.later, meanwhile.others)
        except EntryDeleted:
            raise Invalid("entry_deleted") from None
        comes_into_being = before.numbers is None and not (after.numbers is None and after.words is None)
        if comes_into_being and not queries.may_note(person):
            raise JournalOff
        _stand(state, after, asked.recorded_at, now)
        copy_uid = record.save(person, uid, kept, before, after, state, keyring, now)
        if outcome.lost is not None:
            record.keep_past(person, uid, outcome.lost, outcome.lost_by or "", now)
        _withdraw(person, uid, before, after, asked.recorded_at)
        result: dict[str, object] = {"status": "conflict" if outcome.reason else "applied"}
        result |= {"reason": outcome.reason} if outcome.reason else {}
        result |= {"copy_id": str(uuid.UUID(copy_uid))} if outcome.reason == "words" else {}
        result |= {"superseded": True} if outcome.superseded else {}
        result |= {"warnings": list(said.warnings)} if said.warnings and not outcome.reason else {}
        return Done(outcome.parts, result)

    return ways.once(person, asked, keyring, now, do)


def _thing(state: EntityState, kept: record.Kept) -> Thing[Numbers, Words]:
    return Thing(
        version=state.version,
        numbers_part=Part(state.numbers_version, state.numbers_device),
        words_part=Part(state.words_version, state.words_device),
        deleted_at=state.deleted_at,
        numbers=kept.numbers,
        words=kept.words,
        copies=kept.copies,
    )


def _stand(state: EntityState, after: Thing[Numbers, Words], recorded_at: datetime, now: datetime) -> None:
    """First recorded is the earliest of all that was said of the entry, so that the order of arrival is nothing."""
    state.version = after.version
    state.numbers_version, state.numbers_device = after.numbers_part.version, after.numbers_part.device
    state.words_version, state.words_device = after.words_part.version, after.words_part.device
    state.first_recorded_at = min(recorded_at, now, state.first_recorded_at or now)
    state.deleted_at = None if after.deleted_at is None else state.deleted_at or now


def _withdraw(
    person: Person, uid: str, before: Thing[Numbers, Words], after: Thing[Numbers, Words], at: datetime
) -> None:
    """Last before the commit: what is taken back is on the disk before it is gone."""
    if after.deleted_at is not None and before.deleted_at is None:
        withdrawn("entry", person, uid, at)
    elif before.words is not None and after.words is None:
        withdrawn("note", person, uid, at)
