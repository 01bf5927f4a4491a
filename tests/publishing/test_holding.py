"""A number called wrong holds up what its group's figures would be; the mode of a block is that of its opening."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.crowd import CREATED, FIRST, FIRST_DUE, LONG_DUE, SEASON_DUE, Crowd
from tests.publishing.conftest import Chance
from wellbeing.db import db, transaction
from wellbeing.domain.trends import EXPERIENCE, LIFT, MOOD, PROFILE, Block, Item
from wellbeing.models.flag import Flag
from wellbeing.models.reinforced import Reinforced
from wellbeing.publishing.cohort import values_of

Rows = Callable[[], list[dict[str, Any]]]
Freeze = Callable[[datetime], None]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def six(crowd: Crowd) -> Crowd:
    """Six people of Willow and six of Oak who noted moods all along the first block."""
    crowd.group("Oak")
    for group in ("Willow", "Oak"):
        for name in crowd.contributors(6, group):
            crowd.feels_all_block(name, 3)
    return crowd


def flagged(crowd: Crowd, raised_at: datetime, settled_at: datetime | None = None, verdict: str | None = None) -> None:
    with crowd.app.app_context(), transaction():
        db.session.query(Flag).delete()
        db.session.add(
            Flag(
                uid=secrets.token_hex(16),
                group_id=crowd.groups["Willow"].id,
                number="size",
                day=raised_at.date(),
                shown=6,
                raised_at=raised_at,
                settled_at=settled_at,
                verdict=verdict,
            )
        )


def states(crowd: Crowd, rows: Rows, group: str = "Willow") -> list[str]:
    return [row["state"] for row in rows() if row["group_id"] == crowd.groups[group].id]


@pytest.mark.parametrize(("verdict", "found"), [("right", ["published"]), ("wrong", ["none"])])
def test_nothing_of_the_group_is_frozen_until_the_number_is_settled(
    six: Crowd, freeze: Freeze, rows: Rows, verdict: str, found: list[str]
) -> None:
    flagged(six, FIRST_DUE - DAY)
    freeze(FIRST_DUE)
    assert (states(six, rows), states(six, rows, "Oak")) == ([], ["published"])
    flagged(six, FIRST_DUE - DAY, FIRST_DUE + 6 * DAY, verdict)
    freeze(FIRST_DUE + 6 * DAY)
    assert states(six, rows) == found


@pytest.mark.parametrize(("settled", "days"), [(None, 7), (None, 20), ("right", 8)])
def test_a_number_settled_too_late_leaves_the_block_without_a_figure(
    six: Crowd, freeze: Freeze, rows: Rows, chance: Chance, settled: str | None, days: int
) -> None:
    raised = FIRST_DUE - 21 * DAY
    freeze(FIRST_DUE - HOUR)
    flagged(six, raised if settled is None else FIRST_DUE - HOUR)
    freeze(FIRST_DUE)
    asked = chance.asked
    if settled:
        flagged(six, FIRST_DUE - HOUR, FIRST_DUE + days * DAY, settled)
    freeze(FIRST_DUE + days * DAY)
    assert states(six, rows)[:1] == ["none"]
    assert chance.asked == asked  # Oak's, and nothing of Willow's


def test_a_block_is_drawn_in_the_mode_it_opened_in(app: Flask, six: Crowd, freeze: Freeze, rows: Rows) -> None:
    opens = datetime(2026, 1, 12, tzinfo=FIRST_DUE.tzinfo)
    spans = [(CREATED, opens), (opens + HOUR, opens + 5 * DAY), (opens + 30 * DAY, None)]
    with app.app_context(), transaction():
        db.session.add_all(Reinforced(since=since, until=until) for since, until in spans)
    freeze(FIRST_DUE)
    assert {(row["state"], row["mechanism"]) for row in rows()} == {("published", "1/k5/e2")}
    with app.app_context(), transaction():
        db.session.query(Reinforced).delete()
        db.session.add(Reinforced(since=opens, until=opens + HOUR))
    six.forgets_releases()
    six.app.config["LE_FIL"].instance.joinpath("releases.jsonl").unlink()
    freeze(FIRST_DUE)
    assert {(row["state"], row["mechanism"]) for row in rows()} == {("none", "1/k10/e1")}


def _note(asked: list[str], *said: Any) -> None:
    asked.append(said[2])


@pytest.mark.parametrize("item", [MOOD, LIFT, EXPERIENCE, PROFILE[0]], ids=lambda item: item.name)
def test_twenty_five_people_are_read_in_as_many_statements_as_five(app: Flask, crowd: Crowd, item: Item) -> None:
    evening = datetime(2026, 2, 4, 18, 30, tzinfo=FIRST_DUE.tzinfo)
    block = Block(FIRST, 14) if item is MOOD else Block(FIRST + 14 * DAY, item.days)
    counts, people = [], 0
    for more in (5, 20):
        for n in range(people, people + more):
            name = crowd.contributor(f"one {n}")
            crowd.feels_all_block(name, 3)
            crowd.tells(name, crowd.meeting("Willow", evening), {"before_mood": 3, "after_mood": 4, "interaction": 4,
                                                               "cooperation": 4, "exchange": 5})  # fmt: skip
        people += more
        asked: list[str] = []
        with app.app_context():
            listen = partial(_note, asked)
            event.listen(db.engine, "before_cursor_execute", listen)
            now = {MOOD.name: FIRST_DUE, PROFILE[0].name: SEASON_DUE}.get(item.name, LONG_DUE)
            assert len(values_of(item, crowd.groups["Willow"].id, block, now)) == people
            event.remove(db.engine, "before_cursor_execute", listen)
        counts.append(len([statement for statement in asked if statement.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 8
