"""The units and examples that a host copies are ones that their programs accept."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from wellbeing.config import ROOT

DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        here = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"))
        (tmp_path / unit.name).write_text(here, "utf-8")
    checked = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(checked, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_unit_runs_as_nobody_in_particular_and_writes_where_it_must() -> None:
    services = [unit.read_text("utf-8") for unit in UNITS if unit.suffix == ".service"]
    assert len(services) == 3
    for unit in services:
        assert {"User=le-fil", "UMask=0077", "ProtectSystem=strict", "NoNewPrivileges=yes"} <= set(unit.splitlines())
        assert "ReadWritePaths=/srv/le-fil/instance" in unit


def test_what_stands_in_front_logs_nobody_and_limits_what_is_sent() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert nginx.count("server {") == nginx.count("access_log off;") == nginx.count("server_tokens off;") == 2
    assert "client_max_body_size 11m;" in nginx
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert nginx.count("{") == nginx.count("}")
    caddy = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert not re.search(r"^\s*log\b", caddy, re.MULTILINE)
    assert "max_size 11MB" in caddy
    assert "header -Server" in caddy
    assert caddy.count("{") == caddy.count("}")


def test_the_nightly_script_leaves_nothing_plain_and_lets_old_keys_go(tmp_path: Path) -> None:
    """With stand-ins for the two programs it calls, which write what those would."""
    tools, folder = tmp_path / "bin", tmp_path / "backups"
    tools.mkdir()
    folder.mkdir()
    (tools / "age").write_text('#!/bin/sh\n[ "$1 $2" = "--recipient age1x" ] && cp "$5" "$4"\n')
    (tools / "flask").write_text('#!/bin/sh\necho all > "$4"; echo keys > "$4.keys"\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)
    for name in (".2020-01-01", ".2020-01-01.keys", "..2020-01-01.making"):
        (folder / name).write_text("the night was interrupted")
    for name, age in (
        ("2020-01-01.keys.age", "29 days ago 1 minute ago"),
        ("2020-01-02.keys.age", "28 days ago 23 hours ago"),
    ):
        (folder / name).write_text("keys")
        (folder / name).chmod(0o600)
        subprocess.run(["touch", "-d", age, str(folder / name)], check=True)
    done = subprocess.run(
        [str(DEPLOY / "back-up"), str(tools / "flask"), str(folder)],
        env={"PATH": f"{tools}:/usr/bin:/bin", "AGE_RECIPIENT": "age1x"},
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    kept = sorted(file.name for file in folder.iterdir())
    assert [re.sub(r"\d{4}-\d\d-\d\d", "day", name) for name in kept] == [
        "day.keys.age", "day.age", "day.keys.age",
    ]  # fmt: skip
    assert kept[0] == "2020-01-02.keys.age"
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
