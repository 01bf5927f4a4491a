"""What others wrote is what they published: each vendored file has its row, its version and its fingerprint."""

from __future__ import annotations

import hashlib
import re

from wellbeing.config import ROOT

VENDOR = ROOT / "static" / "vendor"


def test_vendored_code_is_what_was_published() -> None:
    rows = dict(
        re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    files = {path.name for path in VENDOR.iterdir() if path.name != "README.md"}
    assert files == set(rows) != set()
    for name, fingerprint in rows.items():
        assert re.search(r"-\d+\.\d+\.\d+\.", name)
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == fingerprint
