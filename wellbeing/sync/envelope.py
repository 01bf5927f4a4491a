"""What carries the ops of a batch, read strictly. What an op says is read later, and alone."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wellbeing.sync import shapes
from wellbeing.sync.shapes import Shape

SCHEMA = 1
MOST_OPS = 50
MOST_BYTES = 256 * 1024

_SHAPES: dict[str, Shape] = {
    "schema": shapes.whole(SCHEMA, SCHEMA),
    "person_uid": shapes.text(shapes.UUID),
    "device_id": shapes.text(shapes.UUID),
    "sent_at": shapes.text(shapes.INSTANT),
    "ops": lambda ops: isinstance(ops, list) and 1 <= len(ops) <= MOST_OPS,
}
_OP: dict[str, Shape] = {
    "op_id": shapes.text(shapes.UUID),
    "seq": shapes.whole(1),
    "kind": shapes.text(shapes.KIND),
    "entity": shapes.text(shapes.ID),
    "base_version": shapes.whole(0),
    "recorded_at": shapes.text(shapes.INSTANT),
    "data": lambda data: isinstance(data, dict),
}


class WrongEnvelope(Exception):
    """Not a batch: 400. Says nothing of what it held."""


class AnotherPerson(Exception):
    """The batch is not of whoever is signed in: 409, and nothing else of it is looked at."""


@dataclass(frozen=True)
class Op:
    """One op as sent; `op_id` is a dashed UUID. What `recorded_at` and `data` say is not yet known to be good.

    One that comes in a file, after its phone let it go, has neither `seq` nor `base_version`, like a plain form's.
    """

    op_id: str
    seq: int | None
    kind: str
    entity: str
    base_version: int | None
    recorded_at: str
    data: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Batch:
    """What one device sends at once, in the order in which it was said."""

    device_id: str
    sent_at: datetime
    ops: tuple[Op, ...]


def read(body: bytes, person_uid: str) -> Batch:
    """The batch of this person (a dashed UUID). Raises AnotherPerson before anything else, then WrongEnvelope."""
    try:
        said = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise WrongEnvelope from None
    if not isinstance(said, dict) or not _SHAPES["person_uid"](said.get("person_uid")):
        raise WrongEnvelope
    if said["person_uid"] != person_uid:
        raise AnotherPerson
    if shapes.wrong(said, _SHAPES, tuple(_SHAPES)) or any(shapes.wrong(op, _OP, tuple(_OP)) for op in said["ops"]):
        raise WrongEnvelope
    try:
        sent_at = datetime.fromisoformat(said["sent_at"])
    except ValueError:
        raise WrongEnvelope from None
    ops = sorted(said["ops"], key=lambda op: int(op["seq"]))
    return Batch(said["device_id"], sent_at, tuple(Op(**op) for op in ops))


def _no_number(_: str) -> None:
    """NaN and the infinities are no JSON."""
    raise ValueError
