"""What the record says of groups and dates, read beside the application."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import inspect, select, text

from tests.cast import Cast
from wellbeing.db import db
from wellbeing.models.group import Group
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Cancellation, Workshop

CONTRACT = {
    "name": "Danse du jeudi",
    "activity": "dance",
    "place": "Salle des fêtes",
    "timezone": "Europe/Paris",
    "holiday_zone": "C",
    "safety_contact": "Dominique, 2e étage",
}
SEASON = {
    "title": "Danse douce",
    "starts_on": "2026-03-19",
    "starts_at": "18:30",
    "minutes": "120",
    "repeat": "weekly",
    "until": "2026-04-09",
}


def created(cast: Cast, by: str = "Fay", **changed: Any) -> Group:
    """A group made by the contract's fields, as a script would."""
    answer = cast.browser(by).post("/groups", data={**CONTRACT, **changed})
    assert answer.status_code == 303
    return group_of(cast, answer.location.removeprefix("/groups/"))


def group_of(cast: Cast, uid: str) -> Group:
    with cast.app.app_context():
        return db.session.scalars(select(Group).where(Group.uid == uid)).one()


def workshops_of(cast: Cast, group: Group) -> list[Workshop]:
    with cast.app.app_context():
        chosen = select(Workshop).where(Workshop.group_id == group.id).order_by(Workshop.starts_at)
        return list(db.session.scalars(chosen))


def counts_of(cast: Cast, workshop: Workshop) -> list[tuple[int, int, int]]:
    with cast.app.app_context():
        rows = db.session.scalars(select(Headcount).where(Headcount.workshop_id == workshop.id).order_by(Headcount.id))
        return [(row.present, row.without_phone, row.newcomers) for row in rows]


def is_cancelled(cast: Cast, workshop: Workshop) -> bool:
    with cast.app.app_context():
        return db.session.scalar(select(Cancellation).where(Cancellation.workshop_id == workshop.id)) is not None


def content(cast: Cast) -> dict[str, list[str]]:
    """Everything in the database but the counters of tries."""
    with cast.app.app_context():
        names = [name for name in inspect(db.engine).get_table_names() if name != "throttle"]
        return {name: sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{name}"')).all())) for name in names}


def attribute(page: str, name: str) -> str | None:
    """The value that a page carries in this attribute."""
    found = re.search(rf'{name}="([^"]*)"', page)
    return found[1] if found else None


def bare(browser: FlaskClient, address: str, method: str = "GET") -> tuple[int, str]:
    """An answer without its request number."""
    answer = browser.open(address, method=method)
    return answer.status_code, re.sub(r"\b[0-9a-f]{16}\b(?!/)", "…", answer.text)
