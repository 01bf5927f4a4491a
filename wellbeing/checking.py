"""What a host should know before people come: each finding is one plain sentence, and each is to be mended.

The settings that stop the start (`config.py`) are not looked at again: whoever reads this got past them.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from wellbeing.check_ups import packs
from wellbeing.config import ROOT, Config
from wellbeing.db import db
from wellbeing.groups import school_holidays
from wellbeing.help import lines
from wellbeing.keyring import SecretsRefused, load
from wellbeing.web import restoring

LAST_BACKUP = "last-backup"  # in the folder that machines share: the day of the latest one
BACKUPS = timedelta(days=2)
AHEAD = timedelta(days=180)  # a season is planned so long before it ends
SAID_TO_PEOPLE = {
    "DATA_CONTROLLER": ("data_controller", "the organisation that answers for these data"),
    "DATA_CONTACT": ("data_contact", "how people reach it"),
    "HOSTING": ("hosting", "who hosts the server, and in which country"),
}


def findings(app: Flask, today: date) -> list[str]:
    """All there is to mend; empty when nothing is. Needs an application context."""
    config: Config = app.config["LE_FIL"]
    return [
        *_settings(config),
        *_secrets(config),
        *of_database(),
        *_files(config),
        *_backups(config, today),
        *_interrupted(config),
        *_left_behind(config),
        *_help_numbers(config, today),
        *packs.installed().refusals,
        *_school_holidays(today),
    ]


def _settings(config: Config) -> Iterator[str]:
    for name, (field, meaning) in SAID_TO_PEOPLE.items():
        if not getattr(config, field):
            yield f"{name} is empty: people read there {meaning}."
    if not config.https and not config.local:
        yield f"PUBLIC_URL is {config.public_url}: under a public address the connection must be https."
    if config.https and not config.proxies:
        yield (
            "WELLBEING_PROXIES is 0 and PUBLIC_URL is https: what stands in front would count as one person, and "
            "everybody would share its limits. Say how many proxies there are."
        )
    if config.testing:
        yield "WELLBEING_TESTING is on: it is for tests alone, turn it off."
    if config.debug:
        yield "FLASK_DEBUG is on: it shows secrets to whoever meets an error, turn it off."


def _secrets(config: Config) -> Iterator[str]:
    try:
        load(config.secrets_path)
    except SecretsRefused as refused:
        yield str(refused)


def _files(config: Config) -> Iterator[str]:
    """What holds the database or remembers what was published and taken back is for its owner alone."""
    names = ["releases.jsonl", "withdrawals.jsonl"]
    files = [config.promises / name for name in names]
    if config.database_url.startswith("sqlite"):
        files.append(Path(str(make_url(config.database_url).database)))
    for file in files:
        if file.exists() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"{file} can be read by others: run `chmod 600` on it."


def _backups(config: Config, today: date) -> Iterator[str]:
    """Whether one was made lately; `flask backup` writes down the day."""
    try:
        last = date.fromisoformat((config.promises / LAST_BACKUP).read_text(encoding="ascii").strip())
    except (FileNotFoundError, ValueError):
        yield "No backup was ever made: run `flask --app app backup FILE` each day. docs/hosting.md says how."
        return
    if last < today - BACKUPS:
        yield f"The last backup is of {last}: one a day is what people are promised. docs/hosting.md says how."


def _interrupted(config: Config) -> Iterator[str]:
    left = config.instance / ".restoring"
    if left.exists() and not restoring.under_way(config.promises):
        yield f"A restore was interrupted and left a copy in {left}: run it again, which clears up what it left."


def of_database() -> Iterator[str]:
    """Whether it answers, and has the newest tables. Needs an application context."""
    try:
        current = _revision()
    except SQLAlchemyError:
        yield f"The database does not answer: {db.engine.url.render_as_string(hide_password=True)}."
        return
    newest = _migrations().get_current_head()
    if sentence := _newer(current):
        yield sentence
    elif current != newest:
        had = f"is at {current}" if current else "is empty"
        yield f"The database {had}, the newest is {newest}: run `flask --app app prepare`."


def of_a_newer_release() -> str:
    """Why this release must leave the database alone; empty when it may go on. Raises SQLAlchemyError."""
    return _newer(_revision())


def _newer(current: str | None) -> str:
    if current is None or current in {one.revision for one in _migrations().walk_revisions()}:
        return ""
    return (
        f"The database is at {current}, of a newer Le fil than this one, which leaves it alone: install that one "
        "again, or put back a backup that was made before it. docs/hosting.md says how."
    )


def _revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _migrations() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "wellbeing" / "migrations"))


def _left_behind(config: Config) -> Iterator[str]:
    if restoring.left_behind(config):
        yield (
            "This database was moved to PostgreSQL and answers nobody: set DATABASE_URL to the new one. "
            f"To go back, giving up what was written there, remove {config.promises / restoring.MOVED}."
        )


def _help_numbers(config: Config, today: date) -> Iterator[str]:
    old = lines.unverified(config.help_country, today)
    if old:
        yield (
            f"Help numbers that nobody verified in the last {lines.FRESH.days} days ({config.help_country}): "
            f"{', '.join(old)}. docs/privacy.md says how."
        )


def _school_holidays(today: date) -> Iterator[str]:
    until = school_holidays.known_until()
    if until < today + AHEAD:
        yield (
            f"School holidays are known until {until}, which is less than {AHEAD.days} days ahead: update the library "
            "vacances-scolaires-france. docs/hosting.md says how."
        )
