"""What someone who leads a group, knows everyone and looks every day may try.

Each attack lives in worlds it is given and raises Leak when it learns what it should not. F is Fay, who leads Willow,
owns `FAKES`, ordinary accounts in it, and Sam, a steward's; V is Ana.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.crowd import CREATED, FIRST, FIRST_DUE, FORTNIGHT, LONG, block
from tests.home.test_today import statements
from tests.privacy.lives import does_everything
from tests.privacy.worlds import DAY, HOUR, Leak, World, apart_from_figures, same
from tests.trends.reading import MESSAGES, Seen
from wellbeing.db import db
from wellbeing.models.release import Release
from wellbeing.publishing.ledger import NAME

MakeWorld = Callable[[int], World]
Life = Callable[[World, date], None]
FAKES = ("Fa", "Fe", "Fi", "Fo")
OTHERS = (*FAKES, "Ben")
NOTHING = ("", "", "", "")


def willow(world: World, others: tuple[str, ...] = OTHERS, victim: bool = True) -> World:
    """Willow as Fay leads it, with Sam as steward, and a meeting each Wednesday."""
    world.crowd.group("Willow")
    world.crowd.leads("Fay", "Willow")
    world.crowd.stewards("Sam")
    for n in range(2):
        world.crowd.meeting("Willow", datetime(2026, 1, 14, 18, 30, tzinfo=UTC) + n * timedelta(days=7))
    for name in (*others, *(("Ana",) if victim else ())):
        world.crowd.contributor(name)
    return world


def figure_of(rows: Seen, first: date) -> tuple[str, ...]:
    return next(row[2:] for row in rows if row[0] == first.isoformat())


def withheld(world: World, first: date, why: str, group: str = "Willow", by: str = "Fay") -> None:
    if figure_of(world.figures(group, by), first) != NOTHING:
        raise Leak(why)


# --- A1, A13: twin worlds ---------------------------------------------------------------------------------------------
def always(world: World, mood: int, day: date) -> None:
    if (day - FIRST).days < 3:
        world.notes("Ana", mood, [day], note=f"ornithorynque {mood}")


def every_day(world: World, day: date) -> None:
    world.notes("Ana", 4, [day])


def three_days(world: World, day: date) -> None:
    always(world, 4, day)


def agrees(world: World, day: date) -> None:
    always(world, 4, day)


def takes_back(world: World, day: date) -> None:
    always(world, 4, day)
    if (day - FIRST).days == 4:
        world.send("Ana", "/settings/choices", purpose="trends", given="")


def busy(world: World, day: date) -> None:
    world.notes("Ana", 1, [day])
    if (day - FIRST).days == 3:
        world.send("Ana", f"/workshops/{world.crowd.meetings[0]}/attendance")
        world.send("Ana", "/streak", goal="5")
        world.send("Ana", "/streak/pause", until="2026-03-01")
        world.send("Ana", "/settings/choices", purpose="checkups", given="1")
        world.send("Ana", "/check-ups/ons_lonely", item_lonely="1")
    if (day - FIRST).days == 6:  # by now the card has been on her Today
        world.browser("Ana").get("/")
        world.send("Ana", "/silence", until="never")


def absent(world: World, day: date) -> None:
    pass


TWINS: dict[str, tuple[Life, Life]] = {
    "mood 1 or 5": (lambda world, day: always(world, 1, day), lambda world, day: always(world, 5, day)),
    "fourteen days or three": (every_day, three_days),
    "agreed or taken back": (agrees, takes_back),
    "active or absent": (busy, absent),
    "everything there is to do or nothing": (does_everything, absent),
}


def twins(
    new_world: MakeWorld,
    lives: tuple[Life, Life],
    seed: int = 1,
    others: tuple[str, ...] = OTHERS,
    first: Callable[[World], None] = lambda world: None,
) -> None:
    """Two worlds that differ in what one person lived, compared until the freeze and after it."""
    worlds = [willow(new_world(seed), others) for _ in lives]
    seen_by_f = ("Fay", "Sam", FAKES[0])
    for world in worlds:
        first(world)
    for n in range(FORTNIGHT.days):
        day = FIRST + n * DAY
        for world, life in zip(worlds, lives, strict=True):
            if n < 3:
                world.everybody_feels(dict.fromkeys(others, 4), day, days=1)
            life(world, day)
        worlds[0].at(datetime.combine(day, datetime.min.time(), UTC) + 20 * HOUR)
        same(ticked(worlds, World.trend_views), f"on day {n} of the block")
    worlds[0].at(FIRST_DUE - timedelta(seconds=1))
    same(ticked(worlds, lambda world: world.observe(*seen_by_f)), "a second before the freeze")
    worlds[0].at(FIRST_DUE + HOUR)
    after = ticked(worlds, lambda world: apart_from_figures(world.observe(*seen_by_f)))
    same(after, "after the freeze, beside the figure")
    if [len(world.figures()) for world in worlds] != [1, 1]:
        raise Leak("there is not exactly one row")


def ticked(worlds: list[World], look: Callable[[World], object]) -> list[object]:
    for world in worlds:
        world.tick()
    return [look(world) for world in worlds]


# --- A2: differencing over time ---------------------------------------------------------------------------------------
PARAMETERS = ("from", "to", "week", "block", "day", "limit", "sort", "user", "workshop", "item", "group")
HEADERS = {"HX-Request": "true", "Range": "bytes=0-9", "If-None-Match": "*", "If-Modified-Since": "0", "Accept": "*/*"}


def polling(new_world: MakeWorld, periods: int = 4) -> None:
    """Look every hour around each due date, and each day in between, with whatever parameters, for so many blocks."""
    world = willow(new_world(1))
    meeting = world.crowd.meeting("Willow", datetime(2026, 2, 4, 18, 30, tzinfo=UTC))
    for n, name in enumerate((*OTHERS, "Ana")):
        world.crowd.tells(name, meeting, {"before_mood": 3, "after_mood": 4, "safety": n % 5 + 1, "exchange": 4})
    seen: dict[str, list[str]] = {"page": [], "sheet": []}
    for n in range(periods):
        for day in range(FORTNIGHT.days):
            world.at(datetime.combine(block(n) + day * DAY, datetime.min.time(), UTC))
            hours = range(24) if day in (2, 3) else (6,)
            for hour in hours:
                world.at(datetime.combine(block(n) + day * DAY, datetime.min.time(), UTC) + hour * HOUR)
                _look(world, seen)
            if day < 3:
                world.everybody_feels(
                    {**dict.fromkeys(OTHERS, 2 + (n + day) % 3), "Ana": 1 + n}, block(n) + day * DAY, 1
                )
    due = {block(n) + FORTNIGHT + 3 * DAY for n in range(periods - 1)}
    for view, bodies in seen.items():
        distinct = list(dict.fromkeys(bodies))
        if len(distinct) != len(due) + 1:
            raise Leak(f"the {view} changed {len(distinct) - 1} times in {len(due)} freezes")
    if periods > 3 and world.cells()["lift", LONG.isoformat()] == NOTHING:
        raise AssertionError("six people made no figure: nothing was tried")
    plain = world.trend_views()
    for name in PARAMETERS:
        same([plain, world.trend_views(query=f"?{name}={FIRST}")], f"?{name}=")
    for name, value in HEADERS.items():
        same([plain, world.trend_views(**{name: value})], name)


def _look(world: World, seen: dict[str, list[str]]) -> None:
    world.tick()
    page, sheet = world.trend_views()
    seen["page"].append(page[2])
    seen["sheet"].append(sheet[2])


# --- A3: joining and leaving ------------------------------------------------------------------------------------------
def joining_and_leaving(new_world: MakeWorld) -> None:
    """Ana comes in the middle of a block in which four others count, and goes the day before the next is frozen."""
    world = willow(new_world(1), others=FAKES, victim=False)
    for n in range(3):
        world.everybody_feels(dict.fromkeys(FAKES, 3), block(n))
        if n == 1:
            came = datetime.combine(block(1) + 4 * DAY, datetime.min.time(), UTC)
            world.crowd.contributor("Ana", at=came)
            world.notes("Ana", 5, [block(1) + d * DAY for d in range(5, 9)])
        if n == 2:
            world.notes("Ana", 5, [block(2) + d * DAY for d in range(3, 7)])
            world.at(FIRST_DUE + 2 * FORTNIGHT - DAY)
            world.send("Ana", f"/groups/{world.crowd.groups['Willow'].uid}/membership/end")
        world.at(FIRST_DUE + n * FORTNIGHT + HOUR)
        world.tick()
        withheld(world, block(n), "four people made a figure, with one who came late or left")


def leaving_after_the_freeze(new_world: MakeWorld) -> None:
    """Once five people's figure is out, the departure of one changes nothing of it."""
    world = willow(new_world(1), others=FAKES)
    world.everybody_feels(dict.fromkeys((*FAKES, "Ana"), 4))
    world.at(FIRST_DUE)
    world.tick()
    before = world.trend_views()
    if figure_of(world.figures(), FIRST) == NOTHING:
        raise AssertionError("five people made no figure: nothing was tried")
    world.send("Ana", f"/groups/{world.crowd.groups['Willow'].uid}/membership/end")
    for hours in (1, 2, 30, 200):
        world.at(FIRST_DUE + hours * HOUR)
        world.tick()
        same([before, world.trend_views()], f"{hours} hours after someone left")


