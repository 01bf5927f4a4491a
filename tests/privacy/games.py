"""Playing with what may be changed: the mode, a zone, a number called wrong. Worlds and Leak as in attacks.py."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.crowd import FIRST, FIRST_DUE, FORTNIGHT, block
from tests.privacy.attacks import NOTHING, OTHERS, MakeWorld, figure_of, willow
from tests.privacy.worlds import DAY, HOUR, Leak, Page, World, apart_from_figures, same

Flagging = Callable[[World, str], None]


# --- A19: the mode ----------------------------------------------------------------------------------------------------
def mode_games(new_world: MakeWorld) -> None:
    """A steward reinforces and unreinforces to see figures twice: rows stay, and a block has the mode it opened in."""
    world = willow(new_world(1))
    for n in range(3):
        world.everybody_feels(dict.fromkeys((*OTHERS, "Ana"), 3), block(n))
    _mode(world, "1", FIRST_DUE - 14 * DAY)  # the first block is open already
    world.at(FIRST_DUE + HOUR)
    world.tick()
    first = figure_of(world.figures(), FIRST)
    if first == NOTHING:
        raise Leak("six people had no figure: the mode of an open block was changed")
    _mode(world, "0", FIRST_DUE + 2 * HOUR)  # the second block is open, reinforced
    world.send("Ana", "/settings", locale="fr", timezone="Pacific/Noumea")
    for hours in range(0, 15 * 24, 24):
        _mode(world, str(hours // 24 % 2), FIRST_DUE + FORTNIGHT + hours * HOUR)
        world.tick()
        if figure_of(world.figures(), block(1)) != NOTHING:
            raise Leak("a reinforced block had a figure of six people once the mode was switched off")
        if figure_of(world.figures(), FIRST) != first:
            raise Leak("a row is another since the mode was switched")
    if figure_of(world.figures(), block(2)) == NOTHING:
        raise AssertionError("an ordinary block made no figure: nothing was tried")


def _mode(world: World, on: str, at: datetime) -> None:
    world.at(at)
    world.send("Sam", "/organisation/reinforced", on=on)


# --- A18, A1: who called a number wrong -------------------------------------------------------------------------------
def by(name: str) -> Flagging:
    return lambda world, willow: world.send(name, f"{willow}/flags", number="size")


def nobody(world: World, willow: str) -> None:
    pass


FLAGS: dict[str, tuple[Flagging, Flagging, tuple[str, ...]]] = {
    "Ana or Ben": (by("Ana"), by("Ben"), ("Fay", "Sam", "Fa")),
    "Ana or nobody": (by("Ana"), nobody, ("Fay", "Fa")),  # Sam, who settles it, knows that there is one
}


def who_flags(new_world: MakeWorld, lives: tuple[Flagging, Flagging, tuple[str, ...]]) -> None:
    """Who called a number wrong, and whether anybody did, tells two worlds apart in nothing but a missing figure."""
    worlds = [willow(new_world(1)) for _ in range(2)]
    worlds[0].at(FIRST_DUE - 2 * DAY)
    for world, life in zip(worlds, lives[:2], strict=True):
        world.everybody_feels(dict.fromkeys((*OTHERS, "Ana"), 3))
        life(world, f"/groups/{world.crowd.groups['Willow'].uid}")
    same([_bare(world, *lives[2]) for world in worlds], "before the block is due")
    worlds[0].at(FIRST_DUE + HOUR)
    for world in worlds:
        world.tick()
    same([apart_from_figures(_bare(world, *lives[2])) for world in worlds], "after it was due, beside the figure")
    if figure_of(worlds[0].figures(), FIRST) != NOTHING:
        raise Leak("a block was frozen while a number was in doubt")
    worlds[0].at(FIRST_DUE + timedelta(days=9))
    worlds[0].tick()
    if figure_of(worlds[0].figures(), FIRST) != NOTHING:
        raise Leak("a block was frozen after a number was in doubt all through its week")


def _bare(world: World, *names: str) -> dict[str, Page]:
    """What they see, without the name of the flag in the steward's form, which is drawn."""
    flag = re.compile(r"(flags/|flag-)[0-9a-f]{32}")
    return {at: (status, heads, flag.sub(r"\1·", body)) for at, (status, heads, body) in world.observe(*names).items()}
