"""What somebody does with a phone, as ops: noting, changing, deleting, being there."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

DAY_BEGINS = 4


class Gestures:
    """The makers of a phone's ops, each saved at once. `zone` is where the phone is, `alive` what it may change."""

    seq: int
    zone: str
    alive: list[str]
    now: Callable[[], datetime]

    def save(self, op: dict[str, Any]) -> dict[str, Any]:
        raise NotImplementedError

    def op(self, kind: str, entity: str, data: dict[str, Any], base: int = 0, op_id: str = "") -> dict[str, Any]:
        self.seq += 1
        said = {"op_id": op_id or str(uuid.uuid4()), "seq": self.seq, "kind": kind, "entity": entity}
        said |= {"base_version": base, "recorded_at": self._instant(), "data": data}
        return self.save(said)

    def create(self, mood: int = 4, at: datetime | None = None, kind: str = "entry.create", **data: Any) -> str:
        """The uid of the entry."""
        op_id = str(uuid.uuid4())
        self.op(kind, op_id, self._felt(mood, at) | data, op_id=op_id)
        self.alive.append(op_id)
        return op_id

    def update(self, entity: str, mood: int, base: int = 0, **data: Any) -> dict[str, Any]:
        return self.op("entry.update", entity, self._felt(mood) | data, base)

    def note(self, entity: str, words: str, base: int = 0) -> dict[str, Any]:
        return self.op("note.put", entity, {"note": words}, base)

    def delete(self, entity: str, base: int = 0) -> dict[str, Any]:
        return self.op("entry.delete", entity, {}, base)

    def was_there(self, workshop: str) -> dict[str, Any]:
        return self.op("attendance.put", workshop, {"how": "declared"})

    def was_not_there(self, workshop: str) -> dict[str, Any]:
        return self.op("attendance.delete", workshop, {})

    def lives(self, gestures: int, chance: Random, workshops: list[str]) -> None:
        """So many gestures of an ordinary life: most note a mood, some of them with words."""
        for _ in range(gestures):
            mood, words = chance.randint(1, 5), f"mot {chance.randrange(10**9)}"
            like = chance.random()
            if like < 0.6 or not self.alive:
                self.create(mood, **({"note": words} if like < 0.3 else {}))
            elif like < 0.75:
                self.update(chance.choice(self.alive), mood, energy=chance.randint(1, 5))
            elif like < 0.85:
                self.note(chance.choice(self.alive), words)
            elif like < 0.95 or not workshops:
                self.delete(self.alive.pop(chance.randrange(len(self.alive))))
            else:
                (self.was_there if chance.random() < 0.7 else self.was_not_there)(chance.choice(workshops))

    def _felt(self, mood: int, at: datetime | None = None) -> dict[str, Any]:
        """Each gesture at a second of its own, so that no two say the same by chance."""
        wall = (at or self.now() + timedelta(seconds=self.seq % 3600 - 7200)).astimezone(ZoneInfo(self.zone))
        local_date = wall.date() - timedelta(days=wall.hour < DAY_BEGINS)
        felt_at = wall.isoformat(timespec="seconds")
        return {"mood": mood, "felt_at": felt_at, "zone": self.zone, "local_date": local_date.isoformat()}

    def _instant(self) -> str:
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
