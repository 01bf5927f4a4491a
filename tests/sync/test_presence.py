"""Being there, said in a basement: by code, on one's word, too late, of another group, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.clock import Clock
from tests.sync.phone import Phone, fresh, operations
from tests.workshops.presences import cancel, presences
from wellbeing.models.workshop import Workshop

HOUR = timedelta(hours=1)


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return Phone(cast)


@pytest.fixture
def tonight(cast: Cast) -> Workshop:
    """An hour ago, for an hour and a half."""
    return cast.workshop("Willow", cast.now - HOUR)


def by_code(cast: Cast, workshop: Workshop) -> dict[str, str]:
    return {"how": "code", "code": cast.codes[workshop.uid]}


def test_a_code_typed_while_it_was_open_is_a_code_however_late_it_arrives(
    phone: Phone, cast: Cast, tonight: Workshop, clock: Clock
) -> None:
    op = phone.was_there(tonight.uid, **by_code(cast, tonight))
    clock.advance(days=40)
    assert phone.first(op, sent_at=clock.now.isoformat()[:19] + "Z") == {"status": "applied", "version": 1}
    assert presences(cast) == {("Ana", tonight.uid): "code"}


@pytest.mark.parametrize(
    ("recorded", "how"),
    [
        (timedelta(minutes=-61), "declared"), (timedelta(minutes=-60), "code"),
        (timedelta(minutes=90, hours=24), "code"),
        (timedelta(minutes=90, hours=24, seconds=1), "declared"), (timedelta(days=-365), "declared"),
        (timedelta(days=365), "declared"),
    ],
)  # fmt: skip
def test_a_code_counts_from_the_hour_before_to_a_day_after_and_then_is_a_word(
    phone: Phone, cast: Cast, clock: Clock, recorded: timedelta, how: str
) -> None:
    workshop = cast.workshop("Willow", cast.now - 3 * 24 * HOUR)
    at = (cast.now - 3 * 24 * HOUR + recorded).strftime("%Y-%m-%dT%H:%M:%SZ")
    answer = phone.first(phone.was_there(workshop.uid, **by_code(cast, workshop)) | {"recorded_at": at})
    assert answer == {"status": "applied", "version": 1} | ({"warnings": ["declared"]} if how == "declared" else {})
    assert presences(cast) == {("Ana", workshop.uid): how}


@pytest.mark.parametrize(("days", "status"), [(0, "applied"), (14, "applied"), (15, "invalid"), (400, "invalid")])
def test_a_word_counts_for_fourteen_days(phone: Phone, cast: Cast, days: int, status: str) -> None:
    workshop = cast.workshop("Willow", cast.now - timedelta(days=days, hours=4))
    answer = phone.first(phone.was_there(workshop.uid))
    assert (answer["status"], answer.get("reason")) == (status, "too_late" if status == "invalid" else None)
    assert len(presences(cast)) == (status == "applied")


def test_nobody_was_at_what_has_not_begun_or_did_not_take_place(phone: Phone, cast: Cast, tonight: Workshop) -> None:
    tomorrow = cast.workshop("Willow", cast.now + 24 * HOUR)
    assert phone.first(phone.was_there(tomorrow.uid)) == {
        "status": "invalid", "reason": "bad_data", "fields": ["recorded_at"],
    }  # fmt: skip
    cancel(cast, tonight, cast.now)
    assert phone.first(phone.was_there(tonight.uid)) == {"status": "invalid", "reason": "not_found"}
    assert presences(cast) == {}


@pytest.mark.parametrize("who", ["Cleo", "Fay", "Gus", "Sam"])
def test_a_workshop_of_another_group_is_not_found(cast: Cast, tonight: Workshop, who: str) -> None:
    phone = Phone(cast, who)
    for workshop in (tonight.uid, fresh()):
        ops = phone.was_there(workshop), phone.was_there(workshop, how="code", code=cast.codes[tonight.uid])
        answers = phone.send(*ops, phone.op("attendance.delete", workshop, {}))
        assert answers == [{"status": "invalid", "reason": "not_found"}] * 3
    assert presences(cast) == {}
    assert operations(cast, who) == []


def test_a_word_never_replaces_a_code_and_the_last_received_of_two_phones_wins(
    phone: Phone, cast: Cast, tonight: Workshop
) -> None:
    other = Phone(cast)
    phone.send(phone.was_there(tonight.uid, **by_code(cast, tonight)))
    assert other.first(other.was_there(tonight.uid)) == {"status": "applied", "version": 2}
    assert presences(cast) == {("Ana", tonight.uid): "code"}
    assert phone.first(phone.op("attendance.delete", tonight.uid, {}))["status"] == "applied"
    assert presences(cast) == {}
    assert other.first(other.was_there(tonight.uid))["version"] == 4
    assert presences(cast) == {("Ana", tonight.uid): "declared"}


def test_one_phones_ops_in_another_order_are_its_ops_in_order(phone: Phone, cast: Cast, tonight: Workshop) -> None:
    there, gone = phone.was_there(tonight.uid), phone.op("attendance.delete", tonight.uid, {})
    assert phone.send(gone) == [{"status": "applied", "version": 1}]
    assert phone.send(there) == [{"status": "applied", "version": 2, "superseded": True}]
    assert phone.send(there, gone) == [{"status": "duplicate", "version": 2, "superseded": True},
                                       {"status": "duplicate", "version": 1}]  # fmt: skip
    assert presences(cast) == {}


def test_a_form_told_the_same_gesture_already(phone: Phone, cast: Cast, tonight: Workshop) -> None:
    there, code = phone.was_there(tonight.uid), phone.was_there(tonight.uid, **by_code(cast, tonight))
    phone.client.post(f"/workshops/{tonight.uid}/attendance", data={"op_id": there["op_id"]})
    assert phone.first(there) == {"status": "duplicate", "version": 1}
    phone.client.post(f"/c/{cast.codes[tonight.uid]}", data={"op_id": code["op_id"]})
    assert phone.first(code) == {"status": "duplicate", "version": 2}
    assert presences(cast) == {("Ana", tonight.uid): "code"}
    gone = phone.op("attendance.delete", tonight.uid, {})
    for _ in range(2):
        phone.client.post(f"/workshops/{tonight.uid}/attendance/end", data={"op_id": gone["op_id"]})
    assert phone.first(gone)["status"] == "duplicate"
    # a form sent again after all that does not say anew what was taken back
    phone.client.post(f"/workshops/{tonight.uid}/attendance", data={"op_id": there["op_id"]})
    assert presences(cast) == {}


def test_a_wrong_code_is_a_word_and_guessing_ends(phone: Phone, cast: Cast, tonight: Workshop) -> None:
    cast.app.config["LE_FIL"] = replace(cast.app.config["LE_FIL"], limits_factor=1)
    for _ in range(20):
        assert phone.first(phone.was_there(tonight.uid, how="code", code="ZZZZZZZZ"))["warnings"] == ["declared"]
    right = phone.was_there(tonight.uid, **by_code(cast, tonight))
    assert phone.first(right)["warnings"] == ["declared"]
    assert presences(cast) == {("Ana", tonight.uid): "declared"}


@pytest.mark.parametrize(
    "data", [{}, {"how": "seen"}, {"how": None}, {"how": "code", "code": ""}, {"how": "code", "code": 5}, {"more": 1}],
    ids=str,
)  # fmt: skip
def test_what_says_something_wrong_is_refused(
    phone: Phone, cast: Cast, tonight: Workshop, data: dict[str, object]
) -> None:
    answer = phone.first(phone.op("attendance.put", tonight.uid, data))
    assert (answer["status"], answer["reason"]) == ("invalid", "bad_data")
    assert presences(cast) == {}
