"""A number called wrong holds up what was not yet frozen, and nothing else, until somebody answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from wellbeing.domain.crowds import Block
from wellbeing.domain.flags import OPEN_FOR, Raised, hold

BLOCK = Block(date(2026, 1, 12), 14)  # due on 29 January, may be frozen up to 5 February
DUE = datetime(2026, 1, 29, tzinfo=UTC)
PAST = datetime(2026, 2, 6, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def flag(raised: datetime, settled: datetime | None = None, verdict: str | None = None) -> Raised:
    return Raised(raised, settled, verdict)


@pytest.mark.parametrize(
    ("raised", "now", "what"),
    [
        ([], DUE, "free"),
        ([flag(DUE - DAY)], DUE, "held"),
        ([flag(DUE - DAY)], DUE - DAY, "held"),
        ([flag(DUE - DAY, DUE + DAY, "right")], DUE + DAY, "free"),
        ([flag(DUE - DAY, DUE + DAY, "right"), flag(DUE)], DUE + DAY, "held"),
        ([flag(DUE - DAY, DUE + DAY, "wrong")], DUE + DAY, "withheld"),
        ([flag(DUE - DAY, DUE + DAY, "wrong"), flag(DUE - DAY, DUE, "right")], DUE + DAY, "withheld"),
        # settled before the block was due, or raised when it could not be frozen any more
        ([flag(DUE - 9 * DAY, DUE, "wrong")], DUE, "free"),
        ([flag(DUE - 9 * DAY, DUE + HOUR, "wrong")], DUE + HOUR, "withheld"),
        ([flag(PAST, PAST + DAY, "wrong")], PAST + DAY, "free"),
        ([flag(PAST - HOUR, PAST + DAY, "wrong")], PAST + DAY, "withheld"),
        # nobody answered: 28 days later it is as if the number had been wrong
        ([flag(DUE - OPEN_FOR + HOUR)], DUE, "held"),
        ([flag(DUE - OPEN_FOR + HOUR)], DUE + HOUR, "withheld"),
        ([flag(DUE - OPEN_FOR)], DUE, "free"),
    ],
)
def test_a_block_is_held_while_a_number_is_in_doubt(raised: list[Raised], now: datetime, what: str) -> None:
    assert hold(BLOCK, raised, now) == what
    assert hold(BLOCK, reversed(raised), now) == what
