"""Public holidays where a group meets, by the library `holidays`. They are marked in a season, and never removed.

Those of a territory are its own. Alsace and Moselle have two more, which no zone tells apart: they are not marked.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Protocol

from babel.core import get_global

if TYPE_CHECKING:
    from holidays import HolidayBase

FRANCE = "FR"
SUBDIVISIONS = {
    "guadeloupe": "971",
    "martinique": "972",
    "guyane": "973",
    "reunion": "974",
    "mayotte": "976",
    "nouvelle-caledonie": "NC",
    "polynesie": "PF",
    "saint-pierre-et-miquelon": "PM",
    "wallis-et-futuna": "WF",
}


class Meets(Protocol):
    """As much of a group as it takes."""

    @property
    def holiday_zone(self) -> str: ...
    @property
    def timezone(self) -> str: ...


def name_on(day: date, group: Meets, language: str) -> str | None:
    """The name of the holiday, in that language where the library has it; None on any other day.

    A group that does not stop in school holidays may be anywhere: its time zone says in which country.
    """
    zone = group.holiday_zone
    country = get_global("zone_territories").get(group.timezone) if zone == "none" else FRANCE
    known = _of(country, SUBDIVISIONS.get(zone), language) if country else None
    name = known.get(day) if known is not None else None
    return name.replace("; ", ", ").replace("'", "’") if name else None


@cache
def _of(country: str, subdivision: str | None, language: str) -> HolidayBase | None:
    import holidays  # here: who plans no season need not read it

    try:
        spoken = holidays.country_holidays(country).supported_languages
    except NotImplementedError:  # a country that the library does not have
        return None
    chosen = next((one for one in sorted(spoken) if one.startswith(language)), None)
    return holidays.country_holidays(country, subdiv=subdivision, language=chosen)
