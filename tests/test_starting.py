"""What `make run` starts: the pages and the worker together, one line that says where to go, and a quiet stop."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wellbeing.config import ROOT


@contextmanager
def started(place: Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """`serve.py` in a process of its own, on a port nobody uses, with an instance folder of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    server = subprocess.Popen(
        [sys.executable, "serve.py"],
        cwd=ROOT,
        env={**kept, "PYTHONUNBUFFERED": "1", "WELLBEING_INSTANCE": str(place), "PORT": port, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.communicate(timeout=30)


def test_one_line_says_where_to_go_and_a_polite_stop_stops_everything(tmp_path: Path, catalogues: None) -> None:
    with started(tmp_path) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        address = re.search(r"http://localhost:\d+", line)
        assert address, line
        assert re.search(r"/setup — setup code .*: [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", line.strip())
        with urllib.request.urlopen(f"{address[0]}/healthz", timeout=30) as answer:
            assert answer.status == 200
        assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600
        server.send_signal(signal.SIGTERM)
        rest, _ = server.communicate(timeout=30)
        assert server.returncode == 0
        assert [json.loads(said)["route"] for said in rest.splitlines()] == ["/healthz"]


def test_mistakes_that_stop_the_pages_and_the_worker_are_said_once(tmp_path: Path, catalogues: None) -> None:
    with started(tmp_path, DEFAULT_TIMEZONE="Mars", PUBLIC_URL="fil.example.org") as server:
        said, _ = server.communicate(timeout=60)
    assert server.returncode == 1
    assert said.count("DEFAULT_TIMEZONE") == said.count("PUBLIC_URL") == 1, said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_words_that_nobody_compiled_are_told_in_words(tmp_path: Path) -> None:
    away = shutil.ignore_patterns("__pycache__", "*.mo")
    for folder in ("wellbeing", "templates", "static"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=away)
    shutil.copy(ROOT / "app.py", tmp_path)
    asked = subprocess.run(
        [Path(sys.executable).with_name("flask"), "--app", "app", "demo"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "WELLBEING_INSTANCE": str(tmp_path / "instance")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert asked.returncode == 1
    assert asked.stderr == "The words are not compiled yet: start with `make run` or `make demo`, which do it.\n"
    assert not (tmp_path / "instance" / "wellbeing.sqlite3").exists()
