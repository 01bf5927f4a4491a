"""What somebody asked for, outside of any phone; and what a phone keeps of it until the server has listed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Killed(BaseException):
    """The phone died here. What is in its outbox is what it finds when it is started again."""


@dataclass
class Intent:
    """Something a person asked for, and was told is saved. `version` is the entity's after it, once told."""

    person: str
    device: str
    op: dict[str, Any]
    version: int = 0
    given_up: bool = False


@dataclass
class Row:
    """An op in the outbox: `waiting`, `fix` or `conflict`; `held` while the server does not know its kind."""

    op: dict[str, Any]
    intent: Intent
    state: str = "waiting"
    attempts: int = 0
    reason: str = ""
    held: bool = False
