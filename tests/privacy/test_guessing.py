"""A9, A1: whoever holds every other account of a group, and tunes their answers, guesses no better than was said; no
level is likelier by more than e^ε for what one person answered; one doubt of a member holds every block.

`make soak` tries it with GUESSES=400 each way; with fewer the bound is as far away as chance allows.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations
from math import exp, sqrt
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
EPS = {"ordinary": 2, "reinforced": 1}
SAID = {"ordinary": 0.82, "reinforced": 0.70}


def best_guess(new_world: MakeWorld, mode: str, times: int) -> None:
    """The best rule of one threshold, over as many draws each way. Raises Leak when it is right too often."""
    lows, highs = both_ways(new_world, mode, times)
    right = max(sum(x < edge for x in lows) + sum(x >= edge for x in highs) for edge in (20, 25, 30, 35, 40))
    share, said = right / (2 * times), SAID[mode]
    if share > said + 3 * sqrt(said * (1 - said) / (2 * times)):
        raise Leak(f"{mode}: right {share:.0%} of the time")


def odds(new_world: MakeWorld, mode: str, times: int) -> None:
    """Raises Leak when a level came more than e^ε times as often for the one answer as for the other, chance apart."""
    ratio = exp(EPS[mode])
    for one, other in permutations(map(Counter, both_ways(new_world, mode, times))):
        for level in one:
            spread = sqrt(one[level] + ratio * ratio * other[level])
            if one[level] > ratio * other[level] + 4 * spread:
                raise Leak(f"{mode}: level {level} came {one[level]} times against {other[level]}")


def both_ways(new_world: MakeWorld, mode: str, times: int) -> tuple[list[int], list[int]]:
    """The levels that were frozen when Ana is at the one end, and at the other."""
    lows, highs = (_levels(new_world(seed), mode, mood, times) for seed, mood in ((1, 1), (2, 5)))
    if len(lows) != times or len(highs) != times:
        raise AssertionError("there was no figure: nothing was tried")
    return lows, highs


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


@pytest.mark.parametrize("mode", TUNED)
def test_no_level_is_likelier_by_more_than_was_said_for_what_one_person_answered(
    new_world: MakeWorld, mode: str
) -> None:
    odds(new_world, mode, GUESSES)


def test_without_noise_the_odds_would_have_no_bound(new_world: Callable[..., World]) -> None:
    with pytest.raises(Leak, match="against 0"):
        odds(lambda seed: new_world(seed, publisher="no_noise"), "ordinary", 40)


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
