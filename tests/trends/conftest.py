"""Willow, which Fay leads and Ana takes part in, with periods of all kinds behind it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.crowd import FIRST_DUE, FORTNIGHT, Crowd, block
from wellbeing.db import db, transaction
from wellbeing.domain.trends import MOOD, Item
from wellbeing.models.release import Release

PUBLISHED = {0: (20, 5), 1: None, 2: (30, 10), 3: (35, 16), 4: (40, 5)}


@pytest.fixture
def willow(app: Flask, clock: Clock) -> Crowd:
    """Five periods are due: very low, none, middling, better, high."""
    crowd = Crowd(app)
    crowd.group()
    crowd.leads("Fay", "Willow")
    crowd.contributor("Ana")
    for n, figure in PUBLISHED.items():
        released(crowd, n, figure)
    clock.set(FIRST_DUE + 4 * FORTNIGHT)
    return crowd


def released(
    crowd: Crowd,
    n: int,
    figure: tuple[int, int] | None,
    group: str = "Willow",
    item: Item = MOOD,
    start: date | None = None,
) -> None:
    """What was published of the nth fortnight, or of the block of another item that starts on this day."""
    level, band = figure or (None, None)
    with crowd.app.app_context(), transaction():
        db.session.add(
            Release(
                group_id=crowd.groups[group].id,
                item=item.name,
                start=start or block(n),
                days=item.days,
                state="published" if figure else "none",
                level=level,
                band=band,
                mechanism="1/k5/e2",
            )
        )
