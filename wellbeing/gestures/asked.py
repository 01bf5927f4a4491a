"""What a device asks for, and what came of it: the values that features hand to `operations.once` and get back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wellbeing.domain.merging import BOTH, FORM


class Invalid(Exception):
    """Refused, and not remembered: a later attempt is judged afresh. `reason` is a word of the protocol; no content."""

    def __init__(self, reason: str, *fields: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fields = fields


@dataclass(frozen=True)
class Asked:
    """One op. `op_id` is 32 hex digits, `entity` such as `entry:<uid>`; `recorded_at` is never after the receipt.

    `seq` and `base` are None from a form, which says neither. `data` is what the op says, for its hash alone.
    """

    op_id: str
    kind: str
    entity: str
    recorded_at: datetime
    device: str = FORM
    seq: int | None = None
    base: int | None = None
    parts: int = BOTH
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)


def by_form(kind: str, entity: str, now: datetime, op_id: str | None = None, parts: int = BOTH, **data: Any) -> Asked:
    """What a plain form asks for, under a fresh id if it names none."""
    return Asked(op_id or secrets.token_hex(16), kind, entity, now, parts=parts, data=data)


@dataclass(frozen=True)
class Meanwhile:
    """What was dealt with before this op. See `domain.merging.merged`."""

    later: int = 0
    others: int = 0


@dataclass(frozen=True)
class Done:
    """What doing an op came to: the parts it touched, and what is remembered of it: status, reason, ids, no content."""

    parts: int
    result: dict[str, Any] = field(default_factory=lambda: {"status": "applied"})


@dataclass(frozen=True)
class Told:
    """The answer: the entity's version after the op, its result; `again` when it was dealt with before."""

    version: int
    result: dict[str, Any]
    again: bool = False
