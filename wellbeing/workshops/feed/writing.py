"""Dates as calendars read them (RFC 5545 and 7986). The same dates give the same bytes, whoever fetches them.

Each group's zone is written out, so that a reader need not know it; one component for each change of the clocks, whose
rules no reader has to compute. The library writes zones as well, but begins summer an hour late.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard

from wellbeing.domain import clocks
from wellbeing.domain.zones import zone_of
from wellbeing.workshops.feed.queries import AHEAD, BEHIND, Dated


def calendar(dates: Sequence[Dated], name: str, zone: str, cancelled: str, now: datetime) -> bytes:
    """The calendar of these dates. `name` is what a reader lists it under, `cancelled` the words before a date that is
    off, for readers that show it like any other, `zone` the one to name when there is no date.
    """
    written = Calendar()
    written.add("prodid", "-//le fil//dates//EN")
    written.add("version", "2.0")
    written.add("name", name)
    written.add("x-wr-calname", name)
    written.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})  # ask again no sooner
    written.add("x-published-ttl", "PT6H")
    years = (now - BEHIND).year, (now + AHEAD + timedelta(days=7)).year
    for known in sorted({dated.zone for dated in dates} or {zone}):
        written.add_component(_zone(known, *years))
    for dated in dates:
        written.add_component(_event(dated, cancelled))
    return bytes(written.to_ical())


def _event(dated: Dated, cancelled: str) -> Component:
    # There is no record of when each date was written down. What counts for a reader is that the stamp grows when the
    # date changes and stands still when it does not.
    stamp = dated.since.replace(microsecond=0) + timedelta(seconds=dated.revision)
    written = Event()
    written.add("uid", dated.uid)
    written.add("dtstamp", stamp)
    written.add("last-modified", stamp)
    written.add("sequence", dated.revision)
    written.add("dtstart", _on_the_wall(dated.starts_at, dated.zone))
    written.add("dtend", _on_the_wall(dated.ends_at, dated.zone))
    written.add("summary", f"{cancelled} – {dated.group}" if dated.cancelled else dated.group)
    if dated.place:
        written.add("location", dated.place)
    written.add("status", "CANCELLED" if dated.cancelled else "CONFIRMED")
    written.add("transp", "TRANSPARENT" if dated.cancelled else "OPAQUE")
    return written


def _on_the_wall(instant: datetime, zone: str) -> datetime:
    """The instant on the group's clock; in UTC when that hour comes twice and this is its second time, which a local
    time cannot say.
    """
    local = instant.astimezone(zone_of(zone))
    return instant if local.fold else local


def _zone(name: str, first_year: int, last_year: int) -> Component:
    written = Timezone()
    written.add("tzid", name)
    for span in clocks.spans(name, first_year, last_year):
        part = TimezoneDaylight() if span.ahead else TimezoneStandard()
        part.add("dtstart", span.begins)
        part.add("rdate", [span.begins])  # said twice: some readers look for the list only
        part.add("tzoffsetfrom", span.before)
        part.add("tzoffsetto", span.offset)
        part.add("tzname", span.name)
        written.add_component(part)
    return written
