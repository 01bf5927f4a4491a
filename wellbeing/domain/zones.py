"""Time zones by their names: what a form or a phone sends is looked up in the list, never opened as a path."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from wellbeing.domain.refusals import UnknownZone


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name, in its exact spelling. Raises `UnknownZone`."""
    if name not in zone_names():
        raise UnknownZone
    return ZoneInfo(name)


def zone_of(zone: ZoneInfo | str) -> ZoneInfo:
    """A zone from the name that a table holds, checked when it was written, or from a zone already found."""
    return ZoneInfo(zone) if isinstance(zone, str) else zone


@cache
def zone_names() -> frozenset[str]:
    """Every zone this machine knows, old names included, since phones still send them."""
    return frozenset(available_timezones())
