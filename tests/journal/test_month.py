"""The month: each day with its shape and its word, said in a sentence first."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.cast import Cast
from tests.journal.record import note_mood
from wellbeing.journal.months import month_of


@pytest.fixture(autouse=True)
def noise(cast: Cast) -> None:
    note_mood(cast, "Cleo", 1, felt_at="2026-03-05")


def labels(cast: Cast, address: str = "/journal", name: str = "Ana") -> dict[str, str]:
    shown = cast.browser(name).get(address).text
    days = re.findall(r'<a class="day[^"]*"[^>]*href="/journal/([\d-]+)"[^>]*><span class="unseen">([^<]+)<', shown)
    return dict(days)


def test_each_day_says_its_date_and_its_mood(cast: Cast) -> None:
    note_mood(cast, "Ana", 4, felt_at="2026-03-03")
    for mood in (1, 4):
        note_mood(cast, "Ana", mood, felt_at="2026-03-01")
    found = labels(cast)
    assert found["2026-03-03"] == "3 mars\u00a0: bien"
    assert found["2026-03-01"] == "1er mars\u00a0: 2 notes, en général moyen"
    assert found["2026-03-05"] == "5 mars\u00a0: rien de noté"
    assert list(found) == [f"2026-03-{n:02d}" for n in range(1, 12)]  # no day to come is a link


def test_the_sentence_comes_before_the_calendar(cast: Cast) -> None:
    assert "Vos notes paraîtront ici, pour vous seulement." in cast.browser("Ana").get("/journal").text
    note_mood(cast, "Ana", 5, felt_at="2026-03-02")
    assert "En mars 2026\u00a0: 1 jour noté, très bien." in cast.browser("Ana").get("/journal").text
    for day, mood in (("03", 2), ("04", 2)):
        note_mood(cast, "Ana", mood, felt_at=f"2026-03-{day}")
    shown = cast.browser("Ana").get("/journal").text
    assert "En mars 2026\u00a0: 3 jours notés. Le plus souvent\u00a0: difficile." in shown
    assert shown.index("Le plus souvent") < shown.index("<table")
    assert "<caption>" in shown


def test_other_months_are_one_step_away(cast: Cast) -> None:
    ana = cast.browser("Ana")
    assert 'href="/journal?month=2026-02"' in ana.get("/journal").text
    assert 'href="/journal?month=2026-04"' not in ana.get("/journal").text
    february = ana.get("/journal?month=2026-02").text
    assert "En février 2026\u00a0: rien de noté." in february
    assert 'href="/journal?month=2026-03"' in february
    assert 'href="/journal?month=2025-12"' in ana.get("/journal?month=2026-01").text


@pytest.mark.parametrize("month", ["2026-13", "2026", "mars", "1899-12", "9999-12", "2026-3", "٢٠٢٦-٠٣"])
def test_a_month_that_is_none_is_not_found(cast: Cast, month: str) -> None:
    assert cast.browser("Ana").get("/journal", query_string={"month": month}).status_code == 404


def test_the_first_month_of_all_has_a_page(cast: Cast) -> None:
    assert cast.browser("Ana").get("/journal?month=1900-01").status_code == 200


@pytest.mark.parametrize("day", ["2026-02-30", "hier", "2026-3-1", "1899-12-31", "9999-12-31"])
def test_a_day_that_is_none_is_not_found(cast: Cast, day: str) -> None:
    assert cast.browser("Ana").get(f"/journal/{day}").status_code == 404


def test_a_past_day_can_be_noted_and_a_day_to_come_cannot(cast: Cast) -> None:
    ana = cast.browser("Ana")
    past = ana.get("/journal/2026-03-09").text
    assert 'name="day" value="2026-03-09"' in past
    assert "Rien de noté ce jour-là." in past
    assert 'name="mood"' not in ana.get("/journal/2026-03-12").text
    answer = ana.post("/journal", data={"day": "2026-03-09", "time": "", "mood": "4"})
    assert re.fullmatch(r"/journal/entries/[0-9a-f]{32}\?saved=1", answer.headers["Location"])
    assert "Noté\u00a0: bien." in ana.get(answer.headers["Location"]).text


def test_a_month_in_english(cast: Cast) -> None:
    cast.takes_part("Wendy", "Willow", locale="en")
    note_mood(cast, "Wendy", 4, felt_at="2026-03-03")
    assert labels(cast, name="Wendy")["2026-03-03"] == "3 March: good"


def test_weeks_begin_on_monday_and_hold_seven_squares() -> None:
    month = month_of(date(2026, 3, 1), {date(2026, 3, 1): [5], date(2026, 3, 31): [2, 2]})
    assert [len(week) for week in month.weeks] == [7] * 6
    assert month.weeks[0][:6] == [None] * 6
    first = month.weeks[0][6]
    assert first is not None
    assert (first.date, first.mood) == (date(2026, 3, 1), 5)
    assert (month.before, month.after, month.days_noted) == (date(2026, 2, 1), date(2026, 4, 1), 2)


@pytest.mark.parametrize(("moods", "usual"), [([3, 4, 4], 4), ([2, 4], 4), ([4, 2], 2), ([], None)])
def test_the_usual_mood_is_the_one_of_most_days_and_of_several_the_latest(moods: list[int], usual: int | None) -> None:
    noted = {date(2026, 3, n): [mood] for n, mood in enumerate(moods, start=1)}
    assert month_of(date(2026, 3, 1), noted).usual == usual
