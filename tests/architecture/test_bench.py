"""What the bench measures is what its page says, and it ends in time. It asserts nothing itself, and is no test."""

from __future__ import annotations

import re

from bench.__main__ import PARTS
from wellbeing.config import ROOT

TEN_MINUTES = 600


def test_the_page_of_figures_names_every_part_and_no_other() -> None:
    told = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\bONLY=(\w+)", told)) == set(PARTS)


def test_whoever_measures_everything_that_is_quick_waits_less_than_ten_minutes() -> None:
    assert 0 < sum(part.budget for part in PARTS.values()) <= TEN_MINUTES
