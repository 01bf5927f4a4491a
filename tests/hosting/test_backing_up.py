"""A backup holds everything as it was at one instant, is its owner's alone, and opens nobody's words by itself."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from tests.cast import CANARY, Cast
from tests.hosting.conftest import Command
from tests.journal.record import rows
from tests.sync.phone import HERE, Phone, fresh


def members(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as tar:
        return {one.name: (tar.extractfile(one) or io.BytesIO()).read() for one in tar}


def test_the_two_files_are_their_owners_alone_and_nothing_else_is_left(
    place: Cast, command: Command, kept: Path
) -> None:
    place.browser("Ana").post("/journal", data={"op_id": fresh(), "mood": "4", "note": CANARY}, headers=HERE)
    before = set(kept.parent.iterdir())
    done = command("backup", kept)
    assert done.exit_code == 0, done.output
    assert {file.name for file in set(kept.parent.iterdir()) - before} == {"yesterday", "yesterday.keys"}
    assert {file.stat().st_mode & 0o777 for file in (kept, kept.with_name("yesterday.keys"))} == {0o600}
    held = members(kept)
    assert {"manifest.json", "withdrawals.jsonl", "releases.jsonl"} < set(held)
    manifest = json.loads(held["manifest.json"])
    assert manifest["rows"]["person"] == 6
    assert manifest["rows"]["entry"] == 1
    assert manifest["rows"].get("person_key", 0) == 0
    keys = json.loads(kept.with_name("yesterday.keys").read_text())["keys"]
    assert set(keys) == {row.uid for row in rows(place.app, "SELECT uid FROM person")}
    boxes = [bytes.fromhex(box) for box in keys.values()]
    assert [name for name, content in held.items() if any(box in content for box in boxes)] == []
    secrets = json.loads(place.app.config["LE_FIL"].secrets_path.read_text())
    everything = b"".join(held.values()) + kept.with_name("yesterday.keys").read_bytes()
    assert secrets["lookup"].encode() not in everything
    assert secrets["kek"]["keys"]["1"].encode() not in everything


def test_what_it_holds_is_of_one_instant_while_people_go_on_writing(place: Cast, kept: Path) -> None:
    """Each batch notes three moods in three transactions; an entry without its operation, or the reverse, is torn."""
    stop, phone = Event(), Phone(place)

    def write() -> int:
        sent = 0
        while not stop.is_set() and sent < 60:
            sent += len(phone.send(*(phone.create(n + 1) for n in range(3))))
        return sent

    with ThreadPoolExecutor(1) as meanwhile:
        writing = meanwhile.submit(write)
        runner = place.app.test_cli_runner()  # no connection is closed under those who write
        for n in range(3):
            assert runner.invoke(args=["backup", str(kept.with_name(f"copy-{n}"))]).exit_code == 0
        stop.set()
        assert writing.result() > 0
    for n in range(3):
        rows_kept = json.loads(members(kept.with_name(f"copy-{n}"))["manifest.json"])["rows"]
        assert rows_kept["entry"] == rows_kept["operation"] == rows_kept["entity_state"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_not_a_byte_of_a_key_is_left_in_a_freed_page(place: Cast, command: Command, kept: Path, tmp_path: Path) -> None:
    assert command("backup", kept).exit_code == 0
    (tmp_path / "copy").write_bytes(members(kept)["database.sqlite3"])
    with sqlite3.connect(tmp_path / "copy") as copy:
        assert copy.execute("SELECT count(*) FROM person_key").fetchone() == (0,)
        assert copy.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()


def test_a_place_that_cannot_be_written_is_said(place: Cast, command: Command, tmp_path: Path) -> None:
    done = command("backup", tmp_path / "nowhere" / "copy")
    assert done.exit_code == 1
    assert "cannot be written" in done.output
    assert "Traceback" not in done.output
