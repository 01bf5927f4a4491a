"""The secrets file: made once, read by its owner alone, and completed without losing anything."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wellbeing.keyring import SecretsRefused, load, load_or_make


def test_the_first_run_makes_the_keys_of_reminders(tmp_path: Path) -> None:
    made = load_or_make(tmp_path / "secrets.json")
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert len(made.vapid) == 32
    assert len(made.vapid_public) == 87
    assert load_or_make(tmp_path / "secrets.json") == made


def test_a_file_from_before_reminders_keeps_all_it_holds(tmp_path: Path) -> None:
    """Several processes start at once: all of them hold the same new key."""
    path = tmp_path / "secrets.json"
    load_or_make(path)
    before = json.loads(path.read_text())
    del before["vapid"]
    before["of a later version"] = 1
    path.write_text(json.dumps(before))
    path.chmod(0o600)
    with ThreadPoolExecutor(8) as starting:
        found = list(starting.map(load_or_make, [path] * 8))
    after = json.loads(path.read_text())
    assert after.pop("vapid").keys() == {"private", "public"}
    assert after == before
    assert len({one.vapid for one in found}) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secrets.json"]


def test_a_file_that_others_can_read_stays_refused(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    load_or_make(path)
    content = json.loads(path.read_text())
    del content["vapid"]
    path.write_text(json.dumps(content))
    path.chmod(0o644)
    with pytest.raises(SecretsRefused, match="chmod 600"):
        load_or_make(path)


@pytest.mark.parametrize("wrong", [{}, {"private": "", "public": ""}, {"private": "AAAA", "public": "AAAA"}, "x"])
def test_keys_that_do_not_belong_together_are_refused(tmp_path: Path, wrong: object) -> None:
    path = tmp_path / "secrets.json"
    load_or_make(path)
    content = json.loads(path.read_text())
    path.write_text(json.dumps({**content, "vapid": wrong}))
    with pytest.raises(SecretsRefused):
        load(path)
