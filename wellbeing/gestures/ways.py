"""The ways in which gestures are received. There is one; tests hand in bad ones, to show that they would be caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app

from wellbeing.domain import merging
from wellbeing.domain.merging import Gesture, Outcome, Thing
from wellbeing.gestures import operations
from wellbeing.gestures.asked import Asked, Told
from wellbeing.gestures.operations import Do
from wellbeing.keyring import Keyring
from wellbeing.models.person import Person


@dataclass(frozen=True)
class Ways:
    """How an op is remembered and done (`once`), and how it meets what is there (`merged`)."""

    once: Callable[[Person, Asked, Keyring, datetime, Do], Told] = operations.once
    merged: Callable[..., tuple[Thing[Any, Any], Outcome[Any]]] = merging.merged


def init_app(app: Flask, ways: Ways | None = None) -> None:
    """Raises RuntimeError for other ways than ours unless the application is being tested."""
    if ways is not None and not app.config["LE_FIL"].testing:
        raise RuntimeError("only a test may receive gestures in another way")
    app.extensions["gestures"] = ways or Ways()


def once(person: Person, asked: Asked, keyring: Keyring, now: datetime, do: Do) -> Told:
    """See `operations.once`."""
    ways: Ways = current_app.extensions["gestures"]
    return ways.once(person, asked, keyring, now, do)


def merged(thing: Thing[Any, Any], gesture: Gesture[Any, Any], later: int, others: int) -> tuple[Any, Outcome[Any]]:
    """See `domain.merging.merged`."""
    ways: Ways = current_app.extensions["gestures"]
    return ways.merged(thing, gesture, later, others)
