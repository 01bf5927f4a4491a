"""What people took back, kept outside the database so that a restored backup does not give it back (security.md).

`instance/withdrawals.jsonl`: one JSON object a line, appended and on the disk before the deletion is committed, and
readable by its owner alone. Random uids only: no pseudonym, no group, no reason, no content.
"""

from __future__ import annotations

import fcntl
import json
import os
from datetime import datetime

from flask import current_app

from wellbeing.models.person import Person

NAME = "withdrawals.jsonl"


def withdrawn(kind: str, person: Person, uid: str, at: datetime, **kept: str) -> None:
    """Add a line: what (`entry`, `note`, `passkey`, …), whose, which, and when it was taken back.

    `kept` is what stands in its place: the selector and verifier of a new phrase. Raises OSError if it cannot be safe.
    """
    told = {"at": at.isoformat(), "kind": kind, "person": person.uid, "uid": uid, **kept}
    line = json.dumps(told).encode() + b"\n"
    path = current_app.config["LE_FIL"].instance / NAME
    made = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        length = os.fstat(file).st_size
        if length and os.pread(file, 1, length - 1) != b"\n":
            line = b"\n" + line  # its writer was killed: that line stays torn, and readers skip it
        if os.write(file, line) != len(line):
            raise OSError("a line was not written whole")
        os.fsync(file)
    finally:
        os.close(file)
    if made:
        _keep_name(path.parent.as_posix())


def _keep_name(folder: str) -> None:
    """Make the new file's name survive a power cut, not only its content."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
