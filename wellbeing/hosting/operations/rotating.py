"""`flask rotate-keys`: new keys first, in the file; then every box under the new one, in one transaction.

Killed anywhere, everything can be read: the file holds both keys before the first box is moved. A server that has been
running meanwhile reads the file again when it meets a box of a key it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from wellbeing import keyring
from wellbeing.db import db, transaction
from wellbeing.hosting import secrets_file
from wellbeing.keyring import Keyring, Unreadable
from wellbeing.models.group import Group
from wellbeing.models.person import Person, PersonKey
from wellbeing.models.sign_in import SignIn
from wellbeing.models.workshop import Workshop
from wellbeing.withdrawals import Line, withdrawn_together


def rotate(now: datetime, *, everybody_out: bool = False) -> list[str]:
    """Returns what to tell the host. Raises SecretsRefused, and then nothing was changed."""
    config = current_app.config["LE_FIL"]
    secrets_file.rotate(config.secrets_path, now.date(), keep_previous=not everybody_out)
    keys = keyring.load(config.secrets_path)
    moved, closed = _rewrap(keys)
    said = [f"New keys are in {config.secrets_path}; {moved} boxes are under them. Restart the server and the worker."]
    if everybody_out:
        said.append(f"{_sign_out_everybody(now)} devices were signed out.")
    if closed:
        said.append(f"{closed} boxes could be opened by no key, before as after.")
    return said


def prune(now: datetime) -> list[str]:
    """Forget the master keys that no row needs and that no backup may need any more (`BACKUP_DAYS`)."""
    config = current_app.config["LE_FIL"]
    keep_since = now.date() - timedelta(days=config.backup_days)
    used = {kid_of(box) for _, _, _, box in _boxes()}
    retired = secrets_file.retired_keks(config.secrets_path)
    gone = {kid for kid, since in retired.items() if since <= keep_since and kid not in used}
    if gone:
        secrets_file.forget_keks(config.secrets_path, gone)
    kept = sorted(set(retired) - gone)
    said = [f"{len(gone)} old keys were forgotten."]
    if kept:
        said.append(f"Kept, because rows or backups of the last {config.backup_days} days need them: {kept}.")
    return said


def kid_of(box: bytes) -> int:
    return int.from_bytes(box[1:5], "big")


def _boxes() -> Iterator[tuple[Any, str, str, bytes]]:
    """Every box of the master key: the column and row it stands in, what it is for, whose, and its bytes."""
    of_people = select(PersonKey.person_id, Person.uid, PersonKey.box).join(Person, Person.id == PersonKey.person_id)
    for person_id, uid, box in db.session.execute(of_people).all():
        yield (PersonKey.box, PersonKey.person_id == person_id), "dek", uid, bytes(box)
    for group_id, uid, box in db.session.execute(select(Group.id, Group.uid, Group.join_code_box)).all():
        yield (Group.join_code_box, Group.id == group_id), "group.join_code", uid, bytes(box)
    for meeting_id, uid, box in db.session.execute(select(Workshop.id, Workshop.uid, Workshop.check_in_code_box)).all():
        yield (Workshop.check_in_code_box, Workshop.id == meeting_id), "workshop.check_in_code", uid, bytes(box)


def _rewrap(keys: Keyring) -> tuple[int, int]:
    """How many boxes were moved under the current key, and how many no key opens."""
    moved = closed = 0
    with transaction():
        for (column, row), purpose, uid, box in _boxes():
            if kid_of(box) == keys.kek_current:
                continue
            try:
                fresh = keys.seal(purpose, uid, keys.unseal(purpose, uid, box))
            except Unreadable:
                closed += 1
                continue
            # only if it is still the one that was read: who joins or renews a code meanwhile is not undone
            db.session.execute(update(column.class_).where(row, column == box).values({column: fresh}))
            moved += 1
    return moved, closed


def _sign_out_everybody(now: datetime) -> int:
    with transaction():
        ended = update(SignIn).where(SignIn.revoked_at.is_(None)).values(revoked_at=now)
        found = db.session.execute(ended.returning(SignIn.uid, SignIn.person_id)).all()
        whose = {row.id: row.uid for row in db.session.execute(select(Person.id, Person.uid))}
        withdrawn_together(Line("sign_in", whose[person_id], uid, now) for uid, person_id in found)
    return len(found)
