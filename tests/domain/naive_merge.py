"""What one entry should be, told naively: every gesture of a device in the order it was made, nothing clever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from wellbeing.domain.merging import BOTH, NUMBERS, WORDS, EntryDeleted, Gesture, Outcome, Thing, Verb, merged

BEGUN = datetime(2026, 3, 11, 18, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """One gesture as a phone would send it; `words` is "" for « leave them », None for « remove them »."""

    device: str
    seq: int
    verb: Verb
    numbers: int | None = None
    words: str | None = ""
    base: int = 0

    @property
    def parts(self) -> int:
        if self.verb is Verb.DELETE:
            return BOTH
        return (NUMBERS if self.numbers is not None else 0) | (WORDS if self.words != "" else 0)

    @property
    def gesture(self) -> Gesture[int, str]:
        words = self.words or None
        at = BEGUN + timedelta(minutes=self.seq)
        return Gesture(self.verb, self.device, self.base, self.parts, at, self.numbers, words)


def in_order(gestures: Iterable[Asked]) -> tuple[int | None, str | None, bool]:
    """Numbers, words and whether it is gone, after one device's gestures as they were made."""
    numbers: int | None = None
    words: str | None = None
    gone = False
    for said in sorted(gestures, key=lambda asked: asked.seq):
        if said.verb is Verb.DELETE:
            numbers, words, gone = None, None, True
        else:
            gone = False
            numbers = numbers if said.numbers is None else said.numbers
            words = words if said.words == "" else said.words
    return numbers, words, gone


class Server:
    """The rules at work, with a memory of what was dealt with: what the operation table is in earnest."""

    def __init__(self, stale: bool = True) -> None:
        self.thing: Thing[int, str] = Thing()
        self.dealt: dict[tuple[str, int], tuple[int, int]] = {}  # device, seq → parts touched, version
        self.history: list[int] = []
        self.reasons: dict[tuple[str, int], str] = {}
        self.stale = stale

    def take(self, asked: Asked) -> str:
        """`duplicate`, `invalid`, `applied` or the reason of a conflict."""
        key = asked.device, asked.seq
        if key in self.dealt:
            return "duplicate"
        later = 0
        for (device, seq), (parts, _) in self.dealt.items():
            later |= parts if device == asked.device and seq > asked.seq else 0
        others = max((v for (device, _), (p, v) in self.dealt.items() if device != asked.device and p), default=0)
        gesture = asked.gesture if self.stale else replace(asked.gesture, base=None)
        try:
            self.thing, outcome = merged(self.thing, gesture, later, others)
        except EntryDeleted:
            self.reasons[key] = "entry_deleted"
            return "invalid"
        self._keep(key, outcome)
        return outcome.reason or "applied"

    def _keep(self, key: tuple[str, int], outcome: Outcome[int]) -> None:
        self.dealt[key] = outcome.parts, self.thing.version
        self.reasons[key] = outcome.reason
        if outcome.lost is not None:
            self.history.append(outcome.lost)
