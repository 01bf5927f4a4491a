"""Asked to stop, the server finishes the request in flight and the worker the step it has begun: real processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.programs import started
from wellbeing.config import ROOT


def running(*words: str, **environ: str) -> AbstractContextManager[subprocess.Popen[str]]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-m", "flask", "--app", "app", *words]
    return started(command, ROOT, {**kept, "PYTHONUNBUFFERED": "1", **environ})


def test_a_request_in_flight_is_answered_after_the_server_was_asked_to_stop(tmp_path: Path, catalogues: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    with running("serve", PORT=str(port), WELLBEING_INSTANCE=str(tmp_path)) as server:
        assert server.stdout is not None
        assert "setup code" in server.stdout.readline()
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(
                b"POST /locale HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nExpect: 100-continue\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
            )
            assert b"100 Continue" in line.recv(100)  # it is being dealt with, and waits for its body
            server.send_signal(signal.SIGTERM)
            line.sendall(b"locale=en")
            assert b" 303 " in line.recv(4000).splitlines()[0]
        said, _ = server.communicate(timeout=30)
        assert server.returncode == 0
        assert [json.loads(one)["status"] for one in said.splitlines()] == [303]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_step_that_the_worker_has_begun_is_finished(database: str, tmp_path: Path, catalogues: None) -> None:
    engine = create_engine(database)
    try:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO throttle (key, count, expires) VALUES ('k', 1, 1)"))
        with engine.connect() as holding:
            holding.execute(text("SELECT 1 FROM throttle FOR UPDATE"))
            with running("worker", DATABASE_URL=database, WELLBEING_INSTANCE=str(tmp_path)) as worker:
                waits = text(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE%'"
                )
                with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as looking:
                    while not looking.scalar(waits):
                        assert worker.poll() is None
                worker.send_signal(signal.SIGTERM)
                holding.rollback()
                said, _ = worker.communicate(timeout=30)
                assert (worker.returncode, said) == (0, "")
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM throttle")) == 0
    finally:
        engine.dispose()
