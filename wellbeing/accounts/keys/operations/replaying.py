"""A database that was put back is told which keys and devices were given up since (security.md, *Withdrawal ledger*).

`flask restore` calls this before the service answers. Nothing is written to the ledger by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from wellbeing.db import db, transaction
from wellbeing.models.passkey import Passkey
from wellbeing.models.person import Person
from wellbeing.models.sign_in import SignIn

KINDS = frozenset({"passkey", "phrase", "sign_in"})


def replay(lines: Iterable[Mapping[str, str]], now: datetime) -> None:
    """Make the lines of these three kinds true again, whatever their order among the others; doing it twice changes
    nothing. A passkey is gone with every device that it still opened, a device is closed, and of several phrases of one
    person the latest is theirs. What the database does not know is passed over.
    """
    told = sorted(
        (line for line in lines if line["kind"] in KINDS), key=lambda line: datetime.fromisoformat(line["at"])
    )
    of_kind = {kind: [line for line in told if line["kind"] == kind] for kind in KINDS}
    phrases = {line["person"]: line for line in of_kind["phrase"]}
    with transaction():
        for line in of_kind["sign_in"]:
            mine = SignIn.uid == line["uid"], SignIn.person_id == _id_of(line["person"])
            db.session.execute(update(SignIn).where(*mine, SignIn.revoked_at.is_(None)).values(revoked_at=now))
        for line in of_kind["passkey"]:
            mine = Passkey.uid == line["uid"], Passkey.person_id == _id_of(line["person"])
            db.session.execute(delete(Passkey).where(*mine))
        # all old ones first: one person's old words may begin like another's new ones
        db.session.execute(update(Person).where(Person.uid.in_(phrases)).values(phrase_selector=None))
        for uid, line in phrases.items():
            kept = {"phrase_selector": bytes.fromhex(line["selector"]), "phrase_verifier": line["verifier"]}
            db.session.execute(update(Person).where(Person.uid == uid).values(**kept))


def _id_of(person_uid: str) -> object:
    return select(Person.id).where(Person.uid == person_uid).scalar_subquery()
