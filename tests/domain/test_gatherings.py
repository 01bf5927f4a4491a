"""A group's story is told by its dates alone: a week counts once, a season goes from one summer to the next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wellbeing.domain.gatherings import season_of, story_of

DATES = some.lists(some.dates(date(1990, 1, 1), date(2060, 1, 1)), max_size=40)


def test_before_the_first_date_there_is_no_story() -> None:
    assert story_of([]) is None


def test_a_week_counts_once_however_often_the_group_met() -> None:
    story = story_of([date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 15), date(2026, 3, 16)])
    assert story
    assert (story.weeks, story.first) == (2, date(2026, 3, 9))
    (season,) = story.seasons
    assert (season.year, season.weeks, season.first, season.last) == (2025, 2, date(2026, 3, 9), date(2026, 3, 16))


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2025, 7, 31), 2024), (date(2025, 8, 1), 2025), (date(2026, 1, 1), 2025), (date(2024, 2, 29), 2023)],
)
def test_a_season_begins_with_august(day: date, year: int) -> None:
    assert season_of(day) == year


@given(DATES)
def test_the_story_holds_every_date_once_and_nothing_else(held: list[date]) -> None:
    story = story_of(held)
    if story is None:
        assert not held
        return
    assert story.weeks == len({day.isocalendar()[:2] for day in held})
    assert story == story_of(list(reversed(held))) == story_of(held * 2)
    assert [season.year for season in story.seasons] == sorted({season_of(day) for day in held})
    for season in story.seasons:
        days = [day for day in held if season_of(day) == season.year]
        assert (season.first, season.last) == (min(days), max(days))
        assert season.weeks == len({day - timedelta(day.weekday()) for day in days})
    # the week in which July ends may belong to two seasons
    assert story.weeks <= sum(season.weeks for season in story.seasons) <= story.weeks + len(story.seasons) - 1


@given(DATES, some.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_one_more_date_never_takes_a_week_away(held: list[date], also: date) -> None:
    before, after = story_of(held), story_of([*held, also])
    assert after
    assert (before.weeks if before else 0) <= after.weeks
