"""What docs/privacy.md tells a data-protection officer of the budget is what the mechanism spends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from wellbeing.config import ROOT
from wellbeing.domain.crowds import EPOCH
from wellbeing.domain.figures import EXPERIENCE, ITEMS, LIFT, MOOD, PROFILE, SEASON, Item
from wellbeing.domain.trends import blocks

FAR = timedelta(days=2000)
START = EPOCH + timedelta(days=10 * SEASON)  # a season's first day
LONG_AGO = START - timedelta(days=2 * SEASON)


def told(row: str) -> list[int]:
    """The numbers of one row of the table."""
    text = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    [cells] = re.findall(rf"^\| {re.escape(row)} \|(.+)\|$", text, flags=re.MULTILINE)
    return [int(cell) for cell in cells.split("|")]


def spent(created: date, first: date, items: Iterable[Item] = ITEMS) -> list[int]:
    """ε by kind of figure, of every block that shares a day with the 84 from `first` on, and the sum."""
    last = first + timedelta(days=SEASON)
    by_kind = dict.fromkeys(("mood", "lift", "experience", "profile"), 0)
    for item in items:
        cells = [b for b in blocks(item, created, first + FAR) if b.start < last and b.end > first]
        by_kind[item.name.split(".")[0]] += len(cells) * item.eps
    return [*by_kind.values(), sum(by_kind.values())]


def test_the_budget_of_twelve_weeks_is_the_one_that_is_told() -> None:
    reinforced = [item.reinforced() for item in ITEMS]
    young = START - timedelta(days=1)
    assert told("12 weeks on the boundaries of periods, young group") == spent(young, START)
    assert told("the same, group older than 12 weeks") == spent(LONG_AGO, START)
    assert told("12 weeks, reinforced, young group") == spent(young, START, reinforced)
    assert told("12 weeks, reinforced, older group") == spent(LONG_AGO, START, reinforced)


def test_the_worst_of_all_84_days_is_the_one_that_is_told() -> None:
    young = [START - timedelta(days=days) for days in range(1, 30)]
    found = [spent(created, START + timedelta(days=days)) for created in young for days in range(SEASON)]
    assert told("any 84 days, at worst") == [max(column) for column in zip(*found, strict=True)]


def test_one_reflection_and_one_mood_cost_what_is_told() -> None:
    by_turns = [item for item in PROFILE if item.name != "profile.size"]  # of belonging and size one is asked
    profile = sum(item.eps for item in by_turns)
    assert told("one session") == [0, LIFT.eps, EXPERIENCE.eps, profile, LIFT.eps + EXPERIENCE.eps + profile]
    assert told("one mood") == [MOOD.eps, 0, 0, 0, MOOD.eps]
