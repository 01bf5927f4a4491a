"""Three years pass, and the worker goes on: what was to go is gone, table by table, and what is used is there."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from sqlalchemy import inspect, text

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.journal.record import rows
from tests.sync.phone import HERE, Phone, fresh, hexed
from wellbeing import withdrawals, worker
from wellbeing.db import db

STAY = {  # of people who come back, of groups, of whoever runs them; and what nobody is in
    "alembic_version", "server_epoch", "group", "workshop", "person", "person_key", "membership", "stewardship",
    "consent", "contribution", "sign_in", "release", "entry", "entry_emotion", "note", "logged_year", "operation",
    "entity_state", "attendance", "throttle", "silence",
}  # fmt: skip


def counts(cast: Cast) -> dict[str, int]:
    with cast.app.app_context():
        names = inspect(db.engine).get_table_names()
        return {name: db.session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}


def test_nothing_stays_longer_than_was_said(cast: Cast, clock: Clock) -> None:
    """Ana writes every 40 days; Ben and Cleo never come back; Fay and Gus run groups, Sam the place."""
    ledger: Path = cast.app.config["LE_FIL"].instance / withdrawals.NAME
    cast.browser("Ben").post("/journal", data={"op_id": fresh(), "mood": "4", "note": CANARY}, headers=HERE)
    gone = fresh()
    cast.browser("Ana").post("/journal", data={"op_id": gone, "mood": "1"}, headers=HERE)
    cast.browser("Ana").post(f"/journal/entries/{hexed(gone)}/deletion", headers=HERE)
    cast.browser("Sam").post("/organisation/invitations")
    cast.stranger().post("/sign-in", data={"phrase": "abaisser " * 7})
    assert Phone(cast, "Cleo").first(Phone(cast, "Cleo").create(3))["status"] == "applied"
    assert len(withdrawals.read(ledger)) == 1
    began = clock.now
    ben = cast.person("Ben").uid
    while clock.now < began + timedelta(days=3 * 365):
        clock.advance(days=40)
        device = cast.stranger()
        assert device.post("/sign-in", data={"phrase": cast.people["Ana"].phrase}).status_code == 303
        device.post("/journal", data={"op_id": fresh(), "mood": "3"}, headers=HERE)
        with cast.app.app_context():
            assert worker.tick(clock.now)
    left = {row.uid for row in rows(cast.app, "SELECT uid FROM person")}
    assert left == {cast.people[name].person.uid for name in ("Ana", "Fay", "Gus", "Sam")}
    assert [name for name, count in counts(cast).items() if count and name not in STAY] == []
    now = clock.now
    counters = rows(cast.app, "SELECT expires FROM throttle")
    assert all(row.expires > now.timestamp() for row in counters)  # of the last day
    kept = rows(cast.app, "SELECT received_at FROM operation")
    assert 10 <= len(kept) <= 11  # 400 days of one every forty
    assert rows(cast.app, "SELECT 1 FROM entity_state WHERE deleted_at IS NOT NULL") == []
    devices = rows(cast.app, "SELECT 1 FROM sign_in")
    assert 1 <= len(devices) <= 3  # ninety days idle, thirty kept after that
    lines = withdrawals.read(ledger)
    assert {line.kind for line in lines} == {"account"}
    assert ben in {line.person for line in lines}
    assert all(line.at > now - timedelta(days=396) for line in lines)
    assert CANARY not in ledger.read_text()
    releases = [json.loads(line) for line in (ledger.parent / "releases.jsonl").read_text().splitlines()]
    assert len(releases) == counts(cast)["release"]
