"""School holidays: of zones A, B and C from the library `vacances-scolaires-france`, elsewhere as the team typed them.

The ministry shows two days, the departure *after class* and the return *in the morning*, and both are school days. The
library, which holds one line a day, lists the day of departure and stops on the eve of the return: zone C in the winter
of 2026 goes from Saturday 21 February, when some pupils still have class, to Sunday 8 March, before the return of
Monday 9. So the first day of each run is taken back here, and nothing at its end. Summer 2028, which begins on a
Tuesday, tells that it is the day shown and not a Saturday by habit. The days around Ascension are another thing: no day
of departure is listed, only days without school.

The library says nothing of a day beyond its last holiday, whatever its table still lists: there, holidays are unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

ZONES = ("A", "B", "C")
BRIDGE = "Pont de l'Ascension"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class SchoolHolidays:
    """`off` are days without school, `leaving` the school days after which holidays begin. Nothing is known after
    `known_until`.
    """

    off: frozenset[date]
    leaving: frozenset[date]
    known_until: date


NONE = SchoolHolidays(frozenset(), frozenset(), date.max)  # of a group that does not stop


@cache
def of_zone(zone: str) -> SchoolHolidays:
    """Of zone A, B or C. Read once: it takes a tenth of a second."""
    off, leaving = set[date](), set[date]()
    for name, days in _runs(zone):
        shown = () if name == BRIDGE else days[:1]
        leaving.update(shown)
        off.update(days[len(shown) :])
    return SchoolHolidays(frozenset(off), frozenset(leaving), max(off))


def of_ranges(ranges: Iterable[tuple[date, date]]) -> SchoolHolidays:
    """Of typed ranges, each the day of departure and the day of return. None typed, nothing is known."""
    known = list(ranges)
    return SchoolHolidays(
        off=frozenset(left + n * DAY for left, back in known for n in range(1, (back - left).days)),
        leaving=frozenset(left for left, _ in known),
        known_until=max((back for _, back in known), default=date.min),
    )


def known_until() -> date:
    """The last day about which the library knows something in every zone."""
    return min(of_zone(zone).known_until for zone in ZONES)


def _runs(zone: str) -> Iterator[tuple[str, list[date]]]:
    """Days on end that go by the same name."""
    name, run = "", list[date]()
    for day, called in _listed(zone):
        if run and (day - run[-1] != DAY or called != name):
            yield name, run
            run = []
        name = called
        run.append(day)
    yield name, run


def _listed(zone: str) -> list[tuple[date, str]]:
    from vacances_scolaires_france import SchoolHolidayDates  # here: who plans no season need not read it

    rows = SchoolHolidayDates().data
    return sorted((day, row["nom_vacances"]) for day, row in rows.items() if row[f"vacances_zone_{zone.lower()}"])
