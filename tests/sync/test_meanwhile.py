"""What happens to a person, a group or a server while gestures wait in a pocket."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.journal.record import rows
from tests.portability.record import sent
from tests.sync.phone import HERE, Phone, hexed
from tests.workshops.presences import presences
from wellbeing.db import db, transaction
from wellbeing.models.workshop import Workshop

MOODS = "SELECT uid, mood FROM entry WHERE person_id = :id ORDER BY uid"


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return Phone(cast)


@pytest.fixture
def tonight(cast: Cast) -> Workshop:
    return cast.workshop("Willow", cast.now - timedelta(hours=1))


def changed(cast: Cast, statement: str, **values: object) -> None:
    with cast.app.app_context(), transaction():
        db.session.execute(db.text(statement), values)


def test_a_journal_erased_on_one_device_is_not_brought_back_by_the_other(cast: Cast, phone: Phone) -> None:
    """The other phone is told to sign in, and nobody can any more: nothing it holds makes a row."""
    Phone(cast, "Cleo").send(Phone(cast, "Cleo").create(3))
    uid, batch, other = phone.uid, phone.batch(phone.create(note=CANARY)), cast.browser("Ana")
    assert other.post("/settings/erasure").location == "/?said=data.del_done"
    before = rows(cast.app, "SELECT uid FROM entry ORDER BY uid")
    assert before, "others are there"
    assert cast.browser("Ana").post("/sync", json=batch, headers=HERE).status_code == 401
    assert cast.browser("Ben").post("/sync", json=batch, headers=HERE).status_code == 409
    assert rows(cast.app, "SELECT uid FROM entry ORDER BY uid") == before
    assert rows(cast.app, "SELECT id FROM person WHERE uid = :uid", uid=hexed(uid)) == []


def test_a_group_that_closed_meanwhile_still_takes_who_was_there_and_what_they_say(
    cast: Cast, phone: Phone, tonight: Workshop
) -> None:
    ops = [
        phone.was_there(tonight.uid, how="code", code=cast.codes[tonight.uid]),
        phone.op("reflection.after", tonight.uid, {"mood": 4, "keepsake": "Le rythme à deux."}),
    ]
    changed(cast, 'UPDATE "group" SET closed_at = :now WHERE id = :id', now=cast.now.isoformat(), id=tonight.group_id)
    assert [one["status"] for one in phone.send(*ops)] == ["applied", "applied"]
    assert presences(cast) == {("Ana", tonight.uid): "code"}


def test_of_a_group_left_meanwhile_nothing_is_taken_and_nothing_is_dropped(
    cast: Cast, phone: Phone, tonight: Workshop
) -> None:
    """The workshop is not theirs any more: it waits under « À corriger », and comes with them if they come back."""
    waits = phone.was_there(tonight.uid)
    out = "UPDATE membership SET ended_at = :at WHERE person_id = :id"
    changed(cast, out, at=cast.now.isoformat(), id=cast.people["Ana"].person.id)
    assert phone.first(waits) == {"status": "invalid", "reason": "not_found"}
    assert presences(cast) == {}
    changed(cast, out, at=None, id=cast.people["Ana"].person.id)
    assert phone.first(waits)["status"] == "applied"


def test_a_file_of_what_waits_brought_in_before_it_is_sent_makes_one_note(cast: Cast, phone: Phone) -> None:
    """Whoever took the file, stayed, and opened it elsewhere: the phone's own queue leaves all the same."""
    note, later = phone.create(2, note=CANARY), phone.create(5)
    keys = ("op_id", "kind", "entity", "recorded_at", "data")
    file = json.dumps({"schema": 1, "ops": [{key: op[key] for key in keys} for op in (note, later)]})
    assert sent(cast.browser("Ana"), file).location == "/data?arrived=2&over=0"
    held = rows(cast.app, MOODS, id=cast.people["Ana"].person.id)
    assert {mood for _, mood in held} >= {2, 5}
    assert [one["status"] for one in phone.send(note, later)] == ["duplicate", "duplicate"]
    assert phone.first(phone.update(note["entity"], 3, 1))["status"] == "applied"
    assert len(rows(cast.app, MOODS, id=cast.people["Ana"].person.id)) == len(held)


def test_a_phone_left_in_a_drawer_for_a_year_is_understood(cast: Cast, phone: Phone, clock: Clock) -> None:
    """The first schema is taken for four hundred days and more, and what was dealt with is remembered as long."""
    op = phone.create(4)
    phone.send(op)
    changed(cast, "UPDATE sign_in SET expires_at = '2028-01-01 00:00:00+00:00'")
    clock.advance(days=399)
    at = clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert phone.first(op, sent_at=at)["status"] == "duplicate"
