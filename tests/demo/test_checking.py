"""`flask check` says what a host must mend before people come, and a wrong setting stops the start in plain words."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.databases import settings
from wellbeing import checking
from wellbeing.config import ROOT, Config
from wellbeing.groups import school_holidays
from wellbeing.help import lines

A_DAY = date(2026, 3, 11)
SAID = {"data_controller": "Les Tilleuls", "data_contact": "contact@example.org", "hosting": "Exemple, France"}


def findings(app: Flask, **chosen: object) -> list[str]:
    config: Config = app.config["LE_FIL"]
    app.config["LE_FIL"] = replace(config, **{"testing": False, **SAID, **chosen})
    if not (config.instance / checking.LAST_BACKUP).exists():
        (config.instance / checking.LAST_BACKUP).write_text(str(A_DAY))
    with app.app_context():
        return [finding for finding in checking.findings(app, A_DAY) if not finding.startswith("Help numbers")]


def test_nothing_is_said_when_all_is_well(app: Flask) -> None:
    assert findings(app) == []
    assert findings(app, public_url="https://fil.example.org", proxies=1) == []


def test_backups_that_are_missing_or_old_are_said(app: Flask) -> None:
    last = app.config["LE_FIL"].instance / checking.LAST_BACKUP
    for day, said in (("", "No backup"), ("2026-03-08", "of 2026-03-08"), ("2026-03-09", "")):
        last.write_text(day)
        assert [finding for finding in findings(app) if said not in finding or not said] == []
        assert len(findings(app)) == bool(said)


def test_files_that_others_can_read_are_named(app: Flask) -> None:
    ledger = app.config["LE_FIL"].instance / "withdrawals.jsonl"
    ledger.touch(0o644)
    ledger.chmod(0o644)
    (finding,) = findings(app)
    assert str(ledger) in finding


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        ({"data_controller": ""}, "DATA_CONTROLLER"),
        ({"data_contact": ""}, "DATA_CONTACT"),
        ({"hosting": ""}, "HOSTING"),
        ({"public_url": "http://fil.example.org"}, "PUBLIC_URL"),
        ({"public_url": "https://fil.example.org"}, "WELLBEING_PROXIES"),
        ({"testing": True}, "WELLBEING_TESTING"),
        ({"debug": True}, "FLASK_DEBUG"),
    ],
)
def test_each_setting_to_mend_is_named(app: Flask, chosen: dict[str, object], named: str) -> None:
    (finding,) = findings(app, **chosen)
    assert finding.startswith(named)


def test_secrets_that_others_can_read_are_named(app: Flask, tmp_path: Path) -> None:
    place = tmp_path / "secrets.json"
    place.write_text("{}")
    place.chmod(0o644)
    (finding,) = findings(app, secrets_path=place)
    assert str(place) in finding


def test_help_numbers_that_nobody_verified_are_named_one_by_one(app: Flask) -> None:
    with app.app_context():
        (finding,) = [found for found in checking.findings(app, A_DAY) if found.startswith("Help numbers")]
    assert all(f" {name}" in finding for name in lines.unverified("FR", A_DAY))


def test_school_holidays_that_end_in_less_than_half_a_year_are_said(app: Flask) -> None:
    last = school_holidays.known_until()
    with app.app_context():
        for ahead, said in ((timedelta(days=180), 0), (timedelta(days=179), 1), (timedelta(days=-400), 1)):
            found = [one for one in checking.findings(app, last - ahead) if "vacances-scolaires-france" in one]
            assert len(found) == said
    assert str(last) in found[0]


def asked(place: Path, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, as a host runs it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**kept, "WELLBEING_INSTANCE": str(place), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_empty_database_is_named_and_the_command_ends_with_one(tmp_path: Path, catalogues: None) -> None:
    done = asked(tmp_path, "flask", "--app", "app", "check")
    assert done.returncode == 1
    assert "The database is empty" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_wrong_settings_stop_the_start_in_words_a_host_can_act_on(tmp_path: Path) -> None:
    wrong = {"PUBLIC_URL": "fil.example.org", "DEFAULT_TIMEZONE": "Mars", "WELLBEING_PROXIES": "many"}
    done = asked(tmp_path, "gunicorn", "--bind", "127.0.0.1:0", "app:app", **wrong)
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert all(name in done.stderr for name in wrong)
    assert list(tmp_path.iterdir()) == []


def test_secrets_that_others_can_read_stop_the_start(tmp_path: Path) -> None:
    secrets = settings(tmp_path).secrets_path
    secrets.write_text("{}")
    secrets.chmod(0o644)
    done = asked(tmp_path, "flask", "--app", "app", "prepare")
    assert (done.returncode, done.stdout) == (1, "")
    assert "chmod 600" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    nowhere = "postgresql://fil:odd-word@127.0.0.1:9/fil"
    done = asked(tmp_path, "flask", "--app", "app", "prepare", DATABASE_URL=nowhere)
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr
    assert "odd-word" not in done.stdout + done.stderr
