"""A journal with a little of everything, and the ways to its files."""

from __future__ import annotations

import json
import uuid
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import CANARY, Cast
from wellbeing.db import db
from wellbeing.models.entry import Entry
from wellbeing.models.person import Person

EDGE = "a-line-that-no-file-of-these-holds"


def exported(browser: FlaskClient) -> dict[str, Any]:
    answer = browser.get("/data/export.json")
    assert answer.status_code == 200
    said: dict[str, Any] = json.loads(answer.text)
    return said


def sent(
    browser: FlaskClient, content: str | bytes, *, preview: bool = False, name: str = "un fichier"
) -> TestResponse:
    """A file, as the page sends it (`preview`) or as a script does. Written out, since a client of tests would put a
    large one in a temporary file of its own.
    """
    content = content.encode() if isinstance(content, str) else content
    parts = [('name="preview"', b"1")] if preview else []
    parts.append((f'name="file"; filename="{name}"\r\nContent-Type: application/octet-stream', content))
    body = b"".join(
        f"--{EDGE}\r\nContent-Disposition: form-data; {said}\r\n\r\n".encode() + held + b"\r\n" for said, held in parts
    )
    return browser.post(
        "/data/import", data=body + f"--{EDGE}--\r\n".encode(), content_type=f"multipart/form-data; boundary={EDGE}"
    )


def noted(browser: FlaskClient, **felt: Any) -> str:
    """A mood noted by form; its uid."""
    uid = str(uuid.uuid4())
    answer = browser.post("/journal", data={"op_id": uid, "mood": "4", **felt})
    assert answer.status_code == 303
    return uid


def journal(cast: Cast, name: str = "Ana") -> list[str]:
    """Three moods of a person: one with everything, one late, one bare."""
    browser = cast.browser(name)
    words = f"{CANARY} ; « =1+1 » \U0001f642\nune autre ligne"
    full = noted(browser, mood="2", energy="4", calm="1", emotions=["joy", "mixed"], note=words)
    return [full, noted(browser, mood="5", felt_at="2026-01-02T03:30+01:00", note="tard"), noted(browser)]


def entries(cast: Cast, name: str) -> list[Entry]:
    with cast.app.app_context():
        return list(
            db.session.query(Entry)
            .filter(Entry.person_id == db.session.get(Person, cast.people[name].person.id).id)  # type: ignore[union-attr]
            .order_by(Entry.felt_at, Entry.id)
        )
