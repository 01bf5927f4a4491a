"""The drill: a backup is made, life goes on, the backup is put back, and nothing taken back returns."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

from flask import Flask

from tests.cast import CANARY, Cast
from tests.conftest import Clock
from tests.hosting.conftest import Command
from tests.journal.record import entries, rows
from tests.sync.phone import HERE, Phone, fresh, hexed
from wellbeing.accounts import phrases
from wellbeing.accounts.operations.choices import choose
from wellbeing.db import db, transaction
from wellbeing.models.person import Person
from wellbeing.publishing.ledger import NAME as RELEASES
from wellbeing.publishing.operations import freeze
from wellbeing.withdrawals import withdrawn


def acknowledged(phone: Phone, ops: list[dict[str, Any]], *more: dict[str, Any]) -> None:
    """The phone sends, and keeps what was listed, as a browser does for 14 days."""
    results = phone.send(*more)
    assert {one["status"] for one in results} <= {"applied", "duplicate"}
    ops += more


def noted(cast: Cast, name: str, note: str) -> str:
    op_id = fresh()
    sent = cast.browser(name).post("/journal", data={"op_id": op_id, "mood": "4", "note": note}, headers=HERE)
    assert sent.status_code in (200, 303)
    return hexed(op_id)


def page(cast: Cast, name: str, uid: str) -> str:
    answer = cast.browser(name).get(f"/journal/entries/{uid}")
    return answer.text if answer.status_code == 200 else ""


def epoch(app: Flask) -> str:
    return str(rows(app, "SELECT uid FROM server_epoch")[0].uid)


def test_the_drill(place: Cast, command: Command, kept: Path, clock: Clock, tmp_path: Path) -> None:
    cast, app = place, place.app
    phone = Phone(cast)
    offered: list[dict[str, Any]] = []
    stays, note_goes, entry_goes = (noted(cast, "Ana", f"{word} {CANARY}") for word in ("stays", "goes", "deleted"))
    of_ben = noted(cast, "Ben", f"secret of Ben {CANARY}")
    before = phone.create(3, note="before")
    acknowledged(phone, offered, before)
    elsewhere = Phone(cast)  # another device, whose deletion this one has not heard of
    doomed = phone.create(2, note="doomed")
    acknowledged(phone, offered, doomed)
    assert cast.browser("Ana").post("/workshops/calendar").status_code == 200
    gone_phrase, ben = cast.people["Cleo"].phrase, cast.person("Ben").uid

    made = command("backup", kept)
    assert made.exit_code == 0, made.output
    first_epoch = epoch(app)

    # life goes on
    clock.advance(hours=1)
    after = phone.create(5, note="after the backup")
    acknowledged(phone, offered, after)
    edited = phone.update(before["entity"], 1, base=1, note="edited")
    acknowledged(phone, offered, edited)
    assert elsewhere.first(elsewhere.delete(doomed["entity"], base=9))["status"] == "applied"
    ana = cast.browser("Ana")
    assert ana.post(f"/journal/entries/{entry_goes}/deletion", headers=HERE).status_code in (200, 303)
    unsaid = elsewhere.op("note.delete", str(uuid.UUID(note_goes)), {}, base=9)
    assert elsewhere.first(unsaid)["status"] == "applied"
    assert cast.fresh("Ben").post("/settings/erasure").location == "/?said=data.del_done"
    assert ana.post("/workshops/calendar/end").status_code == 303
    with app.app_context():
        choose(cast.person("Ana"), "trends", False, "0" * 64, clock.now)
        words = phrases.canonical(phrases.drawn()) or ""
        with transaction():
            cleo = db.session.get(Person, cast.people["Cleo"].person.id)
            assert cleo
            cleo.phrase_selector = phrases.selector_of(app.config["KEYRING"], words)
            cleo.phrase_verifier = phrases.verifier_of(words)
            withdrawn("phrase", cleo, cleo.uid, clock.now, selector=cleo.phrase_selector.hex(),
                      verifier=cleo.phrase_verifier)  # fmt: skip
    assert cast.browser("Gus").post("/sign-out").status_code == 303
    later = clock.advance(days=40)
    with app.app_context():
        freeze(now=later, randbelow=lambda n: 0, ledger_path=app.config["LE_FIL"].instance / RELEASES)
    frozen = rows(app, "SELECT * FROM release ORDER BY group_id, item, start")
    assert frozen
    rotated = command("rotate-keys")
    assert rotated.exit_code == 0, rotated.output

    done = command("restore", kept)
    assert done.exit_code == 0, done.output

    # notes readable
    assert f"stays {CANARY}" in page(cast, "Ana", stays)
    # the erased one is gone, and their words open nowhere
    assert rows(app, "SELECT 1 FROM person WHERE uid = :uid", uid=ben) == []
    assert cast.stranger().post("/sign-in", data={"phrase": cast.people["Ben"].phrase}).status_code == 422
    newest = tmp_path / "today"
    assert command("backup", newest).exit_code == 0
    keys = json.loads(newest.with_name("today.keys").read_text())["keys"]
    assert ben not in keys
    assert len(keys) == len(rows(app, "SELECT uid FROM person"))
    assert of_ben
    # what was deleted stays deleted, and the note that was taken back is
    assert page(cast, "Ana", entry_goes) == ""
    assert f"goes {CANARY}" not in page(cast, "Ana", note_goes)
    assert entries(cast, "Ana")
    # consent off, device out, old words dead, no calendar
    off = rows(app, "SELECT withdrawn_at FROM consent WHERE person_id = :id AND purpose = 'trends'",
               id=cast.people["Ana"].person.id)  # fmt: skip
    assert [bool(row.withdrawn_at) for row in off] == [True]
    assert cast.browser("Gus").get("/settings").status_code == 303
    assert cast.stranger().post("/sign-in", data={"phrase": gone_phrase}).status_code == 422
    assert cast.stranger().post("/sign-in", data={"phrase": words}).status_code == 303
    assert rows(app, "SELECT 1 FROM calendar_feed") == []
    # frozen rows are identical, and nothing is drawn twice
    assert rows(app, "SELECT * FROM release ORDER BY group_id, item, start") == frozen

    def never(_: int) -> int:
        raise AssertionError("a figure was drawn a second time")

    with app.app_context():
        freeze(now=later, randbelow=never, ledger_path=app.config["LE_FIL"].instance / RELEASES)
    assert rows(app, "SELECT * FROM release ORDER BY group_id, item, start") == frozen
    # an outbox that is offered again completes what was missing
    assert epoch(app) != first_epoch
    results = phone.send(*offered)
    assert [one["status"] for one in results].count("duplicate") == 2
    assert {one["status"] for one in results} == {"applied", "duplicate"}
    assert "after the backup" in page(cast, "Ana", hexed(after["entity"]))
    assert "edited" in page(cast, "Ana", hexed(before["entity"]))
    assert page(cast, "Ana", hexed(doomed["entity"])) == ""
