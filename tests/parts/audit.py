"""`make audit`: asks the package registry, by pip-audit, for known weaknesses of what the lock names.

Ends with 1 if there are any. A registry that says nothing of weaknesses, or none within reach, is “not looked up”: that
is said, and fails nothing.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import Any

from wellbeing.config import ROOT

PLACE = ROOT / "build" / "audit"
LOCK = ROOT / ".ci" / "audit.txt"
PATIENCE = 300  # seconds


def main() -> int:
    told = _asked()
    if told is None:
        print("Audit: not looked up: pip-audit could not be installed, or no registry answered it.")  # noqa: T201
        return 0
    code, sentences = verdict(told)
    print("\n".join(sentences))  # noqa: T201
    return code


def verdict(told: dict[str, Any]) -> tuple[int, list[str]]:
    """The code to end with, and what to say, for the answer of pip-audit."""
    looked_up = [one for one in told["dependencies"] if "skip_reason" not in one]
    not_known = [one["name"] for one in told["dependencies"] if "skip_reason" in one]
    found = [
        f"    {one['name']} {one['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions']) or 'none'}"
        for one in looked_up
        for weak in one["vulns"]
    ]
    said = [f"Audit: {len(looked_up)} packages looked up, {len(found)} known weaknesses", *found] if looked_up else []
    if not_known:
        said.append(f"Audit: not looked up: {len(not_known)} packages, of which the registry here says nothing")
    return (1 if found else 0), said


def _asked() -> dict[str, Any] | None:
    """What pip-audit answers, from a folder of its own that holds what the lock names: part of nothing that runs."""
    place = PLACE / hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    tool = place / "bin" / "pip-audit"
    try:
        if not tool.exists():
            subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True, timeout=PATIENCE)
            install = [place / "bin" / "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes",
                       "--no-deps", "-r", LOCK]  # fmt: skip
            subprocess.run(install, check=True, capture_output=True, timeout=PATIENCE)
        ask = [tool, "--disable-pip", "--require-hashes", "-r", ROOT / "requirements.txt", "--format", "json",
               "--progress-spinner", "off"]  # fmt: skip
        said = subprocess.run(ask, capture_output=True, text=True, timeout=PATIENCE, check=False).stdout
        told = json.loads(said)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return told if isinstance(told, dict) and "dependencies" in told else None


if __name__ == "__main__":
    sys.exit(main())
