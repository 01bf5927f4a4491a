"""What a phone says of its entries: each kind, each reason, each date, and two devices on one entry."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.journal.record import entries, note_mood, notes, rows, weeks, words
from tests.sync.phone import FELT, Phone, fresh, hexed, operations
from wellbeing.db import db
from wellbeing.withdrawals import NAME


@pytest.fixture
def phone(cast: Cast) -> Phone:
    """Ana's; Cleo has an entry of her own, which stays as it is."""
    cleo = Phone(cast, "Cleo")
    cleo.send(cleo.create(5, note=CANARY))
    return Phone(cast)


def read_notes(cast: Cast) -> list[str]:
    """Ana's words, as her pages show them: of entries, then copies beside them."""
    from wellbeing.journal import queries
    from wellbeing.journal.versions.queries import copies_of

    keyring = cast.app.config["KEYRING"]
    with cast.app.app_context():
        ana = cast.person("Ana")
        found = [queries.noted(ana, entry.uid) for entry in entries(cast, "Ana")]
    with cast.app.app_context():
        ana = cast.person("Ana")
        kept = queries.notes_of(ana, [one for one in found if one], keyring)
        beside = [copy.text or "?" for one in found if one for copy in copies_of(ana, one.uid, keyring)]
        db.session.rollback()
    return [text or "?" for text in kept.values()] + beside


# --- one device -------------------------------------------------------------------------------------------------------
def test_the_example_of_the_design_is_dealt_with_as_it_says(cast: Cast, clock: Clock) -> None:
    """The example of the protocol, in its order; its emotion words are none of ours."""
    phone, elsewhere = Phone(cast), Phone(cast)
    recent, old = (cast.workshop("Willow", cast.now - timedelta(days=days)) for days in (1.5, 30))
    gone, edited = fresh(), elsewhere.create(3)
    elsewhere.send(edited, elsewhere.update(edited["entity"], 2))
    elsewhere.send(elsewhere.create(3) | {"op_id": gone, "entity": gone})
    elsewhere.send(elsewhere.delete(gone, 1))
    elsewhere.send(elsewhere.op("reflection.after", recent.uid, {"keepsake": "La lenteur."}))
    first = phone.create(4)
    phone.send(first)  # its answer was lost
    five = {"interaction": 5, "cooperation": 4, "exchange": 4, "safety": 5, "return": 5, "belong": 4}
    after = {"mood": 4, "calm": 4, **five, "keepsake": "Le rythme à deux."}
    full = {"energy": 3, "calm": None, "emotions": ["calmness", "curiosity"], "note": "Bonne répétition."}
    answers = phone.send(
        first,
        phone.update(first["entity"], 4, **full),
        phone.op("attendance.put", recent.uid, {"how": "code", "code": "8H2KQX4T"}),
        phone.op("reflection.before", recent.uid, {"mood": 3, "calm": 2}) | {"recorded_at": "2026-03-10T06:10:00Z"},
        phone.op("reflection.after", recent.uid, after),
        phone.delete(edited["entity"], 1),
        phone.put_note(gone, "À relire demain.", 1),
        phone.was_there(old.uid) | {"recorded_at": "2026-03-11T17:41:00Z"},
    )
    copies = [answer.pop("copy_id") for answer in answers if answer.get("reason") == "words"]
    assert len(copies) == 1
    assert answers == [
        {"status": "duplicate", "version": 1},
        {"status": "applied", "version": 2},
        {"status": "applied", "version": 2, "warnings": ["declared"]},
        {"status": "applied", "version": 1},
        {"status": "conflict", "version": 2, "reason": "words"},
        {"status": "conflict", "version": 3, "reason": "edited_elsewhere"},
        {"status": "invalid", "reason": "entry_deleted"},
        {"status": "invalid", "reason": "too_late"},
    ]
    assert words(cast, "Ana") == ["calmness", "curiosity"]


