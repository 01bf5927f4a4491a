"""The attacks over what people say of workshops: `lift`, `experience` and the seven items of a season.

As in attacks.py, each lives in worlds it is given and raises Leak. The meeting of `willow` that is spoken of is held on
the evening of 4 February, in the first block of 28 days; `LATER` is in the third, which ends with the season.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.crowd import LONG, LONG_DUE, SEASON_DUE, block
from tests.privacy.attacks import FAKES, NOTHING, MakeWorld, ticked, willow
from tests.privacy.worlds import DAY, HOUR, Cells, Leak, World, apart_from_figures, same
from wellbeing.db import db
from wellbeing.models.release import Release
from wellbeing.publishing.ledger import NAME

EVENING = datetime(2026, 2, 4, 18, 30, tzinfo=UTC)
LATER = datetime(2026, 4, 8, 18, 30, tzinfo=UTC)
THIRD = date(2026, 3, 23)
SEVEN = (*FAKES, "Ben", "Dan", "Eve")
LONG_ITEMS = ("lift", "experience")
SEASON_ITEMS = tuple(
    f"profile.{item}" for item in ("interaction", "cooperation", "exchange", "safety", "return", "belong", "size")
)
AFTER = ("after_mood", "after_calm", "interaction", "cooperation", "exchange", "safety", "return_")


def answers(level: int, before: int = 3, turn: str = "belong") -> dict[str, int]:
    """Every question answered alike; `size` has three answers."""
    return {
        **dict.fromkeys(("before_mood", "before_calm"), before),
        **dict.fromkeys(AFTER, level),
        turn: min(level, 3) if turn == "size" else level,
    }


def met(world: World, at: datetime = EVENING, group: str = "Willow") -> str:
    return world.crowd.meeting(group, at)


def says(world: World, name: str, meeting: str, before: int, after: int, start: datetime = EVENING) -> None:
    """Two taps before and a page after, on the evening itself, over HTTP."""
    world.at(start - HOUR / 2)
    world.send(name, f"/workshops/{meeting}/before", mood=before, calm=before)
    world.at(start + 2 * HOUR)
    items = ("mood", "calm", "interaction", "cooperation", "exchange", "safety", "return", "belong")
    world.send(name, f"/workshops/{meeting}/after", **dict.fromkeys(items, after), keepsake=f"ornithorynque {after}")


def published(cells: Cells, items: tuple[str, ...], first: date = LONG) -> list[bool]:
    return [cells[item, first.isoformat()] != NOTHING for item in items]


# --- A1, A13: twin worlds ---------------------------------------------------------------------------------------------
Life = Callable[[World, str], None]


def glad(world: World, meeting: str) -> None:
    says(world, "Ana", meeting, 1, 5)


def sorry(world: World, meeting: str) -> None:
    says(world, "Ana", meeting, 5, 1)


def nothing(world: World, meeting: str) -> None:
    pass


def takes_back(world: World, meeting: str) -> None:
    glad(world, meeting)
    world.send("Ana", "/settings/choices", purpose="trends", given="")


def goes_elsewhere(world: World, meeting: str) -> None:
    glad(world, meeting)
    world.send("Ana", "/settings/contribution", group="")


TWINS: dict[str, tuple[Life, Life]] = {
    "glad or sorry": (glad, sorry),
    "spoke or not": (glad, nothing),
    "agreed or taken back": (glad, takes_back),
    "counted here or nowhere": (glad, goes_elsewhere),
}


def twins(new_world: MakeWorld, lives: tuple[Life, Life], seed: int = 1, season: bool = True) -> None:
    """Two worlds that differ in what one person said of a workshop, compared until each freeze and after it."""
    worlds = [willow(new_world(seed), others=SEVEN) for _ in lives]
    for world, life in zip(worlds, lives, strict=True):
        meeting = met(world)
        for name in SEVEN:
            world.crowd.tells(name, meeting, answers(4))
        life(world, meeting)
    for moment in (EVENING + 3 * HOUR, EVENING + 9 * DAY, LONG_DUE - HOUR):
        worlds[0].at(moment)
        same(ticked(worlds, World.trend_views), f"at {moment}")
    seen_by_f = ("Fay", "Sam", FAKES[0])
    for due in (LONG_DUE, SEASON_DUE) if season else (LONG_DUE,):
        worlds[0].at(due - timedelta(seconds=1))
        bare = due == LONG_DUE  # before the season's freeze, the figures of the four weeks are there
        look = World.observe if bare else _apart
        same(ticked(worlds, lambda world, look=look: look(world, *seen_by_f)), f"a second before {due}")
        worlds[0].at(due + HOUR)
        same(ticked(worlds, lambda world: _apart(world, *seen_by_f)), f"after {due}, beside the figures")
    both = [world.cells() for world in worlds]
    if both[0].keys() != both[1].keys():
        raise Leak("there are other rows")
    if not any(published(both[0], LONG_ITEMS)):
        raise AssertionError("eight people made no figure: nothing was tried")


def _apart(world: World, *names: str) -> object:
    return apart_from_figures(world.observe(*names))


# --- A3, A5, A6, A7: who does not count -------------------------------------------------------------------------------
def fifths(world: World) -> dict[str, Callable[[str, str], None]]:
    """Ways of not counting in a group where four others do: what is done with a person's name and the group's."""
    crowd, an_hour = world.crowd, LONG_DUE - 20 * DAY
    elsewhere = met(world, group="Oak")
    early = {name: met(world, datetime(2026, 1, 25, 18, tzinfo=UTC), name) for name in ("early",)}
    called_off = {name: met(world, EVENING + DAY, name) for name in ("called off",)}
    crowd.cancels(called_off["called off"])
    return {
        "nobody": lambda who, group: None,
        "late": lambda who, group: _counts(world, who, group, at=datetime(2026, 1, 27, tzinfo=UTC)),
        "left": lambda who, group: (_counts(world, who, group), crowd.leaves(who, group, LONG_DUE - DAY)),
        "taken back": lambda who, group: (_counts(world, who, group), crowd.takes_back(who, LONG_DUE - DAY)),
        "leads Oak": lambda who, group: (_counts(world, who, group), crowd.leads(who, "Oak", at=an_hour)),
        "was steward": lambda who, group: (
            _counts(world, who, group),
            crowd.stewards(who, an_hour, until=an_hour + HOUR),
        ),
        "chose Oak": lambda who, group: (_counts(world, who, group), crowd.chooses(who, "Oak", LONG)),
        "moved on": lambda who, group: (_counts(world, who, group), crowd.chooses(who, "Oak", block(2))),
        "not there": lambda who, group: _counts(world, who, group, there=False),
        "of Oak": lambda who, group: _counts(world, who, group, meeting=elsewhere),
        "early": lambda who, group: _counts(world, who, group, meeting=early[group]),
        "called off": lambda who, group: _counts(world, who, group, meeting=called_off[group]),
        "short": lambda who, group: _counts(world, who, group, said={"interaction": 5, "safety": 5, "after_mood": 5}),
    }


def _counts(
    world: World,
    who: str,
    group: str,
    at: datetime | None = None,
    meeting: str | None = None,
    said: dict[str, int] | None = None,
    there: bool = True,
) -> None:
    crowd = world.crowd
    crowd.contributor(who, group, **({"at": at} if at else {}))
    if at:
        crowd.chooses(who, group, LONG)  # so that nothing but the late arrival leaves them out
    crowd.tells(who, meeting or world.crowd.meeting_of[group], said or answers(5, before=1), there)


def too_few(new_world: MakeWorld) -> None:
    """Four people and a fifth who does not count, for each way of not counting: the same bytes, and no figure."""
    world = willow(new_world(1), others=(), victim=False)
    crowd = world.crowd
    crowd.group("Oak")
    crowd.leads("Fay", "Oak")
    names = ("nobody", "late", "left", "taken back", "leads Oak", "was steward", "chose Oak", "moved on", "not there",
             "of Oak", "early", "called off", "short")  # fmt: skip
    for group in (*names, "five", "seven", "eight"):
        crowd.group(group)
        crowd.leads("Fay", group)
        crowd.meeting_of[group] = met(world, group=group)
    for group, fifth in fifths(world).items():
        for n in range(4):
            _counts(world, f"{group} {n}", group)
        fifth(f"{group} who", group)
    for group, n in {"five": 5, "seven": 7, "eight": 8}.items():
        for i in range(n):
            _counts(world, f"{group} {i}", group)
    for moment in (LONG_DUE - timedelta(seconds=1), LONG_DUE, SEASON_DUE):
        world.at(moment)
        world.tick()
        first = None
        for group in names:
            uid = crowd.groups[group].uid
            bare = tuple(page[2].replace(uid, "·") for page in world.trend_views(group))
            same([first or bare, bare], f"{group} at {moment}")
            first = first or bare
        if any(figure != NOTHING for group in names for figure in world.cells(group).values()):
            raise Leak("four people made a figure")
    made = {group: world.cells(group) for group in ("five", "seven", "eight")}
    if not all(published(made["five"], LONG_ITEMS)):
        raise AssertionError("five people made no figure: nothing was tried")
    if any(published(made["seven"], SEASON_ITEMS)):
        raise Leak("seven people made a figure of a season")
    if published(made["eight"], SEASON_ITEMS) != [True] * 6 + [False]:
        raise AssertionError("eight people made no season: nothing was tried")


# --- A3, A4: after the freeze, and yesterday's database ---------------------------------------------------------------
def said_and_done(new_world: MakeWorld) -> None:
    """Ten figures of eight people are out; answers change, people go, an account is erased; nothing moves. Then the
    database of the day before comes back.
    """
    world = willow(new_world(1), others=SEVEN)
    first, second = met(world, LATER), met(world, LATER + 7 * DAY)
    for n, name in enumerate((*SEVEN, "Ana")):
        world.crowd.tells(name, first, answers(1 + n % 5))
        world.crowd.tells(name, second, answers(5 - n % 5, turn="size"))
        world.crowd.feels_all_block(name, 3, date(2026, 4, 6))
    world.at(SEASON_DUE - HOUR)
    world.browser("Fay")
    file = Path(str(world.app.config["LE_FIL"].database_url).removeprefix("sqlite:///"))
    with world.app.app_context():
        db.engine.dispose()
    shutil.copy(file, file.with_suffix(".yesterday"))
    world.at(SEASON_DUE)
    world.tick()
    before = world.trend_views()
    asked = world.chance.getstate()
    cells = world.cells()
    if not all(published(cells, LONG_ITEMS, THIRD)) or not all(published(cells, SEASON_ITEMS)):
        raise AssertionError("eight people made no figure: nothing was tried")
    world.crowd.tells("Ana", first, answers(1))
    world.send("Ben", "/settings/choices", purpose="trends", given="")
    world.send("Dan", f"/groups/{world.crowd.groups['Willow'].uid}/membership/end")
    world.crowd.erased("Ana")
    for hours in (1, 30):
        world.at(SEASON_DUE + hours * HOUR)
        world.tick()
        same([before, world.trend_views()], f"{hours} hours after the freeze")
    with world.app.app_context():
        db.engine.dispose()
    for left in ("-wal", "-shm"):
        file.with_name(file.name + left).unlink(missing_ok=True)
    shutil.copy(file.with_suffix(".yesterday"), file)
    world.at(SEASON_DUE + 12 * DAY)
    world.tick()
    if [figure for cell, figure in world.cells().items() if cell in cells] != list(cells.values()):
        raise Leak("a figure is another after yesterday's copy was put back")
    if world.chance.getstate() != asked:
        raise Leak("figures were drawn a second time")


# --- A8: unanimity ----------------------------------------------------------------------------------------------------
def unanimous(new_world: MakeWorld, times: int = 40) -> None:
    """Eight people who answer alike, at the highest level or the lowest: every item has several levels."""
    high = (answers(5, 4) | {"belong": 4}, answers(4, 3, turn="size") | {"size": 2})
    low = (answers(1, 2), answers(1, 2, turn="size") | {"size": 2})
    for seed, (one, other) in enumerate((high, low)):
        world = willow(new_world(seed), others=SEVEN)
        first, second = met(world, LATER), met(world, LATER + 7 * DAY)
        for name in (*SEVEN, "Ana"):
            world.crowd.tells(name, first, one)
            world.crowd.tells(name, second, other)
        world.at(SEASON_DUE)
        seen: dict[str, set[int | None]] = {item: set() for item in (*LONG_ITEMS, *SEASON_ITEMS)}
        for _ in range(times):
            world.freeze()
            with world.app.app_context():
                for item, drawn in db.session.query(Release.item, Release.level).filter(Release.level.is_not(None)):
                    seen[item].add(drawn)
            _forget_the_draw(world)
        for item, levels in seen.items():
            if len(levels) < 2:
                raise Leak(f"eight people who answer alike: {item} is always {levels}")


def _forget_the_draw(world: World) -> None:
    world.crowd.forgets_releases(published_only=True)
    ledger: Path = world.app.config["LE_FIL"].instance / NAME
    ledger.unlink(missing_ok=True)
