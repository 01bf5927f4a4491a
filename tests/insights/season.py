"""A season of sessions told of before and after, and days noted, lived through the pages themselves.

Cleo, of Oak, is at as many and says what nobody else does: noise that must not show.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tests.cast import CANARY, Cast
from tests.clock import Clock
from tests.streak.lives import words
from wellbeing.accounts.operations.entering import join_also
from wellbeing.models.workshop import Workshop

MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(weeks=1)
Felt = tuple[int | None, int | None]  # before, after


@dataclass
class Season:
    """The clock stands at a Wednesday evening; every session takes it a week further."""

    cast: Cast
    clock: Clock

    def told(
        self, moods: Iterable[Felt], calms: Sequence[Felt] = (), group: str = "Willow", name: str = "Ana"
    ) -> list[Workshop]:
        """A session a week, told of by one person; `calms` go with the first moods."""
        return [
            self.evening(mood, calms[place] if place < len(calms) else (None, None), group, name)
            for place, mood in enumerate(moods)
        ]

    def evening(self, mood: Felt, calm: Felt = (None, None), group: str = "Willow", name: str = "Ana") -> Workshop:
        workshop = self.cast.workshop(group, self.clock.now + WEEK)
        browser = self.cast.browser(name)
        for part, place, at in (("before", 0, -10 * MINUTE), ("after", 1, 100 * MINUTE)):
            self.clock.set(workshop.starts_at + at)
            said = {"mood": mood[place] or "", "calm": calm[place] or ""}
            said |= {"keepsake": f"Le souffle {CANARY}"} if part == "after" else {}
            assert browser.put(f"/workshops/{workshop.uid}/{part}", data=said).status_code == 303
        self.clock.set(workshop.starts_at)
        return workshop

    def noise(self) -> None:
        """Three evenings of Cleo’s that all went down, and her only word."""
        start = self.clock.now
        self.told([(5, 1)] * 3, [(5, 1)] * 3, group="Oak", name="Cleo")
        for _ in range(5):
            self.note(1, "emptiness", name="Cleo")
        self.clock.set(start)

    def note(self, mood: int, *emotions: str, name: str = "Ana", ago: timedelta = 0 * DAY) -> None:
        said = {"op_id": str(uuid.uuid4()), "mood": mood, "emotions": list(emotions), "note": CANARY}
        said |= {"felt_at": (self.clock.now - ago).isoformat()}
        assert self.cast.browser(name).post("/journal", data=said).status_code == 303

    def weeks(self, moods: Iterable[int], name: str = "Ana") -> None:
        """One mood a week, without a session."""
        for mood in moods:
            self.clock.advance(weeks=1)
            self.note(mood, name=name)

    def also_in(self, group: str, name: str = "Ana") -> None:
        with self.cast.app.app_context():
            join_also(self.cast.person(name), self.cast.groups[group], self.cast.now)

    def page(self, name: str = "Ana") -> str:
        """The page as it is sent."""
        answer = self.cast.browser(name).get("/insights")
        assert answer.status_code == 200
        return answer.text

    def said(self, name: str = "Ana") -> str:
        """The page as it is read, from its heading on."""
        page = self.page(name)
        return words(page[page.index("<h1") : page.index("</main>")])
