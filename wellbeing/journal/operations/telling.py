"""The one way by which an entry changes, whoever asks: a form, a phone's queue, a choice between two versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from wellbeing.domain.merging import EntryDeleted, Gesture, Thing
from wellbeing.domain.refusals import JournalOff
from wellbeing.gestures import ways
from wellbeing.gestures.asked import Asked, Done, Invalid, Meanwhile, Told
from wellbeing.gestures.standing import stand, thing_of, told
from wellbeing.journal import queries
from wellbeing.journal.operations import record
from wellbeing.journal.saying import Numbers, Said
from wellbeing.keyring import Keyring
from wellbeing.models.operation import EntityState
from wellbeing.models.person import Person
from wellbeing.vault.boxes import Words
from wellbeing.withdrawals import withdrawn


def tell(
    person: Person, uid: str, asked: Asked, saying: Callable[[], Said] | Said, keyring: Keyring, now: datetime
) -> Told:
    """Do what is asked of the entry `uid`, once, by the rules of `domain.merging`.

    `saying` may read what is asked when it is needed: what was dealt with before is not judged again.

    Raises JournalOff without the consent `journal`, Invalid for words of an entry deleted elsewhere or a used op_id.
    """

    def do(state: EntityState, meanwhile: Meanwhile) -> Done:
        said = saying() if callable(saying) else saying
        kept = record.load(person, uid, state, keyring)
        before = thing_of(state, kept.numbers, kept.words, kept.copies)
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
        stand(state, after, asked.recorded_at, now)
        copy_uid = record.save(person, uid, kept, before, after, state, keyring, now)
        if outcome.lost is not None:
            record.keep_past(person, uid, outcome.lost, outcome.lost_by or "", now)
        _withdraw(person, uid, before, after, asked)
        return told(outcome, copy_uid, said.warnings)

    return ways.once(person, asked, keyring, now, do)


def _withdraw(
    person: Person, uid: str, before: Thing[Numbers, Words], after: Thing[Numbers, Words], asked: Asked
) -> None:
    """Last before the commit: what is taken back is on the disk before it is gone."""
    if after.deleted_at is not None and before.deleted_at is None:
        withdrawn("entry", person, uid, asked.recorded_at)
    elif before.words is not None and after.words is None:
        withdrawn("note", person, uid, asked.recorded_at, device=asked.device)