def test_an_entry_is_created_changed_deleted_and_brought_back(phone: Phone, cast: Cast) -> None:
    create = phone.create(4, energy=2, emotions=["joy"], note="mots")
    entity = create["entity"]
    assert phone.send(create, phone.update(entity, 2, calm=5)) == [
        {"status": "applied", "version": 1}, {"status": "applied", "version": 2},
    ]  # fmt: skip
    (entry,) = entries(cast, "Ana")
    assert (entry.uid, entry.mood, entry.energy, entry.calm) == (hexed(entity), 2, None, 5)
    assert (str(entry.local_date), entry.offset_minutes, words(cast, "Ana")) == ("2026-03-11", 60, [])
    assert read_notes(cast) == ["mots"]
    assert phone.send(phone.delete(entity)) == [{"status": "applied", "version": 3}]
    assert entries(cast, "Ana") == notes(cast, "Ana") == []
    assert weeks(cast, "Ana") == {}
    assert phone.send(phone.update(entity, 5, note="encore")) == [{"status": "applied", "version": 4}]
    assert (entries(cast, "Ana")[0].mood, read_notes(cast)) == (5, ["encore"])
    assert weeks(cast, "Ana") == {"2026-03-09": (1, 1)}


def test_an_absent_note_is_left_alone_and_null_removes_it(phone: Phone, cast: Cast) -> None:
    create = phone.create(4, note="mots")
    phone.send(create, phone.update(create["entity"], 3))
    assert read_notes(cast) == ["mots"]
    phone.send(phone.update(create["entity"], 3, note=None))
    assert notes(cast, "Ana") == []
    phone.send(phone.put_note(create["entity"], "autres\r\nmots"))
    assert read_notes(cast) == ["autres\nmots"]
    phone.send(phone.op("note.delete", create["entity"], {}))
    assert notes(cast, "Ana") == []


def test_what_was_taken_back_is_on_the_disk_before_it_is_gone(phone: Phone, cast: Cast) -> None:
    create = phone.create(4, note=CANARY)
    phone.send(create, phone.op("note.delete", create["entity"], {}), phone.delete(create["entity"]))
    file = cast.app.config["LE_FIL"].instance / NAME
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(line["kind"], line["uid"]) for line in lines] == [
        (kind, hexed(create["entity"])) for kind in ("note", "entry")
    ]
    assert set(lines[0]) == {"at", "kind", "person", "uid", "device"}
    assert (CANARY in file.read_text(), file.stat().st_mode & 0o777) == (False, 0o600)


def test_words_that_arrive_before_their_mood_wait_for_it_in_sight(phone: Phone, cast: Cast) -> None:
    create = phone.create(4)
    phone.send(phone.put_note(create["entity"], "<b>tôt</b>"))
    shown = phone.client.get("/journal").text
    assert "Notes sans humeur" in shown
    assert "&lt;b&gt;tôt&lt;/b&gt;" in shown
    assert "tôt" not in cast.browser("Ben").get("/journal").text
    phone.send(create)
    assert read_notes(cast) == ["<b>tôt</b>"]
    assert "Notes sans humeur" not in phone.client.get("/journal").text


def test_words_without_a_mood_are_their_persons_to_delete(phone: Phone, cast: Cast) -> None:
    entity = fresh()
    phone.send(phone.put_note(entity, "tôt"))
    address = f"/journal/entries/{hexed(entity)}/deletion"
    assert cast.browser("Ben").post(address).status_code == 404
    assert phone.client.post(address).status_code == 303
    assert "Notes sans humeur" not in phone.client.get("/journal").text


def test_without_consent_nothing_is_kept_and_a_later_attempt_is_judged_afresh(cast: Cast) -> None:
    cast.takes_part("Dora", "Willow", agreed=("age_ok",))
    dora = Phone(cast, "Dora")
    ops = dora.create(3), dora.put_note(fresh(), "x"), dora.update(fresh())
    assert dora.send(*ops) == [{"status": "invalid", "reason": "journal_off"}] * 3
    assert operations(cast, "Dora") == entries(cast, "Dora") == []
    assert (dora.client.get("/sync").json or {})["journal_on"] is False
    dora.client.post("/settings/choices", data={"purpose": "journal", "given": "1"})
    assert {answer["status"] for answer in dora.send(*ops)} == {"applied"}


