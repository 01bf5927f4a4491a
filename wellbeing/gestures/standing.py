"""Between a thing as `domain.merging` sees it, the row that says where it stands, and what a device is told."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from wellbeing.domain.merging import Outcome, Part, Thing
from wellbeing.gestures.asked import Done
from wellbeing.models.operation import EntityState

N = TypeVar("N")
W = TypeVar("W")


def thing_of(state: EntityState, numbers: N | None, words: W | None, copies: Mapping[str, W]) -> Thing[N, W]:
    """What may be changed, as it is."""
    return Thing(
        version=state.version,
        numbers_part=Part(state.numbers_version, state.numbers_device),
        words_part=Part(state.words_version, state.words_device),
        deleted_at=state.deleted_at,
        numbers=numbers,
        words=words,
        copies=copies,
    )


def stand(state: EntityState, after: Thing[Any, Any], recorded_at: datetime, now: datetime) -> None:
    """First recorded is the earliest of all that was said of the thing, so that the order of arrival is nothing."""
    state.version = after.version
    state.numbers_version, state.numbers_device = after.numbers_part.version, after.numbers_part.device
    state.words_version, state.words_device = after.words_part.version, after.words_part.device
    state.first_recorded_at = min(recorded_at, now, state.first_recorded_at or now)
    state.deleted_at = None if after.deleted_at is None else state.deleted_at or now


def told(outcome: Outcome[Any], copy_uid: str, warnings: tuple[str, ...]) -> Done:
    """What is remembered of the op: no content. `copy_uid` is that of the words that were put beside, if any were."""
    result: dict[str, object] = {"status": "conflict" if outcome.reason else "applied"}
    result |= {"reason": outcome.reason} if outcome.reason else {}
    result |= {"copy_id": str(uuid.UUID(copy_uid))} if outcome.reason == "words" else {}
    result |= {"superseded": True} if outcome.superseded else {}
    result |= {"warnings": list(warnings)} if warnings and not outcome.reason else {}
    return Done(outcome.parts, result)
