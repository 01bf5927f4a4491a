"""`GET` and `POST /sync`: what is answered, in which order it is judged, and that it is never a page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import CANARY, Cast
from tests.journal.record import entries
from tests.sync.phone import HERE, Phone, fresh, operations


@pytest.fixture
def phone(cast: Cast) -> Phone:
    """Ana's; Cleo has sent something of her own."""
    cleo = Phone(cast, "Cleo")
    assert cleo.first(cleo.create(5, note=CANARY)) == {"status": "applied", "version": 1}
    return Phone(cast)


# --- what a phone keeps -----------------------------------------------------------------------------------------------
def test_a_phone_is_told_what_it_may_show_without_network(cast: Cast, phone: Phone) -> None:
    cast.workshop("Willow", cast.now + timedelta(days=22))
    cast.workshop("Willow", cast.now - timedelta(days=15))
    answer = phone.client.get("/sync")
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (
        200,
        "application/json",
        "no-store",
    )
    said = answer.json
    assert said is not None
    assert {key: said[key] for key in ("schema", "person_uid", "now", "limits", "settings", "journal_on")} == {
        "schema": 1,
        "person_uid": phone.uid,
        "now": "2026-03-11T18:00:00Z",
        "limits": {"ops": 50, "bytes": 262144},
        "settings": {
            "locale": "fr",
            "zone": "Europe/Paris",
            "hide_streak": False,
            "shared_device": False,
            "badge": False,
        },
        "journal_on": True,
    }
    assert len(said["workshops"]) == 3  # of Willow, near; none of Oak
    first = said["workshops"][0]
    assert (first["starts_at"], first["ends_at"]) == ("2026-03-10T19:00:00+01:00", "2026-03-10T20:30:00+01:00")
    assert set(first) == {
        "id", "group", "activity", "starts_at", "ends_at", "zone", "cancelled", "attendance", "before", "after",
        "title", "there", "turn", "counts", "contact",
    }  # fmt: skip
    assert (first["group"], first["activity"], first["attendance"]) == ("Willow", "dance", 0)
    assert said["thread"]["sentences"]
    phone.send(phone.was_there(first["id"]))
    assert (phone.client.get("/sync").json or {})["workshops"][0]["attendance"] == 1


def test_a_hidden_thread_is_not_kept_on_a_phone(cast: Cast, phone: Phone) -> None:
    phone.client.post("/streak", data={"hidden": "1"})
    assert (phone.client.get("/sync").json or {})["settings"]["hide_streak"] is True
    assert (phone.client.get("/sync").json or {})["thread"] is None


def test_both_answers_name_the_same_life_of_the_database(phone: Phone) -> None:
    kept, sent = phone.client.get("/sync").json, phone.post(phone.create()).json
    assert kept is not None
    assert sent is not None
    assert {key: sent[key] for key in ("schema", "person_uid", "server_epoch", "now")} == {
        key: kept[key] for key in ("schema", "person_uid", "server_epoch", "now")
    }


def test_the_epoch_changes_when_it_is_renewed(phone: Phone, cast: Cast) -> None:
    from wellbeing.sync.operations import renew_epoch

    before = (phone.client.get("/sync").json or {})["server_epoch"]
    with cast.app.app_context():
        assert renew_epoch() != before
    assert (phone.client.get("/sync").json or {})["server_epoch"] != before


# --- statuses, row by row ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_sign_in_that_ended_is_401_and_never_a_page(cast: Cast, ask: str) -> None:
    answer = getattr(cast.stranger(), ask)("/sync")
    assert (answer.status_code, answer.mimetype, answer.json) == (401, "application/json", {"error": "sign_in"})


def test_nothing_but_json_is_read(phone: Phone) -> None:
    body = json.dumps(phone.batch(phone.create()))
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/json+x", ""):
        answer = phone.client.post("/sync", data=body, content_type=kind, headers=HERE)
        assert (answer.status_code, answer.mimetype) == (415, "application/json")
    answer = phone.client.post("/sync", data=body, content_type="application/json; charset=utf-8", headers=HERE)
    assert answer.status_code == 200


