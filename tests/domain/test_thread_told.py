"""What docs/thread.md says of the thread is what it does."""

from __future__ import annotations

import re

import pytest

from tests.domain.lives import after, seen, written
from wellbeing.config import ROOT
from wellbeing.domain import days, presence, reminders, streaks, weeks
from wellbeing.domain.streaks import streak_on

TOLD = (ROOT / "docs" / "thread.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([KMN]+|–) \| (\d+|–) \| (\d+) \| (\d+) \| (\w+) \| (\d/\d|–) \|$", re.MULTILINE)
ROWS = ROW.findall(TOLD)
RULES = dict(re.findall(r"^(\d+)\. (.+?)(?=^\d+\. |^## |^\||\Z)", TOLD, re.MULTILINE | re.DOTALL))


def test_every_row_is_tried_and_every_rule_has_its_number() -> None:
    assert len(ROWS) == 9
    assert list(RULES) == [str(number) for number in range(1, 18)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_table_says_what_the_thread_is(row: tuple[str, ...]) -> None:
    letters = row[0].replace("–", "")
    found = seen(streak_on(after(letters), written(letters)))
    regularity = f"{found.regularity[0]}/{found.regularity[1]}" if found.regularity else "–"
    said = ("–" if found.thread is None else str(found.thread), str(found.longest), str(found.kept_in_all))
    assert row[1:] == (*said, found.state, regularity)


def test_the_numbers_of_the_rules_are_those_of_the_code() -> None:
    *all_but_last, last = weeks.PACES
    said = {
        "1": f"{days.DAY_START:%H:%M}",
        "4": f"{', '.join(map(str, all_but_last))} or {last} days, {weeks.USUAL_PACE} unless they chose",
        "7": f"{streaks.FORGIVEN} at most",
        "8": f"up to {streaks.SILENT} it is **resting**, of which nothing is said; up to {streaks.FORGIVEN} it is",
        "9": f"the last {streaks.REGULARITY} weeks",
        "11": f"within {days.IN_TIME.days} days",
        "12": f"{presence.DECLARED_WITHIN.days} days after the end. A workshop’s code opens "
        f"{presence.OPENS_BEFORE.seconds // 60} minutes before the start and closes "
        f"{presence.CLOSES_AFTER.days * 24} hours after the end",
        "15": f"from {reminders.FIRST_HOUR}:00 to {reminders.QUIET_FROM}:00",
    }
    flat = {number: " ".join(text.split()) for number, text in RULES.items()}
    assert {number: text for number, text in said.items() if text not in flat[number]} == {}
    ignored = f"After {reminders.IGNORED} that nobody answered there is silence for {reminders.SILENCE.days} days"
    assert ignored in flat["15"]
    assert (reminders.IN_A_WEEK, "twice a week at most" in flat["15"]) == (2, True)
