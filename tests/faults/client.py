"""A phone that follows the table of the protocol line by line, and phones that do not quite.

It is written from the table alone: the browser's own modules are another hand's work, and the two may not agree by
having been copied. What its person asked for is written in a journal of intents outside of it, which nothing removes.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.faults.gestures import Gestures
from tests.faults.intents import Intent, Killed, Row
from tests.faults.line import Answer, Line

MOST, BYTES = 50, 256 * 1024
BAD = ("early", "any_status", "shared_queue")
KEPT = timedelta(days=14)


@dataclass
class Phone(Gestures):
    """One person's outbox on one browser. `flush` answers what stopped it; nobody waits: `wait` is what was asked."""

    person: str
    person_uid: str
    line: Line
    intents: list[Intent]
    now: Callable[[], datetime]
    outbox: dict[str, Row] = field(default_factory=dict)
    bad: str = ""
    seq: int = 0
    zone: str = "Europe/Paris"
    alive: list[str] = field(default_factory=list)
    device_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    acked: dict[str, tuple[Row, datetime]] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)
    epoch: str = ""
    next_epoch: str = ""
    wait: int | None = None
    sent: int = 0
    dies_at: str = ""

    def save(self, op: dict[str, Any]) -> dict[str, Any]:
        """In the outbox first; only then is its person told."""
        self._step("saving")
        intent = Intent(self.person, self.device_id, op)
        self.outbox[op["op_id"]] = Row(op, intent)
        self.intents.append(intent)
        self._step("saved")
        return op

    def flush(self, most: int = MOST) -> str:
        """Send what waits, batch after batch: `rest`, `wait`, or why it stopped: `update`, `sign_in`, `other`."""
        self.wait = None
        while batch := self._batch(most):
            answer = self._sent(batch)
            said = answer.json if isinstance(answer.json, dict) else {}
            ours = said.get("schema") == 1 and said.get("person_uid") == self.person_uid
            if self.bad == "any_status" and answer.status:
                self._move([row.op["op_id"] for row in batch])
            elif answer.status == 200 and ours and isinstance(said.get("results"), list):
                listed = self._settle(batch, said)
                if "retry_after" in said or not listed:
                    self.wait = said.get("retry_after")
                    return "wait"
            elif answer.status in (400, 415):
                return "update"
            elif answer.status == 401:
                return "sign_in"
            elif answer.status == 409:
                return "other"
            elif answer.status == 413 and len(batch) > 1:
                most = len(batch) // 2
            elif answer.status == 413:
                batch[0].state, batch[0].reason = "fix", "too_large"
            else:
                self.wait = answer.retry_after if answer.status in (429, 503) else None
                return "wait"
        return "rest"

    def waiting(self) -> list[dict[str, Any]]:
        rows = [row for row in self.outbox.values() if row.state == "waiting" and not row.held]
        return [row.op for row in sorted(rows, key=lambda row: (row.op["seq"], row.op["op_id"]))]

    def look(self) -> dict[str, Any] | None:
        """`GET /sync`, which also says that the server began another life."""
        answer = self.line.get("/sync")
        if answer.status != 200 or not isinstance(answer.json, dict):
            return None
        self._follow(answer.json["server_epoch"])
        return dict(answer.json)

    def renewed(self) -> None:
        """Another version of the shell: what the server did not know is offered again."""
        for row in self.outbox.values():
            row.held = False

    def chosen(self) -> None:
        """Its person has seen every conflict."""
        self._move([op_id for op_id, row in self.outbox.items() if row.state == "conflict"])

    def offered_again(self) -> None:
        """Its person has it try once more what the server had refused."""
        for row in self.outbox.values():
            row.state = "waiting" if row.state == "fix" else row.state

    def envelope(self, ops: list[dict[str, Any]]) -> dict[str, Any]:
        heading = {"schema": 1, "person_uid": self.person_uid, "device_id": self.device_id}
        return heading | {"sent_at": self.now().strftime("%Y-%m-%dT%H:%M:%SZ"), "ops": ops}

    def _batch(self, most: int) -> list[Row]:
        ops = self.waiting()[:most]
        while len(ops) > 1 and len(json.dumps(self.envelope(ops))) > BYTES:
            ops.pop()
        return [self.outbox[op["op_id"]] for op in ops]

    def _sent(self, batch: list[Row]) -> Answer:
        for row in batch:
            row.attempts += 1
        self.sent += len(batch)
        if self.bad == "early":
            self._move([row.op["op_id"] for row in batch])
        self._step("sending")
        answer = self.line.post("/sync", self.envelope([row.op for row in batch]))
        self._step("answered")
        return answer

    def _settle(self, batch: list[Row], said: dict[str, Any]) -> int:
        """Every row goes where the server listed it; a row that it did not list stays where it is."""
        rows = {row.op["op_id"]: row for row in batch}
        moved = []
        for result in said["results"]:
            if (row := rows.get(result["op_id"])) is None:
                continue
            self.results.append(result)
            say = result.get("reason", "")
            if result["status"] == "invalid":
                row.held = say == "unknown_kind"
                row.state, row.reason = ("waiting" if row.held else "fix"), say
                continue
            row.intent.version = result["version"]
            for word in result.get("warnings", []):
                self.told.append((result["op_id"], word))
            if say and (result["op_id"], say) not in self.told:
                self.told.append((result["op_id"], say))
                row.state, row.reason = "conflict", say
            else:
                moved.append(result["op_id"])
        self._move(moved)
        self._step("moved")
        self._follow(said["server_epoch"])
        return len(said["results"])

    def _move(self, op_ids: list[str]) -> None:
        for op_id in op_ids:
            if row := self.outbox.pop(op_id, None):
                self.acked[op_id] = (row, self.now())
        self.acked = {op_id: kept for op_id, kept in self.acked.items() if kept[1] > self.now() - KEPT}

    def _follow(self, epoch: str) -> None:
        """After a backup was restored, all that was acknowledged is offered once more."""
        if self.epoch and epoch not in (self.epoch, self.next_epoch):
            self.next_epoch = epoch
            for op_id, (row, _) in self.acked.items():
                row.state = "waiting"
                self.outbox[op_id] = row
            self.acked = {}
        if not self.epoch or not self.waiting():
            self.epoch, self.next_epoch = epoch, ""

    def _step(self, name: str) -> None:
        if self.dies_at == name:
            self.dies_at = ""
            raise Killed(name)