def test_a_batch_that_is_too_heavy_is_413_and_one_just_light_enough_is_read(phone: Phone, cast: Cast) -> None:
    heavy = phone.batch(phone.create(note="x" * 262144))
    answer = phone.client.post("/sync", json=heavy, headers=HERE)
    assert (answer.status_code, answer.json) == (413, {"error": "too_large"})
    body = json.dumps(phone.batch(phone.create()))
    assert phone.client.post(
        "/sync", data=body + " " * (262144 - len(body)), content_type="application/json", headers=HERE
    ).status_code == 200  # fmt: skip


def test_another_persons_batch_is_409_before_anything_else_is_read(phone: Phone, cast: Cast) -> None:
    for other in (Phone(cast, "Cleo").uid, fresh()):
        for wrong in ({}, {"schema": 7}, {"ops": "x"}, {"device_id": None}):
            answer = phone.post(phone.create(), **{"person_uid": other, **wrong})
            assert (answer.status_code, answer.json) == (409, {"error": "person_mismatch"})
    assert entries(cast, "Ana") == []


WRONG: list[dict[str, Any]] = [
    {"schema": 2}, {"schema": True}, {"schema": 1.0}, {"device_id": "x"}, {"device_id": "F" * 36}, {"sent_at": "hier"},
    {"sent_at": "2026-13-41T25:00:00Z"}, {"sent_at": 5}, {"ops": []}, {"ops": {}}, {"ops": [1]}, {"more": 1},
    {"person_uid": 3},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_wrong_envelope_is_400(phone: Phone, cast: Cast, wrong: dict[str, Any]) -> None:
    answer = phone.post(phone.create(), **wrong)
    assert (answer.status_code, answer.json) == (400, {"error": "envelope"})
    assert entries(cast, "Ana") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"op_id": "x"}, {"op_id": 4}, {"seq": 0}, {"seq": True}, {"seq": 1.0}, {"seq": 2**63}, {"kind": "Entry"},
        {"kind": None}, {"entity": ""}, {"entity": "é"}, {"entity": "x" * 41}, {"base_version": -1},
        {"base_version": False}, {"recorded_at": "2026-03-11"}, {"data": []}, {"data": None}, {"more": 1},
    ],
    ids=str,
)  # fmt: skip
def test_an_op_of_another_shape_makes_the_envelope_wrong(phone: Phone, cast: Cast, wrong: dict[str, Any]) -> None:
    assert phone.post(phone.create(), phone.create() | wrong).status_code == 400
    assert entries(cast, "Ana") == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"person_uid": NaN}', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_is_400(phone: Phone, body: bytes) -> None:
    answer = phone.client.post("/sync", data=body, content_type="application/json", headers=HERE)
    assert (answer.status_code, answer.mimetype) == (400, "application/json")


def test_fifty_ops_are_a_batch_and_fifty_one_are_not(phone: Phone, cast: Cast) -> None:
    ops = [phone.create(n % 5 + 1) for n in range(51)]
    assert phone.post(*ops).status_code == 400
    assert phone.send(*ops[:50]) == [{"status": "applied", "version": 1}] * 50
    assert len(entries(cast, "Ana")) == 50


@pytest.mark.parametrize("site", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}])
def test_another_site_sends_nothing(phone: Phone, cast: Cast, site: dict[str, str]) -> None:
    answer = phone.client.post("/sync", json=phone.batch(phone.create()), headers=site)
    assert (answer.status_code, answer.mimetype) == (403, "application/json")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert entries(cast, "Ana") == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_other_method_is_answered_with_a_page(phone: Phone, method: str) -> None:
    answer = phone.client.open("/sync", method=method)
    assert (answer.status_code, answer.mimetype) == (405, "application/json")


