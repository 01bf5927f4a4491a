"""Real work in a process of its own, killed by SIGKILL at the nth call that Python makes, wherever that is."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

KILLED = -signal.SIGKILL


def forked(work: Callable[[], object], steps: int, begins: str = "") -> int:
    """A child that does this work; returns its number. Calls are counted from the first of `begins` on, if named."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _until_killed(work, steps, begins)
            code = 0
        finally:
            os._exit(code)
    return child


def end_of(child: int) -> int:
    """Waits for it: KILLED, 0 once its work was done, 1 for what went wrong in it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _until_killed(work: Callable[[], object], steps: int, begins: str) -> None:
    left = steps

    def count(frame: FrameType, *_: object) -> None:
        nonlocal left
        left -= left < steps or begins in ("", frame.f_code.co_name)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    work()
    sys.setprofile(None)
