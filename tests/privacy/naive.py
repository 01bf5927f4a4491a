"""Publishers that leak, each in one way. The attacks must catch every one of them, or they prove nothing.

`freeze` replaces the real one; `shows` rewires what pages show. Neither is in the package, and `create_app` takes
another publisher in tests only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request

from wellbeing import clock
from wellbeing.db import db, transaction
from wellbeing.domain.trends import (
    ITEMS,
    MOOD,
    Block,
    Item,
    Published,
    RandBelow,
    Standing,
    action,
    blocks,
    counts,
    value,
)
from wellbeing.domain.trends import release as real_release
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.release import Release
from wellbeing.publishing import cohort
from wellbeing.web.guards import facilitator
from wellbeing.worker import Publisher

Counts = Callable[[Standing, str, Block, datetime], bool]


@dataclass(frozen=True)
class Naive:
    """One way of doing it badly."""

    freeze: Publisher | None = None
    shows: Callable[[Flask], None] | None = None


def freezing(
    counting: Counts = counts,
    k: int | None = None,
    noise: bool = True,
    revises: bool = False,
    late_members: bool = False,
) -> Publisher:
    """A freeze without a ledger, which counts whom `counting` says and may draw again what it drew."""

    def freeze(*, now: datetime, randbelow: RandBelow, ledger_path: Path) -> None:
        with transaction():
            for group in db.session.query(Group).order_by(Group.id):
                cells = [(item, block) for item in ITEMS for block in blocks(item, group.created_on, now.date())]
                for item, block in cells:
                    frozen = db.session.get(Release, (group.id, item.name, block.start))
                    if (frozen and not revises) or (not frozen and action(block, now.date(), held=False) != "draw"):
                        continue
                    if frozen:
                        db.session.delete(frozen)
                        db.session.flush()
                    db.session.add(row(item, group.id, block, now, randbelow))

    def row(item: Item, group_id: int, block: Block, now: datetime, randbelow: RandBelow) -> Release:
        values = values_of(item, group_id, block, now)
        figure = _released(item, values, item.k if k is None else k, randbelow if noise else None)
        level, band = (figure.level, figure.band) if figure else (None, None)
        state = "published" if figure else "none"
        return Release(
            group_id=group_id, item=item.name, start=block.start, days=block.days, state=state, level=level, band=band,
            mechanism="naive",
        )  # fmt: skip

    def values_of(item: Item, group_id: int, block: Block, now: datetime) -> list[int]:
        opened = Block(block.start + timedelta(days=block.days), block.days) if late_members else block
        found = cohort.standings(group_id, opened)
        counted = [person for person, standing in found.items() if counting(standing, str(group_id), block, now)]
        lived = cohort.lives(item, group_id, block, counted)
        return [v for one in lived if (v := value(item, one)) is not None]

    return freeze


def _released(item: Item, values: list[int], k: int, randbelow: RandBelow | None) -> Published | None:
    if len(values) < k:
        return None
    spread = [values[0]] * (item.k - len(values)) + values
    if randbelow is None:
        total, n = sum(values), len(values)
        level = min(item.levels, key=lambda level: abs(n * level - total))
        return Published(level, max(b for b in item.bands if b <= len(spread)))
    figure = real_release(item, spread, randbelow)
    return figure if isinstance(figure, Published) else None


def _running(spans: Iterable[tuple[datetime, datetime | None]], now: datetime) -> bool:
    return any(since <= now and (until is None or until > now) for since, until in spans)


def whoever_is_there_now(s: Standing, group: str, block: Block, now: datetime) -> bool:
    return _running(s.member, now) and _running(s.consent, now)


def facilitators_too(s: Standing, group: str, block: Block, now: datetime) -> bool:
    return counts(Standing(s.member, s.consent, (), s.choice), group, block, now)


def in_every_group(s: Standing, group: str, block: Block, now: datetime) -> bool:
    return counts(Standing(s.member, s.consent, s.powers, [(block.start, group)]), group, block, now)


# --- what pages show --------------------------------------------------------------------------------------------------
def adding(words: Callable[[str], str]) -> Callable[[Flask], None]:
    """Adds words to every page and spreadsheet of trends. They are found past the wall, in the file of the database."""

    def shows(app: Flask) -> None:
        def added(response: Response) -> Response:
            if request.blueprint == "trends" and response.status_code == 200:
                response.set_data(response.get_data(as_text=True) + words(request.view_args["uid"]))  # type: ignore[index]
            return response

        app.after_request(added)

    return shows


def _asked(question: str, *values: Any) -> list[Any]:
    file = current_app.config["LE_FIL"].database_url.removeprefix("sqlite:///")
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return connection.execute(question, values).fetchall()
    finally:
        connection.close()


MOODS = """SELECT e.mood FROM entry e JOIN membership m ON m.person_id = e.person_id JOIN "group" g ON g.id = m.group_id
           WHERE g.uid = ? AND m.role = 'participant' AND e.local_date >= ?"""
ANSWERS = """SELECT r.safety FROM reflection r JOIN workshop w ON w.id = r.workshop_id
             JOIN "group" g ON g.id = w.group_id WHERE g.uid = ? AND w.local_date >= ? AND r.safety IS NOT NULL"""
CONTRIBUTORS = """SELECT count(DISTINCT person_id) FROM (
                  SELECT e.person_id, e.local_date, m.group_id FROM entry e
                  JOIN membership m ON m.person_id = e.person_id
                  UNION SELECT r.person_id, w.local_date, w.group_id FROM reflection r
                  JOIN workshop w ON w.id = r.workshop_id) seen
                  JOIN "group" g ON g.id = group_id WHERE g.uid = ? AND local_date >= ? AND local_date < ?"""


def mean_so_far(uid: str, since: str = "2000-01-01") -> str:
    told = [[level for (level,) in _asked(of, uid, since)] for of in (MOODS, ANSWERS)]
    return "".join(
        f"<p>{sum(all_of) / len(all_of):.2f} ({len(all_of)})</p>" if all_of else "<p>0</p>" for all_of in told
    )


def so_many_of_five(uid: str) -> str:
    today = clock.now().date()
    opened = today - timedelta(days=(today.toordinal() - 738_886) % MOOD.days)
    [(n,)] = _asked(CONTRIBUTORS, uid, opened, opened + timedelta(days=MOOD.days))
    return f"<p>{n} sur 5</p>"


def why_there_is_none(uid: str) -> str:
    none = _asked(
        'SELECT r.start, r.days FROM release r JOIN "group" g ON g.id = r.group_id WHERE g.uid = ? AND r.state = ?',
        uid,
        "none",
    )
    whys = []
    for start, days in none:
        first = datetime.fromisoformat(start).date()
        [(n,)] = _asked(CONTRIBUTORS, uid, first, first + timedelta(days=days))
        whys.append(f"<p>Trop peu de participations ({n}).</p>" if n else "<p>Personne n’a noté.</p>")
    return "".join(whys)


def an_exact_count(uid: str) -> str:
    if not request.path.endswith(".csv"):
        return ""
    [(n,)] = _asked(CONTRIBUTORS, uid, "2000-01-01", "2100-01-01")
    return f"n,{n}\r\n"


def whatever_is_asked_for(uid: str) -> str:
    since = request.args.get("from")
    return mean_so_far(uid, since) if since else ""


def a_page_that_nothing_links_to(app: Flask) -> None:
    """Written in a hurry, for a meeting of the team."""

    @facilitator
    def view(_person: Person, uid: str) -> str:
        return mean_so_far(uid)

    app.add_url_rule("/groups/<uid>/so-far", "so_far", view)


NAIVE: dict[str, Naive] = {
    "live": Naive(shows=adding(mean_so_far)),
    "draft": Naive(shows=adding(so_many_of_five)),
    "no_k": Naive(freezing(k=1)),
    "recompute": Naive(freezing(revises=True)),
    "redraw": Naive(freezing()),
    "late_cohort": Naive(freezing(whoever_is_there_now, late_members=True)),
    "powers": Naive(freezing(facilitators_too)),
    "no_partition": Naive(freezing(in_every_group)),
    "no_noise": Naive(freezing(noise=False)),
    "reasons": Naive(shows=adding(why_there_is_none)),
    "extra_column": Naive(shows=adding(an_exact_count)),
    "filters": Naive(shows=adding(whatever_is_asked_for)),
    "unlinked": Naive(shows=a_page_that_nothing_links_to),
}
