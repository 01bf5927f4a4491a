"""The spreadsheet holds the rows of the page in a form that no spreadsheet misreads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wellbeing.domain.trends import LIFT, MOOD, PROFILE, Block, Item, Published, Withheld
from wellbeing.trends.spreadsheet import as_csv

FORTNIGHT = Block(date(2026, 3, 2), 14)
HEADER = "item,start,end,bound,level,contributors_min,contributors_max\r\n"


@pytest.mark.parametrize(
    ("item", "level", "band", "cells"),
    [
        (MOOD, 20, 5, "at most,2,5,9"),
        (MOOD, 25, 10, ",2.5,10,15"),
        (MOOD, 35, 16, ",3.5,16,"),
        (MOOD, 40, 5, "at least,4,5,9"),
        (LIFT, -10, 5, "at most,-1,5,9"),
        (LIFT, -5, 5, ",-0.5,5,9"),
        (LIFT, 0, 5, ",0,5,9"),
        (PROFILE[0], 45, 8, "at least,4.5,8,15"),
        (replace(MOOD.reinforced()), 30, 10, ",3,10,15"),
    ],
)
def test_levels_are_in_points_and_bands_in_people(item: Item, level: int, band: int, cells: str) -> None:
    text = as_csv([(item, [(FORTNIGHT, Published(level, band))])])
    assert text == f"{HEADER}{item.name},2026-03-02,2026-03-15,{cells}\r\n"


def test_a_period_without_a_figure_leaves_its_cells_empty() -> None:
    assert as_csv([(MOOD, [(FORTNIGHT, Withheld())])]) == f"{HEADER}mood,2026-03-02,2026-03-15,,,,\r\n"


def test_before_a_first_period_there_is_a_header_alone() -> None:
    assert as_csv([(MOOD, [])]) == HEADER
