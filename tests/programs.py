"""A program that is started for a test, and whatever it starts."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def started(
    command: Sequence[str], folder: Path | str, environment: Mapping[str, str], umask: int = -1
) -> Iterator[subprocess.Popen[str]]:
    """It says everything into one pipe; it ends with the test, and all its children with it."""
    program = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        umask=umask,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    )
    try:
        yield program
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
        program.communicate(timeout=30)
