"""What moves is small, and ends; for who asked for less motion (prefers-reduced-motion), nothing moves."""

from __future__ import annotations

import re

from wellbeing.config import ROOT

STATIC = ROOT / "static"
SHEETS = "".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css")))
SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "js").rglob("*.js")))


def test_every_change_that_is_drawn_slowly_is_over_in_a_blink_and_can_be_asked_away() -> None:
    slow = re.findall(r"transition:([^;]+);", SHEETS)
    assert len(slow) >= 4
    for said in slow:
        assert all(one.split()[1:] == ["var(--quick)"] for one in said.split(",")), said
    usual, reduced = re.findall(r"--quick:\s*(\d+)ms;", SHEETS)
    assert int(usual) <= 200
    assert int(reduced) == 0
    assert "@media (prefers-reduced-motion: reduce) { :root { --quick: 0ms; } }" in " ".join(SHEETS.split())


def test_nothing_moves_by_itself() -> None:
    assert re.findall(r"@keyframes|animation|scroll-behavior|view-transition|transition-duration", SHEETS) == []
    assert re.findall(r"startViewTransition|\.animate\(|smooth", SCRIPTS) == []
