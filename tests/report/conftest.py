"""Willow, which Fay and Flo lead, after a season: counted on Mondays, with figures of every item."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import Clock
from tests.crowd import FORTNIGHT, Crowd
from tests.trends.conftest import released
from wellbeing.db import db, transaction
from wellbeing.domain.trends import EXPERIENCE, LIFT, PROFILE
from wellbeing.models.headcount import Headcount
from wellbeing.models.workshop import Cancellation, Workshop

MONDAY = datetime(2026, 1, 26, 18, tzinfo=UTC)
FIRST, LAST = date(2026, 1, 12), date(2026, 6, 14)
NUMBERS = [(8, 2, 8), (10, 1, 3), (9, 0, 0), (12, 2, 4), (7, 1, 0)]
NOW = datetime(2026, 6, 18, 12, tzinfo=UTC)
TEXTS = {
    "funder": "city",
    "policy": "1",
    "issued_on": "2026-06-18",
    "association": "Les Tisseuses",
    "need": "Beaucoup de personnes vivent seules.",
    "learning": "Les personnes disent venir pour le lien.",
    "difficulties": "La salle est froide.",
    "next": "Un deuxième créneau.",
    "means": "Une salle prêtée.",
    "people": "31",
    "budget": "4 200",
    "volunteer_hours": "86",
}


@pytest.fixture
def willow(app: Flask, clock: Clock) -> Crowd:
    crowd = Crowd(app)
    crowd.group()
    for name in ("Fay", "Flo"):
        crowd.leads(name, "Willow")
    crowd.contributor("Ana")
    for n, figure in enumerate([(20, 5), None, (30, 10), (35, 16), (40, 5)]):
        released(crowd, n, figure)
    for n, (lift, quality) in enumerate(((-10, 30), (0, 35), (0, 40), (5, 45), (10, 40))):
        released(crowd, n, (lift, 5), item=LIFT, start=MONDAY.date() + n * 2 * FORTNIGHT)
        released(crowd, n, (quality, 5), item=EXPERIENCE, start=MONDAY.date() + n * 2 * FORTNIGHT)
    for item in PROFILE[:-1]:
        released(crowd, 0, (40, 8), item=item, start=MONDAY.date())
    for n, three in enumerate(NUMBERS):
        held(crowd, MONDAY + timedelta(weeks=n), three)
    cancelled(crowd, MONDAY + timedelta(weeks=5))
    clock.set(NOW)
    return crowd


def held(crowd: Crowd, at: datetime, three: tuple[int, int, int], title: str = "Danse douce") -> None:
    uid = crowd.meeting("Willow", at)
    with crowd.app.app_context(), transaction():
        workshop = db.session.query(Workshop).filter_by(uid=uid).one()
        workshop.title = title
        numbers = dict(zip(("present", "without_phone", "newcomers"), three, strict=True))
        db.session.add(Headcount(workshop_id=workshop.id, group_id=workshop.group_id, counted_at=at, **numbers))


def cancelled(crowd: Crowd, at: datetime) -> None:
    uid = crowd.meeting("Willow", at)
    with crowd.app.app_context(), transaction():
        workshop = db.session.query(Workshop).filter_by(uid=uid).one()
        db.session.add(
            Cancellation(workshop_id=workshop.id, group_id=workshop.group_id, cancelled_at=at - timedelta(days=1))
        )


def address(crowd: Crowd, kind: str = "", first: object = FIRST, last: object = LAST) -> str:
    asked = urlencode({name: str(day) for name, day in (("from", first), ("to", last)) if day})
    return f"/groups/{crowd.groups['Willow'].uid}/report{kind}" + (f"?{asked}" if asked else "")


def read(crowd: Crowd, kind: str = "", name: str = "Fay", first: object = FIRST, last: object = LAST) -> str:
    answer = crowd.browser(name).get(address(crowd, kind, first, last))
    assert answer.status_code == 200
    return plain(answer.text)


def save(crowd: Crowd, name: str = "Fay", first: object = FIRST, last: object = LAST, **texts: str) -> TestResponse:
    """Send the form as a page of that period shows it, with these texts."""
    form = {"from": str(first), "to": str(last), "seen": "", **TEXTS, **texts}
    return crowd.browser(name).post(address(crowd, first=None, last=None), data=form)


def seen(page: str) -> str:
    """The name of the texts that the page shows, as its form sends it back."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


def sheet(page: str) -> str:
    return page.split('id="sheet"')[1].split("</article>")[0]


def plain(page: str) -> str:
    """Spaces as one types them."""
    return unescape(page).replace("\u00a0", " ").replace("\u202f", " ")
