"""Changing the secrets file: a new one is written beside it, on the disk, and renamed."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from wellbeing.keyring import PREVIOUS_COOKIE, content_of, load, put_down
from wellbeing.keyring.letters import encoded


def rotate(path: Path, today: date, *, keep_previous: bool = True) -> None:
    """A new key for cookies and a new master key, both current from here on; the old ones stay to read with.

    The cookie's previous key stays 90 days, or not at all. Raises SecretsRefused.
    """

    def rotated(content: dict[str, Any]) -> None:
        retired = content.setdefault("retired", {"cookie": [], "kek": {}})
        before = zip(content["cookie"], [today.isoformat(), *retired["cookie"]], strict=False)
        kept = [(key, at) for key, at in before if today < date.fromisoformat(at) + PREVIOUS_COOKIE]
        kept = kept if keep_previous else []
        content["cookie"] = [encoded(os.urandom(32)), *(key for key, _ in kept)]
        retired["cookie"] = [at for _, at in kept]
        kek = content["kek"]
        retired["kek"][str(kek["current"])] = today.isoformat()
        kek["current"] = max(map(int, kek["keys"])) + 1
        kek["keys"][str(kek["current"])] = encoded(os.urandom(32))

    _rewrite(path, rotated)


def retired_keks(path: Path) -> dict[int, date]:
    """The master keys that wrap nothing new, and since when."""
    since = content_of(path).get("retired", {}).get("kek", {})
    return {int(kid): date.fromisoformat(at) for kid, at in since.items()}


def forget_keks(path: Path, kids: set[int]) -> None:
    """What is wrapped by these can be read no more, by anybody. Raises SecretsRefused."""

    def pruned(content: dict[str, Any]) -> None:
        for kid in kids - {content["kek"]["current"]}:
            content["kek"]["keys"].pop(str(kid), None)
            content["retired"]["kek"].pop(str(kid), None)

    _rewrite(path, pruned)


def _rewrite(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Write anew, wait for the disk, rename: whoever is killed leaves the old file or the new one, whole."""
    load(path)
    content = content_of(path)
    change(content)
    put_down(path, content).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
