"""The spreadsheet of a report holds its headcounts and its levels, and no cell of it is ever run."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crowd import Crowd
from tests.report.conftest import MONDAY, address, held, read, save
from wellbeing.web.spreadsheet import table, words

HEADER = "item,start,end,bound,level,contributors_min,contributors_max,present,without_phone,newcomers,title"

RUN = tuple("=+-@\t\r\n＝＋－＠")
NO_FIGURE = 3  # runs of periods without one: of mood two, of the last question of the season one


def rows(crowd: Crowd) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(crowd, ".csv"))))


def test_it_holds_each_headcount_by_date_and_each_level_by_block(willow: Crowd) -> None:
    lines = read(willow, ".csv").split("\r\n")
    assert lines[0] == HEADER
    assert lines[1] == "headcount,2026-01-26,2026-01-26,,,,,8,2,8,Danse douce"
    assert lines[6] == "cancelled,2026-03-02,2026-03-02,,,,,,,,Danse douce"
    assert "mood,2026-01-12,2026-01-25,at most,2,5,9,,,," in lines
    assert "lift,2026-03-23,2026-04-19,,0,5,9,,,," in lines
    assert "profile.size,2026-01-26,2026-04-19,,,,,,,," in lines
    assert lines[-1] == ""


def test_its_levels_are_the_rows_of_the_trends_and_those_of_the_annex(willow: Crowd) -> None:
    trends = willow.browser("Fay").get(f"/groups/{willow.groups['Willow'].uid}/trends.csv").text.splitlines()[1:]
    ours = [",".join(list(row.values())[:7]) for row in rows(willow) if row["item"] not in ("headcount", "cancelled")]
    assert len(ours) == 26
    assert ours == trends
    annex = read(willow).split('id="annex"')[1].split("</section>")[0]
    bare = [row["level"] == "" for row in rows(willow) if not row["title"]]
    assert annex.count('<th scope="row">') == 6 + bare.count(False) + NO_FIGURE
    assert annex.count("Pas assez de participations pour afficher une tendance.") == NO_FIGURE
    assert re.search(r"<th scope=\"row\">23 mars –\u2060 14 juin</th><td colspan=\"2\">Pas assez", annex)


def test_its_name_and_its_kind_say_nothing_of_the_group(willow: Crowd) -> None:
    answer = willow.browser("Fay").get(address(willow, ".csv"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="report.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_holds_nothing_that_a_team_typed_but_the_titles_of_dates(willow: Crowd) -> None:
    before = read(willow, ".csv")
    save(willow)
    assert read(willow, ".csv") == before


@pytest.mark.parametrize(
    "title",
    ["=1+1", "+33 1", "-2", "@SUM(A1)", " =1+1", '=cmd|"/c calc"!A0', "\uff1d1+1", 'Danse, "libre"', "Danse = joie"],
)
def test_a_title_is_never_run_as_a_formula(willow: Crowd, title: str) -> None:
    held(willow, MONDAY + timedelta(weeks=6), (4, 0, 0), title=title)
    [cell] = [row["title"] for row in rows(willow) if row["present"] == "4"]
    assert cell in (title, f"'{title}")
    assert not cell.strip().startswith(RUN)


@given(st.text(max_size=40) | st.text('=+-@\t\r\n;"\x00\u200b a', max_size=12))
def test_no_text_at_all_is_run_and_none_is_changed_otherwise(text: str) -> None:
    cell = words(text)
    assert cell.replace("'", "") == text.replace("'", "")
    for part in re.split("[;\t\r\n]", cell):  # as a French spreadsheet parts it, whatever is quoted
        assert not part.lstrip(" \u00a0\u202f\u200b\ufeff\x00").startswith(RUN)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=2, max_size=5))
def test_whatever_is_typed_comes_back_out_of_its_cell(cells: list[str]) -> None:
    [header, line] = csv.reader(io.StringIO(table(["a"] * len(cells), [cells]), newline=""))
    assert header == ["a"] * len(cells)
    assert line == cells
