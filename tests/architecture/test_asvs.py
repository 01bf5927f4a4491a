"""`docs/asvs.md` names, for each line of the standard, tests that exist; none is dropped, or without a reason."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache

import pytest

from tests.architecture.source import ROOT

DOCUMENT = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
HELD, APART = DOCUMENT.split("## Deviations")[0], DOCUMENT.split("## Deviations")[1].split("\n## ")[0]
NOT_YET = "Not held yet: "
# A count of each table of a copy, under the names that the copy itself gives: nobody types them.
COUNTED = {"wellbeing/hosting/operations/sqlite.py"}
# Every requirement that the design takes on. One may be added; none is dropped.
TAKEN_ON = """
1.2.1 1.2.2 1.2.3 1.2.4 1.2.10 1.3.6 1.5.2 2.1.1 2.2.1 2.2.2 2.2.3 2.3.2 2.3.3 2.4.1 3.2.1 3.3.1 3.3.2 3.3.3 3.3.4
3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6 3.4.8 3.5.1 3.5.2 3.5.3 3.6.1 3.7.1 3.7.2 4.1.1 4.1.3 5.2.1 5.2.2 5.2.3 5.4.1
6.1.1 6.2.1 6.2.4 6.2.9 6.2.12 6.3.1 6.3.2 6.3.3 6.3.4 6.3.6 6.3.7 6.3.8 6.4.1 6.4.2 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3
6.5.4 6.5.6 6.7.2 7.1.1 7.1.2 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.5.3
8.1.1 8.2.1 8.2.2 8.2.3 8.3.1 8.3.2 8.4.1 9.1.1 9.1.2 11.1.1 11.1.2 11.2.1 11.3.2 11.3.3 11.3.4 11.4.2 11.5.1 12.1.1
12.2.1 13.1.1 13.2.4 13.3.1 13.3.2 13.4.1 13.4.2 13.4.3 13.4.5 13.4.6 14.1.1 14.1.2 14.2.1 14.2.2 14.2.3 14.2.4 14.2.7
14.3.1 14.3.2 14.3.3 15.1.1 15.1.2 15.2.1 15.3.1 15.3.2 15.3.3 15.3.4 15.3.5 15.4.2 16.1.1 16.2.1 16.2.2 16.2.5 16.3.1
16.3.2 16.3.3 16.4.1 16.5.1 16.5.2 16.5.3 16.5.4
"""


def table(text: str) -> list[list[str]]:
    rows = [line.strip("|").split(" | ") for line in text.splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in row] for row in rows]


@cache
def named_in(path: str) -> set[str]:
    file = ROOT / path
    if not file.is_file():
        return set()
    return {
        node.name for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize("row", table(HELD), ids=lambda row: row[0].replace(" ", "+"))
def test_each_line_names_tests_that_exist_or_says_what_is_missing(row: list[str]) -> None:
    numbers, _, _, held = row
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", held)
    gone = [f"{path}::{name}" for path, name in named if name not in named_in(path)]
    assert gone == [], f"{numbers} is held by a test that is gone"
    missing = held.split(NOT_YET)[1] if NOT_YET in held else ""
    apart = {number for numbers, *_ in table(APART) for number in numbers.split()}
    assert named or len(missing) > 15 or set(numbers.split()) <= apart, f"{numbers}: no test and no reason"
    assert held.count("tests/") == len(named), f"{numbers}: a name that cannot be read"


def test_every_line_that_was_taken_on_is_there_once() -> None:
    there = [number for numbers, *_ in table(HELD) for number in numbers.split()]
    assert len(there) == len(set(there))
    assert set(TAKEN_ON.split()) - set(there) == set()


def test_every_deviation_has_its_reason() -> None:
    assert len(table(APART)) >= 8
    assert [row[0] for row in table(APART) if len(row[3]) < 20] == []


def test_the_linter_refuses_pasted_sql_pickles_and_evaluated_text() -> None:
    """Rules S301, S307, S506 and S608 belong to the family S, which only tests and the bench leave out."""
    law = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "S" in law["select"]
    assert not [rule for rule in law["ignore"] if rule.startswith("S")]
    assert {path for path, rules in law["per-file-ignores"].items() if "S" in rules} == {"tests/**", "bench/**"}
    let_through = re.compile(r"noqa:[^\n]*\bS(301|307|506|608|102)\b")
    files = [*(ROOT / "wellbeing").rglob("*.py"), ROOT / "app.py", ROOT / "serve.py"]
    through = {str(file.relative_to(ROOT)) for file in files if let_through.search(file.read_text(encoding="utf-8"))}
    assert through <= COUNTED
