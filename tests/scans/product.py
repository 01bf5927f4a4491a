"""The product as a host runs it, behind https, with the demonstration in it; gone when the scan is over."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.scans.front import Front
from wellbeing.config import ROOT

BUILT = ROOT / "build" / "scanners"


@contextmanager
def running(*, demo: bool, **settings: str) -> Iterator[tuple[Front, str]]:
    """Its front, and what the demonstration said of itself: who can sign in with which words."""
    with tempfile.TemporaryDirectory(prefix="fil-scan-") as folder:
        port = _free_port()
        front = Front(Path(folder), port)
        environment = {**os.environ, "WELLBEING_INSTANCE": folder, "DATABASE_URL": "", "WELLBEING_SECRETS": ""}
        environment |= {"PORT": str(port), "PUBLIC_URL": f"https://localhost:{front.port}", **settings}
        command = [sys.executable, "-m", "flask", "--app", "app"]
        said = ""
        if demo:
            said = subprocess.check_output([*command, "demo"], cwd=ROOT, env=environment, text=True)
        program = subprocess.Popen(
            [*command, "serve"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, process_group=0
        )
        try:
            assert program.stdout
            while "localhost" not in (line := program.stdout.readline()):
                assert line, "the product ended before it said where it is"
            # A line a request: unread, they fill the pipe after some hundreds, and the product waits for ever.
            threading.Thread(target=deque, args=(program.stdout, 0), daemon=True).start()
            front.start()
            yield front, said
        finally:
            os.killpg(program.pid, signal.SIGTERM)
            program.wait(timeout=30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        return int(chosen.getsockname()[1])
