"""What a phone had kept comes in by the file that somebody took when they signed out (`out.take`): once, and whole."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from tests.cast import CANARY, Cast
from tests.groups.record import workshops_of
from tests.portability.record import entries, exported, noted, sent
from tests.privacy.test_every_door import content
from tests.reflections.around import long_in
from wellbeing.db import db
from wellbeing.models.attendance import Attendance

PARIS = "Europe/Paris"


def op(kind: str, entity: str, at: datetime, **data: Any) -> dict[str, Any]:
    return {"op_id": str(uuid.uuid4()), "kind": kind, "entity": entity, "recorded_at": at.isoformat(), "data": data}


def felt(at: datetime, mood: int = 4, **other: Any) -> dict[str, Any]:
    local = at.astimezone(datetime.fromisoformat("2026-03-11T19:00:00+01:00").tzinfo)
    said = {"mood": mood, "felt_at": local.isoformat(), "zone": PARIS, "local_date": str(local.date()), "emotions": []}
    return said | other


def file(*ops: dict[str, Any]) -> str:
    """As static/js/outbox/leaving.js writes it."""
    return json.dumps({"schema": 1, "ops": list(ops)}, indent=1, ensure_ascii=False)


def test_moods_words_and_presences_come_in_once_and_moods_count_for_no_thread(cast: Cast) -> None:
    long_in(cast)
    at, uid = cast.now - timedelta(hours=1), str(uuid.uuid4())
    met = cast.workshop("Willow", cast.now - timedelta(hours=3))
    ana = cast.browser("Ana")
    waits = file(
        op("entry.create", uid, at, **felt(at, 2)),
        op("note.put", uid, at, note=CANARY),
        op("entry.update", uid, at, **felt(at, 3)),
        op("attendance.put", met.uid, at, how="declared"),
        op("reflection.after", met.uid, at, mood=4, calm=5, keepsake="la lumière"),
    )
    assert sent(ana, waits, preview=True).location == "/data/import"
    assert "Ce fichier contient 5\u00a0notes gardées en sortant." in ana.get("/data/import").text
    assert entries(cast, "Ana") == []
    done = ana.post("/data/import/entries")
    assert done.location == "/data?arrived=5&over=0"
    assert "5 notes gardées en sortant sont arrivées." in ana.get(done.location).text
    said = exported(ana)
    assert [(one["mood"], one["note"], one["imported"]) for one in said["entries"]] == [(3, CANARY, True)]
    assert [one["workshop"] for one in said["attendances"]] == [met.uid]
    assert [(one["after_mood"], one["after_calm"]) for one in said["reflections"]] == [(4, 5)]
    assert [one["text"] for one in said["keepsakes"]] == ["la lumière"]
    before = content(cast)
    again = sent(ana, waits)
    assert again.location == "/data?arrived=0&over=0"
    assert "Déjà importé. Rien n’a été ajouté." in ana.get(again.location).text
    assert content(cast) == before


def test_what_had_arrived_already_is_left_as_it_is(cast: Cast) -> None:
    ana, at = cast.browser("Ana"), cast.now - timedelta(hours=1)
    uid = noted(ana, mood="5")
    create = op("entry.create", uid, at, **felt(at, 1)) | {"op_id": uid}
    assert sent(ana, file(create)).location == "/data?arrived=0&over=0"
    assert [(one.mood, one.imported) for one in entries(cast, "Ana")] == [(5, False)]


def test_what_can_no_longer_be_done_is_said_and_the_rest_comes_in(cast: Cast) -> None:
    ana, at = cast.browser("Ana"), cast.now - timedelta(hours=1)
    oak = workshops_of(cast, cast.groups["Oak"])[0]
    waits = file(
        op("attendance.put", oak.uid, at, how="declared"),
        op("entry.create", str(uuid.uuid4()), at, **felt(at)),
        op("attendance.put", "0123456789abcdef", at, how="declared"),
    )
    done = sent(ana, waits)
    assert done.location == "/data?arrived=1&over=2"
    assert "2 ne peuvent plus être ajoutées" in ana.get(done.location).text
    assert len(entries(cast, "Ana")) == 1
    with cast.app.app_context():
        assert db.session.query(Attendance).count() == 0


def test_a_wrong_gesture_and_nothing_of_the_file_comes_in(cast: Cast) -> None:
    ana, at = cast.browser("Ana"), cast.now - timedelta(hours=1)
    good = op("entry.create", str(uuid.uuid4()), at, **felt(at))
    before = content(cast)
    for wrong in (
        op("entry.create", str(uuid.uuid4()), at, **felt(at, 9)),
        op("entry.create", str(uuid.uuid4()), at, **felt(at, note="a" * 4001)),
        op("entry.create", str(uuid.uuid4()), at, **felt(at) | {"local_date": "2026-01-01"}),
        op("entry.forge", str(uuid.uuid4()), at),
        op("entry.create", "not a uuid", at, **felt(at)),
        good | {"op_id": 7},
        {"op_id": good["op_id"]},
        good | {"kind": "entry.delete", "data": {}},
    ):
        refused = sent(ana, file(good, wrong))
        assert refused.status_code == 422, wrong
        assert "Ligne " in refused.text
        assert "Rien n’a été importé." in refused.text
    assert content(cast) == before


def test_without_consent_to_a_journal_nothing_of_it_is_stored(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    at = cast.now - timedelta(hours=1)
    before = content(cast)
    assert sent(cast.browser("Dora"), file(op("entry.create", str(uuid.uuid4()), at, **felt(at)))).status_code == 422
    assert content(cast) == before
