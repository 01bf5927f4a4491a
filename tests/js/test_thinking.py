"""What our scripts decide, tried by Node’s own runner without a page: each `tests/js/*.test.js` is one test here."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

HERE = Path(__file__).parent
NODE = compute_driver_executable()[0]  # the one that Playwright carries: nothing more to install


@pytest.mark.parametrize("script", sorted(path.name for path in HERE.glob("*.test.js")))
def test_what_the_scripts_decide_holds(script: str) -> None:
    ran = subprocess.run([NODE, "--test", "--test-reporter=tap", script], cwd=HERE, capture_output=True, text=True)
    passed = re.search(r"^# pass (\d+)$", ran.stdout, re.MULTILINE)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
    assert passed
    assert int(passed[1]) >= 5