# --- A4: erasing, then bringing back yesterday's database -------------------------------------------------------------
def yesterday_again(new_world: MakeWorld) -> None:
    """Ten figures are frozen and seen; someone erases their account; yesterday's copy of the database is put back."""
    world = willow(new_world(1), others=FAKES)
    groups = ["Willow", *(f"Oak {n}" for n in range(9))]
    for name in groups[1:]:
        world.crowd.group(name)
        world.crowd.leads("Fay", name)
        world.crowd.contributors(5, name)
    for person in world.crowd.people:
        if person not in ("Fay", "Sam"):
            world.crowd.feels_all_block(person, 3)
    world.at(FIRST_DUE - HOUR)
    world.browser("Fay")
    file = Path(str(world.app.config["LE_FIL"].database_url).removeprefix("sqlite:///"))
    with world.app.app_context():
        db.engine.dispose()
    shutil.copy(file, file.with_suffix(".yesterday"))
    world.at(FIRST_DUE)
    world.tick()
    before = {name: world.trend_views(name) for name in groups}
    asked = world.chance.getstate()
    world.crowd.erased("Ana")
    same([before, {name: world.trend_views(name) for name in groups}], "after an account was erased")
    with world.app.app_context():
        db.engine.dispose()
    for left in ("-wal", "-shm"):
        file.with_name(file.name + left).unlink(missing_ok=True)
    shutil.copy(file.with_suffix(".yesterday"), file)
    world.at(FIRST_DUE + HOUR)
    world.tick()
    same([before, {name: world.trend_views(name) for name in groups}], "after yesterday's copy was put back")
    if world.chance.getstate() != asked:
        raise Leak("figures were drawn a second time")


