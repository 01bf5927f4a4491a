"""The units that a host copies are accepted by systemd; what each starts does its work and stops when asked."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.deploy.house import House
from tests.deploy.units import DEPLOY, UNITS, Unit, wall_stands


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here (sh .ci/deploy)")
def test_systemd_accepts_the_units_and_finds_what_they_start(house: House, tmp_path: Path) -> None:
    for unit in UNITS:
        (tmp_path / unit.name).write_text(house.mapped(unit.read_text("utf-8")), "utf-8")
    checked = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(checked, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_unit_runs_as_nobody_in_particular_and_every_timer_starts_one_of_them() -> None:
    services = [unit for unit in UNITS if unit.suffix == ".service"]
    assert len(services) == 3
    for unit in services:
        assert {"User=le-fil", "UMask=0077", "ProtectSystem=strict", "NoNewPrivileges=yes"} <= set(
            unit.read_text("utf-8").splitlines()
        )
    assert [unit.stem for unit in UNITS if unit.suffix == ".timer"] == ["le-fil-backup"]


@pytest.mark.skipif(not wall_stands(), reason="no mounts of one's own here: nothing else can be closed to a program")
def test_the_wall_that_the_tests_build_holds(house: House) -> None:
    unit = Unit("le-fil-web.service", house)
    # What lies in /tmp may be written: the project itself, where it was put there.
    ours = ((DEPLOY, DEPLOY.is_relative_to("/tmp")),)
    for place, may in ((house.instance, True), (house.home, False), (house.backups, False), *ours):
        unit.said["ExecStart"] = f"touch {place}/written"
        with unit.started() as program:
            program.communicate(timeout=30)
            assert (program.returncode == 0) is may, place
            assert (place / "written").exists() is may, place


def test_the_pages_are_served_and_answer_what_was_asked_before_they_stop(house: House) -> None:
    unit = Unit("le-fil-web.service", house)
    with unit.started() as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "Le fil: https://fil.example.org\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/healthz", timeout=30) as answer:
            assert (answer.status, answer.read()) == (200, b"ok")
        with socket.create_connection(("127.0.0.1", house.port), timeout=30) as line:
            line.sendall(
                b"POST /locale HTTP/1.1\r\nHost: fil.example.org\r\nSec-Fetch-Site: same-origin\r\n"
                b"Expect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\n"
            )
            assert b"100 Continue" in line.recv(100)  # it is being dealt with, and waits for its body
            unit.ask_to_stop(server)
            line.sendall(b"locale=en")
            assert b" 303 " in line.recv(4000).splitlines()[0]
        code, said = unit.ended(server)
    assert code == 0
    assert [json.loads(one)["status"] for one in said.splitlines() if one.startswith('{"at"')] == [200, 303]
    assert {file.stat().st_mode & 0o077 for file in house.instance.iterdir() if file.is_file()} == {0}


def test_the_worker_makes_its_pass_and_stops_when_asked(house: House) -> None:
    database = house.instance / "wellbeing.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("INSERT INTO throttle (key, count, expires) VALUES ('over', 1, 1)")
    unit = Unit("le-fil-worker.service", house)
    with unit.started() as worker, closing(sqlite3.connect(database)) as looking:
        while looking.execute("SELECT 1 FROM throttle").fetchone():
            with suppress(subprocess.TimeoutExpired):
                worker.wait(timeout=0.1)
            assert worker.poll() is None, worker.communicate()
        unit.ask_to_stop(worker)
        assert unit.ended(worker) == (0, "")
