"""Whatever is killed when, a figure is drawn at most once: real processes, real SIGKILL, on both databases."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from tests.crowd import FIRST_DUE, Crowd, block
from wellbeing import worker
from wellbeing.config import ROOT
from wellbeing.domain.trends import ITEMS, blocks

GROUPS = 16


def test_two_workers_and_fifty_kills_leave_one_row_and_one_line_for_each_block(
    app: Flask, crowd: Crowd, database: str, ledger: Path, rows: Callable[[], list[dict[str, Any]]]
) -> None:
    now = FIRST_DUE + timedelta(days=70)
    for name in [f"Oak {n}" for n in range(GROUPS)]:
        crowd.group(name)
    for person in crowd.contributors(6):
        crowd.feels_all_block(person, 3, block(5))
    killing = [sys.executable, "-m", "tests.publishing.kills", database, str(ledger.parent), now.isoformat(), "13"]
    done = subprocess.run(killing, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout.splitlines()[-1]) >= 50

    seen = rows()
    kept_by_then = ledger.read_text("utf-8")
    with app.app_context():
        assert worker.tick(now)
    kept = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    frozen = [{**row, "start": row["start"].isoformat()} for row in rows()]
    expected = {
        (g.id, item.name, b.start.isoformat())
        for g in crowd.groups.values()
        for item in ITEMS
        for b in blocks(item, g.created_on, now.date())
    }
    assert len(kept) == len(frozen) == len(expected) == (GROUPS + 1) * (6 + 2 * 2)
    assert {(row["group_id"], row["item"], row["start"]) for row in frozen} == expected
    assert all(row in kept for row in frozen)
    assert all(row in rows() for row in seen)
    assert ledger.read_text("utf-8").startswith(kept_by_then)
    assert [row["state"] for row in frozen if row["start"] == block(5).isoformat()].count("published") == 1
