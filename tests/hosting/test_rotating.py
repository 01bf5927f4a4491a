"""New keys: what the old ones closed can still be opened, whatever is killed; an old key goes when nothing needs it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.conftest import Clock, close
from tests.databases import built
from tests.hosting.conftest import Command
from tests.hosting.test_drill import noted, page
from tests.journal.record import rows
from wellbeing import keyring
from wellbeing.config import ROOT
from wellbeing.hosting.operations.rotating import kid_of


def secrets(cast: Cast) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cast.app.config["LE_FIL"].secrets_path.read_text())
    return found


def kids(cast: Cast) -> set[int]:
    boxes = rows(cast.app, "SELECT box FROM person_key UNION ALL SELECT join_code_box FROM \"group\""
                           " UNION ALL SELECT check_in_code_box FROM workshop")  # fmt: skip
    return {kid_of(bytes(row.box)) for row in boxes}


def restarted(cast: Cast) -> Cast:
    return cast.in_app(built(cast.app.config["LE_FIL"]))


def test_everything_is_read_and_everybody_stays_signed_in(place: Cast, command: Command) -> None:
    old, before = noted(place, "Ana", "of before"), secrets(place)
    done = command("rotate-keys")
    assert done.exit_code == 0, done.output
    after = secrets(place)
    assert place.app.config["LE_FIL"].secrets_path.stat().st_mode & 0o777 == 0o600
    assert after["cookie"][1:] == before["cookie"]
    assert after["kek"]["current"] == 2
    assert after["kek"]["keys"]["1"] == before["kek"]["keys"]["1"]
    assert (after["lookup"], after["vapid"]) == (before["lookup"], before["vapid"])
    assert kids(place) == {2}
    # a server that has been running since before, and one that starts now
    cookie = place.browser("Ana").get_cookie("fil")
    assert "of before" in page(place, "Ana", old)
    again = restarted(place)
    try:
        assert "of before" in page(again, "Ana", old)
        device = again.stranger()
        assert cookie is not None
        device.set_cookie("fil", cookie.value)
        assert device.get("/settings").status_code == 200
        assert again.stranger().post("/sign-in", data={"phrase": again.people["Ben"].phrase}).status_code == 303
    finally:
        close(again.app)


def test_the_key_of_before_opens_cookies_for_ninety_days(place: Cast, command: Command, clock: Clock) -> None:
    assert command("rotate-keys").exit_code == 0
    keys = keyring.load(place.app.config["LE_FIL"].secrets_path)
    today = clock.now.date()
    for days, left in ((89, 1), (90, 0)):
        assert len(keys.cookies_of_before(today + timedelta(days=days))) == left
    clock.advance(days=91)
    assert command("rotate-keys").exit_code == 0
    assert len(secrets(place)["cookie"]) == 2


def test_at_once_signs_everybody_out_and_a_backup_signs_nobody_in(place: Cast, command: Command, kept: Path) -> None:
    assert command("backup", kept).exit_code == 0
    assert place.browser("Ana").get("/settings").status_code == 200
    done = command("rotate-keys", "--now")
    assert "6 devices were signed out" in done.output
    assert len(secrets(place)["cookie"]) == 1
    for _ in range(2):
        assert {place.browser(name).get("/settings").status_code for name in place.people} == {303}
        assert command("restore", kept).exit_code == 0
    assert place.stranger().post("/sign-in", data={"phrase": place.people["Ben"].phrase}).status_code == 303


def test_an_old_key_is_forgotten_only_when_nothing_needs_it(place: Cast, command: Command, clock: Clock) -> None:
    old = noted(place, "Ana", "of before")
    assert command("rotate-keys").exit_code == 0
    for days in (0, 29):
        clock.advance(days=days)
        assert "Kept" in command("rotate-keys", "--prune").output
        assert set(secrets(place)["kek"]["keys"]) == {"1", "2"}
    clock.advance(days=1)
    assert "1 old keys were forgotten" in command("rotate-keys", "--prune").output
    assert set(secrets(place)["kek"]["keys"]) == {"2"}
    again = restarted(place)
    try:
        assert "of before" in page(again, "Ana", old)
    finally:
        close(again.app)


def test_a_file_of_secrets_that_others_read_is_refused(place: Cast, command: Command) -> None:
    path = place.app.config["LE_FIL"].secrets_path
    before = path.read_bytes()
    path.chmod(0o644)
    done = command("rotate-keys")
    assert done.exit_code == 1
    assert "chmod 600" in done.output
    assert path.read_bytes() == before


def test_killed_at_any_step_it_leaves_all_to_be_read(place: Cast, database: str) -> None:
    config = place.app.config["LE_FIL"]
    noted(place, "Ana", "of before")
    close(place.app)
    killing = [sys.executable, "-m", "tests.hosting.kills", database, config.instance, config.secrets_path]
    done = subprocess.run(killing, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    boxes, killed = map(int, done.stdout.split())
    assert boxes == 6 + 2 + 6
    assert killed >= 20
    again = restarted(place)
    try:
        assert again.browser("Ana").get("/settings").status_code in (200, 303)
    finally:
        close(again.app)
