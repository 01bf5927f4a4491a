"""No address asks for more than six hundred things a minute, whatever they are.

Counted where every worker process sees it, but not one by one: a process adds twenty at a time to the common count, so
that a page that is looked at costs no write. Each process may thus let nineteen too many through. A whole workshop
behind one address opens its pages within a tenth of this.

The help numbers are left out: whoever shares an address with a flood must still be able to read them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from flask import Flask, current_app, request
from limits import parse
from sqlalchemy.exc import SQLAlchemyError

from wellbeing import clock
from wellbeing.db import db
from wellbeing.web import devices, throttle

AT_A_TIME = 20
LEFT_OUT = ("help", "health")  # blueprints: the numbers, and whoever watches over the installation


@dataclass
class Counts:
    """What this process knows of the minute that runs: by address, what is common and what is not added yet."""

    minute: int = 0
    common: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def init_app(app: Flask) -> None:
    app.extensions["rush"] = Counts()
    app.before_request(_one_more)


def _one_more() -> None:
    """Raises TooManyTries. A database that does not answer counts nothing: what needs it says so itself."""
    if request.blueprint in LEFT_OUT:
        return
    counts: Counts = current_app.extensions["rush"]
    factor = current_app.config["LE_FIL"].limits_factor
    most, at_a_time = parse(throttle.LIMITS["anything"]).amount * factor, AT_A_TIME * factor
    now, who = clock.now(), throttle.by_address()
    minute, into = divmod(int(now.timestamp()), 60)
    known, unsaid = _here(counts, minute, who)
    if unsaid >= at_a_time and known < most:
        known, unsaid = _together(counts, minute, who, unsaid)
    if known + unsaid > most:
        devices.nobody()  # the refusal is the same for whoever asks, and looks nobody up
        raise throttle.TooManyTries("anything", 60 - into, now)


def _here(counts: Counts, minute: int, who: str) -> tuple[int, int]:
    with counts.lock:
        if counts.minute != minute:
            counts.minute, counts.common, counts.waiting = minute, {}, {}
        counts.waiting[who] = counts.waiting.get(who, 0) + 1
        return counts.common.get(who, 0), counts.waiting[who]


def _together(counts: Counts, minute: int, who: str, unsaid: int) -> tuple[int, int]:
    """Add what waits to what every process counts; returns what is common now, and what still waits."""
    with counts.lock:
        counts.waiting[who] = max(counts.waiting.get(who, 0) - unsaid, 0)
    try:
        common = throttle.add("anything", f"{who}/{minute}", unsaid, seconds=60)
    except SQLAlchemyError:
        db.session.rollback()
        return 0, 0
    with counts.lock:
        if counts.minute == minute:
            counts.common[who] = max(common, counts.common.get(who, 0))
        return common, counts.waiting.get(who, 0)
