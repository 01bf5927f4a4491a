"""The year at a glance: a table of days under its colours, a sentence above, the months below."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.cast import CANARY, Cast
from tests.home.test_today import statements
from tests.journal.record import note_mood, rows
from wellbeing.domain.moods import day_mood
from wellbeing.journal.years import year_of

LINK = re.compile(r'<a class="pixel[^"]*" data-mood="(\d)" href="/journal/([\d-]+)"[^>]*><span class="unseen">([^<]+)<')


@pytest.fixture(autouse=True)
def noise(cast: Cast) -> None:
    note_mood(cast, "Cleo", 1, felt_at="2026-02-05", note=CANARY)


def labels(page: str) -> dict[str, str]:
    return {day: said for _, day, said in LINK.findall(page)}


def test_each_day_of_the_year_that_was_noted_says_its_date_and_its_mood(cast: Cast) -> None:
    note_mood(cast, "Ana", 4, felt_at="2026-03-03")
    for mood in (1, 4):
        note_mood(cast, "Ana", mood, felt_at="2026-01-01")
    page = cast.browser("Ana").get("/journal/2026").text
    assert labels(page) == {
        "2026-01-01": "1er janvier\u00a0: 2 notes, en général moyen",
        "2026-03-03": "3 mars\u00a0: bien",
    }
    assert "En 2026\u00a0: 2 jours notés. Le plus souvent\u00a0: bien." in page
    assert page.index("Le plus souvent") < page.index("<table")
    assert page.count('<th scope="col">') == 12
    assert page.count('<th scope="row">') == 31
    assert CANARY not in page


def test_no_day_speaks_by_its_colour_alone(cast: Cast) -> None:
    for mood in range(1, 6):
        note_mood(cast, "Ana", mood, felt_at=f"2026-03-0{mood}")
    page = cast.browser("Ana").get("/journal/2026").text
    cells = re.findall(r'<td><a class="pixel.*?</td>', page)
    assert [re.findall(r"#shape-(\d)", cell) for cell in cells] == [[str(mood)] for mood in range(1, 6)]
    for cell, word in zip(cells, ("très difficile", "difficile", "moyen", "bien", "très bien"), strict=True):
        assert f"\u00a0: {word}</span>" in cell


def test_each_month_so_far_is_a_large_way_in_that_says_what_it_holds(cast: Cast) -> None:
    note_mood(cast, "Ana", 4, felt_at="2026-02-03")
    page = cast.browser("Ana").get("/journal/2026").text
    months = re.findall(r'class="line" href="/journal\?month=([\d-]+)"><span class="line-words">([^<]+)<', page)
    assert [month for month, _ in months] == ["2026-01", "2026-02", "2026-03"]
    assert dict(months)["2026-02"] == "En février 2026\u00a0: 1 jour noté, bien."
    assert dict(months)["2026-01"] == "En janvier 2026\u00a0: rien de noté."


def test_other_years_are_one_step_away_and_none_is_to_come(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert 'href="/journal/2026"' in ana.get("/journal?month=2026-02").text
    assert 'href="/journal/2025"' in ana.get("/journal?month=2025-12").text
    now = ana.get("/journal/2026").text
    assert 'href="/journal/2025"' in now
    assert 'href="/journal/2027"' not in now
    before = ana.get("/journal/2025").text
    assert 'href="/journal/2026"' in before
    assert "En 2025\u00a0: rien de noté." in before


@pytest.mark.parametrize("number", ["0000", "1899", "9999", "26", "02026", "٢٠٢٦", "-2026", "2026.0"])
def test_a_year_that_no_journal_holds_is_not_found(cast: Cast, number: str) -> None:
    assert cast.browser("Ana").get(f"/journal/{number}").status_code == 404


@pytest.mark.parametrize("number", [1900, 2024, 9998])
def test_the_first_year_and_a_leap_year_have_their_pages(cast: Cast, number: int) -> None:
    assert cast.browser("Ana").get(f"/journal/{number}").status_code == 200


def test_the_year_is_its_owners_alone(cast: Cast) -> None:
    assert labels(cast.browser("Cleo").get("/journal/2026").text).keys() == {"2026-02-05"}
    assert labels(cast.browser("Ben").get("/journal/2026").text) == {}
    asked = cast.stranger().get("/journal/2026")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/journal/2026")


def test_looking_at_a_year_changes_nothing_and_asks_as_much_of_a_full_one(cast: Cast) -> None:
    ana = cast.browser("Ana")
    ana.get("/journal/2026")
    with statements(cast) as empty:
        ana.get("/journal/2026")
    for day in range(40):
        note_mood(cast, "Ana", day % 5 + 1, felt_at=str(cast.now.date() - timedelta(days=day)), note="x")
    before = rows(cast.app, "SELECT * FROM entry"), rows(cast.app, "SELECT * FROM operation")
    with statements(cast) as full:
        assert len(labels(ana.get("/journal/2026").text)) == 40
    assert len(full) == len(empty) <= 5
    assert (rows(cast.app, "SELECT * FROM entry"), rows(cast.app, "SELECT * FROM operation")) == before


def test_the_simple_version_has_the_sentences_and_no_colours(cast: Cast) -> None:
    note_mood(cast, "Ana", 4, felt_at="2026-03-03")
    ana = cast.browser("Ana")
    ana.post("/display", data={"simple": "1"})
    page = ana.get("/journal/2026").text
    assert "En 2026\u00a0: 1 jour noté, bien." in page
    assert "<h1>Mois par mois, 2026</h1>" in page
    assert "<table" not in page
    assert "couleurs" not in page + ana.get("/journal").text


def test_a_year_in_english(cast: Cast) -> None:
    cast.takes_part("Wendy", "Willow", locale="en")
    note_mood(cast, "Wendy", 4, felt_at="2026-03-03")
    page = cast.browser("Wendy").get("/journal/2026").text
    assert labels(page) == {"2026-03-03": "3 March: good"}
    assert "In 2026: 1 day noted, good." in page


@given(
    some.integers(1900, 9998), some.dictionaries(some.integers(-40, 405), some.lists(some.integers(1, 5), min_size=1))
)
def test_every_day_of_a_year_stands_once_in_its_own_month_and_no_other_day_does(
    number: int, noted: dict[int, list[int]]
) -> None:
    first = date(number, 1, 1)
    moods = {first + timedelta(days=day): said for day, said in noted.items() if number > 1900 or day >= 0}
    year = year_of(number, moods)
    placed = [
        (row, column, square)
        for row, squares in enumerate(year.rows)
        for column, square in enumerate(squares)
        if square is not None
    ]
    assert all((square.date.day, square.date.month) == (row + 1, column + 1) for row, column, square in placed)
    days = sorted(square.date for _, _, square in placed)
    assert days == [first + timedelta(days=n) for n in range((date(number + 1, 1, 1) - first).days)]
    held = {square.date: square.mood for _, _, square in placed if square.notes}
    assert held == {day: day_mood(said) for day, said in moods.items() if day.year == number}
    assert year.days_noted == len(held)
    assert (year.usual is None) == (not held)
    assert year.usual is None or list(held.values()).count(year.usual) == max(
        map(list(held.values()).count, held.values())
    )
