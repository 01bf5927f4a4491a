"""Weeks lived through the pages themselves: K kept, M a workshop held without the person, N no workshop at all."""

from __future__ import annotations

import html
import re
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PARIS, Cast
from tests.clock import Clock
from wellbeing.models.workshop import Workshop

FIRST_MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=ZoneInfo(PARIS))
WEEK = timedelta(days=7)
ATTRIBUTES = ("streak", "streak-state", "longest", "total-workshops", "total-days", "regularity")


def attributes(page: str) -> dict[str, str]:
    """What others may read off a page: `{"streak": "4", …}`, only those that are there."""
    found = {name: re.search(rf'\bdata-{name}="([^"]*)"', page) for name in ATTRIBUTES}
    return {name: hit[1] for name, hit in found.items() if hit}


def words(page: str) -> str:
    """The words of a page, on one line, as somebody reads them."""
    inside = re.sub(r"(?s)<head>.*?</head>|<svg.*?</svg>", " ", page)
    return re.sub(r"[ \n\t]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", inside)))


@dataclass
class Life:
    """Ana takes part in Willow since a Monday. Cleo, of Oak, is at every workshop of hers: noise that must not show."""

    cast: Cast
    clock: Clock
    held: dict[date, Workshop] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock.set(FIRST_MONDAY)
        self.cast.now = FIRST_MONDAY
        for group in ("Willow", "Oak"):
            self.cast.group(group)
        self.cast.takes_part("Ana", "Willow")
        self.cast.takes_part("Cleo", "Oak")
        self.monday = FIRST_MONDAY + WEEK

    @property
    def ana(self) -> FlaskClient:
        return self.cast.browser("Ana")

    def live(self, weeks: str) -> Life:
        """Live these weeks one after the other, and wake up on the Monday that follows; a workshop is on Thursday."""
        for kind in weeks:
            if kind != "N":
                self.workshop(self.monday)
            thursday = self.monday + timedelta(days=3, hours=12)
            self.clock.set(thursday)
            if kind == "K":
                self.attend(self.held[self.monday.date()])
            self._noise(thursday)
            self.monday += WEEK
        self.clock.set(self.monday)
        self.workshop(self.monday)
        return self

    def workshop(self, monday: datetime) -> Workshop:
        meeting = self.cast.workshop("Willow", monday + timedelta(days=3, hours=9, minutes=30))
        self.held[monday.date()] = meeting
        return meeting

    def attend(self, workshop: Workshop, name: str = "Ana") -> TestResponse:
        return self.cast.browser(name).put(f"/workshops/{workshop.uid}/attendance")

    def check_in(self) -> TestResponse:
        """Ana scans the code of this week's workshop as it begins."""
        workshop = self.held[self.monday.date()]
        self.clock.set(workshop.starts_at)
        return self.ana.post(f"/c/{self.cast.codes[workshop.uid]}")

    def note(self, at: datetime, mood: int = 3, name: str = "Ana", **fields: str) -> TestResponse:
        self.clock.set(at)
        sent = {"op_id": str(uuid.uuid4()), "mood": str(mood), **fields}
        return self.cast.browser(name).post("/journal", data=sent)

    def note_days(self, monday: datetime, days: int, name: str = "Ana") -> None:
        for later in range(days):
            assert self.note(monday + timedelta(days=later), name=name).status_code < 400

    def page(self, address: str = "/streak", name: str = "Ana") -> str:
        answer = self.cast.browser(name).get(address)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def _noise(self, at: datetime) -> None:
        theirs = self.cast.workshop("Oak", at - timedelta(hours=2))
        assert self.attend(theirs, "Cleo").status_code == 303
