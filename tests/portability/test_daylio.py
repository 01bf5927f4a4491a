"""A journal kept in Daylio comes along: its dates in many languages, its own names of moods, its activities."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from wellbeing.portability.brought import Held
from wellbeing.portability.forms import first_ideas, matched
from wellbeing.portability.reading.files import read
from wellbeing.portability.reading.moments import day_of, hour_of
from wellbeing.portability.refusals import MoodsNotMatched, WrongLine

NOW = datetime(2026, 3, 11, 18, tzinfo=UTC)
HEADER = "full_date,date,weekday,time,mood,activities,note_title,note\r\n"
FRENCH = HEADER + (
    '2026-03-08,8 mars,dimanche,21:05,bien,"marche | amis","Une soirée","Deux lignes,\nde <b>mots</b><br>et fin"\r\n'
    '2026-03-07,7 mars,samedi,08:30,patraque,"","",""\r\n'
    '2026-03-07,7 mars,samedi,08:30,patraque,"","","encore"\r\n'
)
ENGLISH = HEADER + (
    '2026-03-08,March 8,Sunday,9:05 PM,rad,"walk | friends","",""\r\n'
    '2026-03-07,March 7,Saturday,12:15 AM,meh,"","",""\r\n'
)  # fmt: skip


def reading(content: str, locale: str = "fr", zone: str = "Europe/Paris") -> Held:
    return read(content.encode(), zone, locale, NOW)


def moments(held: Held) -> list[str]:
    return [one.felt_at.isoformat() for one in held.entries]


def test_hours_of_a_clock_of_twenty_four_and_words_that_cross_lines() -> None:
    held = reading(FRENCH)
    assert moments(held) == ["2026-03-08T21:05:00+01:00", *["2026-03-07T08:30:00+01:00"] * 2]
    assert held.names == {"patraque": 2, "bien": 1}
    assert held.entries[0].note == "Une soirée\nDeux lignes,\nde mots\net fin\nmarche | amis"
    assert held.entries[1].note is None
    assert len({one.uid for one in held.entries}) == 3


def test_hours_of_a_clock_of_twelve() -> None:
    assert moments(reading(ENGLISH, "en")) == ["2026-03-08T21:05:00+01:00", "2026-03-07T00:15:00+01:00"]


def test_names_of_ones_own_are_matched_and_the_usual_ones_have_a_first_idea() -> None:
    held = reading(FRENCH)
    assert first_ideas(held) == {"patraque": None, "bien": 4}
    assert first_ideas(reading(ENGLISH)) == {"rad": 5, "meh": 3}
    with pytest.raises(MoodsNotMatched):
        matched(held, first_ideas(held))
    assert [one.mood for one in matched(held, {"patraque": 2, "bien": 5}).entries] == [5, 2, 2]


def test_a_mood_is_known_again_whatever_the_zone_and_the_levels() -> None:
    here, there = reading(FRENCH), reading(FRENCH, zone="America/Montreal")
    assert [one.uid for one in here.entries] == [one.uid for one in there.entries]
    assert [one.uid for one in here.matched({"patraque": 1, "bien": 1}).entries] == [one.uid for one in here.entries]


def test_an_older_table_writes_its_year_apart() -> None:
    held = reading("year,date,weekday,time,mood,activities,note\r\n2017,31 janvier,mardi,21:05,bof,,\r\n")
    assert moments(held) == ["2017-01-31T21:05:00+01:00"]
    held = reading("year,date,weekday,time,mood,activities,note\r\n2017,January 31,Tuesday,9:05 pm,meh,,\r\n")
    assert moments(held) == ["2017-01-31T21:05:00+01:00"]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-08", "2026-03-08"), ("2026/3/8", "2026-03-08"), ("8.3.2026", "2026-03-08"),
        ("8 mars 2026", "2026-03-08"), ("1er mars 2026", "2026-03-01"), ("8. März 2026", "2026-03-08"),
        ("8 de marzo de 2026", "2026-03-08"), ("8 marzo 2026", "2026-03-08"), ("8 de março de 2026", "2026-03-08"),
        ("8 maart 2026", "2026-03-08"), ("March 8, 2026", "2026-03-08"), ("12 févr. 2026", "2026-02-12"),
        ("8 août 2025", "2025-08-08"), ("Dec 8 2025", "2025-12-08"),
    ],
)  # fmt: skip
def test_days_are_read_in_seven_languages(written: str, day: str) -> None:
    assert str(day_of(written, days_first=True)) == day
    assert str(day_of(written, days_first=False)) == day


@pytest.mark.parametrize("written", ["", "hier", "30 février 2026", "2026-13-01", "8 mars", "8 2026", "8 mars avril"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert day_of(written, days_first=True) is None


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("", "12:00"), ("9:05", "09:05"), ("21:05:30", "21:05"), ("21 h 05", "21:05"), ("21\u202fh\u202f05", "21:05"),
        ("9.05", "09:05"), ("12:00 AM", "00:00"), ("12:30 p. m.", "12:30"), ("9:05\u202fPM", "21:05"),
        ("25:00", None), ("9:60", None), ("13:00 pm", None), ("neuf heures", None),
    ],
)  # fmt: skip
def test_hours_are_read_as_phones_write_them(written: str, hour: str | None) -> None:
    assert hour_of(written) == hour


def test_of_two_ways_to_read_a_day_the_file_itself_decides() -> None:
    def days(rows: list[tuple[str, str]], locale: str) -> list[str]:
        table = HEADER + "".join(f"{full},{day},,12:00,bien,,,\r\n" for full, day in rows)
        return [str(one.felt_at.date()) for one in reading(table, locale).entries]

    assert days([("03/04/2025", ""), ("25/04/2025", "")], "en") == ["2025-04-03", "2025-04-25"]
    assert days([("03/04/2025", ""), ("04/25/2025", "")], "fr") == ["2025-03-04", "2025-04-25"]
    assert days([("03/04/2025", "March 4")], "fr") == ["2025-03-04"]
    assert days([("03/04/2025", "3 avril")], "en") == ["2025-04-03"]
    assert days([("03/04/2025", "")], "fr") == ["2025-04-03"]
    assert days([("03/04/2025", "")], "en") == ["2025-03-04"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("hier,,,12:00,bien,,,", "data.bad_date"), ("2026-03-08,,,midi,bien,,,", "data.bad_date"),
        ("2030-03-08,,,12:00,bien,,,", "data.bad_date"), ("2026-03-08,,,12:00,,,,", "data.bad_mood"),
        (f"2026-03-08,,,12:00,bien,,,{'a' * 4001}", "data.bad_note"),
        ('2026-03-08,,,12:00,bien,,,"', "data.bad_columns"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_with_the_line_on_which_it_begins(row: str, reason: str) -> None:
    with pytest.raises(WrongLine) as refused:
        reading(FRENCH + row)
    assert (refused.value.line, refused.value.reason) == (6, reason)


def test_more_names_than_anybody_has_moods_is_no_journal() -> None:
    rows = "".join(f"2026-03-08,,,12:00,humeur {n},,,\r\n" for n in range(61))
    with pytest.raises(WrongLine):
        reading(HEADER + rows)
