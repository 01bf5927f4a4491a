"""How what a device asks for meets what is there already (docs/decisions/0008). Pure.

A thing that may be changed has two parts, numbers and words; each knows the version and the device that last changed
it. Nothing is overwritten unseen: words that lose are kept beside as a copy, numbers that lose go to the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from typing import Generic, TypeVar

NUMBERS, WORDS = 1, 2
BOTH = NUMBERS | WORDS
FORM = "form"  # the device of a plain form: it changes what its page has just shown
LEDGER = "ledger"  # the device of a deletion that came back from the withdrawal ledger, after a restore

N = TypeVar("N")
W = TypeVar("W")


class Verb(Enum):
    CREATE = "create"
    UPDATE = "update"
    NOTE = "note"  # words alone
    DELETE = "delete"


class EntryDeleted(Exception):
    """Words for a thing that was deleted elsewhere: refused, so that they stay where they were written."""


@dataclass(frozen=True)
class Part:
    """Who changed a part last, and at which version of the whole."""

    version: int = 0
    device: str | None = None


@dataclass(frozen=True)
class Gesture(Generic[N, W]):
    """What a device asks for. `base` is the version it had last seen; None for a form, which has just seen it.

    `parts` are those it speaks of; words it speaks of and that are None are to be removed.
    """

    verb: Verb
    device: str
    base: int | None
    parts: int
    recorded_at: datetime
    numbers: N | None = None
    words: W | None = field(default=None, repr=False)

    def overtaken(self, part: Part) -> bool:
        """Whether another device changed this part after what this one had seen."""
        return self.base is not None and part.version > self.base and part.device != self.device


@dataclass(frozen=True)
class Thing(Generic[N, W]):
    """What may be changed, as it is. Without numbers and not deleted, its words wait for a mood."""

    version: int = 0
    numbers_part: Part = Part()
    words_part: Part = Part()
    deleted_at: datetime | None = None
    numbers: N | None = None
    words: W | None = field(default=None, repr=False)
    copies: Mapping[str, W] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Outcome(Generic[N]):
    """What came of a gesture: the parts it touched, `superseded`, why it is a conflict if it is one.

    `lost` are numbers that another device had, and that are no longer the thing's; `lost_by` is that device.
    """

    parts: int
    reason: str = ""
    superseded: bool = False
    lost: N | None = None
    lost_by: str | None = None


def merged(
    thing: Thing[N, W], gesture: Gesture[N, W], later: int = 0, others: int = 0
) -> tuple[Thing[N, W], Outcome[N]]:
    """The thing after the gesture, and what came of it.

    `later`: the parts that a later gesture of the same device has touched already. `others`: the last version made by
    another device. Raises EntryDeleted, and then nothing is to be kept of the gesture.
    """
    fresh = gesture.parts & ~later
    thing = replace(thing, version=thing.version + 1)
    if not fresh:
        return thing, Outcome(0, superseded=True)
    if thing.deleted_at is not None:
        return _on_a_tombstone(thing, gesture, fresh)
    if gesture.verb is Verb.DELETE:
        return _deleted(thing, gesture, fresh, others)
    thing, outcome = _numbers_said(thing, gesture) if fresh & NUMBERS else (thing, Outcome(fresh))
    if fresh & WORDS:
        thing, reason = _words_said(thing, gesture)
        outcome = replace(outcome, reason=_graver(outcome.reason, reason))
    return thing, replace(outcome, parts=fresh)


def _on_a_tombstone(thing: Thing[N, W], gesture: Gesture[N, W], fresh: int) -> tuple[Thing[N, W], Outcome[N]]:
    """A creation is always older than its deletion; only a whole update brings a thing back."""
    touched = Part(thing.version, gesture.device)
    if gesture.verb is Verb.DELETE:
        return replace(thing, numbers_part=touched, words_part=touched), Outcome(fresh)
    if gesture.verb is Verb.CREATE or _older_than_the_withdrawal(thing, gesture):
        return thing, Outcome(0, superseded=True)
    if gesture.verb is Verb.NOTE or not fresh & NUMBERS:
        raise EntryDeleted
    elsewhere = thing.numbers_part.device != gesture.device
    back = replace(thing, deleted_at=None, numbers=gesture.numbers, numbers_part=touched)
    if fresh & WORDS:
        back = replace(back, words=gesture.words, words_part=touched)
    return back, Outcome(fresh, reason="deleted_elsewhere" if elsewhere else "")


def _older_than_the_withdrawal(thing: Thing[N, W], gesture: Gesture[N, W]) -> bool:
    return (
        thing.numbers_part.device == LEDGER and thing.deleted_at is not None and gesture.recorded_at <= thing.deleted_at
    )


def _deleted(thing: Thing[N, W], gesture: Gesture[N, W], fresh: int, others: int) -> tuple[Thing[N, W], Outcome[N]]:
    """All that no later gesture of the device speaks of goes; nothing does that another device changed meanwhile."""
    if gesture.base is not None and others > gesture.base:
        return thing, Outcome(0, reason="edited_elsewhere")
    touched = Part(thing.version, gesture.device)
    if fresh & NUMBERS:
        thing = replace(thing, numbers=None, numbers_part=touched)
    if fresh & WORDS:
        thing = replace(thing, words=None, words_part=touched, copies={})
    return replace(thing, deleted_at=gesture.recorded_at if fresh == BOTH else None), Outcome(fresh)


def _numbers_said(thing: Thing[N, W], gesture: Gesture[N, W]) -> tuple[Thing[N, W], Outcome[N]]:
    """Those received last are the thing's. If they were said without having seen the others, the others are history."""
    part = thing.numbers_part
    if part.device == LEDGER and thing.numbers is None and gesture.numbers is not None and gesture.overtaken(part):
        # taken back in a life of the database that is gone: what was said before then comes back for them to choose
        return thing, Outcome(0, reason="numbers", lost=gesture.numbers, lost_by=gesture.device)
    lost = lost_by = None
    if gesture.overtaken(thing.numbers_part) and thing.numbers not in (None, gesture.numbers):
        lost, lost_by = thing.numbers, thing.numbers_part.device
    said = replace(thing, numbers=gesture.numbers, numbers_part=Part(thing.version, gesture.device))
    return said, Outcome(0, reason="numbers" if lost is not None else "", lost=lost, lost_by=lost_by)


def _words_said(thing: Thing[N, W], gesture: Gesture[N, W]) -> tuple[Thing[N, W], str]:
    """Words are never overwritten unseen. A device has one copy beside, which its next words replace."""
    copies = {device: words for device, words in thing.copies.items() if device != gesture.device}
    if not gesture.overtaken(thing.words_part):
        touched = Part(thing.version, gesture.device)
        return replace(thing, words=gesture.words, words_part=touched, copies=copies), ""
    if gesture.words is None:
        return replace(thing, copies=copies), "edited_elsewhere" if thing.words is not None else ""
    # the same words twice are no conflict, and yet both devices': should one remove them, the other's are there
    kept = replace(thing, copies={**copies, gesture.device: gesture.words})
    return kept, "words" if gesture.words != thing.words else ""


def _graver(one: str, other: str) -> str:
    """Of two things to tell, the one about words that are kept twice, then about numbers, then about what stayed."""
    return min(one, other, key=("words", "numbers", "edited_elsewhere", "").index)
