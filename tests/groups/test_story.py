"""The story of a group: the same bytes for who takes part and for the team, from dates alone, and nobody in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.groups.record import workshops_of
from tests.home.test_today import statements
from wellbeing.db import db, transaction
from wellbeing.models.workshop import Cancellation


def story(page: str) -> str | None:
    found = re.search(r'<section class="card" id="story".*?</section>', page, re.DOTALL)
    return found[0] if found else None


def address(cast: Cast, group: str = "Willow") -> str:
    return f"/groups/{cast.groups[group].uid}"


def cancel(cast: Cast, group: str, place: int) -> None:
    with cast.app.app_context(), transaction():
        workshop = workshops_of(cast, cast.groups[group])[place]
        db.session.add(Cancellation(workshop_id=workshop.id, group_id=workshop.group_id, cancelled_at=cast.now))


def test_everyone_in_the_group_reads_the_very_same_story(cast: Cast) -> None:
    for weeks in (1, 2, 3, 60):
        cast.workshop("Willow", cast.now - timedelta(weeks=weeks))
    cast.workshop("Oak", cast.now - timedelta(weeks=9))
    told = {name: story(cast.browser(name).get(address(cast)).text) for name in ("Ana", "Ben", "Fay")}
    assert len(set(told.values())) == 1
    said = told["Ana"]
    assert said
    assert "Le groupe s’est retrouvé 5 semaines." in said
    assert "Première séance\u00a0: mercredi 15 janvier 2025. Lieu\u00a0: Salle des Tilleuls." in said
    assert "Saison 2024–2025\u00a0: 1 semaine, janvier 2025." in said
    assert "Saison 2025–2026\u00a0: 4 semaines, février – mars 2026." in said
    assert not any(name in said for name in ("Ana", "Ben", "Fay", CANARY))


def test_a_date_to_come_or_cancelled_is_no_part_of_it_and_who_came_changes_nothing(cast: Cast) -> None:
    fay, ana = cast.browser("Fay"), cast.browser("Ana")
    before = story(fay.get(address(cast)).text)
    assert before
    assert "Le groupe s’est retrouvé 1 semaine." in before  # yesterday; two more are to come
    held = workshops_of(cast, cast.groups["Willow"])[0]
    assert ana.put(f"/workshops/{held.uid}/attendance").status_code == 303
    fay.post(f"{address(cast)}/workshops/{held.uid}/headcount", data={"present": "9"})
    assert story(fay.get(address(cast)).text) == before
    cancel(cast, "Willow", 0)
    assert story(fay.get(address(cast)).text) is None
    assert story(ana.get(address(cast)).text) is None


def test_a_session_that_is_running_is_told_once_it_is_over(cast: Cast, clock: Clock) -> None:
    cancel(cast, "Willow", 0)
    clock.set(workshops_of(cast, cast.groups["Willow"])[1].starts_at + timedelta(minutes=30))
    assert story(cast.browser("Ana").get(address(cast)).text) is None
    clock.advance(hours=2)
    assert story(cast.browser("Ana").get(address(cast)).text)


def test_years_of_dates_ask_no_more_of_the_database(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.get(address(cast))
    with statements(cast) as first:
        ana.get(address(cast))
    for weeks in range(1, 120):
        cast.workshop("Willow", cast.now - timedelta(weeks=weeks))
    with statements(cast) as later:
        assert "Le groupe s’est retrouvé 120 semaines." in ana.get(address(cast)).text
    assert len(later) == len(first)


@pytest.mark.parametrize("name", ["Cleo", "Gus", "Sam"])
def test_the_story_of_another_group_is_not_found(cast: Cast, name: str) -> None:
    assert cast.browser(name).get(address(cast)).status_code == 404


def test_the_story_in_english(cast: Cast) -> None:
    cast.workshop("Willow", datetime(2025, 10, 1, 18, tzinfo=UTC))
    ben = cast.browser("Ben")
    ben.post("/locale", data={"locale": "en"})
    said = story(ben.get(address(cast)).text)
    assert said
    assert "The group has met in 2 weeks." in said
    assert "Season 2025–2026: 2 weeks, October 2025 – March 2026." in said
