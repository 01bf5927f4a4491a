"""Putting a backup back: what is refused leaves everything as it was, and nobody is answered meanwhile."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, text

from tests.cast import CANARY, Cast
from tests.conftest import Clock, close
from tests.databases import built
from tests.hosting.conftest import Command, commanded
from tests.hosting.test_backing_up import members
from tests.hosting.test_drill import noted, page
from tests.journal.record import rows
from tests.keeping.owned import counted, not_named
from tests.kills import KILLED, end_of, forked
from tests.sync.phone import HERE, Phone, hexed
from wellbeing import keyring
from wellbeing.config import Config
from wellbeing.hosting import archive
from wellbeing.hosting.operations import restoring
from wellbeing.web.restoring import alone

Spoil = Callable[[Path], None]


def damaged(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    file.write_bytes(whole)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-400])


def rewritten(file: Path, **changes: object) -> None:
    folder = file.with_name("unpacked")
    folder.mkdir()
    manifest = archive.unpack(file, folder)
    archive.write(file, replace(manifest, **changes), folder)  # type: ignore[arg-type]


def newer(file: Path) -> None:
    rewritten(file, revision="9999")


def of_elsewhere(file: Path) -> None:
    rewritten(file, engine="oracle")


def changed_inside(file: Path) -> None:
    manifest = json.loads(members(file)["manifest.json"])
    rewritten(file, sha256=dict.fromkeys(manifest["sha256"], "0" * 64))


def without_keys(file: Path) -> None:
    file.with_name(f"{file.name}.keys").unlink()


def with_older_keys(file: Path) -> None:
    beside = file.with_name(f"{file.name}.keys")
    beside.write_text(beside.read_text().replace('"made_at": "2026', '"made_at": "2025'))


def with_spoilt_keys(file: Path) -> None:
    beside = file.with_name(f"{file.name}.keys")
    beside.write_text(beside.read_text().replace('"sha256": "', '"sha256": "0'))


REFUSALS: list[tuple[Spoil, str]] = [
    (damaged, "damaged"),
    (cut, "damaged"),
    (changed_inside, "damaged"),
    (newer, "newer Le fil"),
    (of_elsewhere, "DATABASE_URL"),
    (without_keys, "--lose-words"),
    (with_older_keys, "older than the backup"),
    (with_spoilt_keys, "damaged"),
    (lambda file: file.unlink(), "There is no file"),
]


def state(cast: Cast) -> list[object]:
    return [tuple(row) for row in rows(cast.app, "SELECT uid, mood FROM entry ORDER BY uid")] + [
        tuple(row) for row in rows(cast.app, "SELECT uid FROM server_epoch")
    ]


@pytest.mark.parametrize(("spoil", "said"), REFUSALS, ids=[getattr(s, "__name__", "") for s, _ in REFUSALS])
def test_what_cannot_be_trusted_is_refused_and_changes_nothing(
    place: Cast, command: Command, kept: Path, spoil: Spoil, said: str
) -> None:
    noted(place, "Ana", "before")
    assert command("backup", kept).exit_code == 0
    after = noted(place, "Ana", "after")
    spoil(kept)
    before = state(place)
    done = command("restore", kept)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
    assert state(place) == before
    assert "after" in page(place, "Ana", after)
    left = [file.name for file in place.app.config["LE_FIL"].instance.iterdir() if "restoring" in file.name]
    assert left == []


def test_secrets_of_elsewhere_are_refused_and_words_may_be_given_up(
    place: Cast, command: Command, kept: Path, tmp_path: Path
) -> None:
    """Then nobody reads their old notes, and everybody can write new ones; a phone that offers again is understood."""
    phone = Phone(place)
    old = noted(place, "Ana", f"old {CANARY}")
    create = phone.create(3, note="old as well")
    phone.send(create)
    assert command("backup", kept).exit_code == 0
    config: Config = place.app.config["LE_FIL"]
    others = tmp_path / "others.json"
    keyring.make(others)
    said = json.loads(others.read_text()) | {"lookup": json.loads(config.secrets_path.read_text())["lookup"]}
    others.write_text(json.dumps(said | {"cookie": json.loads(config.secrets_path.read_text())["cookie"]}))
    close(place.app)
    elsewhere = place.in_app(built(replace(config, secrets_path=others)))
    try:
        refused = commanded(elsewhere.app)("restore", kept)
        assert refused.exit_code == 1
        if not config.database_url.startswith("sqlite"):
            left = "SELECT 1 FROM information_schema.schemata WHERE schema_name = 'restoring'"
            assert rows(place.app, left) == []
            close(place.app)
        assert "secrets file" in refused.output
        assert commanded(elsewhere.app)("restore", kept, "--lose-words").exit_code == 0
        assert "ne peut pas être lue" in page(elsewhere, "Ana", old)
        assert "new" in page(elsewhere, "Ana", noted(elsewhere, "Ana", "new"))
        again = Phone(elsewhere, device_id=phone.device_id)
        assert again.first(create)["status"] == "duplicate"
    finally:
        close(elsewhere.app)


def test_a_newer_file_of_keys_tells_who_was_erased_when_no_ledger_is_left(
    place: Cast, command: Command, kept: Path, clock: Clock, tmp_path: Path
) -> None:
    assert command("backup", kept).exit_code == 0
    clock.advance(minutes=1)
    assert place.browser("Ben").post("/settings/erasure", data={}).status_code == 303
    assert command("backup", tmp_path / "today").exit_code == 0
    (place.app.config["LE_FIL"].instance / "withdrawals.jsonl").unlink()
    done = command("restore", kept, "--keys", tmp_path / "today.keys")
    assert done.exit_code == 0, done.output
    assert rows(place.app, "SELECT 1 FROM person WHERE id = :id", id=place.people["Ben"].person.id) == []
    assert len(rows(place.app, "SELECT 1 FROM person")) == 5


def test_the_ledger_of_another_machine_is_heard_and_kept(
    place: Cast, command: Command, kept: Path, tmp_path: Path
) -> None:
    assert command("backup", kept).exit_code == 0
    assert place.browser("Ben").post("/settings/erasure", data={}).status_code == 303
    ledger = place.app.config["LE_FIL"].instance / "withdrawals.jsonl"
    moved = Path(shutil.move(ledger, tmp_path / "machine-b.jsonl"))
    done = command("restore", kept, "--ledger", moved)
    assert done.exit_code == 0, done.output
    assert len(rows(place.app, "SELECT 1 FROM person")) == 5
    assert '"account"' in ledger.read_text()


def test_a_note_rewritten_before_the_backup_is_not_taken_for_the_one_that_was_taken_back(
    place: Cast, command: Command, kept: Path
) -> None:
    phone = Phone(place)
    create = phone.create(3, note="first")
    unsaid = phone.op("note.delete", create["entity"], {}, base=1)
    phone.send(create, unsaid, phone.put_note(create["entity"], "second", base=2))
    assert command("backup", kept).exit_code == 0
    assert command("restore", kept).exit_code == 0
    assert "second" in page(place, "Ana", hexed(create["entity"]))


def test_a_backup_from_before_two_rotations_is_still_read(place: Cast, command: Command, kept: Path) -> None:
    old = noted(place, "Ana", "of long ago")
    assert command("backup", kept).exit_code == 0
    for _ in range(2):
        assert command("rotate-keys").exit_code == 0
    assert command("restore", kept).exit_code == 0
    assert "of long ago" in page(place, "Ana", old)


def test_an_empty_installation_takes_it_in(place: Cast, command: Command, kept: Path) -> None:
    """The disk burned: nothing is left but the two files and the secrets."""
    old = noted(place, "Ana", "of before the fire")
    assert command("backup", kept).exit_code == 0
    config: Config = place.app.config["LE_FIL"]
    for file in config.instance.iterdir():
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    if config.database_url.startswith("sqlite"):
        live = Path(config.database_url.removeprefix("sqlite:///"))
        for file in live.parent.glob(live.name + "*"):
            file.unlink()
    else:
        engine = create_engine(config.database_url)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
    done = command("restore", kept)
    assert done.exit_code == 0, done.output
    assert "of before the fire" in page(place, "Ana", old)
    assert place.stranger().post("/sign-in", data={"phrase": place.people["Ben"].phrase}).status_code == 303


def test_a_backup_of_the_release_before_says_whose_each_note_is(place: Cast, command: Command, kept: Path) -> None:
    uid = noted(place, "Ana", f"gardée {CANARY}")
    noted(place, "Ben", "d’un autre")
    with place.app.app_context():
        downgrade(revision="0024")
    assert command("backup", kept).exit_code == 0
    with place.app.app_context():
        upgrade()
    done = command("restore", kept)
    assert done.exit_code == 0, done.output
    assert f"gardée {CANARY}" in page(place, "Ana", uid)
    assert counted(place.app)["note"] == 2
    assert not_named(place.app) == {}


def test_nobody_is_answered_meanwhile_and_everybody_afterwards(place: Cast, command: Command, kept: Path) -> None:
    assert command("backup", kept).exit_code == 0
    with alone(place.app.config["LE_FIL"].instance):
        for path in ("/healthz", "/", "/sign-in"):
            assert place.stranger().get(path).status_code == 503
        sent = place.browser("Ana").post("/journal", data={"op_id": "x", "mood": "4"}, headers=HERE)
        assert sent.status_code == 503
        assert Phone(place).post(Phone(place).create()).status_code == 503
        assert "very moment" in command("restore", kept).output
    assert place.stranger().get("/healthz").status_code == 200
    assert command("restore", kept).exit_code == 0
    assert place.stranger().get("/healthz").text == "ok"


def test_one_that_is_killed_leaves_all_as_it_was_and_open(place: Cast, command: Command, kept: Path) -> None:
    """At growing distances; the last comes to its end. Every database met on the way is one of the two."""
    before = noted(place, "Ana", "before")
    assert command("backup", kept).exit_code == 0
    noted(place, "Ana", "after")
    now, app = place.now, place.app
    of_the_life, steps, killed = rows(app, "SELECT uid FROM server_epoch")[0].uid, 6000.0, 0
    while True:
        close(app)
        code = end_of(forked(partial(_restored, app, kept, now), int(steps)))
        life = rows(app, "SELECT uid FROM server_epoch")[0].uid
        count = len(rows(app, "SELECT 1 FROM entry"))
        assert (life == of_the_life, count) in ((True, 2), (False, 1))
        assert place.stranger().get("/healthz").status_code == 200
        assert "before" in page(place, "Ana", before)
        if code == 0:
            break
        assert code == KILLED
        killed, steps = killed + 1, steps * 2.5
    assert life != of_the_life
    assert killed >= 3
    assert not list(app.config["LE_FIL"].instance.glob(".restoring*"))


def _restored(app: Flask, file: Path, now: datetime) -> None:
    with app.app_context():
        restoring.restore(restoring.Asked(file), now)
    close(app)
