"""Fills an empty database with the story, once, and says how to sign in.

Phrases and the addresses of calendars are kept nowhere in clear by the product; of this made-up association three
phrases and one address are written beside its database, in a file that only its owner reads, so that a second
`make demo` can print them again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from wellbeing.config import Config
from wellbeing.demo import queries
from wellbeing.demo.story import Story, story
from wellbeing.demo.telling import Telling
from wellbeing.keyring import Keyring
from wellbeing.publishing.ledger import NAME as LEDGER
from wellbeing.workshops.feed import operations as calendars

NAME = "phrases.txt"
ROLES = ("participant", "facilitator", "steward")
CALENDAR = "calendar"
SEED = 1


class DemoRefused(Exception):
    """This database is not one to make things up in; the message says so to a host."""


@dataclass(frozen=True)
class Keys:
    """The seven words of each role, in the order of `ROLES`, and the path of the participant's calendar."""

    phrases: tuple[str, ...]
    calendar: str

    def lines(self, public_url: str = "") -> Iterator[str]:
        """As they are printed, or written down: the port of a demo may change, so its file names no address of it."""
        for role, phrase in zip(ROLES, self.phrases, strict=True):
            yield f"{role + ':':<13} {phrase}"
        yield f"{CALENDAR + ':':<13} {public_url}{self.calendar}"


def known(config: Config, keyring: Keyring) -> Keys | None:
    """The phrases of the demo that is there; None when the database is empty and may be filled. Raises DemoRefused."""
    place = config.instance / NAME
    kept = _read(place)
    if kept and all(queries.leads_to_someone(phrase, keyring) for phrase in kept.phrases):
        return kept
    if place.exists() and queries.anybody():
        raise DemoRefused(f"This demo was not finished. Remove the folder {config.instance} and start it again.")
    if queries.anybody():
        raise DemoRefused("This database already holds people, and they are no demo: nothing was changed.")
    if (config.promises / LEDGER).exists():
        raise DemoRefused(
            f"The database is empty, but {config.promises / LEDGER} remembers published figures of another one. "
            "If they were a demo’s, remove the folder and start again."
        )
    return None


def fill(
    config: Config, keyring: Keyring, now: datetime, *, seed: int = SEED, weeks: int = 26, people: int = 42
) -> Keys:
    """Tell the story up to `now`. Needs an application context and an empty database."""
    place = config.instance / NAME
    _write(place, "")
    told = story(now, seed=seed, weeks=weeks, people=people)
    telling = Telling(told.circles, keyring, config.promises, Random(seed))  # noqa: S311 - of made-up figures
    for happening in told.happenings:
        telling.tell(happening)
    keys = _keys(told, telling, now)
    _write(place, "".join(f"{line}\n" for line in keys.lines()))
    return keys


def _keys(told: Story, telling: Telling, now: datetime) -> Keys:
    shown = (told.participant, told.facilitator, told.steward)
    token = calendars.renew(telling.people[told.participant].person, now)
    return Keys(tuple(telling.people[name].phrase for name in shown), f"/calendar/{token}.ics")


def _read(place: Path) -> Keys | None:
    """The phrases in the file; None when there is no such file, or its story was never told to the end."""
    if not place.exists():
        return None
    lines = dict(line.split(":", 1) for line in place.read_text("utf-8").splitlines() if ":" in line)
    if set(lines) != {*ROLES, CALENDAR}:
        return None
    return Keys(tuple(lines[role].strip() for role in ROLES), lines[CALENDAR].strip())


def _write(place: Path, text: str) -> None:
    """Readable by its owner alone, and never half written."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(place)
