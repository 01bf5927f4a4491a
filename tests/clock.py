"""The time, as a test hands it over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

A_WEDNESDAY_EVENING = datetime(2026, 3, 11, 18, 0, tzinfo=UTC)  # 19:00 in Paris, two weeks before the clocks change


class Clock:
    """The time, as the application reads it. It stands still until a test moves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("WELLBEING_TESTING", "1")
        self.set(A_WEDNESDAY_EVENING)

    def set(self, instant: datetime | str) -> datetime:
        """Move to an instant with its offset, such as "2026-03-29T02:30+01:00"."""
        self.now = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
        if self.now.tzinfo is None:
            raise ValueError("an instant needs its offset")
        self._monkeypatch.setenv("WELLBEING_NOW", self.now.isoformat())
        return self.now

    def advance(self, **length: float) -> datetime:
        """Let time pass: `advance(days=7)`, `advance(minutes=11)`."""
        return self.set(self.now + timedelta(**length))
