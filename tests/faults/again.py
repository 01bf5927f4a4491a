"""Faults that live in a browser, or have tests of their own, for `make soak`: those tests again and again.

Each asserts of itself that nothing was lost and nothing doubled, and a row of them says how many have passed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass

from wellbeing.config import ROOT

BROWSER = "tests/browser/test_"
PEOPLE, TROUBLE = f"{BROWSER}offline_people.py::test_", f"{BROWSER}offline_trouble.py::test_"


@dataclass(frozen=True)
class Again:
    """Tests of one fault, run so many times at full size."""

    name: str
    what: str
    tests: tuple[str, ...]
    full: int

    def row(self, times: int) -> tuple[str, list[str]]:
        """The row of the table, and what did not go well."""
        passed, wrong = 0, []
        for _ in range(times):
            done = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *self.tests],
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            passed += sum(map(int, re.findall(r"(\d+) passed", done.stdout)))
            if done.returncode:
                wrong.append(done.stdout[-2000:])
        ends = "0 | 0 | ok" if passed and not wrong else f"{len(wrong)} of {times} runs failed | | "
        return f"| {self.name} {self.what} | {passed} |  | {ends} |", wrong


AGAIN = [
    Again("F11", "browser killed, Chromium", (f"{BROWSER}faults_killed.py",), 10),
    Again(
        "F17", "no room left, Chromium",
        (f"{BROWSER}faults_full.py", f"{TROUBLE}a_full_device_says_so_and_what_waits_already_is_untouched"), 20,
    ),
    Again(
        "F18", "the browser erased it, Chromium",
        (f"{PEOPLE}a_browser_that_cleared_what_waited_says_so_and_nothing_is_sent_twice",), 20,
    ),
    Again(
        "F19", "no locks, no background, Chromium",
        (
            f"{TROUBLE}without_locks_or_background_sync_it_leaves_when_the_page_comes_back",
            f"{TROUBLE}two_tabs_send_each_note_once",
        ), 20,
    ),
    Again("F20", "reminders killed, both databases", ("tests/reminders/test_kills.py",), 10),
    Again(
        "F26", "no key, Chromium",
        (
            f"{PEOPLE}notes_whose_key_is_gone_are_counted_and_kept_until_their_owner_lets_them_go",
            f"{PEOPLE}a_browser_that_cannot_keep_a_key_keeps_nothing",
        ), 20,
    ),
]  # fmt: skip
