"""Across groups a steward learns how many groups, workshops and heads there are, and nothing that anybody noted."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.crowd import Crowd
from tests.report.conftest import MONDAY, NUMBERS, cancelled, held
from tests.trends.conftest import released
from wellbeing.db import db, transaction
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount

LATER = datetime(2027, 1, 6, 18, tzinfo=UTC)
COUNTS = "/organisation/counts"


@pytest.fixture
def association(app: Flask, clock: Clock) -> Crowd:
    """Willow counted five Mondays of 2026 and one of 2027, and cancelled one; Oak is closed; Sam is the steward."""
    crowd = Crowd(app)
    for group in ("Willow", "Oak"):
        crowd.group(group)
    crowd.leads("Fay", "Willow")
    crowd.contributor("Ana")
    crowd.stewards("Sam")
    for n, three in enumerate(NUMBERS):
        held(crowd, MONDAY + timedelta(weeks=n), three)
    cancelled(crowd, MONDAY + timedelta(weeks=5))
    held(crowd, LATER - timedelta(days=2), (40, 3, 2))
    cancelled(crowd, datetime(2028, 1, 6, 18, tzinfo=UTC))  # a date to come is counted nowhere
    with app.app_context(), transaction():
        db.session.query(Group).filter_by(id=crowd.groups["Oak"].id).update({"closed_at": LATER})
    clock.set(LATER)
    return crowd


def rows(page: str) -> dict[str, list[str]]:
    found = re.findall(r'<tr [^>]*data-year="(\d+)">(.*?)</tr>', page)
    return {year: re.findall(r"<td[^>]*>(.*?)</td>", cells) for year, cells in found}


def test_groups_workshops_and_heads_are_counted_year_by_year(association: Crowd) -> None:
    page = association.browser("Sam").get(COUNTS).text.replace("\u00a0", " ")
    assert "1 groupe en cours. 1 groupe fermé." in page
    assert "En 2027, séances tenues : 1, présences : 40." in page
    assert rows(page) == {"2027": ["1", "0", "40", "3", "2"], "2026": ["5", "1", "46", "6", "15"]}


def test_a_count_that_was_corrected_counts_once(association: Crowd) -> None:
    with association.app.app_context(), transaction():
        first = db.session.query(Headcount).order_by(Headcount.id).first()
        assert first is not None
        db.session.add(
            Headcount(
                workshop_id=first.workshop_id,
                group_id=first.group_id,
                present=9,
                without_phone=2,
                newcomers=9,
                counted_at=LATER,
            )
        )
    assert rows(association.browser("Sam").get(COUNTS).text)["2026"] == ["5", "1", "47", "6", "16"]


def test_no_group_and_no_level_is_on_it(association: Crowd) -> None:
    before = association.browser("Sam").get(COUNTS).data
    released(association, 0, (20, 5))
    after = association.browser("Sam").get(COUNTS)
    assert after.data == before
    assert "Willow" not in after.text
    assert "plutôt difficile" not in after.text
    assert "Aucun groupe n’est comparé à un autre." in after.text
    assert COUNTS in association.browser("Sam").get("/organisation").text


def test_before_anything_was_counted_it_says_so(app: Flask) -> None:
    crowd = Crowd(app)
    crowd.stewards("Sam")
    page = crowd.browser("Sam").get(COUNTS).text
    assert rows(page) == {}
    assert "0\u00a0groupe en cours." in page


def test_only_a_steward_opens_it(association: Crowd, app: Flask) -> None:
    assert [association.browser(name).get(COUNTS).status_code for name in ("Fay", "Ana")] == [404, 404]
    assert app.test_client().get(COUNTS).status_code == 303
