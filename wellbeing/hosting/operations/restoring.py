"""`flask restore`: the database of a backup takes the place of the one there is, without what was taken back since.

It is loaded beside, brought up to date, and told what the ledgers remember; only then does it take the place, in one
transaction of the database. Until it ends nobody is answered and the worker waits (`web/restoring.py`). Whatever is
refused or killed before that leaves the installation as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask, current_app
from flask_migrate import Migrate, upgrade
from sqlalchemy import delete, select, update

from wellbeing import checking, withdrawals
from wellbeing import db as database
from wellbeing.config import ROOT, Config
from wellbeing.db import db, transaction
from wellbeing.hosting import archive
from wellbeing.hosting.archive import Keys, Manifest
from wellbeing.hosting.operations import postgresql, sqlite
from wellbeing.hosting.operations.backing_up import keys_beside
from wellbeing.hosting.operations.replaying import erase_those_without, replay
from wellbeing.hosting.refusals import HostRefused
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.keyring.current import current_keyring
from wellbeing.models.operation import Operation
from wellbeing.models.person import Person, PersonKey
from wellbeing.publishing import ledger, restoring
from wellbeing.sync.operations import renew_epoch
from wellbeing.vault.people import new_data_key
from wellbeing.web.restoring import alone
from wellbeing.withdrawals import Line

MIGRATIONS = ROOT / "wellbeing" / "migrations"


@dataclass(frozen=True)
class Asked:
    """The backup, its keys (None: those beside it), ledgers of other machines, and whether words may be lost."""

    file: Path
    keys: Path | None = None
    ledgers: Sequence[Path] = ()
    lose_words: bool = False


@dataclass(frozen=True)
class Restored:
    made_at: datetime
    people: int
    taken_back: int


def restore(asked: Asked, now: datetime) -> Restored:
    """Put the backup back. Raises HostRefused, and then nothing was changed."""
    config: Config = current_app.config["LE_FIL"]
    keyring = current_keyring()
    folder = config.instance / ".restoring"
    try:
        with alone(config.promises):
            shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
            folder.mkdir(mode=0o700)
            try:
                manifest = archive.unpack(asked.file, folder)
                _check(manifest, asked.file)
                return _put_back(asked, config, keyring, folder, manifest, _keys(asked, manifest), now)
            finally:
                shutil.rmtree(folder)
    except BlockingIOError:
        raise HostRefused("Another backup is being put back at this very moment.") from None
    except restoring.LedgersDisagree as cell:
        raise HostRefused(
            f"The ledgers of published figures disagree ({cell}): find out which is true. Nothing was changed."
        ) from None
    except KeyError as kind:
        raise HostRefused(f"The ledger of withdrawals holds {kind}: install the newer Le fil that wrote it.") from None


def _check(manifest: Manifest, file: Path) -> None:
    engine = db.engine.dialect.name
    if manifest.engine != engine:
        raise HostRefused(f"{file} was made on {manifest.engine}, and DATABASE_URL names {engine}.")
    try:
        ScriptDirectory(str(MIGRATIONS)).get_revision(manifest.revision)
    except CommandError:
        raise HostRefused(f"{file} was made by a newer Le fil: install that one, then put it back.") from None


def _keys(asked: Asked, manifest: Manifest) -> Keys | None:
    if asked.lose_words:
        return None
    file = asked.keys or keys_beside(asked.file)
    keys = archive.read_keys(file)
    if keys.made_at < manifest.moment:
        raise HostRefused(f"{file} is older than the backup: name the newest keys with --keys, or use --lose-words.")
    return keys


def _put_back(
    asked: Asked, config: Config, keyring: Keyring, folder: Path, manifest: Manifest, keys: Keys | None, now: datetime
) -> Restored:
    url, put_in_place, clear = _place(config, folder, manifest)
    in_backup = withdrawals.read(folder / withdrawals.NAME)
    aside = beside(replace(config, instance=folder, shared=None), keyring, url)
    try:
        with aside.app_context():
            _load(folder, manifest)
            _give_keys(keys, keyring)
            done: list[Line] = []
            while len(lines := _remembered(asked, config, in_backup)) > len(done):  # what is written meanwhile as well
                with transaction():
                    taken_back = replay(lines, in_backup)
                done = lines
            with transaction():
                if keys is not None and keys.made_at > manifest.moment:
                    erase_those_without(set(keys.boxes), now)
                renew_epoch()
            people = len(db.session.scalars(select(Person.id)).all())
            restoring.replay(now=now, ledger_path=config.promises / ledger.NAME, archived=folder / ledger.NAME)
    except BaseException:
        with aside.app_context():
            db.session.remove()
            db.engine.dispose()
        clear()
        raise
    with aside.app_context():
        db.engine.dispose()
    on_disk = config.promises / withdrawals.NAME
    known = set(withdrawals.read(on_disk))
    withdrawals.append(on_disk, [line for line in _remembered(asked, config, in_backup) if line not in known])
    put_in_place()
    db.engine.dispose()
    return Restored(manifest.moment, people, taken_back if done else 0)


def _place(config: Config, folder: Path, manifest: Manifest) -> tuple[str, Callable[[], None], Callable[[], None]]:
    """An address at which to load the backup, how it takes the place from there, and how it goes if it may not."""
    if manifest.engine == "sqlite":
        fresh = folder / sqlite.MEMBER
        sqlite.check(fresh)
        return f"sqlite:///{fresh}", lambda: sqlite.put_in_place(fresh, config.database_url), lambda: None
    live, newer = config.database_url, bool(checking.of_a_newer_release())
    return postgresql.make_room(live), lambda: postgresql.put_in_place(live, newer), lambda: postgresql.clear(live)


def beside(config: Config, keyring: Keyring, url: str) -> Flask:
    """An application that has nothing but the database that is being put back."""
    aside = Flask("restoring")
    aside.config.update(LE_FIL=config, KEYRING=keyring)
    database.init_app(aside, url)
    Migrate(aside, db, directory=str(MIGRATIONS), render_as_batch=True)
    return aside


def _load(folder: Path, manifest: Manifest) -> None:
    """The tables as they were then, filled; then brought up to date by what was decided since."""
    if manifest.engine == "postgresql":
        upgrade(revision=manifest.revision)
        postgresql.load(db.engine, folder, manifest)
    upgrade()


def _give_keys(keys: Keys | None, keyring: Keyring) -> None:
    """To everybody the key of their words; or, where these are given up, a new one, so that they can write again."""
    with transaction():
        db.session.execute(delete(PersonKey))
        for person_id, uid in db.session.execute(select(Person.id, Person.uid)).all():
            box = new_data_key(keyring, uid)[1] if keys is None else keys.boxes.get(uid)
            if box is None:
                continue
            try:
                keyring.unseal("dek", uid, box)
            except Unreadable:
                raise HostRefused(
                    "The secrets file does not open the keys of this backup: put back the secrets file of that time "
                    "(WELLBEING_SECRETS), or accept to lose all words with --lose-words."
                ) from None
            db.session.add(PersonKey(person_id=person_id, box=box))
        if keys is None:
            db.session.execute(update(Operation).values(hash=b""))  # they were made with the keys that are gone


def _remembered(asked: Asked, config: Config, in_backup: Sequence[Line]) -> list[Line]:
    """What every ledger says, each line once: the backup's, those of other machines, the one on this disk."""
    every = [*in_backup]
    for path in (*asked.ledgers, config.promises / withdrawals.NAME):
        if path in asked.ledgers and not os.access(path, os.R_OK):
            raise HostRefused(f"The ledger {path} cannot be read.")
        every += withdrawals.read(path)
    return list(dict.fromkeys(every))
