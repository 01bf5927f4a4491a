"""The rows of one table that are a person's, as a file says them: names for numbers, words for boxes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import ColumnElement, select

from wellbeing.db import Base, db
from wellbeing.keyring import Unreadable
from wellbeing.models.group import Group
from wellbeing.models.workshop import Cancellation, Workshop
from wellbeing.portability.contents import CARRIED
from wellbeing.vault.boxes import DataKey

Said = dict[str, Any]


@dataclass
class Reader:
    """Reads one person's rows; remembers which groups and workshops they name, so that the file can say of each what
    it is. `key` is None when it cannot be opened: words are then null, and the file says so.
    """

    person_uid: str
    key: DataKey | None = field(repr=False)
    groups: dict[int, str] = field(default_factory=dict)
    workshops: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.groups = {row.id: row.uid for row in db.session.execute(select(Group.id, Group.uid))}

    def rows(self, table: type[Base], whose: ColumnElement[bool]) -> list[Said]:
        """The carried columns of each row, in the order of its key. Boxes stay boxes: `words` opens them."""
        columns = table.__table__.c
        order = table.__table__.primary_key.columns  # type: ignore[attr-defined]
        chosen = [columns[name] for name in CARRIED[table.__tablename__]]
        return [dict(zip(CARRIED[table.__tablename__], row, strict=True)) for row in
                db.session.execute(select(*chosen).where(whose).order_by(*order))]  # fmt: skip

    def words(self, column: str, row_uid: str, box: bytes | None) -> str | None:
        """The text of a box; None for none, and for one that cannot be read."""
        if box is None or self.key is None:
            return None
        try:
            return self.key.decrypted(column, row_uid, bytes(box))
        except Unreadable:
            return None

    def said(self, row: Said) -> Said:
        """The row as JSON has it: instants in UTC, dates, and the names of its workshop and its group."""
        return {_NAMES.get(name, name): self._value(name, value) for name, value in row.items()}

    def _value(self, name: str, value: Any) -> Any:
        if name == "workshop_id":
            return self.workshops[value]
        if name == "group_id":
            return None if value is None else self.groups[value]
        return written(value)

    def know_workshops(self, ids: Iterable[int]) -> list[Said]:
        """Learn the names of these workshops, and say what each is."""
        rows = db.session.execute(
            select(
                Workshop.id, Workshop.uid, Workshop.group_id, Workshop.title, Workshop.starts_at, Workshop.minutes,
                Workshop.local_date, Cancellation.cancelled_at,
            )
            .outerjoin(Cancellation, Cancellation.workshop_id == Workshop.id)
            .where(Workshop.id.in_(set(ids)))
            .order_by(Workshop.starts_at, Workshop.id)
        ).all()  # fmt: skip
        self.workshops = {row.id: row.uid for row in rows}
        return [
            {"id": row.uid, "group": self.groups[row.group_id], "title": row.title, "date": str(row.local_date),
             "starts_at": written(row.starts_at), "minutes": row.minutes, "cancelled": row.cancelled_at is not None}
            for row in rows
        ]  # fmt: skip


_NAMES = {"uid": "id", "workshop_id": "workshop", "group_id": "group", "device_id": "device", "entry_uid": "entry",
          "local_date": "date"}  # fmt: skip


def written(value: Any) -> Any:
    """An instant in UTC to the microsecond, a date, or the value itself."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def on_its_clock(felt_at: datetime, offset_minutes: int) -> str:
    """A moment as its person read it on the wall, with its offset."""
    return felt_at.astimezone(timezone(timedelta(minutes=offset_minutes))).isoformat()


def dashed(uid: str) -> str:
    """A uid that no spreadsheet takes for a number."""
    return str(uuid.UUID(uid))
