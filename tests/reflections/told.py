"""What the database holds of what somebody said of workshops, read beside the application."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.journal.record import rows
from wellbeing.db import db
from wellbeing.keyring import Unreadable
from wellbeing.vault.people import data_key_of

FIVE = {"interaction": 5, "cooperation": 4, "exchange": 4, "safety": 5, "return": 5}


def told(cast: Cast, name: str = "Ana") -> list[dict[str, Any]]:
    """Each reflection as it stands, without what was passed; its person, workshop and instants left out."""
    found = rows(cast.app, "SELECT * FROM reflection WHERE person_id = :id", id=cast.people[name].person.id)
    kept = [dict(row._mapping) for row in found]
    return [
        {key: value for key, value in row.items() if value is not None and not key.endswith(("_id", "_at"))}
        for row in kept
    ]


def keepsakes(cast: Cast, name: str = "Ana") -> list[str]:
    """What somebody took away, and then the copies beside it, opened with their own key."""
    found: list[str] = []
    for table, uid in (("keepsake", "workshop.uid"), ("keepsake_copy", "keepsake_copy.uid")):
        of = f"FROM {table} JOIN workshop ON workshop.id = {table}.workshop_id"
        for row in rows(cast.app, f"SELECT {uid} AS uid, {table}.text AS box {of} ORDER BY 1"):
            with cast.app.app_context():
                key = data_key_of(cast.app.config["KEYRING"], cast.person(name))
                try:
                    found.append(key.decrypted(f"{table}.text", row.uid, bytes(row.box)))
                except Unreadable:
                    found.append("?")
                db.session.rollback()
    return found
