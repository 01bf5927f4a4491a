"""Two words that were followed by wrong ones too often open nothing for a while, somebody's or nobody's.

Wrong phrases are counted by what their first two words hash to and never by whom these lead to, so that a phrase nobody
has is read, refused and written down by the very same statements as one whose beginning is right.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import case, delete, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from wellbeing.db import db, transaction
from wellbeing.models.throttle import Throttle
from wellbeing.web import throttle

KEPT = timedelta(days=2)  # after the last wrong try; then they are no longer in a row


def closed(selector: bytes, now: datetime) -> bool:
    """Whether a phrase that begins so is refused at this moment, right or wrong."""
    row = select(Throttle.count, Throttle.expires).where(Throttle.key == _key(selector))
    count, expires = db.session.execute(row).one_or_none() or (0, 0)
    return now.timestamp() < expires - KEPT.total_seconds() + _wait(count).total_seconds()


def failed(selector: bytes, already: bool, now: datetime) -> None:
    """One wrong try more; while they are closed `already` it is written all the same, and counts for nothing."""
    at, until = int(now.timestamp()), ceil((now + KEPT).timestamp())
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    over = Throttle.expires <= at
    row = insert(Throttle).values(key=_key(selector), count=1, expires=until)
    row = row.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((over, 1), else_=Throttle.count + (0 if already else 1)),
            "expires": case((over | literal(not already), until), else_=Throttle.expires),
        },
    )
    with transaction():
        db.session.execute(row)


def opened(selector: bytes) -> None:
    """The right words were said: what was counted before them is forgotten. Inside the caller's transaction."""
    db.session.execute(delete(Throttle).where(Throttle.key == _key(selector)))


def _wait(count: int) -> timedelta:
    """From the 5th wrong try on, 2ⁿ seconds up to 15 minutes; a hundred in a row, 24 hours."""
    if count < 5:
        return timedelta(0)
    return timedelta(hours=24) if count % 100 == 0 else timedelta(seconds=min(2 ** min(count - 4, 10), 900))


def _key(selector: bytes) -> str:
    return f"words/{throttle.by_words(selector)}"