# --- A5: a facilitator as contributor ---------------------------------------------------------------------------------
def powerful_contributors(new_world: MakeWorld) -> None:
    """Four people, and beside them whoever leads or led a group, or steers: nothing they note makes a figure."""
    world = willow(new_world(1), others=FAKES, victim=False)
    crowd = world.crowd
    crowd.group("Oak")
    powers: dict[str, Callable[[str], None]] = {
        "Gus": lambda name: crowd.leads(name, "Oak"),
        "Kim": lambda name: crowd.leads(name, "Oak", FIRST_DUE - 9 * DAY, until=FIRST_DUE - 8 * DAY),
        "Lou": lambda name: crowd.stewards(name, FIRST_DUE - 9 * DAY),
    }
    for name, takes_power in powers.items():
        crowd.contributor(name)
        takes_power(name)
    crowd.joins("Fay", "Willow")
    crowd.agrees("Fay")
    crowd.agrees("Fay", purpose="journal")
    crowd.chooses("Fay", "Willow", FIRST)
    world.everybody_feels({**dict.fromkeys(FAKES, 3), **dict.fromkeys((*powers, "Fay"), 5)})
    world.at(FIRST_DUE)
    world.tick()
    withheld(world, FIRST, "someone with a role made a figure of four people")


# --- A6: tiny groups --------------------------------------------------------------------------------------------------
def tiny_groups(new_world: MakeWorld) -> None:
    """From nobody to four, and five of whom one does not count: the same bytes everywhere, before and after."""
    world = willow(new_world(1), others=(), victim=False)
    crowd = world.crowd
    groups = {f"Oak {n}": crowd.group(f"Oak {n}") for n in range(5)}
    for n, name in enumerate(groups):
        crowd.contributors(n, name)
    for name in ("short", "silent", "new", "led"):
        groups[name] = crowd.group(name)
        crowd.contributors(4, name)
    crowd.contributor("two days", "short")
    crowd.contributor("silent one", "silent")
    crowd.takes_back("silent one", CREATED + HOUR)
    crowd.contributor("new one", "new", at=datetime.combine(FIRST + DAY, datetime.min.time(), UTC))
    crowd.contributor("leads", "led")
    crowd.leads("leads", "led")
    for name in groups:
        crowd.leads("Fay", name)
    for person in crowd.people:
        if person not in ("Fay", "Sam"):
            crowd.feels_all_block(person, 5, days=2 if person == "two days" else 3)
    for moment in (FIRST_DUE - 9 * DAY, FIRST_DUE - timedelta(seconds=1), FIRST_DUE, FIRST_DUE + DAY):
        world.at(moment)
        world.tick()
        bare = [
            tuple(page[2].replace(group.uid, "·") for page in world.trend_views(name)) for name, group in groups.items()
        ]
        for name, views in zip(groups, bare, strict=True):
            same([bare[0], views], f"{name} at {moment}")
        same([_asked(world, "Oak 4"), _asked(world, "silent")], f"statements at {moment}")
        if (MESSAGES["fr"] in bare[0][0]) != (moment >= FIRST_DUE):
            raise Leak("a period that is not due has a message, or one that is due has none")


