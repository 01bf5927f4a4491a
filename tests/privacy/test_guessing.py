"""A9: whoever holds every other account of a group, and tunes their answers, guesses better than chance and no better
than was said; one doubt of a member holds every block.

`make soak` tries it with GUESSES=400 each way; with fewer the bound is as far away as chance allows.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path

import pytest

from tests.crowd import FIRST_DUE
from tests.privacy.attacks import willow
from tests.privacy.conftest import MakeWorld
from tests.privacy.worlds import HOUR, Leak, World
from wellbeing.db import db, transaction
from wellbeing.models.reinforced import Reinforced
from wellbeing.models.release import Release
from wellbeing.publishing.ledger import NAME

GUESSES = int(os.environ.get("GUESSES") or 40)
# the others' values, so that both ends of the victim are as far from the same edge between two levels
TUNED = {"ordinary": [33] * 4, "reinforced": [33] * 7 + [32] * 2}
SAID = {"ordinary": 0.82, "reinforced": 0.70}


def best_guess(new_world: MakeWorld, mode: str, times: int) -> None:
    """The best rule of one threshold, over as many draws each way. Raises Leak when it is right too often."""
    lows, highs = (_levels(new_world(seed), mode, mood, times) for seed, mood in ((1, 1), (2, 5)))
    if len(lows) != times or len(highs) != times:
        raise AssertionError("there was no figure: nothing was tried")
    right = max(sum(x < edge for x in lows) + sum(x >= edge for x in highs) for edge in (20, 25, 30, 35, 40))
    share, said = right / (2 * times), SAID[mode]
    if share > said + 3 * sqrt(said * (1 - said) / (2 * times)):
        raise Leak(f"{mode}: right {share:.0%} of the time")


def _levels(world: World, mode: str, mood: int, times: int) -> list[int]:
    others = [f"Fa {n}" for n in range(len(TUNED[mode]))]
    willow(world, others=tuple(others))
    for name, value in zip(others, TUNED[mode], strict=True):
        world.crowd.feels_tenths(name, value)
    world.crowd.feels_all_block("Ana", mood)
    if (
        f'data-roster-size="{len(others) + 1}"'
        not in world.fetch("Ana", f"/groups/{world.crowd.groups['Willow'].uid}")[2]
    ):
        raise Leak("the roster hides how many accounts there are")
    if mode == "reinforced":
        with world.app.app_context(), transaction():
            db.session.add(Reinforced(since=datetime(2026, 1, 8, tzinfo=UTC)))
    world.at(FIRST_DUE + HOUR)
    ledger: Path = world.app.config["LE_FIL"].instance / NAME
    drawn: list[int] = []
    for _ in range(times):
        world.freeze()
        with world.app.app_context():
            drawn += [level for (level,) in db.session.query(Release.level) if level is not None]
        world.crowd.forgets_releases()
        ledger.unlink(missing_ok=True)
    return drawn


@pytest.mark.parametrize("mode", TUNED)
def test_all_the_other_accounts_guess_no_better_than_was_said(new_world: MakeWorld, mode: str) -> None:
    best_guess(new_world, mode, GUESSES)


def test_without_noise_they_would_be_right_every_time(new_world: Callable[..., World]) -> None:
    with pytest.raises(Leak, match="100%"):
        best_guess(lambda seed: new_world(seed, publisher="no_noise"), "ordinary", 40)


def test_a_member_who_sees_that_the_roster_is_wrong_stops_all_of_it(new_world: MakeWorld) -> None:
    world = new_world(1)
    world.at(FIRST_DUE - 30 * HOUR)
    others = tuple(f"Fa {n}" for n in range(4))
    willow(world, others=others)
    for name in (*others, "Ana"):
        world.crowd.feels_all_block(name, 3)
    world.send("Ana", f"/groups/{world.crowd.groups['Willow'].uid}/flags", number="size")
    for hours in (0, 30, 24 * 8, 24 * 40):
        world.at(FIRST_DUE + hours * HOUR)
        world.freeze()
        if any(figure[1] for (item, _), figure in world.cells().items() if item == "mood"):
            raise Leak("a figure was drawn while a number was in doubt")
