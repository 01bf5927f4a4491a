"""What a phone must know to ask the same questions without network: it is decided here, and kept there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict

from wellbeing.models.person import Person
from wellbeing.reflections.queries import counting, meetings


class Asking(TypedDict):
    """Of one workshop. `there`: they were, as far as it is known. `turn` is `belong` or `size`, and None where after is
    none of theirs to answer; `counts`: what they say after it will count; `contact` is whom `safety.low` names.
    """

    title: str
    there: bool
    turn: str | None
    counts: bool
    contact: str


def askings(person: Person, uids: Collection[str], now: datetime) -> dict[str, Asking]:
    """By uid, for workshops of the person's own groups. Three statements, however many they are."""
    near = meetings.among(person, uids)
    counted, turns = counting.counted(person, near, now), meetings.asked_by_turns(near)
    return {
        one.uid: Asking(
            title=one.title,
            there=one.there,
            turn=turns[one.uid] if one.concerns() else None,
            counts=one.uid in counted,
            contact=one.contact,
        )
        for one in near
    }
