"""Playing with what may be changed: the mode, a zone, a number called wrong, a group that is closed. Worlds and Leak as
in attacks.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.crowd import CREATED, FIRST, FIRST_DUE, FORTNIGHT, block
from tests.privacy.attacks import FAKES, NOTHING, OTHERS, MakeWorld, figure_of, willow
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


def strictly(world: World) -> None:
    """From before the first block on, figures are those of ten people."""
    _mode(world, "1", CREATED + HOUR)


# --- A18, A1: who called a number wrong -------------------------------------------------------------------------------
def by(name: str, counted: bool = False) -> Flagging:
    """This person calls the size of the roster wrong, or what was counted at the first meeting."""
    return lambda world, willow: world.send(
        name, f"{willow}/flags", number=world.crowd.meetings[0] if counted else "size"
    )


def nobody(world: World, willow: str) -> None:
    pass


# who does it in either world, to whom they must look alike, and what the steward says of it in the end, if anything
FLAGS: dict[str, tuple[Flagging, Flagging, tuple[str, ...], str]] = {
    "Ana or Ben, and it was right": (by("Ana"), by("Ben"), ("Fay", "Sam", "Fa"), "right"),
    "Ana or Ben, and it was wrong": (by("Ana"), by("Ben"), ("Fay", "Sam", "Fa"), "wrong"),
    "Ana or nobody": (by("Ana"), nobody, ("Fay", "Fa"), ""),  # Sam, who settles it, knows that there is one
    "Ana or nobody, and it was right": (by("Ana"), nobody, ("Fay", "Fa"), "right"),
    "a headcount or nothing, and it was wrong": (by("Ana", counted=True), nobody, ("Fay", "Fa"), "wrong"),
}


def who_flags(new_world: MakeWorld, lives: tuple[Flagging, Flagging, tuple[str, ...], str]) -> None:
    """Who called a number wrong, whether anybody did, and what came of it, tells two worlds apart in nothing but a
    missing figure.
    """
    worlds = [willow(new_world(1)) for _ in range(2)]
    *doing, seen_by, verdict = lives
    worlds[0].at(FIRST_DUE - 2 * DAY)
    for world, life in zip(worlds, doing, strict=True):
        world.everybody_feels(dict.fromkeys((*OTHERS, "Ana"), 3))
        group = f"/groups/{world.crowd.groups['Willow'].uid}"
        counted = {"present": 7, "without_phone": 1, "newcomers": 0}
        world.send("Fay", f"{group}/workshops/{world.crowd.meetings[0]}/headcount", **counted)
        life(world, group)
    same([_bare(world, *seen_by) for world in worlds], "before the block is due")
    worlds[0].at(FIRST_DUE + HOUR)
    for world in worlds:
        world.tick()
    if figure_of(worlds[0].figures(), FIRST) != NOTHING:
        raise Leak("a block was frozen while a number was in doubt")
    if verdict:
        worlds[0].at(FIRST_DUE + 2 * DAY)
        for world in worlds:
            for flag in re.findall(
                "/organisation/flags/[0-9a-f]{32}/settlement", world.fetch("Sam", "/organisation")[2]
            ):
                world.send("Sam", flag, verdict=verdict)
        same(_looked(worlds, seen_by), f"after it was settled as {verdict}, beside the figure")
    worlds[0].at(FIRST_DUE + timedelta(days=9))
    same(_looked(worlds, seen_by), "after its week, beside the figure")
    if (figure_of(worlds[0].figures(), FIRST) != NOTHING) != (verdict == "right"):
        raise Leak("a block was frozen after a number was in doubt, or was not though it was right")


def _looked(worlds: list[World], seen_by: tuple[str, ...]) -> list[object]:
    for world in worlds:
        world.tick()
    return [apart_from_figures(_bare(world, *seen_by)) for world in worlds]


def _bare(world: World, *names: str) -> dict[str, Page]:
    """What they see, without the name of the flag in the steward's form, which is drawn."""
    flag = re.compile(r"(flags/|flag-)[0-9a-f]{32}")
    return {at: (status, heads, flag.sub(r"\1·", body)) for at, (status, heads, body) in world.observe(*names).items()}


# --- a group that a steward closes ------------------------------------------------------------------------------------
Choosing = Callable[[World], None]


def counts_for(group: str) -> Choosing:
    return lambda world: world.crowd.chooses("Ana", group or None, FIRST)


def agrees_no_more(world: World) -> None:
    world.crowd.takes_back("Ana", FIRST_DUE - 10 * DAY)


def answers_oak(world: World) -> None:
    """What Ana says when she is asked which group it is now."""
    if "Le groupe Willow en mouvement a fermé" not in world.fetch("Ana", "/settings")[2]:
        raise AssertionError("she was asked nothing: nothing was tried")
    world.send("Ana", "/settings/contribution", group=world.crowd.groups["Oak"].uid)


def silent(world: World) -> None:
    pass


# what differs before the group closes, in either world; then what she does about it afterwards
CLOSINGS: dict[str, tuple[tuple[Choosing, Choosing], tuple[Choosing, Choosing]]] = {
    "counted there or nowhere": ((silent, counts_for("")), (silent, silent)),
    "agreed or not": ((silent, agrees_no_more), (silent, silent)),
    "went to Oak or said nothing": ((silent, silent), (answers_oak, silent)),
}


def closing(new_world: MakeWorld, what: str) -> None:
    """Fay runs Willow and Oak; Sam closes Willow in the middle of a block. Ana is in both, and four others in each."""
    worlds, lives = [willow(new_world(1), others=FAKES) for _ in range(2)], CLOSINGS[what]
    seen_by = ("Fay", "Sam", "Fa")
    for world, before in zip(worlds, lives[0], strict=True):
        world.crowd.group("Oak")
        world.crowd.leads("Fay", "Oak")
        for n in range(4):
            world.crowd.contributor(f"Oak {n}", "Oak")
        world.crowd.joins("Ana", "Oak")
        before(world)
        for n in range(4):
            everybody = (*FAKES, "Ana", *(f"Oak {i}" for i in range(4)))
            world.everybody_feels(dict.fromkeys(everybody, 4), block(n))
    worlds[0].at(FIRST_DUE + 5 * DAY)
    for world in worlds:
        world.tick()
    frozen = [world.cells() for world in worlds]
    if NOTHING in frozen[0].values():
        raise AssertionError("five people made no figure: nothing was tried")
    for world, after in zip(worlds, lives[1], strict=True):
        world.send("Sam", f"/organisation/groups/{world.crowd.groups['Willow'].uid}/closing")
        after(world)
    same(_looked(worlds, seen_by), "once it was closed, beside the figure")
    for n in (1, 2, 3):
        worlds[0].at(FIRST_DUE + n * FORTNIGHT + HOUR)
        for world in worlds:
            world.tick()
    same(_looked(worlds, seen_by), "three blocks later, beside the figures")
    if [world.cells() for world in worlds] != frozen:
        raise Leak("a group that closed has other figures than before")
    oak = [[figure != NOTHING for figure in world.cells("Oak").values()] for world in worlds]
    went = [what.startswith("went to Oak") and world is worlds[0] for world in worlds]
    if any(any(cells[:2]) for cells in oak) or [any(cells) for cells in oak] != went:
        raise Leak("Oak has a figure without Ana's choice, or for days before it, or none with it")
