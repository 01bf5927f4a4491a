"""How each limit is tried: by whom, and which request counts towards it. A new limit is added beside its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts.test_joining import joining
from tests.cast import Cast
from tests.sync.phone import Phone
from wellbeing.db import db, transaction
from wellbeing.models.stewardship import Stewardship

WRONG = "ZZZZZZZZ"
WORDS = "abaisser abandon abdiquer abeille abolir aborder aboutir"
GROUP = {
    "name": "Saule", "activity": "dance", "place": "Salle", "timezone": "Europe/Paris", "holiday_zone": "none",
    "safety_contact": "Dominique", "shown_name": "Fay",
}  # fmt: skip
Try = Callable[[Cast, FlaskClient], TestResponse]


@dataclass(frozen=True)
class Limit:
    """`who` is somebody of the cast, or nobody where an address is counted; `by_device` where it is their device."""

    who: str | None
    ask: Try
    by_device: bool = False


def _mood(_: Cast, client: FlaskClient) -> TestResponse:
    return client.post("/journal", data={"op_id": str(uuid4()), "mood": "4"})


def _team(cast: Cast, client: FlaskClient) -> TestResponse:
    return client.post(f"/groups/{cast.groups['Willow'].uid}/team")


def _ops(cast: Cast, _: FlaskClient) -> TestResponse:
    phone = Phone(cast)
    return phone.post(phone.create())


def _without_steward(cast: Cast, client: FlaskClient) -> TestResponse:
    """The setup code is asked for only while nobody runs the installation."""
    with cast.app.app_context(), transaction():
        db.session.query(Stewardship).delete()
    return client.post("/setup", data={**joining(cast), "code": "ZZZZ-ZZZZ-ZZZZ"})


LIMITS: dict[str, Limit] = {
    "phrase": Limit(None, lambda _, client: client.post("/sign-in", data={"phrase": WORDS})),
    "code": Limit(None, lambda _, client: client.get(f"/join?code={WRONG}")),
    "passkey": Limit(None, lambda _, client: client.post("/sign-in", data={"passkey": "{}"})),
    "challenge": Limit(None, lambda _, client: client.post("/sign-in/passkey")),
    "step_up": Limit("Ana", lambda _, client: client.post("/step-up", data={"phrase": WORDS}), by_device=True),
    "export": Limit("Ana", lambda _, client: client.get("/data/export.csv")),
    "import": Limit("Ana", lambda _, client: client.post("/data/import", json={})),
    "push": Limit("Ana", lambda _, client: client.post("/settings/reminders/device")),
    "check_in": Limit("Ana", lambda _, client: client.get(f"/c/{WRONG}")),
    "join": Limit(None, lambda cast, client: client.post("/join", data=joining(cast))),
    "calendar": Limit(None, lambda _, client: client.get("/calendar/nothing.ics")),
    "entries": Limit("Ana", _mood),
    "invitations": Limit("Fay", _team),
    "groups": Limit("Fay", lambda _, client: client.post("/groups", data=GROUP)),
    "setup": Limit(None, _without_steward),
    "sync": Limit("Ana", _ops),
    "sync_ops": Limit("Ana", _ops),
}