# --- what is refused --------------------------------------------------------------------------------------------------
BAD: list[tuple[dict[str, Any], str]] = [
    ({"mood": 0}, "mood"), ({"mood": 6}, "mood"), ({"mood": True}, "mood"), ({"mood": 4.0}, "mood"),
    ({"mood": "4"}, "mood"), ({"mood": None}, "mood"), ({"energy": 0}, "energy"), ({"calm": [3]}, "calm"),
    ({"emotions": ["inconnu"]}, "emotions"), ({"emotions": ["joy", "joy"]}, "emotions"),
    ({"emotions": "joy"}, "emotions"), ({"emotions": [{}]}, "emotions"),
    ({"emotions": ["joy", "pride", "relief", "fear"]}, "emotions"),
    ({"felt_at": "2026-03-11T19:00"}, "felt_at"), ({"felt_at": "2026-02-30T19:00:00+01:00"}, "felt_at"),
    ({"felt_at": 5}, "felt_at"), ({"zone": "x" * 65}, "zone"), ({"zone": "a\x00b"}, "zone"), ({"zone": None}, "zone"),
    ({"local_date": "hier"}, "local_date"), ({"note": 5}, "note"), ({"note": "a\x00"}, "note"), ({"more": 1}, "more"),
    ({"felt_at": "1899-12-31T12:00:00Z", "local_date": "1899-12-31"}, "felt_at"),
    ({"felt_at": "2028-03-11T12:00:00Z", "local_date": "2028-03-11"}, "felt_at"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "fields"), BAD, ids=str)
def test_an_entry_that_says_something_wrong_is_refused_with_its_field_and_nothing_is_kept(
    phone: Phone, cast: Cast, wrong: dict[str, Any], fields: str
) -> None:
    for op in (phone.create(**{"mood": 4} | wrong), phone.update(fresh(), **{"mood": 4} | wrong)):
        assert phone.first(op) == {"status": "invalid", "reason": "bad_data", "fields": [fields]}
    assert operations(cast) == entries(cast, "Ana") == []
    assert rows(cast.app, "SELECT 1 FROM entity_state WHERE entity LIKE :e", e=f"%{hexed(op['entity'])}") == []


@pytest.mark.parametrize("missing", ["mood", "felt_at", "zone", "local_date"])
def test_what_is_missing_is_named(phone: Phone, missing: str) -> None:
    op = phone.create(4)
    del op["data"][missing]
    assert phone.first(op) == {"status": "invalid", "reason": "bad_data", "fields": [missing]}


@pytest.mark.parametrize(
    ("op", "reason", "fields"),
    [
        (("entry.create", {"mood": 4, **FELT, "note": "x" * 4001}), "too_large", ["note"]),
        (("note.put", {"note": "x" * 4001}), "too_large", ["note"]),
        (("note.put", {"note": ""}), "bad_data", ["note"]),
        (("note.put", {"note": None}), "bad_data", ["note"]),
        (("note.put", {}), "bad_data", ["note"]),
        (("note.delete", {"note": "x"}), "bad_data", ["note"]),
        (("entry.delete", {"é": 1}), "bad_data", ["data"]),
        (("entry.create", {"mood": 4, **FELT, "local_date": "2026-03-10"}), "local_date", ["local_date"]),
    ],
    ids=str,
)
def test_each_reason_has_its_word(
    phone: Phone, cast: Cast, op: tuple[str, dict[str, Any]], reason: str, fields: list[str]
) -> None:
    assert phone.first(phone.op(op[0], fresh(), op[1])) == {"status": "invalid", "reason": reason, "fields": fields}
    assert operations(cast) == []


