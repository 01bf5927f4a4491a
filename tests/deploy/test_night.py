"""Each night a backup is made and encrypted for a key that the machine does not hold; opened elsewhere, it restores."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.databases import built, close, settings
from tests.deploy.conftest import AgeKey
from tests.deploy.house import House
from tests.deploy.units import DEPLOY, PATH, Unit
from tests.hosting.test_drill import noted, page
from tests.journal.record import entries
from wellbeing.config import ROOT

GUIDE = ROOT / "docs" / "hosting.md"


@pytest.mark.skipif(shutil.which("age") is None, reason="no age here (sh .ci/deploy)")
def test_a_night_is_encrypted_and_what_is_decrypted_restores(
    house: House, age_key: AgeKey, sqlite_cast: tuple[Path, Cast], clock: Clock
) -> None:
    app = built(settings(house.instance))
    written = noted(cast := sqlite_cast[1].in_app(app), "Ana", f"of the day {CANARY}")
    close(app)
    unit = Unit("le-fil-backup.service", house)
    with unit.started() as night:
        said, _ = night.communicate(timeout=60)
        assert night.returncode == 0, said
    files = {file.name: file for file in house.backups.iterdir()}
    day = min(files).removesuffix(".age")
    assert set(files) == {f"{day}.age", f"{day}.keys.age"}
    for file in files.values():
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.read_bytes().startswith(b"age-encryption.org/v1")

    shutil.copy(age_key.file, house.home / "key.txt")
    for file in files.values():
        shutil.copy(file, house.home / file.name.replace(day, "2026-11-29"))
    for lost in house.instance.glob("wellbeing.sqlite3*"):
        lost.unlink()
    [guided] = re.findall(r"```text\n(age --decrypt .*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    done = subprocess.run(
        ["sh", "-ec", guided], cwd=house.home, env={**unit.environment(), "PATH": PATH},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    app = built(settings(house.instance))
    cast = cast.in_app(app)
    assert entries(cast, "Ana")
    assert f"of the day {CANARY}" in page(cast, "Ana", written)
    close(app)


def test_a_night_leaves_nothing_plain_and_lets_old_keys_go(tmp_path: Path) -> None:
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