def test_too_many_batches_wait_a_while_and_are_kept(phone: Phone, cast: Cast) -> None:
    cast.app.config["LE_FIL"] = replace(cast.app.config["LE_FIL"], limits_factor=1)
    for _ in range(120):
        assert phone.post(phone.create() | {"kind": "new.kind"}).status_code == 200
    answer = phone.post(phone.create())
    assert (answer.status_code, answer.mimetype) == (429, "application/json")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert entries(cast, "Ana") == []
    assert Phone(cast, "Ben").post(Phone(cast, "Ben").create()).status_code == 200


# --- each op ----------------------------------------------------------------------------------------------------------
def test_what_is_sent_again_is_a_duplicate_with_the_first_result(phone: Phone, cast: Cast) -> None:
    op = phone.create(4, note="une fois")
    assert phone.send(op, op) == [{"status": "applied", "version": 1}, {"status": "duplicate", "version": 1}]
    assert phone.send(op) == [{"status": "duplicate", "version": 1}]
    assert len(entries(cast, "Ana")) == len(operations(cast)) == 1


def test_the_same_id_with_other_content_is_refused_and_changes_nothing(phone: Phone, cast: Cast) -> None:
    op = phone.create(4)
    phone.send(op)
    for other in ({"data": op["data"] | {"mood": 5}}, {"entity": fresh()}, {"kind": "entry.update"}):
        assert phone.first(op | other) == {"status": "invalid", "reason": "op_id_reused"}
    assert [entry.mood for entry in entries(cast, "Ana")] == [4]


def test_a_strangers_op_id_is_nobodys(phone: Phone, cast: Cast) -> None:
    cleo, op = Phone(cast, "Cleo"), phone.create(2)
    phone.send(op)
    assert cleo.send(op | {"data": op["data"] | {"mood": 5}}) == [{"status": "applied", "version": 1}]
    assert [entry.mood for entry in entries(cast, "Ana")] == [2]
    assert cleo.first(cleo.delete(op["entity"], 1))["status"] == "applied"
    assert len(entries(cast, "Ana")) == 1


@pytest.mark.parametrize("kind", ["reflection.during", "poem.write"])
def test_a_kind_nobody_knows_yet_is_said_so_and_not_remembered(phone: Phone, cast: Cast, kind: str) -> None:
    op = phone.op(kind, "w7K2", {"mood": 3})
    assert phone.send(op, phone.create()) == [
        {"status": "invalid", "reason": "unknown_kind"}, {"status": "applied", "version": 1},
    ]  # fmt: skip
    assert len(operations(cast)) == 1


def test_one_op_that_fails_by_our_fault_stays_on_the_phone_and_holds_up_no_other(
    phone: Phone, cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from wellbeing.journal.operations import record

    real = record.save

    def broken(person: Any, uid: str, *rest: Any) -> str:
        if uid == bad["entity"].replace("-", ""):
            raise KeyError(CANARY)
        return real(person, uid, *rest)

    bad, good = phone.create(1, note=CANARY), phone.create(2)
    monkeypatch.setattr("wellbeing.journal.operations.record.save", broken)
    answer = phone.post(bad, good)
    assert [result["op_id"] for result in (answer.json or {})["results"]] == [good["op_id"]]
    assert phone.post(bad).status_code == 500
    assert CANARY not in capsys.readouterr().out
    monkeypatch.setattr("wellbeing.journal.operations.record.save", real)
    assert phone.send(bad) == [{"status": "applied", "version": 1}]


def test_no_word_is_in_the_log_or_in_what_is_remembered(
    phone: Phone, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    op = phone.create(4, note=f"le mot {CANARY} ici")
    phone.send(op, phone.put_note(op["entity"], f"puis {CANARY}"), phone.create(9, note=CANARY, zone=CANARY))
    said = capsys.readouterr().out
    assert '"route": "/sync"' in said
    assert CANARY not in said
    assert CANARY not in repr(operations(cast))
