"""A table of lives, lived through the pages: weeks go by, and the page of the thread says what it says there."""

from __future__ import annotations

import re

import pytest

from tests.streak.lives import Life, attributes, words

TABLE = [
    # weeks, thread, longest, kept in all, state, regularity
    ("", None, 0, 0, "new", None),
    ("KKM", 2, 2, 2, "resting", "2/3"),
    ("KKMMK", 3, 3, 3, "held", "3/5"),
    ("KKMMM", 2, 2, 2, "waiting", "2/5"),
    ("KKMMMMM", None, 2, 2, "archived", "2/7"),
    ("KKMMMMMK", 1, 2, 3, "held", "3/8"),
    ("KKNNNNNNNNK", 3, 3, 3, "held", "3/3"),
    ("MMMK", 1, 1, 1, "held", "1/1"),
    ("KMMKMMKMMK", 4, 4, 4, "held", "3/8"),
]


@pytest.mark.parametrize(("weeks", "thread", "longest", "kept", "state", "regularity"), TABLE)
def test_the_thread_is_what_the_rules_say(
    life: Life, weeks: str, thread: int | None, longest: int, kept: int, state: str, regularity: str | None
) -> None:
    page = life.live(weeks).page()
    expected = {
        "streak": thread and str(thread),
        "streak-state": state,
        "longest": str(longest),
        "total-workshops": str(kept),
        "total-days": "0",
        "regularity": regularity,
    }
    assert attributes(page) == {name: value for name, value in expected.items() if value is not None}
    assert not re.search(r"\b0\b", words(page))
    assert ("semaines tenues en tout" in words(page).lower()) == (kept > 0)


def test_cleo_of_the_other_group_has_a_thread_of_her_own(life: Life) -> None:
    life.live("KMK")
    assert attributes(life.page(name="Cleo"))["total-workshops"] == "3"
    assert attributes(life.page())["total-workshops"] == "2"
