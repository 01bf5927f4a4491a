"""How often something may be tried, counted where every worker process sees it.

Addresses, people and words enter as keyed hashes. Counting uses the library `limits`; only where it counts is ours.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from functools import cache
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, request
from limits import RateLimitItem, parse_many
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import bindparam, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql.dml import ReturningInsert

from wellbeing import clock
from wellbeing.db import columns, db, transaction
from wellbeing.keyring.current import current_keyring
from wellbeing.models.throttle import Throttle

LIMITS = {
    "phrase": "10/minute;60/hour",  # failed ones, by address: a workshop shares one address
    "passkey": "30/minute",  # refused ones, by address
    "challenge": "300/minute",  # what passkeys are asked to sign, by address: a workshop shares one
    "step_up": "30/minute",  # refused confirmations, by device
    "code": "20/hour",  # wrong join codes and invitations, by address
    "check_in": "20/hour",  # wrong workshop codes, by person
    "join": "60/hour",  # by address
    "calendar": "60/hour",  # wrong addresses of calendars, by address: an old one is asked for again and again
    "entries": "200/day",  # by person
    "export": "10/hour",  # by person
    "import": "5/hour",  # files that were sent, by person
    "invitations": "20/day",  # by person
    "groups": "10/day",  # by person
    "push": "60/day",  # browsers that ask for reminders, by person
    "setup": "10/hour",  # wrong setup codes, by address
    "sync": "120/minute",  # batches a phone sends, by person
    "sync_ops": "20000/day",  # what they hold, by person
    "anything": "600/minute",  # whatever is asked, by address: counted in rush.py
}


class TooManyTries(Exception):
    """A limit is reached; answered 429 with `Retry-After` and the hour of the next try."""

    def __init__(self, limit: str, seconds: int, now: datetime) -> None:
        super().__init__(limit)
        self.limit = limit
        self.seconds = max(seconds, 1)
        zone = ZoneInfo(current_app.config["LE_FIL"].default_timezone)
        # rounded up to the minute, so that the hour shown is never too early
        self.until_local = (now + timedelta(seconds=self.seconds + 59)).astimezone(zone)


class Busy(Exception):
    """Too much at once; answered 503 with `Retry-After: 2`."""


class TableStorage(Storage):
    """The counters of `limits`, in the table `throttle`."""

    STORAGE_SCHEME = ["fil-table"]  # noqa: RUF012 - the library's own declaration

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = int(clock.now().timestamp())
        told = {"who": key, "times": amount, "until": now + ceil(expiry), "now": now}
        with transaction():
            counted: int = columns(_counting(db.engine.dialect.name), told).scalar_one()
        return counted

    def get(self, key: str) -> int:
        now = int(clock.now().timestamp())
        found = db.session.scalar(select(Throttle.count).where(Throttle.key == key, Throttle.expires > now))
        return found or 0

    def get_expiry(self, key: str) -> float:
        found = db.session.scalar(select(Throttle.expires).where(Throttle.key == key))
        return float(found or clock.now().timestamp())

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with transaction():
            db.session.execute(delete(Throttle))
        return None

    def clear(self, key: str) -> None:
        with transaction():
            db.session.execute(delete(Throttle).where(Throttle.key == key))


_counted = FixedWindowRateLimiter(TableStorage("fil-table://"))


def allow(limit: str, who: str) -> None:
    """Refuse if `who` has used up this limit, without counting. Raises TooManyTries."""
    for item in _items(limit):
        if not _counted.test(item, limit, who):
            _refuse(limit, item, who)


def count(limit: str, who: str, times: int = 1) -> None:
    """Count one more try, or several; never refuses by itself."""
    for item in _items(limit):
        _counted.hit(item, limit, who, cost=times)


def take(limit: str, who: str) -> None:
    """Count one more in the transaction of what is counted, so that both are kept or neither. Raises TooManyTries."""
    for item in _items(limit):
        if not _counted.hit(item, limit, who):
            _refuse(limit, item, who)


def add(limit: str, who: str, times: int, *, seconds: int) -> int:
    """Count several at once towards a limit that is watched elsewhere; returns what all processes counted so far."""
    return _counted.storage.incr(f"{limit}/{who}", seconds, times)


def by_address() -> str:
    """Today's keyed hash of the caller's address: a whole IPv4 address, or an IPv6 /64."""
    address = ipaddress.ip_address(request.remote_addr or "127.0.0.1")
    address = getattr(address, "ipv4_mapped", None) or address
    if address.version == 6:
        address = ipaddress.ip_network(f"{address}/64", strict=False).network_address
    return _hashed(f"{clock.now().date()}|{address}")


def by_person(person_uid: str) -> str:
    return _hashed(person_uid)


def by_device(device_uid: str) -> str:
    return _hashed(device_uid)


def by_words(selector: bytes) -> str:
    return _hashed(selector.hex())


@cache
def _counting(dialect: str) -> ReturningInsert[Any]:
    """Count so many more `times` for `who`; from the start again if the time before is over. Built once."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    row = insert(Throttle).values(key=bindparam("who"), count=bindparam("times"), expires=bindparam("until"))
    over = Throttle.expires <= bindparam("now")
    again = {
        "count": case((over, row.excluded.count), else_=Throttle.count + row.excluded.count),
        "expires": case((over, row.excluded.expires), else_=Throttle.expires),
    }
    return row.on_conflict_do_update(index_elements=["key"], set_=again).returning(Throttle.count)


def _items(limit: str) -> list[RateLimitItem]:
    factor = current_app.config["LE_FIL"].limits_factor
    items = parse_many(LIMITS[limit])
    return [type(item)(item.amount * factor, item.multiples) for item in items]


def _refuse(limit: str, item: RateLimitItem, who: str) -> None:
    now = clock.now()
    reset = _counted.get_window_stats(item, limit, who).reset_time
    raise TooManyTries(limit, ceil(reset - now.timestamp()), now)


def _hashed(text: str) -> str:
    return current_keyring().keyed_hash("throttle", text).hex()[:32]
