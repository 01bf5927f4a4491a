"""A phone without a screen: it makes ops and sends them, written beside the code under test."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import Cast
from tests.journal.record import rows

FELT = {"felt_at": "2026-03-11T19:00:00+01:00", "zone": "Europe/Paris", "local_date": "2026-03-11"}
HERE = {"Sec-Fetch-Site": "same-origin"}


def fresh() -> str:
    return str(uuid.uuid4())


@dataclass
class Phone:
    """One browser of one person, with a device id and a counter of its own."""

    cast: Cast
    name: str = "Ana"
    device_id: str = field(default_factory=fresh)
    seq: int = 0

    @property
    def uid(self) -> str:
        return str(uuid.UUID(self.cast.people[self.name].person.uid))

    @property
    def client(self) -> FlaskClient:
        return self.cast.browser(self.name)

    def op(self, kind: str, entity: str, data: dict[str, Any], base: int = 0, **other: Any) -> dict[str, Any]:
        self.seq += 1
        recorded_at = (self.cast.now + timedelta(seconds=self.seq - 3600)).strftime("%Y-%m-%dT%H:%M:%SZ")
        plain = {"op_id": fresh(), "seq": self.seq, "kind": kind, "entity": entity, "base_version": base}
        return plain | {"recorded_at": recorded_at, "data": data} | other

    def create(self, mood: int = 4, **data: Any) -> dict[str, Any]:
        op_id = fresh()
        return self.op("entry.create", op_id, {"mood": mood, **FELT, **data}, op_id=op_id)

    def update(self, entity: str, mood: int = 4, base: int = 0, **data: Any) -> dict[str, Any]:
        return self.op("entry.update", entity, {"mood": mood, **FELT, **data}, base)

    def delete(self, entity: str, base: int = 0) -> dict[str, Any]:
        return self.op("entry.delete", entity, {}, base)

    def put_note(self, entity: str, note: str, base: int = 0) -> dict[str, Any]:
        return self.op("note.put", entity, {"note": note}, base)

    def was_there(self, workshop: str, base: int = 0, **data: Any) -> dict[str, Any]:
        return self.op("attendance.put", workshop, {"how": "declared", **data}, base)

    def batch(self, *ops: dict[str, Any], **other: Any) -> dict[str, Any]:
        sent_at = self.cast.now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        plain = {"schema": 1, "person_uid": self.uid, "device_id": self.device_id, "sent_at": sent_at}
        return plain | {"ops": list(ops)} | other

    def post(self, *ops: dict[str, Any], **other: Any) -> TestResponse:
        return self.client.post("/sync", json=self.batch(*ops, **other), headers=HERE)

    def send(self, *ops: dict[str, Any], **other: Any) -> list[dict[str, Any]]:
        """The results of a batch that was received."""
        answer = self.post(*ops, **other)
        assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
        assert answer.json is not None
        results: list[dict[str, Any]] = answer.json["results"]
        return [{key: value for key, value in result.items() if key != "op_id"} for result in results]

    def first(self, *ops: dict[str, Any], **other: Any) -> dict[str, Any]:
        return self.send(*ops, **other)[0]


def hexed(uid: str) -> str:
    return uid.replace("-", "")


def at(cast: Cast, **ahead: float) -> str:
    return (cast.now + timedelta(**ahead)).isoformat()


def operations(cast: Cast, name: str = "Ana") -> list[Any]:
    person = cast.people[name].person.id
    return rows(cast.app, "SELECT * FROM operation WHERE person_id = :id ORDER BY seq", id=person)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
