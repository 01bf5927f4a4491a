"""Whoever steals the database, its log, the ledgers and a backup, without the secrets file, reads nobody's words."""

from __future__ import annotations

import gzip
import re
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.cast import CANARY, Cast
from tests.conftest import close
from tests.journal.record import rows
from tests.sync.phone import HERE, Phone, fresh, hexed
from wellbeing.accounts import phrases
from wellbeing.db import db
from wellbeing.withdrawals import NAME


def note(cast: Cast, name: str, words: str) -> str:
    op_id = fresh()
    sent = cast.browser(name).post("/journal", data={"op_id": op_id, "mood": "2", "note": words}, headers=HERE)
    assert sent.status_code == 303
    return hexed(op_id)


def all_bytes(cast: Cast, tmp_path: Path) -> dict[str, bytes]:
    """Everything a thief carries away, by name; what is packed is unpacked for them."""
    app = cast.app
    stolen: dict[str, bytes] = {}
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            for name in db.metadata.tables:
                found = db.session.execute(text(f'SELECT * FROM "{name}"')).all()
                stolen[name] = b"\n".join(
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    for row in found
                    for value in row
                )
        else:
            live = Path(app.config["LE_FIL"].database_url.removeprefix("sqlite:///"))
            stolen |= {file.name: file.read_bytes() for file in live.parent.glob(live.name + "*")}
    for ledger in (NAME, "releases.jsonl"):
        path = app.config["LE_FIL"].instance / ledger
        stolen[ledger] = path.read_bytes() if path.exists() else b""
    close(app)
    backup = tmp_path / "backup"
    assert app.test_cli_runner().invoke(args=["backup", str(backup)]).exit_code == 0
    close(app)
    stolen["backup.gz"], stolen["backup"] = backup.read_bytes(), gzip.decompress(backup.read_bytes())
    with tarfile.open(backup) as tar:
        assert {NAME, "releases.jsonl"} < set(tar.getnames())
    stolen["backup.keys"] = backup.with_name("backup.keys").read_bytes()
    return stolen


def test_no_word_code_token_or_phrase_is_in_any_of_it(cast: Cast, tmp_path: Path) -> None:
    phone, tonight = Phone(cast), cast.workshop("Willow", cast.now)
    note(cast, "Ana", f"ma note {CANARY}")
    gone = note(cast, "Ana", f"reprise {CANARY}")
    cast.browser("Ana").post(f"/journal/entries/{gone}/deletion", headers=HERE)
    phone.send(phone.create(3, note=f"du téléphone {CANARY}"))
    phone.send(phone.op("reflection.before", tonight.uid, {"mood": 3}))
    calendar = cast.browser("Ana").post("/workshops/calendar").text
    feed = re.search(r"/calendar/([a-z2-7]{32})\.ics", calendar)
    link = re.search(r"/invitations/([a-z2-7]{32})", cast.browser("Sam").post("/organisation/invitations").text)
    assert feed
    assert link
    secrets = [CANARY, "ma note", "du téléphone", feed[1], link[1], *cast.codes.values()]
    secrets += [one.token for one in cast.people.values()]
    for one in cast.people.values():
        canonical = phrases.canonical(one.phrase) or ""
        secrets += [one.phrase, canonical, " ".join(canonical.split()[:2])]
    stolen = all_bytes(cast, tmp_path)
    assert sum(map(len, stolen.values())) > 50_000
    assert any(b"ornithorynque" not in content for content in stolen.values())
    found = [(name, secret) for name, content in stolen.items() for secret in secrets if secret.encode() in content]
    assert found == []


@pytest.mark.parametrize("swap", ["rows", "people", "columns"])
def test_a_box_in_the_place_of_another_cannot_be_read(cast: Cast, swap: str) -> None:
    one, other, of_ben = note(cast, "Ana", "la première"), note(cast, "Ana", "la seconde"), note(cast, "Ben", "de Ben")
    box = {row.uid: row.text for row in rows(cast.app, "SELECT uid, text FROM note JOIN entry ON entry.id = entry_id")}
    pseudonym = rows(cast.app, "SELECT pseudonym FROM person WHERE id = :id", id=cast.people["Ana"].person.id)[0][0]
    put = {"rows": box[other], "people": box[of_ben], "columns": pseudonym}[swap]
    with cast.app.app_context(), db.engine.begin() as connection:
        connection.execute(
            text("UPDATE note SET text = :box WHERE entry_id = (SELECT id FROM entry WHERE uid = :uid)"),
            {"box": bytes(put), "uid": one},
        )
    page = cast.browser("Ana").get(f"/journal/entries/{one}")
    assert page.status_code == 200
    assert "ne peut pas être lue" in page.text
    assert not any(words in page.text for words in ("la première", "la seconde", "de Ben"))
    assert "la seconde" in cast.browser("Ana").get(f"/journal/entries/{other}").text
