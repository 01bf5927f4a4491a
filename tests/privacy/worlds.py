"""A small installation lived hour by hour, and all that one of its people can fetch from it.

People arrive, and the crowd's moods are there, by way of the tables: both take long over HTTP and are tried elsewhere.
What the victim does, and all that is seen, goes over HTTP under a moved clock. In two worlds with the same
seed, the same things done give the same bytes.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from random import Random

from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Clock
from tests.crowd import CANARY, FIRST, Crowd
from tests.privacy.doors import doors
from tests.trends.reading import Seen, every_table, off_table
from wellbeing import worker

VICTIM = "Ana"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# what is the same bytes for everybody, signed in or not
FOR_EVERYBODY = re.compile(r"^/(static/|sw\.js|manifest|help|offline|accessibility)|\.ics$")
# the calendar of one's own journal has no end: what the map of addresses holds of it is looked at, and no further
ENDLESS = re.compile(r"^/journal[/?]")
# drawn at each request: the name of the next note, and the number of a refused request
ALWAYS_NEW = re.compile(r'(?<=name="op_id" value=")[0-9a-f-]{32,36}|\b[0-9a-f]{16}\b')
CARD = re.compile(
    r'<section class="card figure" id="card">.*?</section>|<section [^>]*data-published>.*?</section>'
    r"|<p [^>]*data-latest-trend>.*?</p>",
    flags=re.DOTALL,
)
COLUMNS = ["item", "start", "end", "bound", "level", "contributors_min", "contributors_max"]
Page = tuple[int, tuple[tuple[str, str], ...], str]
Cells = dict[tuple[str, str], tuple[str, ...]]


class Leak(Exception):
    """Somebody could see what is not theirs to see."""


@dataclass
class World:
    """One installation, with the people in it."""

    app: Flask
    clock: Clock
    crowd: Crowd
    chance: Random
    noted: int = 0
    browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def at(self, instant: datetime) -> None:
        """Let it be this instant, here and in every other world: there is one clock."""
        self.clock.set(instant)

    def tick(self) -> None:
        with self.app.app_context():
            if not worker.tick(self.clock.now):
                raise AssertionError("a pass of the worker failed")

    def freeze(self) -> None:
        """Only the part of `tick` that publishes."""
        with self.app.app_context():
            worker.freeze(self.clock.now)

    def browser(self, name: str) -> FlaskClient:
        if name not in self.browsers:
            self.browsers[name] = self.crowd.browser(name)
        return self.browsers[name]

    def send(self, name: str, address: str, **form: object) -> None:
        """Something a person does. It must work: an attack that fails on the way shows nothing."""
        answer = self.browser(name).post(address, data=form)
        if answer.status_code != 303:
            raise AssertionError(f"{address} answered {answer.status_code}")

    def notes(self, name: str, mood: int, days: Iterable[date], note: str = CANARY) -> None:
        """A mood at noon of each of these days, noted at that moment."""
        for day in days:
            self.noted += 1
            moment = datetime.combine(day, time(12), UTC)
            self.at(moment)
            op_id = str(uuid.UUID(int=self.noted))
            self.send(name, "/journal", op_id=op_id, mood=mood, note=note, emotions="joy", felt_at=moment.isoformat())

    def everybody_feels(self, moods: dict[str, int], first: date = FIRST, days: int = 3) -> None:
        """What these people noted on each of these days, put straight into the tables."""
        for name, mood in moods.items():
            self.crowd.feels_all_block(name, mood, first, days)

    # --- what somebody can see ---------------------------------------------------------------------------------------
    def fetch(self, name: str, address: str, **headers: str) -> Page:
        answer = self.browser(name).get(address, headers=headers)
        body = ALWAYS_NEW.sub("·", answer.get_data(as_text=True))
        return answer.status_code, tuple(sorted(h for h in answer.headers if h[0] != "Content-Length")), body

    def observe(self, *names: str) -> dict[str, Page]:
        """Every address of the application, and whatever is reached from these pages, link by link."""
        seen: dict[str, Page] = {}
        for name in names:
            waiting = doors(self.crowd)
            while waiting:
                address = waiting.pop()
                if f"{name} {address}" in seen or FOR_EVERYBODY.search(address):
                    continue
                seen[f"{name} {address}"] = page = self.fetch(name, address)
                if name != VICTIM and CANARY in page[2].replace(f"{name} {CANARY}", ""):
                    raise Leak(f"{name} reads somebody's words or pseudonym at {address}")
                waiting.extend(link for link in _links(page) if not ENDLESS.search(link))
        if len(seen) < 40 * len(names):
            raise AssertionError("there was next to nothing to see")
        return seen

    def figures(self, group: str = "Willow", name: str = "Fay") -> Seen:
        """The published rows as the page has them; the spreadsheet and a participant's card must say the same."""
        address = f"/groups/{self.crowd.groups[group].uid}"
        page, sheet = self.fetch(name, f"{address}/trends")[2], self.fetch(name, f"{address}/trends.csv")[2]
        if sheet != _sheet_of(every_table(page)):
            raise Leak("the spreadsheet holds something else than the page")
        return off_table(page)

    def cells(self, group: str = "Willow", name: str = "Fay") -> Cells:
        """Every cell as the spreadsheet has it: item and first day -> bound, level, fewest and most people."""
        return _cells_of(self.fetch(name, f"/groups/{self.crowd.groups[group].uid}/trends.csv")[2])

    def trend_views(self, group: str = "Willow", query: str = "", **headers: str) -> tuple[Page, Page]:
        """The page and the spreadsheet, as Fay gets them."""
        address = f"/groups/{self.crowd.groups[group].uid}"
        return (
            self.fetch("Fay", f"{address}/trends{query}", **headers),
            self.fetch("Fay", f"{address}/trends.csv{query}", **headers),
        )


def _cells_of(sheet: str) -> Cells:
    header, *lines = [line.split(",") for line in sheet.split("\r\n")]
    if header != COLUMNS or lines.pop() != [""] or not all(len(line) == len(COLUMNS) for line in lines):
        raise Leak("the spreadsheet has another shape")
    return {(item, start): tuple(figure) for item, start, _, *figure in lines}


def same(both: Sequence[object], why: str) -> None:
    """Raises Leak, saying where the two first part."""
    one, other = both
    if one == other:
        return
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            same([one.get(key), other.get(key)], f"{why}: {key}")
    raise Leak(f"{why}: {_parting(str(one), str(other))}")


def apart_from_figures(seen: dict[str, Page]) -> dict[str, Page]:
    """What was seen without the published figures: cards, sentences, the report’s sections, cells of tables."""
    bare = {}
    for address, (status, headers, body) in seen.items():
        if ".csv" in address:
            body = "\n".join(",".join(line.split(",")[:3]) for line in body.splitlines())
        bare[address] = (status, headers, CARD.sub("", body))
    return bare


def _sheet_of(rows: Sequence[tuple[str, ...]]) -> str:
    header = "item,start,end,bound,level,contributors_min,contributors_max"
    return "".join(f"{line}\r\n" for line in (header, *map(",".join, rows)))


def _links(page: Page) -> Iterator[str]:
    _, headers, body = page
    for address in [*re.findall(r'href="([^"#]+)', body), *(value for key, value in headers if key == "Location")]:
        if address.startswith("/"):
            yield unescape(address)


def _parting(one: str, other: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, at - 60) : at + 60]}… / …{other[max(0, at - 60) : at + 60]}…"
