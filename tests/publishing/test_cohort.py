"""Who counts for a figure: settled when the block opens, by the person's own choice, and by nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.crowd import CREATED, FIRST, FIRST_DUE, Crowd, block
from wellbeing.db import db, transaction
from wellbeing.domain.trends import MOOD, Block
from wellbeing.models.group import Group
from wellbeing.publishing.cohort import values_of

OPENS = datetime(2026, 1, 12, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
Change = Callable[[Crowd, str], object]


def values(app: Flask, crowd: Crowd, group: str = "Willow", first: date = FIRST, days: int = 14) -> list[int]:
    with app.app_context():
        return sorted(values_of(MOOD, crowd.groups[group].id, Block(first, days), FIRST_DUE))


def joined(crowd: Crowd, name: str) -> None:
    crowd.joins(name, "Willow")
    crowd.agrees(name)
    crowd.chooses(name, "Willow", FIRST)


def left_for_an_hour(crowd: Crowd, name: str) -> None:
    joined(crowd, name)
    crowd.leaves(name, "Willow", OPENS + AN_HOUR)
    crowd.joins(name, "Willow", OPENS + 2 * AN_HOUR)


def took_it_back_for_an_hour(crowd: Crowd, name: str) -> None:
    joined(crowd, name)
    crowd.takes_back(name, OPENS + AN_HOUR)
    crowd.agrees(name, OPENS + 2 * AN_HOUR)


def never_agreed(crowd: Crowd, name: str) -> None:
    crowd.joins(name, "Willow")
    crowd.chooses(name, "Willow", FIRST)


def agreed_as_it_opened(crowd: Crowd, name: str) -> None:
    never_agreed(crowd, name)
    crowd.agrees(name, OPENS)


def joined_as_it_opened(crowd: Crowd, name: str) -> None:
    crowd.joins(name, "Willow", OPENS)
    crowd.agrees(name)
    crowd.chooses(name, "Willow", FIRST)


def chose_it_for_later(crowd: Crowd, name: str) -> None:
    crowd.joins(name, "Willow")
    crowd.agrees(name)
    crowd.chooses(name, "Willow", block(1))


def after_joining(change: Change) -> Change:
    return lambda crowd, name: (joined(crowd, name), change(crowd, name))


COUNT: dict[str, Change] = {
    "was there, agreed, chose": joined,
    "led it until the hour it opened": after_joining(lambda c, who: c.leads(who, "Willow", CREATED, until=OPENS)),
    "was steward until then": after_joining(lambda c, who: c.stewards(who, CREATED, until=OPENS)),
    "left after the freeze": after_joining(lambda c, who: c.leaves(who, "Willow", FIRST_DUE + AN_HOUR)),
    "took it back after the freeze": after_joining(lambda c, who: c.takes_back(who, FIRST_DUE + AN_HOUR)),
    "takes part in two": after_joining(lambda c, who: c.joins(who, "Oak")),
}
DO_NOT: dict[str, Change] = {
    "joined as it opened": joined_as_it_opened,
    "left": after_joining(lambda c, who: c.leaves(who, "Willow", FIRST_DUE - AN_HOUR)),
    "left for an hour": left_for_an_hour,
    "led it for an hour": after_joining(
        lambda c, who: c.leads(who, "Willow", OPENS + AN_HOUR, until=OPENS + 2 * AN_HOUR)
    ),
    "leads elsewhere": after_joining(lambda c, who: c.leads(who, "Oak")),
    "was steward for an hour": after_joining(
        lambda c, who: c.stewards(who, FIRST_DUE - 2 * AN_HOUR, FIRST_DUE - AN_HOUR)
    ),
    "never agreed": never_agreed,
    "agreed as it opened": agreed_as_it_opened,
    "took it back": after_joining(lambda c, who: c.takes_back(who, FIRST_DUE - AN_HOUR)),
    "took it back for an hour": took_it_back_for_an_hour,
    "chose no group": after_joining(lambda c, who: c.chooses(who, None, FIRST)),
    "chose another": after_joining(lambda c, who: c.chooses(who, "Oak", FIRST)),
    "chose it for later": chose_it_for_later,
}


def test_only_who_was_there_agreed_and_chose_all_along_counts(app: Flask, crowd: Crowd) -> None:
    crowd.group("Oak")
    value_of = dict(zip([*COUNT, *DO_NOT], range(21, 41), strict=False))
    for name, change in {**COUNT, **DO_NOT}.items():
        crowd.person(name)
        crowd.feels_tenths(name, value_of[name])
        change(crowd, name)
    counted = [name for name, v in value_of.items() if v in values(app, crowd)]
    assert counted == list(COUNT)
    assert len(values(app, crowd)) == len(COUNT)


@pytest.fixture
def five(crowd: Crowd) -> Crowd:
    """Five people of Willow at 2, and Ana, who joined it too, at 4."""
    for name in crowd.contributors(5):
        crowd.feels_all_block(name, 2)
    crowd.person("Ana")
    joined(crowd, "Ana")
    crowd.feels_all_block("Ana", 4)
    return crowd


def test_nobody_counts_in_two_groups(app: Flask, five: Crowd) -> None:
    five.group("Oak")
    for name in five.contributors(5, "Oak"):
        five.feels_all_block(name, 3)
    five.joins("Ana", "Oak")
    assert values(app, five) == [20, 20, 20, 20, 20, 40]
    assert values(app, five, "Oak") == [30, 30, 30, 30, 30]


def test_someone_who_moves_in_the_middle_of_a_long_block_counts_nowhere_in_it(app: Flask, five: Crowd) -> None:
    five.group("Oak")
    five.joins("Ana", "Oak")
    five.chooses("Ana", "Oak", block(1))
    assert values(app, five, days=28) == [20, 20, 20, 20, 20]
    assert values(app, five, "Oak", days=28) == []


def test_a_group_that_is_deleted_gives_nobody_back_to_the_one_they_counted_for_before(app: Flask, five: Crowd) -> None:
    """No page deletes a group; a host might, in the database."""
    oak = five.group("Oak")
    five.joins("Ana", "Oak")
    five.chooses("Ana", "Oak", FIRST)
    five.chooses("Ana", "Willow", FIRST - timedelta(days=14))
    assert values(app, five) == [20, 20, 20, 20, 20]
    assert values(app, five, "Oak") == [40]
    with app.app_context(), transaction():
        db.session.execute(delete(Group).where(Group.id == oak.id))
    assert values(app, five) == [20, 20, 20, 20, 20]


def test_moods_of_other_days_and_imported_ones_never_count(app: Flask, five: Crowd) -> None:
    five.person("Ben")
    five.joins("Ben", "Willow")
    five.agrees("Ben")
    five.chooses("Ben", "Willow", FIRST)
    five.feels_all_block("Ben", 4, FIRST - timedelta(days=3))
    five.feels_all_block("Ben", 4, block(1))
    five.feels("Ben", {FIRST + timedelta(days=i): [4] for i in range(9)}, imported=True)
    five.feels("Ben", {FIRST: [4, 4, 4], FIRST + timedelta(days=13): [4]})
    assert values(app, five) == [20, 20, 20, 20, 20, 40]
    five.feels("Ben", {FIRST + timedelta(days=1): [2]})
    assert values(app, five) == [20, 20, 20, 20, 20, 33, 40]


def test_someone_who_erased_their_account_is_counted_nowhere(app: Flask, five: Crowd) -> None:
    five.erased("Ana")
    assert values(app, five) == [20, 20, 20, 20, 20]
