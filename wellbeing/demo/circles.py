"""A group of the story, as `demo.json` describes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Circle:
    """A group of the story, and when it meets."""

    name: str
    activity: str
    title: str
    place: str
    safety_contact: str
    leader: str
    weekday: int
    starts_at: time
    minutes: int
    repeat: str
    opens_in_week: int
    share: int  # how many of the people, in proportion
    second: str = ""  # who leads it too, if anybody does
