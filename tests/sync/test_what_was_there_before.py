"""An installation older than phones' queues: its entries, its deletions and its presences keep where they stand."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

from flask_migrate import upgrade

from tests.conftest import close, settings, shared
from tests.databases import built
from wellbeing.db import db

PEOPLE = """
INSERT INTO person (id, uid, pseudonym, locale, timezone, signed_up_at, signed_up_on, thread_hidden, phrase_failures,
                    last_seen_day)
VALUES (1, 'a1', x'00', 'fr', 'Europe/Paris', '2026-03-01 10:00:00', '2026-03-01', 0, 0, '2026-03-01');
"""
ENTRY = """
INSERT INTO entry (person_id, uid, mood, felt_at, offset_minutes, zone, local_date, first_recorded_at, in_time,
                   imported)
VALUES (1, '{uid}', 3, '2026-03-11 18:00:00', 60, 'Europe/Paris', '2026-03-11', '2026-03-11 18:00:00', 1, 0);
"""
OPERATION = """
INSERT INTO operation (person_id, op_id, kind, entity, parts, device_id, hash, version, result, received_at)
VALUES (1, '{op}', '{kind}', 'entry:{uid}', {parts}, 'form', x'00', {version}, '{{}}', '2026-03-11 18:0{version}:00');
"""


def test_what_forms_had_written_has_its_versions(shelf: Path, tmp_path: Path) -> None:
    app = built(settings(tmp_path, **shared(shelf)))
    file = tmp_path / "wellbeing.sqlite3"
    try:
        with app.app_context():
            upgrade(revision="0005")
            db.engine.dispose()
        told = [("kept", "entry.create", 3, 1), ("kept", "entry.update", 1, 2), ("gone", "entry.create", 1, 1)]
        told.append(("gone", "entry.delete", 3, 2))
        with sqlite3.connect(file) as connection:
            connection.executescript(PEOPLE + ENTRY.format(uid="kept") + ENTRY.format(uid="old"))
            for uid, kind, parts, version in told:
                op = uuid.uuid4().hex
                connection.executescript(OPERATION.format(op=op, uid=uid, kind=kind, parts=parts, version=version))
        connection.close()
        with app.app_context():
            upgrade()
            db.engine.dispose()
    finally:
        close(app)
    with sqlite3.connect(file) as connection:
        states = connection.execute(
            "SELECT entity, version, numbers_version, words_version, words_device, deleted_at IS NOT NULL,"
            " first_recorded_at IS NOT NULL FROM entity_state ORDER BY entity"
        ).fetchall()
        epochs = connection.execute("SELECT uid FROM server_epoch").fetchall()
    connection.close()
    assert states == [
        ("entry:gone", 2, 2, 2, "form", 1, 0),
        ("entry:kept", 2, 2, 1, "form", 0, 1),
        ("entry:old", 1, 1, 0, None, 0, 1),  # its operation was let go of after 400 days
    ]
    assert len(epochs) == 1
    assert str(uuid.UUID(epochs[0][0])) == epochs[0][0]


def test_the_tables_are_those_that_are_mapped(cast: object, app: object) -> None:
    """Nothing is left for another migration to do."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from flask import Flask

    assert isinstance(app, Flask)
    with app.app_context(), db.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), db.metadata)
    ours = [
        str(one)
        for one in found
        if any(
            name in str(one)
            for name in ("entity_state", "note_copy", "early_note", "entry_past", "server_epoch", "operation")
        )
    ]
    assert ours == []