def test_half_of_a_pair_an_impossible_instant_and_a_strange_name_are_refused_alone(phone: Phone, cast: Cast) -> None:
    half = phone.batch(phone.create(4, zone="ZONE")) | {}
    body = json.dumps(half).replace('"ZONE"', '"\\ud800"')
    answer = phone.client.post("/sync", data=body, content_type="application/json")
    assert (answer.json or {})["results"][0]["status"] == "invalid"
    strange = phone.first(phone.create(4) | {"entity": "w7K2"})
    assert strange == {"status": "invalid", "reason": "bad_data", "fields": ["entity"]}
    never = phone.first(phone.create(4) | {"recorded_at": "2026-13-11T25:00:00Z"})
    assert never == {"status": "invalid", "reason": "bad_data", "fields": ["recorded_at"]}
    assert entries(cast, "Ana") == []


def test_four_thousand_signs_are_kept(phone: Phone, cast: Cast) -> None:
    assert phone.first(phone.create(4, note="é" * 4000))["status"] == "applied"
    assert read_notes(cast) == ["é" * 4000]


# --- dates (F12, F13, F14) --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("felt_at", "local_date"),
    [
        ("2026-03-28T23:59:00+01:00", "2026-03-28"), ("2026-03-29T00:30:00+01:00", "2026-03-28"),
        ("2026-03-29T03:59:00+02:00", "2026-03-28"), ("2026-03-29T04:00:00+02:00", "2026-03-29"),
        ("2026-10-25T02:30:00+02:00", "2026-10-24"), ("2026-10-25T02:30:00+01:00", "2026-10-24"),
        ("2026-10-25T03:59:59.999999+01:00", "2026-10-24"), ("2026-10-25T04:00:00+01:00", "2026-10-25"),
        ("2026-03-12T09:00:00+14:00", "2026-03-12"), ("2026-03-10T20:00:00-11:00", "2026-03-10"),
        ("2026-03-11T03:59:59Z", "2026-03-10"), ("1900-01-01T12:00:00Z", "1900-01-01"),
    ],
)  # fmt: skip
def test_the_date_is_that_of_the_wall_clock_whatever_the_zone_and_never_moves(
    phone: Phone, cast: Cast, clock: Clock, felt_at: str, local_date: str
) -> None:
    assert (
        phone.first(phone.create(4, felt_at=felt_at, local_date=local_date, zone="Nulle/Part"))["status"] == "applied"
    )
    wrong = phone.create(4, felt_at=felt_at, local_date="2026-01-01")
    assert phone.first(wrong)["reason"] == "local_date"
    cast.browser("Ana").post("/settings", data={"timezone": "Pacific/Auckland"})
    (entry,) = entries(cast, "Ana")
    assert (str(entry.local_date), entry.zone) == (local_date, "Nulle/Part")


def test_the_same_date_lived_twice_over_the_date_line_is_one_day(phone: Phone, cast: Cast) -> None:
    for felt_at in ("2026-03-10T22:00:00+14:00", "2026-03-10T22:00:00-11:00", "2026-03-11T01:00:00-11:00"):
        assert phone.first(phone.create(4, felt_at=felt_at, local_date="2026-03-10"))["status"] == "applied"
    assert weeks(cast, "Ana") == {"2026-03-09": (1, 1)}


def test_what_lies_ahead_is_kept_with_a_warning_up_to_four_hundred_days(phone: Phone, cast: Cast) -> None:
    for ahead, answer in ((0, None), (1, ["future"]), (400, ["future"])):
        day = (cast.now + timedelta(hours=14, days=ahead)).date()  # the latest zone's today, and so on
        said = phone.first(phone.create(4, felt_at=f"{day}T12:00:00+14:00", local_date=str(day)))
        assert (said["status"], said.get("warnings")) == ("applied", answer)
    day += timedelta(days=1)
    assert phone.first(phone.create(4, felt_at=f"{day}T12:00:00+14:00", local_date=str(day)))["reason"] == "bad_data"