def _asked(world: World, group: str) -> list[str]:
    """What the database is asked while the page and the spreadsheet are answered: a clock could tell no more."""
    with statements(world) as sent:
        world.trend_views(group)
    return list(sent)


# --- A7: overlap ------------------------------------------------------------------------------------------------------
def overlapping_groups(new_world: MakeWorld) -> None:
    """The same people in two groups: they count in the one they chose, and the other has no figure."""
    world = willow(new_world(1), others=FAKES)
    world.crowd.group("Oak")
    world.crowd.leads("Fay", "Oak")
    for name in (*FAKES, "Ana"):
        world.crowd.joins(name, "Oak")
    world.everybody_feels(dict.fromkeys((*FAKES, "Ana"), 4))
    world.at(FIRST_DUE)
    world.tick()
    withheld(world, FIRST, "the same five people made a figure of a second group", "Oak")
    if figure_of(world.figures(), FIRST) == NOTHING:
        raise AssertionError("five people made no figure: nothing was tried")


# --- A8: unanimity ----------------------------------------------------------------------------------------------------
def unanimous(new_world: MakeWorld, n: int) -> None:
    """Everybody at one end, or everybody but Ana, a hundred times each: several levels, and the same words for each."""
    words: dict[tuple[str, ...], str] = {}
    for everybody, ana in ((1, 1), (5, 5), (1, 5), (5, 1)):
        world = willow(new_world(n), others=(*FAKES, *(f"Ben {i}" for i in range(n - 5))))
        for name in world.crowd.people:
            if name not in ("Fay", "Sam"):
                world.crowd.feels_all_block(name, ana if name == "Ana" else everybody)
        world.at(FIRST_DUE)
        levels = dict(_drawn_again(world, 100))
        if len(levels) < 2:
            raise Leak(f"{n} people at {everybody}, Ana at {ana}: always the same level")
        for row, body in levels.items():
            same([words.setdefault(row, body), body], "the same level is told in other words")


def _drawn_again(world: World, times: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """The row and the page of as many draws as asked for, one page for each level that comes up."""
    ledger: Path = world.app.config["LE_FIL"].instance / NAME
    known: set[int | None] = set()
    for _ in range(times):
        world.freeze()
        with world.app.app_context():
            [(level,)] = db.session.query(Release.level).all()
        if level not in known:
            known.add(level)
            if level not in (20, 25, 30, 35, 40):
                raise Leak(f"level {level}")
            page = world.trend_views()[0][2].replace(world.crowd.groups["Willow"].uid, "·")
            yield figure_of(world.figures(), FIRST), page
        world.crowd.forgets_releases()
        ledger.unlink(missing_ok=True)
