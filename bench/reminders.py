"""Reminders among 100 000 people, 10 000 of them due at once: claimed, decided, rendered for their browsers and taken
by a push service of this machine; by one worker, and two days later by two at once. Nobody is written to twice.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from contextlib import ExitStack
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import insert, text

from bench.installation import NOW, ROOT, Installation
from bench.multitude import NOBODY, multiply, sent
from bench.push_service import PushService, pushed, written
from bench.tables import table
from wellbeing.db import db, transaction
from wellbeing.models.person import PersonKey
from wellbeing.models.push_subscription import PushSubscription
from wellbeing.models.sign_in import SignIn
from wellbeing.vault.people import new_data_key

PEOPLE, DUE = 100_000, 10_000
AT = NOW.replace(hour=17, minute=2)  # six in the evening in Paris, and two minutes
LATER = timedelta(days=2)


def measure(installation: Installation, rounds: int) -> None:
    """Print what one pass took, and two workers at once; ROUNDS=1 is a tenth of the people."""
    people, due = (PEOPLE, DUE) if rounds > 1 else (PEOPLE // 10, DUE // 10)
    installation = Installation(installation.place / "reminders")
    with pushed() as service:
        _fill(installation, service, people, due)
        rows = []
        for workers, now in ((1, AT), (2, AT + LATER)):
            told = _passes(installation, service, now, workers)
            got = service.got()
            rows.append((
                f"{workers} worker{'s' * (workers > 1)}, {len(got):,} browsers reached",
                f"{max(one['seconds'] for one in told):.1f}",
                f"{sum(one['cpu'] for one in told):.1f}",
                str(max(got.values(), default=0)),
                str(max(one["peak"] for one in told)),
            ))  # fmt: skip
    heads = ("", "seconds", "CPU", "most to one", "peak, MiB")
    table(f"Reminders, {people:,} people, {due:,} due", heads, rows)


def _passes(installation: Installation, service: PushService, now: datetime, workers: int) -> list[dict[str, float]]:
    """Run so many workers from the same instant until nobody is due any more; what each says of itself."""
    also = {"WELLBEING_NOW": now.isoformat(), "WELLBEING_PUSH_HOSTS": service.origin}
    environment = {**os.environ, **installation.environment, **also}
    command = [sys.executable, "-m", "bench.reminding"]
    with ExitStack() as running:
        started = [
            running.enter_context(
                subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(workers)
        ]
        return [json.loads(one.communicate()[0].splitlines()[-1]) for one in started]


def _fill(installation: Installation, service: PushService, people: int, due: int) -> None:
    """Everybody asked for reminders; those who are due have a device, keys, and are looked at from AT's hour on."""
    with installation.app.app_context(), transaction():
        multiply("person", people, **{"uid": "substr('" + "0" * 32 + "' || i, -32)", **NOBODY})
        mine = "WHERE length(ltrim(uid, '0')) <= 6"
        sent(
            "INSERT INTO reminder (person_id, hour, days, workshops, keepsake, news, next_at, unanswered) SELECT id, "
            f"18, '1234567', 1, 1, 1, CASE WHEN uid <= :last THEN :due ELSE :far END, 0 FROM person {mine}",
            last=f"{due:032}",
            due=f"{AT:%Y-%m-%d %H}:00:00.000000",
            far="2027-01-01 00:00:00.000000",
        )
        sent(
            "INSERT INTO consent (uid, person_id, purpose, text_hash, locale, given_at, given_in) SELECT 'r' || id, "
            f"id, 'reminders', '', 'fr', '2025-01-01 00:00:00.000000', 'settings' FROM person {mine}"
        )
        sent(
            "INSERT INTO membership (uid, person_id, group_id, role, began_at) SELECT 'm' || id, id, 1, 'participant', "
            f"'2025-01-01 00:00:00.000000' FROM person {mine}"
        )
        last = {"last": f"{due:032}"}
        found = db.session.execute(text(f"SELECT id, uid FROM person {mine} AND uid <= :last"), last).all()
        _devices(installation, service, [(person, uid) for person, uid in found])


def _devices(installation: Installation, service: PushService, people: list[tuple[int, str]]) -> None:
    """One browser each, as if it had said where it receives."""
    keyring, public = installation.app.config["KEYRING"], ec.generate_private_key(ec.SECP256R1()).public_key()
    point = written(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
    keys, devices, subscriptions = [], [], []
    first = db.session.execute(text("SELECT max(id) FROM sign_in")).scalar() or 0
    for number, (person, person_uid) in enumerate(people, start=first + 1):
        key, box = new_data_key(keyring, person_uid)
        uid, endpoint = secrets.token_hex(16), f"{service.origin}/push/{person}"
        keys.append({"person_id": person, "box": box})
        devices.append({
            "id": number, "uid": uid, "person_id": person, "token_hash": sha256(uid.encode()).digest(),
            "key_kind": "phrase", "shared": False, "created_at": NOW, "last_seen_day": NOW.date(), "fresh_until": NOW,
            "expires_at": NOW + timedelta(days=300),
        })  # fmt: skip
        said = {"endpoint": endpoint, "p256dh": point, "auth": written(os.urandom(16))}
        boxes = {name: key.encrypted(f"push_subscription.{name}", uid, word) for name, word in said.items()}
        subscriptions.append({
            "uid": uid, "person_id": person, "sign_in_id": number, "endpoint_hash": endpoint.encode(), "made_at": NOW,
            "failures": 0, **boxes,
        })  # fmt: skip
    for rows, model in ((keys, PersonKey), (devices, SignIn), (subscriptions, PushSubscription)):
        db.session.execute(insert(model), rows)