@pytest.mark.parametrize("days", [-366, -2, 2, 366])
def test_a_clock_that_is_wrong_is_told_and_refuses_nothing(phone: Phone, cast: Cast, days: int) -> None:
    sent_at = (cast.now + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    op = phone.create(4) | {"recorded_at": sent_at}
    assert phone.first(op, sent_at=sent_at) == {"status": "applied", "version": 1, "warnings": ["clock"]}
    (entry,) = entries(cast, "Ana")
    recorded = min(cast.now, cast.now + timedelta(days=days))
    assert str(entry.first_recorded_at)[:16] == f"{recorded:%Y-%m-%d %H:%M}"
    assert phone.first(phone.create(4), sent_at=cast.now.isoformat()[:19] + "Z").get("warnings") is None


def test_first_recorded_is_the_earliest_word_whatever_arrives_first(phone: Phone, cast: Cast) -> None:
    create = phone.create(4, felt_at="2026-03-01T12:00:00+01:00", local_date="2026-03-01")
    create["recorded_at"] = "2026-03-05T12:00:00Z"
    update = phone.update(create["entity"], 5, felt_at="2026-03-01T12:00:00+01:00", local_date="2026-03-01")
    phone.send(update)
    assert weeks(cast, "Ana") == {"2026-02-23": (1, 0)}  # recorded ten days later: fills the calendar alone
    assert phone.send(create) == [{"status": "applied", "version": 2, "superseded": True}]
    (entry,) = entries(cast, "Ana")
    assert (entry.mood, str(entry.first_recorded_at)[:10], weeks(cast, "Ana")) == (
        5,
        "2026-03-05",
        {"2026-02-23": (1, 1)},
    )


# --- with forms -------------------------------------------------------------------------------------------------------
def test_a_tap_told_by_its_form_and_then_by_the_queue_is_one_tap_and_the_phones(phone: Phone, cast: Cast) -> None:
    create = phone.create(4)
    note_mood(cast, "Ana", 2, op_id=create["op_id"], note="par le formulaire")
    assert phone.send(create) == [{"status": "duplicate", "version": 1}]
    assert [entry.mood for entry in entries(cast, "Ana")] == [2]
    # what the phone adds offline, having seen no version, is no conflict with itself
    assert phone.first(phone.update(create["entity"], 5, note="après")) == {"status": "applied", "version": 2}
    assert phone.first(phone.delete(create["entity"]))["status"] == "applied"


def test_another_gesture_under_a_forms_name_is_refused(phone: Phone, cast: Cast) -> None:
    create = phone.create(4)
    note_mood(cast, "Ana", 2, op_id=create["op_id"])
    for other in (create | {"kind": "entry.update"}, create | {"entity": fresh()}):
        assert phone.first(other) == {"status": "invalid", "reason": "op_id_reused"}


def test_a_form_again_after_the_queue_is_the_same_entry(phone: Phone, cast: Cast) -> None:
    create = phone.create(4)
    phone.send(create)
    answer = phone.client.post("/journal", data={"op_id": create["op_id"], "mood": "1"})
    assert (answer.status_code, [entry.mood for entry in entries(cast, "Ana")]) == (200, [4])


def test_forms_of_an_entry_name_their_gestures_too(phone: Phone, cast: Cast) -> None:
    uid = note_mood(cast, "Ana", 4)
    change, delete = fresh(), fresh()
    for mood in ("2", "5"):
        answer = phone.client.post(f"/journal/entries/{uid}", data={"op_id": change, "mood": mood})
        assert answer.status_code == 303
    assert [entry.mood for entry in entries(cast, "Ana")] == [2]
    entity = f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"
    assert phone.first(phone.update(entity, 3) | {"op_id": change})["status"] == "duplicate"
    phone.client.post(f"/journal/entries/{uid}/deletion", data={"op_id": delete})
    assert phone.first(phone.delete(entity) | {"op_id": delete})["status"] == "duplicate"
    reused = phone.client.post("/journal", data={"op_id": change, "mood": "1"})
    assert (reused.status_code, entries(cast, "Ana")) == (422, [])


def test_forms_say_which_version_they_show(phone: Phone, cast: Cast) -> None:
    create = phone.create(4)
    phone.send(create, phone.update(create["entity"], 3))
    uid = hexed(create["entity"])
    for page in (f"/journal/entries/{uid}", f"/journal/entries/{uid}/deletion", f"/?saved={uid}"):
        assert 'data-version="2"' in phone.client.get(page).text
