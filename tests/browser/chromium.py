"""Which Chromium the browser tests drive, and how it is started."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def chromium() -> str | None:
    """The path of the Chromium or Chrome of this machine, or None when there is none."""
    for name in (os.environ.get("CHROMIUM"), *NAMES, ON_A_MAC):
        if name and (found := shutil.which(name)):
            return found
    return None


def playwrights_own() -> bool:
    """Whether Playwright has fetched a Chromium of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


if __name__ == "__main__":
    sys.exit(0 if chromium() or playwrights_own() else 1)
