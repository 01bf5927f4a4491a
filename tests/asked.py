"""What people open every day asks of the database: the requests, and the statements that they really make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event

from tests.cast import Cast
from tests.sync.phone import HERE, Phone, fresh
from wellbeing.db import db
from wellbeing.models.workshop import Workshop

PAGES = (
    "/ /sync /journal /journal/2026 /journal/2026-03-11 /journal/search /streak /insights /workshops /check-ups "
    "/settings /settings/choices /settings/reminders /install"
)
READS_OR_WRITES = r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)"
Asked = dict[str, tuple[str, Any]]


def requests(cast: Cast) -> Iterator[str]:
    """Each is made when asked for; its name."""
    ana, fay, phone, group = cast.browser("Ana"), cast.fresh("Fay"), Phone(cast), cast.groups["Willow"].uid
    for page in PAGES.split():
        with ana.get(page) as answer:
            assert answer.status_code == 200, page
        yield page
    for data in ({"mood": "4"}, {"mood": "2", "note": "Un mot.", "emotions": ["joy"]}):
        assert ana.post("/journal", data={"op_id": fresh(), **data}, headers=HERE).status_code in (200, 303)
        yield "POST /journal"
    entry = phone.create()
    phone.post(entry)
    for page in (f"/journal/entries/{entry['entity'].replace('-', '')}", f"/workshops/{_recent(cast)}"):
        with ana.get(page) as answer:
            assert answer.status_code == 200, page
        yield re.sub(r"\w{32}", "…", page)
    assert phone.post(entry, phone.update(entry["entity"]), phone.delete(entry["entity"])).status_code == 200
    yield "POST /sync"
    for page in ("", "/trends", "/trends.csv", "/report", "/report.csv", "/workshops", "/team"):
        with fay.get(f"/groups/{group}{page}") as answer:
            assert answer.status_code == 200, page
        yield f"/groups/…{page}"
    assert cast.stranger().post("/sign-in", data={"phrase": cast.people["Ana"].phrase}).status_code == 303
    yield "POST /sign-in"


def _recent(cast: Cast) -> str:
    with cast.app.app_context():
        of_group = db.session.query(Workshop).filter_by(group_id=cast.groups["Willow"].id)
        return of_group.filter(Workshop.starts_at <= cast.now).order_by(Workshop.starts_at.desc()).limit(1).one().uid


def asked_by(cast: Cast) -> Asked:
    """Every statement, once, with the first values it came with and the request that made it."""
    found: dict[str, Any] = {}

    def sent(connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        found.setdefault(statement, values[0] if many else values)

    asked: Asked = {}
    with cast.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", sent)
    try:
        for name in requests(cast):
            asked |= {statement: (name, values) for statement, values in found.items() if statement not in asked}
    finally:
        event.remove(engine, "before_cursor_execute", sent)
    return {statement: one for statement, one in asked.items() if re.match(READS_OR_WRITES, statement)}
